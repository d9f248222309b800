import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type {
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualEthernetCard,
} from '#vim25/generated/types.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { customization, fixedIp } from '#vsphere/vm/clone-testing.js'
import { customizationOf } from '#vsphere/vm/customization.js'
import { ITEM, LIBRARY, LOCAL } from '../content-library/testing.js'
import { CARD, createTemplateLab, DISK, ITEMS, type TemplateLab } from './testing.js'

const VVOL = 'f4e5bade-15a2-4805-bf8e-52318c4ce443'
const POLICY = 'com.vmware.vcenter.vm.storage.policy'

const stateOf = (lab: TemplateLab, vm: string) => lab.sandbox.inventory.read.get('VirtualMachine', vm)
const backing = (lab: TemplateLab, vm: string) =>
  (lab.device(vm, Number(DISK)) as VirtualDisk).backing as VirtualDiskFlatVer2BackingInfo
const card = (lab: TemplateLab, vm: string) => lab.device(vm, Number(CARD)) as VirtualEthernetCard

/** A port group of both hosts. */
function addNetwork(lab: TemplateLab, name: string): string {
  const portgrp = data('HostPortGroupSpec', {
    name,
    vlanId: 0,
    vswitchName: 'vSwitch0',
    policy: data('HostNetworkPolicy', {}),
  })
  for (const host of lab.hosts)
    lab.call('HostNetworkSystem', host.replace('host', 'networkSystem'), 'AddPortGroup', { portgrp })
  const { read } = lab.sandbox.inventory
  return [...read.ids('Network')].find((id) => read.get('Network', id).name === name) ?? ''
}

/** An operation that is refused leaves everything as it was. */
async function refused(lab: TemplateLab, operation: string, input: object) {
  const before = lab.objects()
  const { type, messages } = await lab.error(ITEMS, operation, input)
  expect(lab.objects()).toEqual(before)
  return [type, messages[0]?.id.replace(/^com\.vmware\./, '')]
}

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

