import { describe, expect, it } from 'vitest'
import { FakeFiles, failure, type PowerCut } from '../../test/support/fake-files.js'
import { openStore, type State, type Store } from './store.js'

const DATA = '/data'

/** A world that only counts: its state is the list of numbers up to its number. */
const world = (number: number): State => ({
  facts: { number },
  sections: { items: Array.from({ length: number }, (_, i) => ({ item: i + 1 })) },
})

async function start(files: FakeFiles, warn: (message: string) => void = () => {}) {
  const store = await openStore(DATA, { files, warn })
  let number = numberOf(store)
  await store.begin(number, () => world(number))
  return {
    store,
    get number() {
      return number
    },
    change() {
      number++
      store.append(JSON.stringify({ item: number }), number)
      return store.saved(number)
    },
    checkpoint: (meanwhile = () => {}) =>
      store.checkpoint(() => {
        const state = world(number)
        meanwhile()
        return state
      }),
  }
}

/** What the directory says that the world had come to. Fails when something is missing in between. */
function numberOf({ kept }: Store): number {
  if (!kept) return 0
  let number = kept.state.facts.number as number
  expect([...(kept.state.sections.items ?? [])]).toEqual(world(number).sections.items)
  for (const { item } of kept.entries as { item: number }[]) {
    if (item <= number) continue
    expect(item).toBe(number + 1)
    number = item
  }
  return number
}

async function reopened(files: FakeFiles, warn?: (message: string) => void): Promise<number> {
  const store = await openStore(DATA, { files: files.kill(), ...(warn ? { warn } : {}) })
  return numberOf(store)
}

/** Changes and checkpoints, some at the same time; `told` gets each number that was reported durable. */
async function work(files: FakeFiles, told: (number: number) => void): Promise<void> {
  const running = await start(files)
  const change = async () => {
    const saved = running.change()
    const { number } = running
    await saved
    told(number)
  }
  const working: Promise<void>[] = []
  const begin = (part: Promise<void>) => {
    part.catch(() => {})
    working.push(part)
  }
  for (let round = 1; round <= 9; round++) {
    begin(change())
    begin(change())
    if (round % 3 === 0) begin(running.checkpoint(() => begin(change())))
    begin(change())
    for (const part of working) await part
  }
  await running.store.close()
}

