import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { customization, fixedIp } from '#vsphere/vm/clone-testing.js'
import { customizationOf } from '#vsphere/vm/customization.js'
import {
  backing,
  CARD,
  card,
  createTemplateLab,
  DISK,
  ITEMS,
  refusalOf,
  stateOf,
  type TemplateLab,
} from './testing.js'

const VVOL = 'f4e5bade-15a2-4805-bf8e-52318c4ce443'
const POLICY = 'com.vmware.vcenter.vm.storage.policy'

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

const refused = (lab: TemplateLab, operation: string, input: object) =>
  refusalOf(lab, ITEMS, operation, input)

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
})
