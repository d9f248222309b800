import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { directoryExists, filesBelow } from '../datastore/files.js'
import { add, disk, scsi } from '../vm/testing.js'
import { createFileLab, type FileLab } from './testing.js'

const paths = (lab: FileLab, directory = '') =>
  filesBelow(lab.sandbox.inventory.read, lab.datastore, directory).map(({ path }) => path)

const dc = (lab: FileLab) => ({ datacenter: lab.dc })
const between = (lab: FileLab, sourceName: string, destinationName: string, force?: boolean) => ({
  sourceName,
  sourceDatacenter: lab.dc,
  destinationName,
  ...(force !== undefined && { force }),
})

describe('MakeDirectory', () => {
  it('makes one, and those above it when asked', () => {
    const lab = createFileLab()
    const make = (name: string, createParentDirectories?: boolean) =>
      lab.call('FileManager', 'FileManager', 'MakeDirectory', { name, ...dc(lab), createParentDirectories })
    const exists = (path: string) => directoryExists(lab.sandbox.inventory.read, lab.datastore, path)
    make('[nfs] a')
    expect(exists('a')).toBe(true)
    make('[nfs] b/c/d', true)
    expect(exists('b/c/d')).toBe(true)
  })

  it.each([
    ['[nfs] iso', 'FileAlreadyExists'],
    ['[nfs] iso/tools.iso', 'FileAlreadyExists'],
    ['[nfs]', 'FileAlreadyExists'],
    ['[nfs] x/y', 'FileNotFound'],
    ['[nfs] ../y', 'InvalidDatastorePath'],
    ['[nfs] a\u0000b', 'InvalidDatastorePath'],
    ['[elsewhere] y', 'InvalidDatastorePath'],
    ['y', 'InvalidDatastorePath'],
    [`[nfs] ${'x'.repeat(256)}`, 'FileNameTooLong'],
  ])('refuses %j: %s', (name, type) => {
    const lab = createFileLab()
    expect(lab.refused('MakeDirectory', { name, ...dc(lab) })._typeName).toBe(type)
  })

  it('makes none below a file, and none without a datacenter', () => {
    const lab = createFileLab()
    const name = '[nfs] iso/tools.iso/x'
    const refused = lab.refused('MakeDirectory', { name, ...dc(lab), createParentDirectories: true })
    expect(refused).toMatchObject({ _typeName: 'CannotCreateFile', file: '[nfs] iso/tools.iso' })
    expect(lab.refused('MakeDirectory', { name: '[nfs] x' })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'datacenter',
    })
  })

  it('takes addresses of files too', () => {
    const lab = createFileLab()
    const name = 'https://vc.lab/folder/new%20one?dcPath=Lab&dsName=nfs'
    lab.call('FileManager', 'FileManager', 'MakeDirectory', { name })
    expect(directoryExists(lab.sandbox.inventory.read, lab.datastore, 'new one')).toBe(true)
    const url = lab.get<{ url: string }>('Datastore', lab.datastore, 'summary').url
    lab.call('FileManager', 'FileManager', 'MakeDirectory', { name: `${url}by-url` })
    expect(directoryExists(lab.sandbox.inventory.read, lab.datastore, 'by-url')).toBe(true)
    expect(lab.refused('MakeDirectory', { name: 'https://vc.lab/folder/x?dsName=none' })._typeName).toBe(
      'InvalidDatastorePath',
    )
  })
})

