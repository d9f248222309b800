import { describe, expect, it } from 'vitest'
import type { VcenterVMCreateSpec } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { TaskInfo, VirtualDisk, VirtualDiskFlatVer2BackingInfo } from '#vim25/generated/types.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { customization, fixedIp, secondStore } from '#vsphere/vm/clone-testing.js'
import { customizationOf } from '#vsphere/vm/customization.js'
import { usual } from '#vsphere/vm/testing.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

const VM = 'com.vmware.vcenter.VM'

const placed = (lab: ServiceLab, more: object = {}) => ({
  folder: lab.vmFolder,
  cluster: lab.cluster,
  datastore: lab.datastore,
  ...more,
})

const spec = (lab: ServiceLab, changes: Partial<VcenterVMCreateSpec> = {}): VcenterVMCreateSpec => ({
  guest_OS: 'DEBIAN_12_64',
  name: 'web',
  placement: placed(lab),
  ...changes,
})

const stateOf = (lab: ServiceLab, vm: string) => lab.sandbox.inventory.read.get('VirtualMachine', vm)

const lastTask = (lab: ServiceLab): TaskInfo | undefined => {
  const { read } = lab.sandbox.inventory
  return (
    [...read.ids('Task')].map((id) => read.get('Task', id).info).at(-1) ??
    read.taskHistory().findLast(() => true)
  )
}

/** An operation that is refused leaves everything as it was. */
async function refused(lab: ServiceLab, operation: string, input: object) {
  const before = lab.objects()
  const error = await lab.error(VM, operation, input)
  expect(lab.objects()).toEqual(before)
  return error
}

