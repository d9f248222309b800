import { describe, expect, it } from 'vitest'
import type { Transaction } from '#inventory/transaction.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { imageOf, setImage } from '#world/disk-image.js'
import { createNetLab } from '../vmkernel/testing.js'
import {
  directoriesIn,
  fileAt,
  filesBelow,
  filesIn,
  freeDirectory,
  makeDirectory,
  moveFile,
  putFile,
  removeDirectory,
  removeFile,
  removeIfEmpty,
  updateFile,
} from './files.js'
import { cleanPath, datastorePath, locate, parseDatastorePath } from './paths.js'

const disk = (size: number, provisioned?: number) => ({ type: 'vmdk' as const, size, provisioned })

function datastoreOf() {
  const lab = createNetLab()
  const [ref] = lab.get<ManagedObjectReference[]>('HostSystem', lab.hosts[0], 'datastore')
  const id = ref?.value ?? ''
  const { read } = lab.sandbox.inventory
  const change = <R>(run: (tx: Transaction) => R) => lab.transact((ctx) => run(ctx.tx))
  const free = () => lab.get<{ freeSpace: number }>('Datastore', id, 'summary').freeSpace
  const faultOf = (run: (tx: Transaction) => void) => {
    try {
      change(run)
    } catch (error) {
      if (error instanceof VimFault) return error.fault
      throw error
    }
    throw new Error('A fault was expected.')
  }
  return { lab, id, read, change, free, faultOf }
}

describe('files', () => {
  it('appear with their directories and take space; promised space is uncommitted', () => {
    const { lab, id, change, free } = datastoreOf()
    const before = free()
    change((tx) => putFile(tx, id, 'vm1/vm1.vmdk', disk(1000, 5000)))
    const { read } = lab.sandbox.inventory
    expect(fileAt(read, id, 'vm1/vm1.vmdk')).toMatchObject({ name: 'vm1.vmdk', size: 1000 })
    expect(directoriesIn(read, id, '')).toEqual(['vm1'])
    expect(before - free()).toBe(1000)
    expect(lab.get('Datastore', id, 'summary')).toMatchObject({ uncommitted: 4000 })
    change((tx) => updateFile(tx, id, 'vm1/vm1.vmdk', { size: 3000 }))
    expect(before - free()).toBe(3000)
    change((tx) => removeFile(tx, id, 'vm1/vm1.vmdk'))
    expect(free()).toBe(before)
    expect(lab.get('Datastore', id, 'summary')).toMatchObject({ uncommitted: 0 })
  })

  it('are found below a directory, with their paths', () => {
    const { lab, id, change } = datastoreOf()
    change((tx) => {
      putFile(tx, id, 'a/one', disk(1))
      putFile(tx, id, 'a/b/c/two', disk(1))
      putFile(tx, id, 'ab/three', disk(1))
    })
    const { read } = lab.sandbox.inventory
    expect(filesBelow(read, id, 'a').map((file) => file.path)).toEqual(['a/one', 'a/b/c/two'])
    expect(filesIn(read, id, '/a/').map((file) => file.name)).toEqual(['one'])
    expect(directoriesIn(read, id, 'a')).toEqual(['a/b'])
  })

  it('move, also to another name, with what they hold', () => {
    const { lab, id, change, free } = datastoreOf()
    change((tx) => {
      putFile(tx, id, 'a/one.vmdk', disk(7))
      setImage(tx, id, 'a/one.vmdk', { kind: 'esxi', version: '6.7.0' })
      makeDirectory(tx, id, 'b')
    })
    const before = free()
    change((tx) => moveFile(tx, { datastore: id, path: 'a/one.vmdk' }, { datastore: id, path: 'b/two.vmdk' }))
    const { read } = lab.sandbox.inventory
    expect(filesBelow(read, id, '').map((file) => file.path)).toEqual(['b/two.vmdk'])
    expect(imageOf(read, id, 'b/two.vmdk')?.version).toBe('6.7.0')
    expect(free()).toBe(before)
  })

  it('refuse to move from or to where nothing is, or on to another', () => {
    const { id, change, faultOf } = datastoreOf()
    change((tx) => {
      putFile(tx, id, 'a/one', disk(1))
      putFile(tx, id, 'a/two', disk(1))
    })
    const at = (path: string) => ({ datastore: id, path })
    expect(faultOf((tx) => moveFile(tx, at('a/nine'), at('a/ten')))).toMatchObject({
      _typeName: 'FileNotFound',
      file: '[datastore1] a/nine',
    })
    expect(faultOf((tx) => moveFile(tx, at('a/one'), at('b/one')))).toMatchObject({
      _typeName: 'FileNotFound',
      file: '[datastore1] b',
    })
    expect(faultOf((tx) => moveFile(tx, at('a/one'), at('a/two')))._typeName).toBe('FileAlreadyExists')
    expect(faultOf((tx) => removeFile(tx, id, 'a/nine'))._typeName).toBe('FileNotFound')
    expect(faultOf((tx) => putFile(tx, id, 'a', disk(1)))._typeName).toBe('CannotCreateFile')
  })

  it('do not fit beyond the capacity', () => {
    const { id, free, faultOf } = datastoreOf()
    const before = free()
    expect(faultOf((tx) => putFile(tx, id, 'big', disk(before + 1)))).toMatchObject({
      _typeName: 'NoDiskSpace',
      datastore: 'datastore1',
      file: '[datastore1] big',
    })
    expect(free()).toBe(before)
  })
})

