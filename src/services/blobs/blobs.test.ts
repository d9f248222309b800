import { describe, expect, it } from 'vitest'
import { filesOf } from '../content-library/items.js'
import { createLibraryLab, ITEM } from '../content-library/testing.js'
import { bytesOf } from './bytes.js'
import { sweepBlobs } from './family.js'

describe('bytes of files', () => {
  it('stay as long as a state refers to them that may come back', async () => {
    const lab = createLibraryLab()
    const { sandbox } = lab
    const library = await lab.library()
    const item = await lab.filled(library, 'one', { 'a.txt': 'the bytes' })
    const held = { root: sandbox.snapshot() }
    await lab.invoke(ITEM, 'delete', { library_item_id: item })
    lab.sandbox.clock.advance(60 * 60 * 1000)
    expect(await sweepBlobs(sandbox)).toBe(0)
    sandbox.restore(held.root)
    const [file] = filesOf(sandbox.inventory.read, item)
    const bytes = await bytesOf(sandbox.services.blobs, { size: 9, blob: file?.blob })
    expect(Buffer.concat(await bytes.toArray()).toString()).toBe('the bytes')
  })

  it('go with the last state that refers to them', async () => {
    const lab = createLibraryLab()
    const library = await lab.library()
    const item = await lab.filled(library, 'one', { 'a.txt': 'the bytes', 'b.txt': 'other bytes' })
    const same = await lab.filled(library, 'two', { 'c.txt': 'the bytes' })
    await lab.invoke(ITEM, 'delete', { library_item_id: item })
    // The sessions that brought them remember until they expire.
    expect(await sweepBlobs(lab.sandbox)).toBe(1)
    lab.sandbox.clock.advance(60 * 60 * 1000)
    await lab.invoke(ITEM, 'delete', { library_item_id: same })
    expect(await sweepBlobs(lab.sandbox)).toBe(1)
  })
})