describe('DeleteDatastoreFile_Task', () => {
  it('deletes files, and directories with all that is in them; the space is free again', () => {
    const lab = createFileLab()
    const before = lab.free()
    lab.put('a/one', { size: 5000 })
    lab.put('a/b/two', { size: 5000 })
    expect(lab.free()).toBe(before - 10_000)
    const info = lab.manage('DeleteDatastoreFile_Task', { name: '[nfs] a/one', ...dc(lab) })
    expect(info).toMatchObject({
      state: 'success',
      descriptionId: 'FileManager.deleteFile',
      entity: lab.dc,
    })
    expect(lab.free()).toBe(before - 5000)
    lab.manage('DeleteDatastoreFile_Task', { name: '[nfs] a', ...dc(lab) })
    expect(lab.free()).toBe(before)
    expect(paths(lab, 'a')).toEqual([])
  })

  it('refuses what is not there, and the datastore itself', () => {
    const lab = createFileLab()
    const fault = (name: string) => lab.refused('DeleteDatastoreFile_Task', { name, ...dc(lab) })
    expect(fault('[nfs] nothing')).toMatchObject({ _typeName: 'FileNotFound', file: '[nfs] nothing' })
    expect(fault('[nfs]')._typeName).toBe('CannotDeleteFile')
  })

  it('refuses files of running VMs, and directories with them; those of others it deletes', () => {
    const lab = createFileLab()
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk(), 'create')] })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const fault = (name: string) => lab.refused('DeleteDatastoreFile_Task', { name, ...dc(lab) })
    for (const file of ['demo.vmx', 'demo.vmdk', 'demo.vswp', 'demo.nvram', 'vmware.log'])
      expect(fault(`[nfs] demo/${file}`)).toMatchObject({
        _typeName: 'FileLocked',
        file: `[nfs] demo/${file}`,
      })
    expect(fault('[nfs] demo')._typeName).toBe('FileLocked')
    expect(fault('[nfs] demo/demo-flat.vmdk')).toMatchObject({ file: '[nfs] demo/demo.vmdk' })
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    lab.manage('DeleteDatastoreFile_Task', { name: '[nfs] demo/demo.vmdk', ...dc(lab) })
    expect(lab.file('demo/demo.vmdk')).toBeUndefined()
  })

  it('refuses media in the drive of a running VM', () => {
    const lab = createFileLab()
    const cdrom = data('VirtualCdrom', {
      key: -30,
      controllerKey: 200,
      unitNumber: 0,
      backing: data('VirtualCdromIsoBackingInfo', { fileName: '[nfs] iso/tools.iso' }),
      connectable: data('VirtualDeviceConnectInfo', {
        startConnected: true,
        allowGuestControl: true,
        connected: true,
      }),
    })
    const vm = lab.create({ deviceChange: [add(cdrom)] })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const name = '[nfs] iso/tools.iso'
    expect(lab.refused('DeleteDatastoreFile_Task', { name, ...dc(lab) })._typeName).toBe('FileLocked')
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    lab.manage('DeleteDatastoreFile_Task', { name, ...dc(lab) })
    expect(lab.file('iso/tools.iso')).toBeUndefined()
  })
})

describe('CopyDatastoreFile_Task', () => {
  it('copies a file with its bytes, in place of another when forced', () => {
    const lab = createFileLab()
    lab.put('a/one', { size: 700, blob: 'b'.repeat(64) })
    const before = lab.free()
    lab.manage('CopyDatastoreFile_Task', between(lab, '[nfs] a/one', '[nfs] a/two'))
    expect(lab.file('a/two')).toMatchObject({ size: 700, blob: 'b'.repeat(64) })
    expect(lab.free()).toBe(before - 700)
    const again = (force: boolean) => between(lab, '[nfs] iso/tools.iso', '[nfs] a/two', force)
    expect(lab.refused('CopyDatastoreFile_Task', again(false))).toMatchObject({
      _typeName: 'FileAlreadyExists',
      file: '[nfs] a/two',
    })
    lab.manage('CopyDatastoreFile_Task', again(true))
    expect(lab.file('a/two')).toMatchObject({ size: 1000 })
    expect(lab.file('a/two')?.blob).toBeUndefined()
  })

  it('copies a directory with everything below', () => {
    const lab = createFileLab()
    lab.put('a/one')
    lab.put('a/b/two')
    lab.manage('CopyDatastoreFile_Task', between(lab, '[nfs] a', '[nfs] c'))
    expect(paths(lab, 'c')).toEqual(['c/one', 'c/b/two'])
    expect(paths(lab, 'a')).toEqual(['a/one', 'a/b/two'])
  })

  it.each([
    ['[nfs] none', '[nfs] x', 'FileNotFound'],
    ['[nfs] a/one', '[nfs] nowhere/one', 'FileNotFound'],
    ['[nfs] a/one', '[nfs] a/one', 'FileAlreadyExists'],
    ['[nfs] a/one', '[nfs] iso', 'FileAlreadyExists'],
    ['[nfs] a', '[nfs] a/b', 'CannotAccessFile'],
    ['[nfs] a/one', '[none] one', 'InvalidDatastorePath'],
  ])('refuses %s -> %s: %s', (from, to, type) => {
    const lab = createFileLab()
    lab.put('a/one')
    const before = paths(lab)
    expect(lab.refused('CopyDatastoreFile_Task', between(lab, from, to))._typeName).toBe(type)
    expect(paths(lab)).toEqual(before)
  })

  it('fails where there is no space left, and changes nothing', () => {
    const lab = createFileLab()
    lab.put('big', { size: lab.free() - 10 })
    const refused = lab.refused('CopyDatastoreFile_Task', between(lab, '[nfs] big', '[nfs] bigger'))
    expect(refused._typeName).toBe('NoDiskSpace')
    expect(lab.file('bigger')).toBeUndefined()
    expect(lab.free()).toBe(10)
  })

  it("makes copies of a VM's configuration that can be registered", () => {
    const lab = createFileLab()
    lab.create()
    lab.manage('CopyDatastoreFile_Task', between(lab, '[nfs] demo', '[nfs] copy'))
    const args = { path: '[nfs] copy/demo.vmx', name: 'other', asTemplate: false, pool: lab.pool }
    const info = lab.task('Folder', lab.vmFolder, 'RegisterVM_Task', args)
    expect(info.state).toBe('success')
    expect(lab.file('copy/demo.vmx')).toBeDefined()
  })
})