describe('directories', () => {
  it('are made, refused, removed with everything in them', () => {
    const { lab, id, change, free, faultOf } = datastoreOf()
    const before = free()
    expect(faultOf((tx) => makeDirectory(tx, id, 'a/b'))._typeName).toBe('FileNotFound')
    change((tx) => {
      makeDirectory(tx, id, 'a/b', true)
      putFile(tx, id, 'a/b/one', disk(5))
    })
    expect(faultOf((tx) => makeDirectory(tx, id, 'a'))._typeName).toBe('FileAlreadyExists')
    change((tx) => removeIfEmpty(tx, id, 'a'))
    expect(freeDirectory(lab.sandbox.inventory.read, id, 'a')).toBe('a_1')
    change((tx) => removeDirectory(tx, id, 'a'))
    expect(directoriesIn(lab.sandbox.inventory.read, id, '')).toEqual([])
    expect(free()).toBe(before)
    expect(faultOf((tx) => removeDirectory(tx, id, 'a'))._typeName).toBe('FileNotFound')
  })
})

describe('datastore paths', () => {
  it.each([
    ['[ds] a/b.vmdk', 'ds', 'a/b.vmdk'],
    ['[my ds (1)]/a//b/', 'my ds (1)', 'a/b'],
    ['[ds]', 'ds', ''],
  ])('%s', (text, datastore, path) => {
    expect(parseDatastorePath(text)).toEqual({ datastore, path })
  })

  it.each(['a/b.vmdk', '[] a', '[ds', '[ds] ../a'])('%s is none', (text) => {
    expect(() => parseDatastorePath(text)).toThrow(expect.objectContaining({ name: 'InvalidDatastorePath' }))
  })

  it('name a datastore of the datacenter', () => {
    const { lab, id, faultOf } = datastoreOf()
    expect(locate(lab.sandbox.inventory.read, lab.datacenter, '[datastore1] a')).toEqual({
      datastore: id,
      path: 'a',
    })
    expect(faultOf((tx) => locate(tx, lab.datacenter, '[nothing] a'))).toMatchObject({
      _typeName: 'InvalidDatastorePath',
      datastorePath: '[nothing] a',
    })
    expect(datastorePath('ds', cleanPath('/a/./b'))).toBe('[ds] a/b')
  })
})