describe('a new VM', () => {
  it('is the one that vim25 shows, made by the same task with the same events', async () => {
    const lab = createServiceLab()
    lab.newEvents()
    const vm = await lab.invoke(VM, 'create', {
      spec: spec(lab, {
        hardware_version: 'VMX_19',
        cpu: { count: 4, cores_per_socket: 2, hot_add_enabled: true },
        memory: { size_MiB: 2048, hot_add_enabled: true },
        boot: { type: 'EFI', delay: 3000, retry: true, retry_delay: 20_000, network_protocol: 'IPV4' },
        boot_devices: [{ type: 'CDROM' }, { type: 'DISK' }],
        disks: [{ type: 'SCSI', new_vmdk: { capacity: 2 ** 30 } }],
        cdroms: [{ backing: { type: 'CLIENT_DEVICE' } }],
      }),
    })
    expect(lab.newEvents()).toEqual(
      expect.arrayContaining(['TaskEvent', 'VmBeingCreatedEvent', 'VmUuidAssignedEvent', 'VmCreatedEvent']),
    )
    expect(lastTask(lab)).toMatchObject({
      name: 'CreateVM_Task',
      descriptionId: 'Folder.createVm',
      state: 'success',
      result: { value: vm },
    })
    expect(stateOf(lab, vm)).toMatchObject({
      name: 'web',
      parent: { value: lab.vmFolder },
      resourcePool: { value: lab.pool.value },
      runtime: { powerState: 'poweredOff' },
    })
    expect(lab.config(vm)).toMatchObject({
      guestId: 'debian12_64Guest',
      version: 'vmx-19',
      firmware: 'efi',
      hardware: { numCPU: 4, numCoresPerSocket: 2, memoryMB: 2048 },
      cpuHotAddEnabled: true,
      memoryHotAddEnabled: true,
      files: { vmPathName: '[nfs] web/web.vmx' },
      bootOptions: {
        bootDelay: 3000,
        bootRetryEnabled: true,
        bootRetryDelay: 20_000,
        networkBootProtocol: 'ipv4',
        bootOrder: [
          { _typeName: 'VirtualMachineBootOptionsBootableCdromDevice' },
          { _typeName: 'VirtualMachineBootOptionsBootableDiskDevice', deviceKey: 2000 },
        ],
      },
    })
    expect(lab.device(vm, 2000)).toMatchObject({ capacityInKB: 2 ** 20 })
    lab.expectValid('VirtualMachine', vm)
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
  })

  it('needs no more than a guest and a place', async () => {
    const lab = createServiceLab()
    const make = () => lab.invoke(VM, 'create', { spec: { guest_OS: 'OTHER_64', placement: placed(lab) } })
    expect(stateOf(lab, await make()).name).toBe('New Virtual Machine')
    const second = await make()
    expect(stateOf(lab, second).name).toBe('New Virtual Machine (1)')
    expect(lab.config(second).version).toBe('vmx-21')
    expect(lab.device(second, 2000)).toBeDefined()
  })

  it('goes where host or pool lead, too', async () => {
    const lab = createServiceLab()
    const [, host = ''] = lab.hosts
    const byHost = await lab.invoke(VM, 'create', {
      spec: spec(lab, { placement: { folder: lab.vmFolder, host, datastore: lab.datastore } }),
    })
    expect(stateOf(lab, byHost).runtime.host?.value).toBe(host)
    const byPool = await lab.invoke(VM, 'create', {
      spec: spec(lab, {
        name: 'db',
        placement: { folder: lab.vmFolder, resource_pool: lab.pool.value, datastore: lab.datastore },
      }),
    })
    expect(stateOf(lab, byPool).resourcePool?.value).toBe(lab.pool.value)
  })

  it.each([
    ['no placement', () => undefined, 'INVALID_ARGUMENT'],
    ['no folder', (lab: ServiceLab) => placed(lab, { folder: undefined }), 'INVALID_ARGUMENT'],
    ['no datastore', (lab: ServiceLab) => placed(lab, { datastore: undefined }), 'INVALID_ARGUMENT'],
    [
      'no pool, host or cluster',
      (lab: ServiceLab) => placed(lab, { cluster: undefined }),
      'INVALID_ARGUMENT',
    ],
    ['no such folder', (lab: ServiceLab) => placed(lab, { folder: 'group-v404' }), 'NOT_FOUND'],
    ['no such cluster', (lab: ServiceLab) => placed(lab, { cluster: 'domain-c404' }), 'NOT_FOUND'],
    ['a host for a cluster', (lab: ServiceLab) => placed(lab, { cluster: lab.hosts[0] }), 'NOT_FOUND'],
    ['no such datastore', (lab: ServiceLab) => placed(lab, { datastore: 'datastore-404' }), 'NOT_FOUND'],
  ])('is not made with %s', async (_, placement, type) => {
    const lab = createServiceLab()
    const { placement: _placement, ...rest } = spec(lab)
    const where = placement(lab)
    const error = await refused(lab, 'create', { spec: { ...rest, ...(where && { placement: where }) } })
    expect(error.type).toBe(type)
  })

  it('is not made where its name is taken', async () => {
    const lab = createServiceLab()
    await lab.invoke(VM, 'create', { spec: spec(lab) })
    const error = await refused(lab, 'create', { spec: spec(lab) })
    expect(error.type).toBe('ALREADY_EXISTS')
    expect(error.messages[1]).toMatchObject({
      id: 'vmsg.DuplicateName.summary',
      default_message: "The name 'web' already exists.",
    })
  })

  it('has the policies that it is given', async () => {
    const lab = createServiceLab()
    const vsan = 'aa6d5a82-1c88-45da-85d3-3d74b91a5bad'
    const vm = await lab.invoke(VM, 'create', { spec: spec(lab, { storage_policy: { policy: vsan } }) })
    expect(await lab.invoke('com.vmware.vcenter.vm.storage.policy', 'get', { vm })).toEqual({
      vm_home: vsan,
      disks: { '2000': vsan },
    })
    const unknown = spec(lab, { name: 'db', storage_policy: { policy: 'nope' } })
    expect((await refused(lab, 'create', { spec: unknown })).type).toBe('NOT_FOUND')
  })
})

