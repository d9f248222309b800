import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type {
  HostDatastoreBrowserSearchResults,
  HostDatastoreBrowserSearchSpec,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { dataType } from '#vim25/schema.js'
import { createFileLab, type FileLab } from '../file-manager/testing.js'
import { add, disk, scsi } from '../vm/testing.js'

const TYPE = 'HostDatastoreBrowser'
const ALL = data('FileQueryFlags', { fileType: true, fileSize: true, modification: true, fileOwner: true })
const spec = (members: object) => data('HostDatastoreBrowserSearchSpec', members)

function browserOf(lab: FileLab, type = 'Datastore', id = lab.datastore): string {
  const property = type === 'HostSystem' ? 'datastoreBrowser' : 'browser'
  return lab.get<ManagedObjectReference>(type, id, property).value
}

function search(lab: FileLab, datastorePath: string, searchSpec?: HostDatastoreBrowserSearchSpec) {
  const info = lab.task(TYPE, browserOf(lab), 'SearchDatastore_Task', { datastorePath, searchSpec })
  if (info.error) throw new Error(JSON.stringify(info.error))
  const result = info.result as unknown as HostDatastoreBrowserSearchResults
  const property = dataType('FileInfo')?.properties[0]
  for (const file of result.file ?? []) {
    for (const member of dataType(file._typeName)?.properties ?? [])
      expect(problemsOf((file as unknown as Record<string, unknown>)[member.name], member)).toEqual([])
  }
  expect(property).toBeDefined()
  return result
}

const names = (result: HostDatastoreBrowserSearchResults) => (result.file ?? []).map(({ path }) => path)

describe('SearchDatastore_Task', () => {
  it('lists a directory by name, folders among the files or first', () => {
    const lab = createFileLab()
    lab.put('b.txt')
    lab.put('a.txt')
    const result = search(lab, '[nfs] ')
    expect(result).toMatchObject({
      datastore: { value: lab.datastore },
      folderPath: '[nfs]',
      file: [
        { _typeName: 'FileInfo', path: 'a.txt' },
        { _typeName: 'FileInfo', path: 'b.txt' },
        { _typeName: 'FolderFileInfo', path: 'iso' },
      ],
    })
    expect(names(search(lab, '[nfs]', spec({ sortFoldersFirst: true })))).toEqual(['iso', 'a.txt', 'b.txt'])
    expect(search(lab, '[nfs] iso/').folderPath).toBe('[nfs] iso/')
    expect(names(search(lab, '[nfs]', spec({ matchPattern: ['a*', 'i??'] })))).toEqual(['a.txt', 'iso'])
  })

  it('tells sizes, times, owners and types when asked', () => {
    const lab = createFileLab()
    const result = search(lab, '[nfs] iso', spec({ details: ALL }))
    expect(result.file).toEqual([
      {
        _typeName: 'IsoImageFileInfo',
        path: 'tools.iso',
        fileSize: 1000,
        modification: expect.stringMatching(/^\d{4}-/),
        owner: 'root',
      },
    ])
    expect(search(lab, '[nfs]', spec({ details: ALL })).file).toMatchObject([
      { _typeName: 'FolderFileInfo', fileSize: expect.any(Number), modification: expect.any(String) },
    ])
  })

  it("finds each of a VM's files by the query for its kind", () => {
    const lab = createFileLab()
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk(), 'create')] })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    lab.put('demo/x-flat.vmdk')
    lab.put('demo/boot.flp')
    lab.put('demo/old.vmtx')
    lab.put('demo/demo-Snapshot1.vmsn')
    const find = (type: 'VmDiskFileQuery', members = {}) =>
      names(search(lab, '[nfs] demo', spec({ query: [data(type, members)] })))
    expect(find('VmDiskFileQuery')).toEqual(['demo.vmdk'])
    expect(find('VmConfigFileQuery' as never)).toEqual(['demo.vmx', 'old.vmtx'])
    expect(find('TemplateConfigFileQuery' as never)).toEqual(['old.vmtx'])
    expect(find('VmLogFileQuery' as never)).toEqual(['vmware.log'])
    expect(find('VmNvramFileQuery' as never)).toEqual(['demo.nvram'])
    expect(find('VmSnapshotFileQuery' as never)).toEqual(['demo-Snapshot1.vmsn'])
    expect(find('FloppyImageFileQuery' as never)).toEqual(['boot.flp'])
    expect(find('IsoImageFileQuery' as never)).toEqual([])
    expect(find('FolderFileQuery' as never)).toEqual([])
    expect(find('FileQuery' as never).length).toBeGreaterThan(7)
  })

  it('tells of disks what their query asks for, and filters them', () => {
    const lab = createFileLab()
    lab.create({ deviceChange: [add(scsi()), add(disk({ gb: 4 }), 'create')] })
    lab.put('demo/thick.vmdk', {
      type: 'vmdk',
      size: 2048,
      disk: { capacity: 2048, thin: false, adapter: 'ide' },
    })
    const details = data('VmDiskFileQueryFlags', {
      diskType: true,
      capacityKb: true,
      hardwareVersion: true,
      controllerType: true,
      diskExtents: true,
      thin: true,
    })
    const found = (filter?: object) =>
      search(
        lab,
        '[nfs] demo',
        spec({
          query: [
            data('VmDiskFileQuery', {
              details,
              filter: filter && data('VmDiskFileQueryFilter', filter),
            }),
          ],
        }),
      )
    expect(found().file).toEqual([
      {
        _typeName: 'VmDiskFileInfo',
        path: 'demo.vmdk',
        diskType: 'VirtualDiskFlatVer2BackingInfo',
        capacityKb: 4 * 2 ** 20,
        hardwareVersion: 21,
        controllerType: 'VirtualLsiLogicController',
        diskExtents: ['demo-flat.vmdk'],
        thin: true,
      },
      expect.objectContaining({ path: 'thick.vmdk', capacityKb: 2, controllerType: 'VirtualIDEController' }),
    ])
    expect(names(found({ thin: false }))).toEqual(['thick.vmdk'])
    expect(names(found({ controllerType: ['VirtualIDEController'] }))).toEqual(['thick.vmdk'])
    expect(names(found({ diskType: ['VirtualDiskSparseVer1BackingInfo'] }))).toEqual([])
    expect(names(found({ matchHardwareVersion: [21] }))).toEqual(['demo.vmdk', 'thick.vmdk'])
    expect(names(found({ encrypted: true }))).toEqual([])
  })

  it('tells the format of configurations, and filters by it', () => {
    const lab = createFileLab()
    lab.create()
    const found = (filter?: object) =>
      search(
        lab,
        '[nfs] demo',
        spec({
          query: [
            data('VmConfigFileQuery', {
              details: data('VmConfigFileQueryFlags', { configVersion: true }),
              filter: filter && data('VmConfigFileQueryFilter', filter),
            }),
          ],
        }),
      )
    expect(found().file).toEqual([{ _typeName: 'VmConfigFileInfo', path: 'demo.vmx', configVersion: 8 }])
    expect(names(found({ matchConfigVersion: [7] }))).toEqual([])
    expect(names(found({ matchConfigVersion: [8] }))).toEqual(['demo.vmx'])
  })

  it('can overlook cases', () => {
    const lab = createFileLab()
    lab.put('BIG.ISO')
    const query = [data('IsoImageFileQuery', {})]
    const found = (searchCaseInsensitive: boolean) =>
      names(search(lab, '[nfs]', spec({ query, matchPattern: ['big*'], searchCaseInsensitive })))
    expect(found(true)).toEqual(['BIG.ISO'])
    expect(found(false)).toEqual([])
  })

  it.each([
    ['[nfs] nowhere', { _typeName: 'FileNotFound', file: '[nfs] nowhere' }],
    ['[nfs] iso/tools.iso', { _typeName: 'FileNotFound' }],
    ['[other] iso', { _typeName: 'InvalidDatastore', name: 'other' }],
    ['nfs', { _typeName: 'InvalidDatastorePath', datastorePath: 'nfs' }],
    ['[nfs] ../..', { _typeName: 'InvalidDatastorePath' }],
    ['[nfs] a\u0000', { _typeName: 'InvalidDatastorePath' }],
  ])('refuses %j', (datastorePath, fault) => {
    const lab = createFileLab()
    expect(lab.fault(TYPE, browserOf(lab), 'SearchDatastore_Task', { datastorePath })).toMatchObject(fault)
  })
})