describe('a VM that is deployed from a library', () => {
  it('is like the template, with an identity of its own', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const template = await lab.machine(item)
    lab.newEvents()
    const vm = await lab.invoke(ITEMS, 'deploy', {
      template_library_item: item,
      spec: { name: 'web', placement: lab.placement },
    })
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['VmBeingDeployedEvent', 'VmDeployedEvent']))
    expect(stateOf(lab, vm)).toMatchObject({
      name: 'web',
      resourcePool: lab.pool,
      runtime: { powerState: 'poweredOff' },
    })
    expect(lab.config(vm)).toMatchObject({
      template: false,
      annotation: 'A demo.',
      hardware: { numCPU: 2, memoryMB: 1024 },
    })
    expect(backing(lab, vm).fileName).toBe('[nfs] web/web.vmdk')
    expect(card(lab, vm).macAddress).not.toBe(card(lab, template).macAddress)
  })

  it('has the hardware and the description that are asked for, and runs if that is, too', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const network = addNetwork(lab, 'Lab')
    const vm = await lab.invoke(ITEMS, 'deploy', {
      template_library_item: item,
      spec: {
        name: 'big',
        description: 'Big.',
        placement: { ...lab.placement, resource_pool: lab.pool.value },
        powered_on: true,
        hardware_customization: {
          cpu_update: { num_cpus: 4, num_cores_per_socket: 2 },
          memory_update: { memory: 2048 },
          disks_to_update: { [DISK]: { capacity: 8 * 2 ** 30 } },
          nics: { [CARD]: { network } },
        },
      },
    })
    expect(lab.config(vm)).toMatchObject({
      annotation: 'Big.',
      hardware: { numCPU: 4, numCoresPerSocket: 2, memoryMB: 2048 },
    })
    expect(lab.device(vm, Number(DISK))).toMatchObject({ capacityInBytes: 8 * 2 ** 30 })
    const template = await lab.machine(item)
    expect(card(lab, vm)).toMatchObject({ addressType: 'assigned', backing: { deviceName: 'Lab' } })
    expect(card(lab, vm).macAddress).not.toBe(card(lab, template).macAddress)
    expect(stateOf(lab, vm).runtime.powerState).toBe('poweredOn')
    expect(lab.device(template, Number(DISK))).toMatchObject({ capacityInBytes: 4 * 2 ** 30 })
  })

  it('gets the identity of a specification that was saved under a name', async () => {
    const lab = await createTemplateLab()
    lab.act(createServiceObjects)
    const info = data('CustomizationSpecInfo', { name: 'linux', description: '', type: 'Linux' })
    const item = data('CustomizationSpecItem', {
      info,
      spec: customization('web', [fixedIp('192.168.10.77')]),
    })
    lab.call('CustomizationSpecManager', 'CustomizationSpecManager', 'CreateCustomizationSpec', { item })
    const template_library_item = await lab.template()
    const spec = { name: 'web', placement: lab.placement, guest_customization: { name: 'linux' } }
    expect(await refused(lab, 'deploy', { template_library_item, spec })).toEqual([
      'INVALID_ARGUMENT',
      'api.vcenter.error',
    ])
    lab.reconfigure(lab.source, { guestId: 'debian12_64Guest' })
    const debian = await lab.template({ name: 'debian' })
    const vm = await lab.invoke(ITEMS, 'deploy', { template_library_item: debian, spec })
    expect(customizationOf(lab.sandbox.inventory.read, vm)).toMatchObject({ hostName: 'web', pending: true })
  })

  it('has its disks and policies where they are wanted', async () => {
    const lab = await createTemplateLab()
    const storage_policy = { type: 'USE_SPECIFIED_POLICY', policy: VVOL } as const
    const item = await lab.template({ disk_storage: { datastore: lab.other, storage_policy } })
    const deploy = (name: string, spec: object) =>
      lab.invoke(ITEMS, 'deploy', {
        template_library_item: item,
        spec: { name, placement: lab.placement, ...spec },
      })
    const same = await deploy('same', {})
    expect(backing(lab, same).fileName).toBe('[more] same/same.vmdk')
    expect((await lab.invoke(POLICY, 'get', { vm: same })).disks).toEqual({ [DISK]: VVOL })

    const home = await deploy('home', { vm_home_storage: { datastore: lab.other } })
    expect(lab.config(home).files.vmPathName).toBe('[more] home/home.vmx')
    expect(backing(lab, home).fileName).toBe('[more] home/home.vmdk')

    const all = await deploy('all', { disk_storage: { datastore: lab.datastore } })
    expect(backing(lab, all).fileName).toBe('[nfs] all/all.vmdk')
    expect((await lab.invoke(POLICY, 'get', { vm: all })).disks).toEqual({})

    const kept = { datastore: lab.datastore, storage_policy: { type: 'USE_SOURCE_POLICY' } }
    const source = await deploy('source', { disk_storage_overrides: { [DISK]: kept } })
    expect(backing(lab, source).fileName).toBe('[nfs] source/source.vmdk')
    expect((await lab.invoke(POLICY, 'get', { vm: source })).disks).toEqual({ [DISK]: VVOL })

    const bare = await deploy('bare', { hardware_customization: { disks_to_remove: [DISK] } })
    expect(lab.device(bare, Number(DISK))).toBeUndefined()
    expect(lab.device(await lab.machine(item), Number(DISK))).toBeDefined()
  })

  it('is refused for what cannot be, and nothing changes', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const deploy = (changes: object) =>
      refused(lab, 'deploy', {
        template_library_item: item,
        spec: { name: 'new', placement: lab.placement, ...changes },
      })
    const hardware = (hardware_customization: object) => deploy({ hardware_customization })
    expect(await deploy({ name: 'demo' })).toEqual(['ALREADY_EXISTS', 'vdcs.util.duplicate_name'])
    expect(await deploy({ placement: undefined })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.field_required',
    ])
    expect(await deploy({ placement: { folder: lab.vmFolder } })).toEqual(['INVALID_ARGUMENT', undefined])
    expect(await deploy({ placement: { cluster: lab.cluster } })).toEqual(['INVALID_ARGUMENT', undefined])
    expect((await deploy({ guest_customization: { name: 'linux' } }))[0]).toBe('NOT_FOUND')
    expect(await hardware({ disks_to_update: { [DISK]: { capacity: 2 ** 30 } } })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.disk_not_larger',
    ])
    expect(
      await hardware({ disks_to_update: { [DISK]: { capacity: 2 ** 40 } }, disks_to_remove: [DISK] }),
    ).toEqual(['INVALID_ARGUMENT', 'vdcs.vmtx-main.disk_removed_and_updated'])
    expect((await hardware({ disks_to_remove: ['9'] }))[0]).toBe('NOT_FOUND')
    expect((await hardware({ nics: { 9: {} } }))[0]).toBe('NOT_FOUND')
    expect(await hardware({ nics: { [CARD]: { network: 'network-404' } } })).toEqual([
      'NOT_FOUND',
      'api.vcenter.network.not_found',
    ])
    expect((await hardware({ cpu_update: { num_cpus: 3, num_cores_per_socket: 2 } }))[0]).toBe(
      'INVALID_ARGUMENT',
    )
  })

  it('cannot be made while the template cannot be read', async () => {
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