describe('MoveDatastoreFile_Task', () => {
  it('moves files and directories; no space is gained or lost', () => {
    const lab = createFileLab()
    lab.put('a/one', { blob: 'c'.repeat(64) })
    lab.put('a/b/two')
    const before = lab.free()
    lab.manage('MoveDatastoreFile_Task', between(lab, '[nfs] a', '[nfs] z'))
    expect(paths(lab, 'z')).toEqual(['z/one', 'z/b/two'])
    expect(directoryExists(lab.sandbox.inventory.read, lab.datastore, 'a')).toBe(false)
    lab.manage('MoveDatastoreFile_Task', between(lab, '[nfs] z/one', '[nfs] three'))
    expect(lab.file('three')).toMatchObject({ name: 'three', blob: 'c'.repeat(64) })
    expect(lab.free()).toBe(before)
  })

  it('replaces a file when forced, and nothing that is in use', () => {
    const lab = createFileLab()
    lab.put('one', { size: 1 })
    lab.put('two', { size: 2 })
    const move = (force: boolean) => between(lab, '[nfs] one', '[nfs] two', force)
    expect(lab.refused('MoveDatastoreFile_Task', move(false))._typeName).toBe('FileAlreadyExists')
    lab.manage('MoveDatastoreFile_Task', move(true))
    expect([lab.file('one'), lab.file('two')?.size]).toEqual([undefined, 1])
    const vm = lab.create()
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const away = between(lab, '[nfs] demo', '[nfs] away')
    expect(lab.refused('MoveDatastoreFile_Task', away)._typeName).toBe('FileLocked')
  })
})

describe('ChangeOwner', () => {
  it('shows in searches, and refuses nobody', () => {
    const lab = createFileLab()
    const change = { name: '[nfs] iso/tools.iso', ...dc(lab) }
    lab.call('FileManager', 'FileManager', 'ChangeOwner', { ...change, owner: 'backup' })
    expect(lab.file('iso/tools.iso')?.owner).toBe('backup')
    expect(lab.refused('ChangeOwner', { ...change, owner: ' ' })._typeName).toBe('UserNotFound')
    expect(lab.refused('ChangeOwner', { ...change, name: '[nfs] no', owner: 'a' })._typeName).toBe(
      'FileNotFound',
    )
  })
})

describe('QueryFileLockInfo', () => {
  it('names the host of the VM that has the file open', () => {
    const lab = createFileLab()
    const vm = lab.create()
    const ask = () =>
      lab.call('FileManager', 'FileManager', 'QueryFileLockInfo', {
        path: '[nfs] demo/demo.vmx',
        host: lab.sandbox.inventory.read.ref(lab.hosts[0] ?? ''),
      })
    expect(ask()).toEqual({ _typeName: 'FileLockInfoResult' })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const { host } = lab.get<{ host: { value: string } }>('VirtualMachine', vm, 'runtime')
    expect(ask()).toMatchObject({
      lockInfo: [{ host: lab.get('HostSystem', host.value, 'name'), lockMode: 'exclusive', id: vm }],
    })
  })
})

describe('DatastoreNamespaceManager', () => {
  it('refuses what only vSAN and vVol datastores have', () => {
    const lab = createFileLab()
    const { url } = lab.get<{ url: string }>('Datastore', lab.datastore, 'summary')
    const type = 'DatastoreNamespaceManager'
    const fault = (method: string, args: object) => lab.fault(type, type, method, args)._typeName
    const datastore = lab.sandbox.inventory.read.ref(lab.datastore)
    expect(fault('CreateDirectory', { datastore, displayName: 'a' })).toBe('CannotCreateFile')
    expect(fault('DeleteDirectory', { ...dc(lab), datastorePath: `${url}a` })).toBe('FileFault')
    expect(fault('DeleteDirectory', { datastorePath: `${url}a` })).toBe('InvalidArgument')
    const convert = (namespaceUrl: string) =>
      fault('ConvertNamespacePathToUuidPath', { ...dc(lab), namespaceUrl })
    expect(convert(`${url}a`)).toBe('InvalidDatastore')
    expect(convert('ds:///vmfs/volumes/none/a')).toBe('InvalidDatastorePath')
    expect(fault('QueryDirectoryInfo', { ...dc(lab), stableName: `${url}a` })).toBe('NotSupported')
    expect(fault('IncreaseDirectorySize', { ...dc(lab), stableName: `${url}a`, size: 1 })).toBe(
      'NotSupported',
    )
  })
})