describe('SearchDatastoreSubFolders_Task', () => {
  it('gives a result for each directory, named so that file names can follow', () => {
    const lab = createFileLab()
    lab.put('a/b/deep.iso')
    const info = lab.task(TYPE, browserOf(lab), 'SearchDatastoreSubFolders_Task', {
      datastorePath: '[nfs]',
      searchSpec: spec({ matchPattern: ['*.iso'] }),
    })
    expect(info.entity).toMatchObject({ value: lab.datastore })
    expect(info.result).toMatchObject({
      _typeName: 'ArrayOfHostDatastoreBrowserSearchResults',
      _value: [
        { folderPath: '[nfs]' },
        { folderPath: '[nfs] a/' },
        { folderPath: '[nfs] a/b/', file: [{ path: 'deep.iso' }] },
        { folderPath: '[nfs] iso/', file: [{ path: 'tools.iso' }] },
      ],
    })
  })
})

describe('browsers', () => {
  it('of hosts and clusters see their datastores, by name', () => {
    const lab = createFileLab()
    const { read } = lab.sandbox.inventory
    const env = lab.get<ManagedObjectReference>('ClusterComputeResource', lab.cluster, 'environmentBrowser')
    const ofCluster = lab.get<ManagedObjectReference>('EnvironmentBrowser', env.value, 'datastoreBrowser')
    expect(lab.get(TYPE, ofCluster.value, 'datastore')).toEqual(
      read.get('ClusterComputeResource', lab.cluster).datastore,
    )
    const [host = ''] = lab.hosts
    for (const browser of [ofCluster.value, browserOf(lab, 'HostSystem', host)]) {
      const info = lab.task(TYPE, browser, 'SearchDatastore_Task', { datastorePath: '[nfs] iso' })
      expect(info.result).toMatchObject({ file: [{ path: 'tools.iso' }] })
      expect(info.entity).toMatchObject({ value: lab.datastore })
    }
    expect(lab.get<object[]>(TYPE, ofCluster.value, 'supportedType')).toContainEqual({
      _typeName: 'VmDiskFileQuery',
    })
  })

  it('do not see a datastore that no host reaches', () => {
    const lab = createFileLab()
    lab.act((ctx) => {
      for (const host of lab.hosts)
        ctx.tx.update('HostSystem', host, ({ runtime }) => ({
          runtime: patch(runtime, { connectionState: 'disconnected' }),
        }))
    })
    expect(lab.fault(TYPE, browserOf(lab), 'SearchDatastore_Task', { datastorePath: '[nfs]' })).toMatchObject(
      {
        _typeName: 'InvalidDatastore',
        name: 'nfs',
      },
    )
  })

  it('delete files too', () => {
    const lab = createFileLab()
    lab.call(TYPE, browserOf(lab), 'DeleteFile', { datastorePath: '[nfs] iso/tools.iso' })
    expect(lab.file('iso/tools.iso')).toBeUndefined()
    const again = { datastorePath: '[nfs] iso/tools.iso' }
    expect(lab.fault(TYPE, browserOf(lab), 'DeleteFile', again)._typeName).toBe('FileNotFound')
  })
})