describe('openStore', () => {
  it('gives back what was appended, before and after checkpoints', async () => {
    const files = new FakeFiles()
    await work(files, () => {})
    expect(await reopened(files)).toBe(30)
  })

  it('keeps everything that it reported durable, whenever the process is killed or the power is cut', async () => {
    const whole = new FakeFiles()
    await work(whole, () => {})
    const ends: [string, (files: FakeFiles) => FakeFiles][] = [
      ['kill', (files) => files.kill()],
      ...(['nothing', 'half', 'all'] as PowerCut[]).map((mode): [string, (files: FakeFiles) => FakeFiles] => [
        mode,
        (files) => files.cutPower(mode),
      ]),
    ]
    expect(whole.operations).toBeGreaterThan(50)
    for (let last = 0; last < whole.operations; last++)
      for (const [name, end] of ends) {
        const files = new FakeFiles()
        let told = 0
        files.before = () => {
          if (files.operations >= last) throw failure('EIO')
        }
        await work(files, (number) => {
          told = Math.max(told, number)
        }).catch(() => {})
        const later = end(files)
        const again = await start(later)
        expect(again.number, `${name} at operation ${last}`).toBeGreaterThanOrEqual(told)
        await again.change()
        expect(await reopened(later), `${name} at operation ${last}, and on`).toBe(again.number)
      }
  })

  it('writes what gathers during one sync with the next', async () => {
    const files = new FakeFiles()
    const running = await start(files)
    let syncs = 0
    files.before = (operation) => {
      if (operation === 'sync') syncs++
    }
    const first = running.change()
    await Promise.resolve()
    const others = Array.from({ length: 50 }, () => running.change())
    await Promise.all([first, ...others])
    expect(syncs).toBe(2)
    expect(running.store.saved(running.number)).toBeUndefined()
  })

  it('keeps what was appended at once whole or not at all', async () => {
    const files = new FakeFiles()
    const running = await start(files)
    await running.change()
    files.room = 60
    const changes = Promise.allSettled(Array.from({ length: 9 }, () => running.change()))
    await changes
    expect(files.room).toBe(0)
    expect(await reopened(files)).toBe(1)
  })

  it('says so when the disk is full, and saves everything once there is room', async () => {
    const files = new FakeFiles()
    const running = await start(files)
    await running.change()
    files.room = 10
    await expect(running.change()).rejects.toThrow('The state cannot be saved in /data: the disk is full.')
    await expect(running.checkpoint()).rejects.toThrow(
      'The state cannot be saved in /data: the disk is full.',
    )
    expect(await reopened(files)).toBe(1)
    files.room = Number.POSITIVE_INFINITY
    await running.change()
    expect(await reopened(files)).toBe(3)
    await running.checkpoint()
    await running.store.close()
    expect(await reopened(files)).toBe(3)
  })

  it('leaves the checkpoint alone when a new one cannot be written', async () => {
    const files = new FakeFiles()
    const running = await start(files)
    await running.change()
    const before = files.dump()[`${DATA}/fauxsphere.json`]
    files.before = (operation, path) => {
      if (operation === 'write' && path.endsWith('.tmp')) throw failure('EIO')
    }
    await expect(running.checkpoint()).rejects.toThrow('the disk reported an error')
    expect(files.dump()[`${DATA}/fauxsphere.json`]).toBe(before)
    expect(Object.keys(files.dump())).not.toContain(`${DATA}/fauxsphere.json.tmp`)
  })

  it('refuses a directory that is in use, and takes over from a process that is gone', async () => {
    const files = new FakeFiles()
    const { store } = await start(files)
    await expect(openStore(DATA, { files })).rejects.toThrow(
      `/data is in use by process ${process.pid}; stop it, or give this one a directory of its own.`,
    )
    await store.close()
    files.put(
      `${DATA}/lock`,
      JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname() }),
    )
    expect(numberOf(await openStore(DATA, { files }))).toBe(0)
  })

  it.each([
    [
      '{"pid":1,"host":"elsewhere"}',
      '/data is in use by process 1 on elsewhere; if that is gone, remove /data/lock.',
    ],
    ['hello', '/data/lock is not a lock of Fauxsphere; if nothing uses /data, remove the file.'],
  ])('does not touch the lock %s', async (lock, message) => {
    const files = new FakeFiles()
    files.put(`${DATA}/lock`, lock)
    await expect(openStore(DATA, { files })).rejects.toThrow(message)
    expect(files.dump()).toEqual({ [`${DATA}/lock`]: lock })
  })

  it('goes on from the backup and all logs when the checkpoint is damaged, and keeps the damaged file', async () => {
    const files = new FakeFiles()
    const running = await start(files)
    for (let round = 0; round < 3; round++) {
      await running.change()
      await running.checkpoint()
    }
    await running.change()
    const damaged = flip(files, 'fauxsphere.json')
    const warnings: string[] = []
    const later = files.kill()
    expect(numberOf(await openStore(DATA, { files: later, warn: (message) => warnings.push(message) }))).toBe(
      4,
    )
    expect(warnings).toEqual([
      '/data/fauxsphere.json is damaged (its checksum does not match); going on from its backup, the file is now fauxsphere.json.broken-1.',
    ])
    expect(later.dump()[`${DATA}/fauxsphere.json.broken-1`]).toBe(damaged)
  })

  it.each([
    ['fauxsphere.json', 'is damaged (its checksum does not match) and no backup can be used'],
    ['log-1.jsonl', '/data/log-1.jsonl is damaged (line 1)'],
  ])('refuses a damaged %s and changes nothing', async (name, message) => {
    const files = new FakeFiles()
    const running = await start(files)
    await running.change()
    await running.change()
    flip(files, name)
    const later = files.kill()
    const before = later.dump()
    await expect(openStore(DATA, { files: later })).rejects.toThrow(message)
    expect(later.dump()).toEqual(before)
  })

  it('refuses a newer format, a log without its checkpoint, and a checkpoint without its log', async () => {
    const files = new FakeFiles()
    const running = await start(files)
    await running.change()
    const newer = files.kill()
    newer.put(`${DATA}/fauxsphere.json`, '{"format":2,"log":1}')
    await expect(openStore(DATA, { files: newer })).rejects.toThrow(
      'was written by a newer Fauxsphere (format 2)',
    )
    const headless = files.kill()
    await headless.remove(`${DATA}/fauxsphere.json`)
    await expect(openStore(DATA, { files: headless })).rejects.toThrow('has a log but no checkpoint')
    const logless = files.kill()
    await logless.remove(`${DATA}/log-1.jsonl`)
    await expect(openStore(DATA, { files: logless })).rejects.toThrow(
      '/data/log-1.jsonl or a log after it is missing',
    )
  })

  it('leaves out the end of a log that was cut off, as a line without its end or as zeros', async () => {
    for (const rest of ['1234abcd {"item":9', Buffer.alloc(100)]) {
      const files = new FakeFiles()
      const running = await start(files)
      await running.change()
      const path = `${DATA}/log-1.jsonl`
      files.put(path, Buffer.concat([Buffer.from(files.dump()[path] ?? ''), Buffer.from(rest)]))
      const later = files.kill()
      const again = await start(later)
      expect(again.number).toBe(1)
      await again.change()
      expect(await reopened(later)).toBe(2)
    }
  })

  it('writes once what a state holds many times', async () => {
    const files = new FakeFiles()
    const shared = Object.freeze({ long: 'many times', inner: Object.freeze({ y: 1 }) })
    const store = await openStore(DATA, { files })
    const items = Array.from({ length: 50 }, (_, number) => ({ number, shared, inner: shared.inner }))
    await store.begin(0, () => ({ facts: {}, sections: { items } }))
    expect((files.dump()[`${DATA}/fauxsphere.json`] ?? '').split('many times').length).toBe(2)
    const again = await openStore(DATA, { files: files.kill() })
    const back = [...(again.kept?.state.sections.items ?? [])] as typeof items
    expect(back).toEqual(items)
    expect(new Set(back.map((item) => item.shared)).size).toBe(1)
    expect(back[0]?.inner).toBe(back[0]?.shared.inner)
  })
})

/** Changes one letter in the middle of a file; returns the content that it has now. */
function flip(files: FakeFiles, name: string): string {
  const path = `${DATA}/${name}`
  const text = files.dump()[path] ?? ''
  const at = text.indexOf('item')
  const changed = `${text.slice(0, at)}j${text.slice(at + 1)}`
  files.put(path, changed)
  return changed
}
