import { describe, expect, it } from 'vitest'
import { patch } from '#vim25/data.js'
import { ITEM, LIBRARY, LOCAL } from '../content-library/testing.js'
import {
  backing,
  CARD,
  createTemplateLab,
  DISK,
  ITEMS,
  refusalOf,
  stateOf,
  type TemplateLab,
} from './testing.js'

const VVOL = 'f4e5bade-15a2-4805-bf8e-52318c4ce443'
const POLICY = 'com.vmware.vcenter.vm.storage.policy'

const refused = (lab: TemplateLab, operation: string, input: object) =>
  refusalOf(lab, ITEMS, operation, input)

describe('a VM template in a library', () => {
  it('is a clone that vim25 makes, kept with the library, and an item', async () => {
    const lab = await createTemplateLab()
    lab.newEvents()
    const item = await lab.template()
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['VmBeingClonedEvent', 'VmClonedEvent']))
    expect(await lab.invoke(ITEM, 'get', { library_item_id: item })).toMatchObject({
      library_id: lab.images,
      name: 'base',
      description: 'A demo.',
      type: 'vm-template',
      content_version: '1',
      cached: true,
      size: expect.any(Number),
    })
    const info = await lab.invoke(ITEMS, 'get', { template_library_item: item })
    const vm = info?.vm_template ?? ''
    const network = stateOf(lab, lab.source).network?.[0]?.value
    expect(info).toEqual({
      guest_OS: 'OTHER_64',
      cpu: { count: 2, cores_per_socket: 1 },
      memory: { size_MiB: 1024 },
      vm_home_storage: { datastore: lab.datastore },
      disks: { [DISK]: { capacity: 4 * 2 ** 30, disk_storage: { datastore: lab.datastore } } },
      nics: { [CARD]: { backing_type: 'STANDARD_PORTGROUP', mac_type: 'ASSIGNED', network } },
      vm_template: vm,
    })
    expect(stateOf(lab, vm)).toMatchObject({ name: 'base', parent: { value: lab.vmFolder } })
    expect(lab.config(vm)).toMatchObject({ template: true, annotation: 'A demo.' })
    expect(backing(lab, vm).fileName).toBe('[nfs] base/base.vmdk')
  })

  it('goes where its spec says, else to the datastore of the library', async () => {
    const lab = await createTemplateLab()
    const storage_policy = { type: 'USE_SPECIFIED_POLICY', policy: VVOL } as const
    const spread = await lab.template({
      name: 'spread',
      description: 'Elsewhere.',
      vm_home_storage: { datastore: lab.other, storage_policy },
    })
    const one = await lab.machine(spread)
    expect(lab.config(one).files.vmPathName).toBe('[more] spread/spread.vmx')
    expect(backing(lab, one).fileName).toBe('[nfs] spread/spread.vmdk')
    expect(await lab.invoke(POLICY, 'get', { vm: one })).toEqual({ vm_home: VVOL, disks: {} })
    expect((await lab.invoke(ITEMS, 'get', { template_library_item: spread }))?.vm_home_storage).toEqual({
      datastore: lab.other,
      storage_policy: VVOL,
    })
    const moved = await lab.template({
      name: 'moved',
      disk_storage: { datastore: lab.datastore },
      disk_storage_overrides: { [DISK]: { datastore: lab.other, storage_policy } },
    })
    const two = await lab.machine(moved)
    expect(lab.config(two).files.vmPathName).toBe('[nfs] moved/moved.vmx')
    expect(backing(lab, two).fileName).toBe('[more] moved/moved.vmdk')
    expect((await lab.invoke(ITEMS, 'get', { template_library_item: moved }))?.disks[DISK]).toEqual({
      capacity: 4 * 2 ** 30,
      disk_storage: { datastore: lab.other, storage_policy: VVOL },
    })
  })

  it('is refused for what cannot be one, and nothing changes', async () => {
    const lab = await createTemplateLab()
    const { source, images: library, placement } = lab
    const item = await lab.template()
    const template = await lab.machine(item)
    const make = (changes: object) =>
      refused(lab, 'create', { spec: { source_vm: source, name: 'new', library, placement, ...changes } })
    expect(await make({ source_vm: template })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.invalid_source_vm_template_not_supported',
    ])
    expect(await make({ source_vm: 'vm-404' })).toEqual(['NOT_FOUND', 'api.vcenter.vm.not_found'])
    expect(await make({ library: 'none' })).toEqual(['NOT_FOUND', 'vdcs.cls-main.library_not_found'])
    expect(await make({ name: 'BASE' })).toEqual(['ALREADY_EXISTS', 'vdcs.cls-main.item_name_exists'])
    expect(await make({ name: 'demo' })).toEqual(['ALREADY_EXISTS', 'vdcs.util.duplicate_name'])
    expect(await make({ name: ' ' })).toEqual(['INVALID_ARGUMENT', 'vdcs.cls-main.field_invalid'])
    expect(await make({ placement: undefined })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.field_required',
    ])
    expect(await make({ disk_storage: {} })).toEqual(['INVALID_ARGUMENT', 'vdcs.vmtx-main.field_required'])
    expect(await make({ disk_storage: { datastore: 'datastore-404' } })).toEqual([
      'NOT_FOUND',
      'api.vcenter.datastore.not_found',
    ])
    expect(await make({ disk_storage_overrides: { 9: { datastore: lab.other } } })).toEqual([
      'NOT_FOUND',
      'api.vcenter.vm.device.not_found',
    ])
    const [host] = lab.hosts
    expect(await make({ placement: { folder: lab.vmFolder, host: 'host-404' } })).toEqual([
      'NOT_FOUND',
      'api.vcenter.host.not_found',
    ])
    lab.call('HostSystem', host ?? '', 'EnterMaintenanceMode_Task', { timeout: 0 })
    expect((await make({ placement: { folder: lab.vmFolder, host } }))[0]).toBe(
      'NOT_ALLOWED_IN_CURRENT_STATE',
    )
  })

  it('needs storage to be named in a library that is on no datastore', async () => {
    const lab = await createTemplateLab()
    const uri = 'nfs://nas.lab.local/images'
    const library = await lab.library({ storage_backings: [{ type: 'OTHER', storage_uri: uri }] })
    const spec = { source_vm: lab.source, name: 'x', library, placement: lab.placement }
    expect(await refused(lab, 'create', { spec })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.library_without_datastore',
    ])
    const storage = { datastore: lab.other }
    const item = await lab.template({ library, vm_home_storage: storage, disk_storage: storage })
    expect(backing(lab, await lab.machine(item)).fileName).toBe('[more] base/base.vmdk')
  })

  it('keeps the policies of its source where that is asked for', async () => {
    const lab = await createTemplateLab()
    const chosen = { type: 'USE_SPECIFIED_POLICY', policy: VVOL } as const
    await lab.invoke(POLICY, 'update', {
      vm: lab.source,
      spec: { vm_home: chosen, disks: { [DISK]: chosen } },
    })
    // No value of the definitions, but what govc sends.
    const storage = { storage_policy: { type: 'USE_SOURCE_POLICY' as 'USE_SPECIFIED_POLICY' } }
    const item = await lab.template({
      vm_home_storage: { ...storage, datastore: lab.other },
      disk_storage: storage,
    })
    expect(await lab.invoke(ITEMS, 'get', { template_library_item: item })).toMatchObject({
      vm_home_storage: { datastore: lab.other, storage_policy: VVOL },
      disks: { [DISK]: { disk_storage: { datastore: lab.datastore, storage_policy: VVOL } } },
    })
  })

  it('is nothing for an item that is something else', async () => {
    const lab = await createTemplateLab()
    const item = await lab.item(lab.images, 'thing')
    expect(await lab.invoke(ITEMS, 'get', { template_library_item: item })).toBeUndefined()
    expect(await refused(lab, 'get', { template_library_item: 'none' })).toEqual([
      'NOT_FOUND',
      'vdcs.cls-main.library_item_not_found',
    ])
    const spec = { name: 'x', placement: lab.placement }
    expect(await refused(lab, 'deploy', { template_library_item: item, spec })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.not_a_vm_template',
    ])
  })

  it('cannot be told of while its configuration cannot be read, and stays', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const vm = await lab.machine(item)
    lab.act(({ tx }) =>
      tx.update('VirtualMachine', vm, ({ runtime }) => ({
        config: undefined,
        runtime: patch(runtime, { connectionState: 'inaccessible' }),
      })),
    )
    expect(await refused(lab, 'get', { template_library_item: item })).toEqual([
      'RESOURCE_INACCESSIBLE',
      'api.vcenter.vm.config_inaccessible',
    ])
    expect(await lab.invoke(ITEM, 'list', { library_id: lab.images })).toEqual([item])
  })
})