describe('the end of a VM', () => {
  it('is for VMs that are off', async () => {
    const lab = createServiceLab()
    const vm = await lab.invoke(VM, 'create', { spec: spec(lab) })
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
    for (const operation of ['delete', 'unregister']) {
      const error = await refused(lab, operation, { vm })
      expect(error.type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
      expect(error.messages[1]?.id).toBe('vmsg.InvalidPowerState.summary')
    }
    await lab.invoke('com.vmware.vcenter.vm.power', 'stop', { vm })
    lab.newEvents()
    await lab.invoke(VM, 'delete', { vm })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmRemovedEvent'])
    expect((await lab.error(VM, 'delete', { vm })).type).toBe('NOT_FOUND')
  })

  it('leaves the files of one that is only unregistered, to be registered again', async () => {
    const lab = createServiceLab()
    const vm = await lab.invoke(VM, 'create', { spec: spec(lab) })
    await lab.invoke(VM, 'unregister', { vm })
    expect(lab.sandbox.inventory.read.find('VirtualMachine', vm)).toBeUndefined()
    const placement = { folder: lab.vmFolder, cluster: lab.cluster }
    const again = await lab.invoke(VM, 'register', {
      spec: { datastore: lab.datastore, path: '/web/web.vmx', name: 'back', placement },
    })
    expect(again).not.toBe(vm)
    expect(stateOf(lab, again).name).toBe('back')
    expect(lab.config(again).guestId).toBe('debian12_64Guest')
    const path = '[nfs] web/web.vmx'
    const register = (changes: object) => ({ spec: { datastore_path: path, placement, ...changes } })
    expect((await refused(lab, 'register', register({}))).type).toBe('ALREADY_EXISTS')
    expect((await refused(lab, 'register', register({ datastore_path: '[nfs] a/b.vmx' }))).type).toBe(
      'NOT_FOUND',
    )
    expect((await refused(lab, 'register', register({ path: 'web/web.vmx' }))).type).toBe('INVALID_ARGUMENT')
    expect((await refused(lab, 'register', register({ placement: undefined }))).type).toBe('INVALID_ARGUMENT')
    await lab.invoke(VM, 'unregister', { vm: again })
    const last = await lab.invoke(VM, 'register', { spec: { datastore_path: path, placement } })
    expect(stateOf(lab, last).name).toBe('back')
  })
})

describe('a copy', () => {
  it('is made as CloneVM_Task makes it, disks removed and moved', async () => {
    const lab = createServiceLab()
    const more = secondStore(lab)
    const source = await lab.invoke(VM, 'create', {
      spec: spec(lab, { disks: [{ new_vmdk: {} }, { new_vmdk: {} }] }),
    })
    lab.newEvents()
    const vm = await lab.invoke(VM, 'clone', {
      spec: {
        source,
        name: 'copy',
        disks_to_remove: ['2001'],
        disks_to_update: { '2000': { datastore: more } },
        power_on: true,
      },
    })
    expect(lab.newEvents()).toEqual(
      expect.arrayContaining(['TaskEvent', 'VmBeingClonedEvent', 'VmClonedEvent']),
    )
    expect(stateOf(lab, vm)).toMatchObject({ name: 'copy', runtime: { powerState: 'poweredOn' } })
    expect(lab.device(vm, 2001)).toBeUndefined()
    const { backing } = lab.device(vm, 2000) as VirtualDisk
    expect((backing as VirtualDiskFlatVer2BackingInfo).fileName).toMatch(/^\[more\] /)
  })

  it('is also made by a task that the caller looks after', async () => {
    const lab = createServiceLab()
    const source = lab.create({ deviceChange: usual() })
    const task = await lab.invoke(VM, 'clone$task', { spec: { source, name: 'copy' } })
    expect(task).toMatch(new RegExp(`^task-\\d+:${lab.sandbox.services.identity.instanceUuid}$`))
    expect(lastTask(lab)).toMatchObject({ name: 'CloneVM_Task', state: 'success', key: task.split(':')[0] })
  })

  it.each([
    ['a source that is not there', { source: 'vm-404' }, 'NOT_FOUND'],
    ['a disk that is not there', { disks_to_remove: ['2007'] }, 'NOT_FOUND'],
    ['a disk twice', { disks_to_remove: ['2000'], disks_to_update: { '2000': {} } }, 'INVALID_ARGUMENT'],
    ['a customization by name', { guest_customization_spec: { name: 'linux' } }, 'NOT_FOUND'],
    ['a name that is taken', { name: 'demo' }, 'ALREADY_EXISTS'],
    ['a place that is not there', { placement: { datastore: 'datastore-404' } }, 'NOT_FOUND'],
  ])('is not made of %s', async (_, changes, type) => {
    const lab = createServiceLab()
    const source = lab.create({ deviceChange: usual() })
    const error = await refused(lab, 'clone', { spec: { source, name: 'copy', ...changes } })
    expect(error.type).toBe(type)
  })

  it('gets the identity of a specification that was saved under a name', async () => {
    const lab = createServiceLab()
    lab.act(createServiceObjects)
    const source = lab.create({ guestId: 'debian12_64Guest', deviceChange: usual() })
    const other = lab.create({ name: 'other', deviceChange: usual() })
    const info = data('CustomizationSpecInfo', { name: 'linux', description: '', type: 'Linux' })
    const item = data('CustomizationSpecItem', {
      info,
      spec: customization('web', [fixedIp('192.168.10.77')]),
    })
    lab.call('CustomizationSpecManager', 'CustomizationSpecManager', 'CreateCustomizationSpec', { item })
    const guest_customization_spec = { name: 'linux' }
    const vm = await lab.invoke(VM, 'clone', { spec: { source, name: 'web', guest_customization_spec } })
    expect(customizationOf(lab.sandbox.inventory.read, vm)).toMatchObject({ hostName: 'web', pending: true })
    const unfit = { source: other, name: 'web-2', guest_customization_spec }
    const { type, messages } = await refused(lab, 'clone', { spec: unfit })
    expect([type, messages[1]?.id]).toEqual(['INVALID_ARGUMENT', 'vmsg.UncustomizableGuest.summary'])
    const missing = { source, name: 'web-2', guest_customization_spec: { name: 'none' } }
    expect((await refused(lab, 'clone', { spec: missing })).messages[0]?.id).toBe(
      'com.vmware.api.vcenter.guest.customization_spec.not_found',
    )
  })

  it('of a running VM runs on, its cards unplugged when that is wanted', async () => {
    const lab = createServiceLab()
    const source = lab.create({ deviceChange: usual() })
    expect((await refused(lab, 'instant_clone', { spec: { source, name: 'twin' } })).type).not.toBe(
      'NOT_FOUND',
    )
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm: source })
    const vm = await lab.invoke(VM, 'instant_clone', {
      spec: {
        source,
        name: 'twin',
        disconnect_all_nics: true,
        bios_uuid: '4200aaaa-bbbb-cccc-dddd-eeeeffff0000',
      },
    })
    expect(stateOf(lab, vm).runtime.powerState).toBe('poweredOn')
    expect(lab.device(vm, 4000)).toMatchObject({ connectable: { connected: false, startConnected: false } })
    expect(lab.config(vm).uuid).toBe('4200aaaa-bbbb-cccc-dddd-eeeeffff0000')
    const wrong = { spec: { source, name: 'third', nics_to_update: { '4009': {} } } }
    expect((await refused(lab, 'instant_clone', wrong)).type).toBe('NOT_FOUND')
  })
})

