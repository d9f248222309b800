import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Blobs, keptBlobs, scratchBlobs } from './blobs.js'
import { type Files, machineFiles } from './files.js'

const directory = mkdtempSync(join(tmpdir(), 'blobs-'))
afterAll(() => rmSync(directory, { recursive: true }))
let places = 0
const fresh = () => join(directory, `${++places}`)

async function* parts(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text)
}

async function text(blobs: Blobs, digest: string, range?: { start: number; end: number }) {
  const stream = await blobs.open(digest, range)
  return stream && Buffer.concat(await stream.toArray()).toString()
}

const sha256 = (value: string) => createHash('sha256').update(value).digest('hex')

describe('blobs', () => {
  it('keep what a stream gives, by its digest', async () => {
    const blobs = keptBlobs(fresh())
    const seen: number[] = []
    const blob = await blobs.put(parts('hello ', 'world'), {
      hashes: ['md5'],
      progress: (bytes) => seen.push(bytes),
    })
    expect(blob).toMatchObject({ digest: sha256('hello world'), size: 11 })
    expect(blob.hashes.md5).toBe(createHash('md5').update('hello world').digest('hex'))
    expect(seen).toEqual([6, 11])
    expect(await text(blobs, blob.digest)).toBe('hello world')
    expect(await text(blobs, blob.digest, { start: 6, end: 8 })).toBe('wor')
  })

  it('are there again for the next process', async () => {
    const place = fresh()
    const { digest } = await keptBlobs(place).put(parts('kept'))
    expect(await text(keptBlobs(place), digest)).toBe('kept')
  })

  it('tell what they do not have, and look nowhere else', async () => {
    const blobs = keptBlobs(fresh())
    expect(await blobs.open(sha256('never'))).toBeUndefined()
    expect(await blobs.open('../../etc/passwd')).toBeUndefined()
    expect(await scratchBlobs().open(sha256('never'))).toBeUndefined()
  })

  it('leave nothing of a stream that breaks', async () => {
    const place = fresh()
    const broken = async function* () {
      yield Buffer.from('half')
      throw new Error('gone')
    }
    await expect(keptBlobs(place).put(broken())).rejects.toThrow('gone')
    expect(readdirSync(join(place, 'incoming'))).toEqual([])
  })

  it('leave nothing when the disk is full', async () => {
    const place = fresh()
    const full: Files = {
      ...machineFiles,
      async create(path) {
        const file = await machineFiles.create(path)
        return { ...file, write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) }
      },
    }
    await expect(keptBlobs(place, undefined, full).put(parts('x'))).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readdirSync(join(place, 'incoming'))).toEqual([])
  })

  it('are durable before they are promised', async () => {
    const steps: string[] = []
    const watched: Files = {
      ...machineFiles,
      async create(path) {
        const file = await machineFiles.create(path)
        return { ...file, sync: () => file.sync().then(() => void steps.push('sync')) }
      },
      rename: (from, to) => machineFiles.rename(from, to).then(() => void steps.push('rename')),
      syncDirectory: (path) => machineFiles.syncDirectory(path).then(() => void steps.push('names')),
    }
    await keptBlobs(fresh(), undefined, watched).put(parts('x'))
    expect(steps).toEqual(['sync', 'rename', 'names', 'names'])
  })

  it('go when nobody holds or uses them, and not before that is durable', async () => {
    let settled: () => Promise<void> = async () => {}
    const blobs = keptBlobs(fresh(), () => settled())
    const [held, used, gone] = await Promise.all(
      ['held', 'used', 'gone'].map((name) => blobs.put(parts(name))),
    )
    used?.release()
    gone?.release()
    const waits: (string | undefined)[] = []
    settled = async () => void waits.push(await text(blobs, gone?.digest ?? ''))
    expect(await blobs.sweep((digest) => digest === used?.digest)).toBe(1)
    expect(waits).toEqual(['gone'])
    expect(await text(blobs, gone?.digest ?? '')).toBeUndefined()
    expect(await text(blobs, held?.digest ?? '')).toBe('held')
    expect(await text(blobs, used?.digest ?? '')).toBe('used')
  })

  it('stay when they come again while the sweep waits', async () => {
    let settled: () => Promise<void> = async () => {}
    const blobs = keptBlobs(fresh(), () => settled())
    const first = await blobs.put(parts('again'))
    first.release()
    settled = async () => (await blobs.put(parts('again'))).release()
    expect(await blobs.sweep(() => false)).toBe(0)
    expect(await text(blobs, first.digest)).toBe('again')
  })

  it('of a world in memory go with it', async () => {
    let path = ''
    const blobs = scratchBlobs({
      ...machineFiles,
      rename(from, to) {
        path = to
        return machineFiles.rename(from, to)
      },
    })
    await blobs.put(parts('x'))
    expect(existsSync(path)).toBe(true)
    blobs.close()
    expect(existsSync(path)).toBe(false)
    await expect(blobs.put(parts('y'))).rejects.toThrow('closed')
  })
})