describe('the life of an item and its template', () => {
  it('ends together, whichever goes first', async () => {
    const lab = await createTemplateLab()
    const first = await lab.template()
    const vm = await lab.machine(first)
    await lab.invoke(ITEM, 'delete', { library_item_id: first })
    expect(lab.sandbox.inventory.read.find('VirtualMachine', vm)).toBeUndefined()

    const second = await lab.template()
    lab.task('VirtualMachine', await lab.machine(second), 'Destroy_Task')
    expect((await lab.error(ITEM, 'get', { library_item_id: second })).type).toBe('NOT_FOUND')

    const third = await lab.template()
    lab.call('VirtualMachine', await lab.machine(third), 'UnregisterVM')
    expect(await lab.invoke(ITEM, 'list', { library_id: lab.images })).toEqual([])

    const fourth = await lab.template({ name: 'again' })
    const again = await lab.machine(fourth)
    lab.call('VirtualMachine', again, 'MarkAsVirtualMachine', { pool: lab.pool })
    expect(await lab.invoke(ITEM, 'list', { library_id: lab.images })).toEqual([])
    expect(lab.config(again).template).toBe(false)
  })

  it('ends with the library', async () => {
    const lab = await createTemplateLab()
    const vm = await lab.machine(await lab.template())
    await lab.invoke(LOCAL, 'delete', { library_id: lab.images })
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([])
    expect(lab.sandbox.inventory.read.find('VirtualMachine', vm)).toBeUndefined()
  })

  it('leaves no template behind when the library goes while it is made', async () => {
    const lab = await createTemplateLab()
    const { other } = lab
    const making = lab.error(ITEMS, 'create', {
      spec: {
        source_vm: lab.source,
        name: 'late',
        library: lab.images,
        placement: lab.placement,
        disk_storage: { datastore: other },
      },
    })
    // The clone is made; what follows waits for its turn.
    await lab.invoke(LOCAL, 'delete', { library_id: lab.images })
    expect((await making).type).toBe('NOT_FOUND')
    const { read } = lab.sandbox.inventory
    expect([...read.ids('VirtualMachine')].map((id) => read.get('VirtualMachine', id).name)).toEqual(['demo'])
  })
})