describe('a move', () => {
  it('takes a running VM to another host, and its disks to another datastore', async () => {
    const lab = createServiceLab()
    const more = secondStore(lab)
    const vm = lab.create({ deviceChange: usual() })
    await lab.invoke(VM, 'relocate', { vm, spec: { disks: { '2000': { datastore: more } } } })
    const { backing } = lab.device(vm, 2000) as VirtualDisk
    expect((backing as VirtualDiskFlatVer2BackingInfo).datastore?.value).toBe(more)
    expect(lab.config(vm).files.vmPathName).toMatch(/^\[nfs\] /)
    const from = stateOf(lab, vm).runtime.host?.value
    const host = lab.hosts.find((id) => id !== from) ?? ''
    lab.newEvents()
    const task = await lab.invoke(VM, 'relocate$task', { vm, spec: { placement: { host } } })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmBeingMigratedEvent', 'VmMigratedEvent'])
    expect(task).toMatch(/^task-\d+:/)
    expect(stateOf(lab, vm)).toMatchObject({
      runtime: { host: { value: host } },
      resourcePool: { value: lab.pool.value },
    })
  })

  it('is refused to where nothing is', async () => {
    const lab = createServiceLab()
    const vm = lab.create({ deviceChange: usual() })
    const to = (placement: object) => refused(lab, 'relocate', { vm, spec: { placement } })
    expect((await to({ host: 'host-404' })).type).toBe('NOT_FOUND')
    expect((await refused(lab, 'relocate', { vm, spec: { disks: { '2009': {} } } })).type).toBe('NOT_FOUND')
    expect((await refused(lab, 'relocate', { vm: 'vm-404', spec: {} })).type).toBe('NOT_FOUND')
    const { read } = lab.sandbox.inventory
    const [datacenter = ''] = read.ids('Datacenter')
    const { hostFolder } = read.get('Datacenter', datacenter)
    expect((await to({ folder: hostFolder.value })).type).toBe('INVALID_ARGUMENT')
  })
})

describe('a VM with tools', () => {
  it('is the same VM for every way in', async () => {
    const lab = createServiceLab()
    const vm = await lab.invoke(VM, 'create', { spec: spec(lab) })
    lab.reconfigure(vm, { tools: data('ToolsConfigInfo', { toolsVersion: 12_421 }) })
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
    const identity = await lab.invoke('com.vmware.vcenter.vm.guest.identity', 'get', { vm })
    expect(identity.host_name).toBe(stateOf(lab, vm).guest?.hostName)
  })
})
