import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TarError, tarEntries } from './tar.js'
import { createLibraryLab, FILE, ITEM, UPDATE } from './testing.js'

const directory = mkdtempSync(join(tmpdir(), 'ova-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** An archive made by the system's tar. */
function archive(files: Readonly<Record<string, string>>, format = 'ustar'): Buffer {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  const path = join(directory, 'archive.tar')
  execFileSync('tar', [`--format=${format}`, '-cf', path, '-C', directory, ...Object.keys(files)])
  return readFileSync(path)
}

async function* pieces(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function contents(bytes: Buffer, length = 700) {
  const found: Record<string, string> = {}
  for await (const entry of tarEntries(pieces(bytes, length))) {
    const parts: Buffer[] = []
    for await (const part of entry.bytes) parts.push(part)
    found[entry.name] = Buffer.concat(parts).toString()
  }
  return found
}

const OVF = '<Envelope><References><File href="disk.vmdk"/></References></Envelope>'

describe('tar archives', () => {
  const long = `${'long'.repeat(40)}.vmdk`
  const files = { 'vm.ovf': OVF, 'disk.vmdk': 'x'.repeat(5000), empty: '', [long]: 'y' }

  it.each(['ustar', 'gnu', 'pax'])('in the format %s are read a piece at a time', async (format) => {
    const some = format === 'ustar' ? { 'vm.ovf': OVF, empty: '' } : files
    for (const length of [1, 512, 700, 100_000])
      expect(await contents(archive(some, format), length)).toEqual(some)
  })

  it('that are none, or cut off, are told', async () => {
    await expect(contents(Buffer.alloc(2000, 'x'))).rejects.toThrow(TarError)
    await expect(contents(archive(files, 'gnu').subarray(0, 3000))).rejects.toThrow(TarError)
  })
})

describe('an OVA in an update session', () => {
  it('becomes the files in it', async () => {
    const lab = createLibraryLab()
    const item = await lab.item(await lab.library())
    const update_session_id = await lab.session(item)
    const before = lab.used()
    await lab.send(
      update_session_id,
      'vm.ova',
      archive({ 'vm.ovf': OVF, 'disk.vmdk': 'disk' }).toString('latin1'),
    )
    await lab.invoke(UPDATE, 'complete', { update_session_id })
    expect(await lab.invoke(FILE, 'list', { library_item_id: item })).toMatchObject([
      { name: 'vm.ovf', size: OVF.length },
      { name: 'disk.vmdk', size: 4 },
    ])
    expect(await lab.invoke(ITEM, 'get', { library_item_id: item })).toMatchObject({
      type: 'ovf',
      content_version: '2',
    })
    expect(lab.used()).toBe(before + OVF.length + 4)
  })

  it('must be one', async () => {
    const lab = createLibraryLab()
    const item = await lab.item(await lab.library())
    const update_session_id = await lab.session(item)
    await lab.send(update_session_id, 'vm.ova', 'nonsense')
    expect((await lab.error(UPDATE, 'complete', { update_session_id })).messages[0]).toMatchObject({
      id: 'com.vmware.vdcs.cls-main.ova_invalid',
      args: ['vm.ova'],
    })
    expect(await lab.invoke(FILE, 'list', { library_item_id: item })).toEqual([])
  })
})
