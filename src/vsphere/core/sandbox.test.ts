import { describe, expect, it } from 'vitest'
import { recordKind } from '#inventory/entity.js'
import { silentLog } from '#ports/log.js'
import { fault } from '#vim25/fault.js'
import { authorizationFamily } from '../authorization/family.js'
import { eventFamily } from '../event/family.js'
import { createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'
import { serviceInstanceFamily } from '../service-instance/family.js'
import { sessionFamily } from '../session/family.js'
import { taskFamily } from '../task/family.js'
import { type Family, operations } from './behaviour.js'
import { type Context, later } from './context.js'
import { createTestWorld } from './testing.js'

const notes = recordKind<{ text: string }>('note')
const note = (ctx: Context, text: string) => {
  const id = `note:${ctx.tx.next('note')}`
  ctx.tx.create(notes, id, { text })
}

/** Work of one hour, in two families. */
const working: Family = {
  name: 'work of the test',
  operations: [
    operations('ManagedEntity', {
      Rename_Task: {
        seconds: 3600,
        run: (ctx, self, { newName }) => ctx.tx.set('ManagedEntity', self.value, { name: newName }),
      },
    }),
  ],
  work: {
    hour: (ctx, { text }) => note(ctx, String(text)),
    both: (ctx) => note(ctx, 'first'),
  },
}
const alsoWorking: Family = {
  name: 'more work of the test',
  work: {
    both(ctx, { breaks }) {
      note(ctx, 'half done')
      if (breaks === 'fault') throw fault('NotSupported', {})
      if (breaks === 'bug') throw new TypeError('bug')
    },
  },
}

function world(options: { strict?: boolean; seed?: (ctx: Context) => void } = {}) {
  const logged: string[] = []
  const test = createTestWorld({
    strict: options.strict ?? true,
    pace: 1,
    log: { ...silentLog, error: (_fields, message) => logged.push(message) },
    families: [
      sessionFamily,
      authorizationFamily,
      serviceInstanceFamily,
      taskFamily,
      eventFamily,
      working,
      alsoWorking,
    ],
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
      options.seed?.(ctx)
    },
  })
  const { sandbox } = test
  return {
    ...test,
    logged,
    notes: () => {
      const { read } = sandbox.inventory
      return [...read.ids(notes)].map((id) => read.get(notes, id).text)
    },
    schedule(seconds: number, kind: string, refs: object = {}) {
      sandbox.transact({}, (ctx) => later(ctx, seconds, kind, { ...refs }))
      sandbox.settle()
    },
  }
}

describe('scheduled work', () => {
  it('runs when it falls due, in order, each with its own instant', () => {
    const { sandbox, schedule, notes } = world()
    schedule(7200, 'hour', { text: 'later' })
    schedule(3600, 'hour', { text: 'sooner' })
    sandbox.clock.advance(3_600_000)
    expect(notes()).toEqual(['sooner'])
    sandbox.clock.advance(86_400_000)
    expect(notes()).toEqual(['sooner', 'later'])
  })

  it.each(['fault', 'bug'])('that fails with a %s costs the other families nothing', (breaks) => {
    const { schedule, notes, logged, sandbox } = world({ strict: false })
    schedule(0, 'both', { breaks })
    expect(notes()).toEqual(['first'])
    expect(logged).toEqual(Array(2).fill('Scheduled work failed and was undone.'))
    expect(sandbox.inventory.root.agenda).toEqual([])
  })

  it('that fails is thrown in tests', () => {
    expect(() => world().schedule(0, 'both', { breaks: 'fault' })).toThrow(/not supported/)
    expect(() => world().schedule(0, 'both', { breaks: 'bug' })).toThrow(TypeError)
  })
})

describe('a snapshot taken while work is running', () => {
  const started = (test: ReturnType<typeof world>) => {
    test.call('Folder', 'group-d1', 'Rename_Task', { newName: 'renamed' })
    test.schedule(3600, 'hour', { text: 'done' })
    return test.sandbox.snapshot()
  }
  const states = ({ sandbox, get }: ReturnType<typeof world>) =>
    [...sandbox.inventory.read.ids('Task')].map((id) => get<{ state: string }>('Task', id, 'info').state)

  it('is put back with the work as far from its end as it was', () => {
    const test = world()
    const { sandbox, get, notes } = test
    const snapshot = started(test)
    sandbox.clock.advance(86_400_000)
    expect([get('Folder', 'group-d1', 'name'), notes()]).toEqual(['renamed', ['done']])

    sandbox.restore(snapshot)
    expect([get('Folder', 'group-d1', 'name'), notes(), states(test)]).toEqual([
      'Datacenters',
      [],
      ['running'],
    ])
    sandbox.clock.advance(3_599_999)
    expect(states(test)).toEqual(['running'])
    sandbox.clock.advance(1)
    expect([get('Folder', 'group-d1', 'name'), notes(), states(test)]).toEqual([
      'renamed',
      ['done'],
      ['success'],
    ])
  })

  it('may be put back again and again', () => {
    const test = world()
    const snapshot = started(test)
    for (let i = 0; i < 3; i++) {
      test.sandbox.restore(snapshot)
      test.sandbox.clock.advance(3_600_000)
      expect(test.notes()).toEqual(['done'])
    }
  })
})

describe('reset', () => {
  it('brings the seed back, keeps who is logged in, and drops running work', () => {
    const test = world()
    const { sandbox, get, notes } = test
    const fresh = sandbox.inventory.root
    test.call('Folder', 'group-d1', 'Rename_Task', { newName: 'renamed' })
    test.schedule(3600, 'hour', { text: 'done' })
    sandbox.reset()
    sandbox.clock.advance(86_400_000)
    expect([get('Folder', 'group-d1', 'name'), notes()]).toEqual(['Datacenters', []])
    expect([...sandbox.inventory.read.ids('Task')]).toEqual([])
    expect(sandbox.inventory.root.revision).toBeGreaterThan(fresh.revision)
  })

  it('keeps the pace for what comes after it', () => {
    const { sandbox } = world({ seed: (ctx) => note(ctx, 'seeded') })
    expect(sandbox.services.pace).toBe(1)
    sandbox.reset()
    expect(sandbox.services.pace).toBe(1)
  })
})

it('a world that is closed runs nothing any more', () => {
  const { sandbox, schedule, notes } = world()
  sandbox.close()
  schedule(3600, 'hour', { text: 'done' })
  sandbox.clock.advance(7_200_000)
  expect(notes()).toEqual([])
})
