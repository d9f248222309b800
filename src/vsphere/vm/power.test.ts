import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type {
  ClusterPowerOnVmResult,
  ManagedObjectReference,
  TaskInfo,
  VirtualMachineRuntimeInfo,
} from '#vim25/generated/types.js'
import { machines } from '#world/machine.js'
import { vmOverheadBytes } from '../resource-pool/overhead.js'
import { TOOLS_VERSION } from './defaults.js'
import { add, card, createVmLab, usual, type VmLab } from './testing.js'

const runtime = (lab: VmLab, vm: string) =>
  lab.get<VirtualMachineRuntimeInfo>('VirtualMachine', vm, 'runtime')
const tools = data('ToolsConfigInfo', { toolsVersion: TOOLS_VERSION })

describe('PowerOnVM_Task', () => {
  it('runs the VM: state, slots, files, task and events', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    expect(lab.device(vm, 4000)?.slotInfo).toBeUndefined()
    lab.newEvents()
    const info = lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(info).toMatchObject({
      state: 'success',
      descriptionId: 'VirtualMachine.powerOn',
      entityName: 'demo',
    })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmStartingEvent', 'DrsVmPoweredOnEvent'])
    expect(runtime(lab, vm)).toMatchObject({
      powerState: 'poweredOn',
      maxCpuUsage: 4000,
      maxMemoryUsage: 1024,
    })
    expect(lab.device(vm, 4000)).toMatchObject({
      slotInfo: { pciSlotNumber: 192 },
      connectable: { connected: true, status: 'ok' },
    })
    lab.expectValid('VirtualMachine', vm)
    const layout = lab.get<{ file: { type: string }[] }>('VirtualMachine', vm, 'layoutEx')
    expect(layout.file.map((file) => file.type)).toEqual(expect.arrayContaining(['swap', 'log']))
  })

  it('refuses a VM that runs, and says so in an event', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const before = lab.objects()
    lab.newEvents()
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')).toMatchObject({
      _typeName: 'InvalidPowerState',
      requestedState: 'poweredOn',
      existingState: 'poweredOn',
    })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmFailedToPowerOnEvent'])
    expect(lab.objects()).toEqual(before)
  })

  it('is refused by the pool, with the bytes', () => {
    const lab = createVmLab()
    const pool = lab.call('ResourcePool', lab.pool.value, 'CreateResourcePool', {
      name: 'small',
      spec: poolSpec(100, false),
    })
    const info = lab.task('ResourcePool', (pool as { value: string }).value, 'CreateChildVM_Task', {
      config: data('VirtualMachineConfigSpec', {
        name: 'locked',
        memoryMB: 512,
        memoryReservationLockedToMax: true,
        files: data('VirtualMachineFileInfo', { vmPathName: '[nfs]' }),
      }),
    })
    const vm = (info.result as ManagedObjectReference).value
    const before = lab.objects()
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')).toMatchObject({
      _typeName: 'InsufficientMemoryResourcesFault',
      unreserved: 100 * 2 ** 20,
      requested: 512 * 2 ** 20 + vmOverheadBytes(512, 1),
    })
    expect(lab.objects()).toEqual(before)
    lab.call('ResourcePool', (pool as { value: string }).value, 'UpdateConfig', {
      config: poolSpec(1024, false),
    })
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').state).toBe('success')
  })

  it('is refused by HA admission control before any host is asked', () => {
    const lab = createVmLab({
      spec: data('ClusterConfigSpecEx', {
        drsConfig: data('ClusterDrsConfigInfo', { enabled: true }),
        dasConfig: data('ClusterDasConfigInfo', { enabled: true }),
      }),
      hosts: ['8.0.3'],
    })
    const vm = lab.create()
    const before = lab.objects()
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')._typeName).toBe(
      'InsufficientFailoverResourcesFault',
    )
    expect(lab.objects()).toEqual(before)
  })

  it('is refused by a host that is too small or has no hardware virtualization', () => {
    const lab = createVmLab({ hosts: ['8.0.3'] })
    const wide = lab.create({ name: 'wide', numCPUs: 48 })
    expect(lab.fault('VirtualMachine', wide, 'PowerOnVM_Task')._typeName).toBe('NumVirtualCpusExceedsLimit')
    const vm = lab.create()
    lab.act((ctx) => {
      for (const id of ctx.tx.ids(machines)) {
        const { hardware } = ctx.tx.get(machines, id)
        if (hardware) ctx.tx.set(machines, id, { hardware: { ...hardware, hv: false } })
      }
    })
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')).toMatchObject({
      _typeName: 'FeatureRequirementsNotMet',
      featureRequirement: [{ key: 'hv.capable' }],
    })
  })

  it('needs a host that is there', () => {
    const lab = createVmLab()
    const vm = lab.create()
    for (const host of lab.hosts) lab.task('HostSystem', host, 'DisconnectHost_Task')
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')._typeName).toBe('NoActiveHostInCluster')
  })
})

const poolSpec = (memoryMB: number, expandableReservation: boolean) =>
  data('ResourceConfigSpec', {
    cpuAllocation: data('ResourceAllocationInfo', { reservation: 0, expandableReservation: true, limit: -1 }),
    memoryAllocation: data('ResourceAllocationInfo', {
      reservation: memoryMB,
      expandableReservation,
      limit: -1,
    }),
  })

describe('PowerOffVM_Task, ResetVM_Task and SuspendVM_Task', () => {
  it('change the state with their events', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    lab.newEvents()
    expect(lab.task('VirtualMachine', vm, 'ResetVM_Task').state).toBe('success')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmResettingEvent'])
    expect(lab.task('VirtualMachine', vm, 'SuspendVM_Task').state).toBe('success')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmSuspendingEvent', 'VmSuspendedEvent'])
    expect(runtime(lab, vm)).toMatchObject({ powerState: 'suspended', suspendTime: '2026-01-01T00:00:00Z' })
    lab.expectValid('VirtualMachine', vm)
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmResumingEvent', 'DrsVmPoweredOnEvent'])
    expect(lab.task('VirtualMachine', vm, 'PowerOffVM_Task').state).toBe('success')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmStoppingEvent', 'VmPoweredOffEvent'])
    expect(runtime(lab, vm)).toMatchObject({ powerState: 'poweredOff', cleanPowerOff: false })
    expect(lab.device(vm, 4000)).toMatchObject({ connectable: { connected: false, startConnected: true } })
  })

  it.each([
    ['PowerOffVM_Task', 'poweredOff'],
    ['ResetVM_Task', 'poweredOn'],
    ['SuspendVM_Task', 'suspended'],
  ])('refuse a VM that is off: %s', (method, requestedState) => {
    const lab = createVmLab()
    const vm = lab.create()
    const before = lab.objects()
    expect(lab.fault('VirtualMachine', vm, method)).toEqual(
      data('InvalidPowerState', {
        requestedState: requestedState as 'poweredOn',
        existingState: 'poweredOff',
      }),
    )
    expect(lab.objects()).toEqual(before)
  })

  it('refuse a VM whose host is away', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const host = runtime(lab, vm).host?.value ?? ''
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    for (const method of ['PowerOffVM_Task', 'ResetVM_Task', 'SuspendVM_Task'])
      expect(lab.fault('VirtualMachine', vm, method)._typeName).toBe('InvalidState')
  })
})

describe('guest operations', () => {
  it('go through the tools', () => {
    const lab = createVmLab()
    const vm = lab.create({ tools, deviceChange: usual() })
    const methods = ['ShutdownGuest', 'RebootGuest', 'StandbyGuest']
    for (const method of methods)
      expect(lab.fault('VirtualMachine', vm, method)._typeName).toBe('InvalidPowerState')
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(lab.get('VirtualMachine', vm, 'guest')).toMatchObject({ toolsStatus: 'toolsOk', hostName: 'demo' })
    lab.newEvents()
    lab.call('VirtualMachine', vm, 'RebootGuest')
    expect(lab.newEvents()).toEqual(['VmGuestRebootEvent'])
    lab.call('VirtualMachine', vm, 'StandbyGuest')
    expect(lab.newEvents()).toEqual(['VmGuestStandbyEvent', 'VmSuspendedEvent'])
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    lab.newEvents()
    lab.call('VirtualMachine', vm, 'ShutdownGuest')
    expect(lab.newEvents()).toEqual(['VmGuestShutdownEvent', 'VmPoweredOffEvent'])
    expect(runtime(lab, vm)).toMatchObject({ powerState: 'poweredOff', cleanPowerOff: true })
  })

  it('need tools', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    for (const method of ['ShutdownGuest', 'RebootGuest', 'StandbyGuest'])
      expect(lab.fault('VirtualMachine', vm, method)._typeName).toBe('ToolsUnavailable')
  })
})

describe('PowerOnMultiVM_Task', () => {
  it('starts a task per VM and says which it did not try', () => {
    const lab = createVmLab()
    const [one, two, running] = ['one', 'two', 'running'].map((name) => lab.create({ name })) as [
      string,
      string,
      string,
    ]
    lab.task('VirtualMachine', running, 'PowerOnVM_Task')
    const { read } = lab.sandbox.inventory
    const vm = [one, two, running].map((id) => read.ref(id))
    const info = lab.task('Datacenter', lab.datacenter, 'PowerOnMultiVM_Task', { vm })
    const result = info.result as ClusterPowerOnVmResult
    expect(result.attempted?.map((each) => each.vm.value)).toEqual([one, two])
    expect(result.notAttempted).toMatchObject([
      { vm: { value: running }, fault: { fault: { _typeName: 'InvalidPowerState' } } },
    ])
    const task = lab.sandbox.inventory.read.get('Task', result.attempted?.[0]?.task?.value ?? '').info
    expect(task).toMatchObject<Partial<TaskInfo>>({
      state: 'success',
      descriptionId: 'VirtualMachine.powerOn',
      parentTaskKey: info.key,
    })
    expect(runtime(lab, one).powerState).toBe('poweredOn')
  })

  it('recommends where DRS is on manual, unless told to go ahead', () => {
    const lab = createVmLab({
      spec: data('ClusterConfigSpecEx', {
        drsConfig: data('ClusterDrsConfigInfo', { enabled: true, defaultVmBehavior: 'manual' }),
      }),
    })
    const vm = lab.create()
    const ref = lab.sandbox.inventory.read.ref(vm)
    const asked = lab.task('Datacenter', lab.datacenter, 'PowerOnMultiVM_Task', { vm: [ref] })
      .result as ClusterPowerOnVmResult
    expect(asked.recommendations).toHaveLength(2)
    expect(runtime(lab, vm).powerState).toBe('poweredOff')
    lab.task('Datacenter', lab.datacenter, 'PowerOnMultiVM_Task', {
      vm: [ref],
      option: [data('OptionValue', { key: 'OverrideAutomationLevel', value: boxedString('fullyAutomated') })],
    })
    expect(runtime(lab, vm).powerState).toBe('poweredOn')
  })
})

describe('the post about ESXi 6.0 in a VM', () => {
  it('gets its vmxnet3 cards by way of "Other 64-bit"', () => {
    const lab = createVmLab()
    const vm = lab.create({
      guestId: 'vmkernel6Guest',
      nestedHVEnabled: true,
      deviceChange: [add(card('VirtualE1000'))],
    })
    const change = (changes: Parameters<VmLab['reconfigure']>[1]) => lab.reconfigure(vm, changes)
    expect(change({ deviceChange: [add(card())] }).error?.fault._typeName).toBe(
      'VirtualEthernetCardNotSupported',
    )
    expect(change({ guestId: 'otherGuest64' }).state).toBe('success')
    expect(change({ deviceChange: [add(card())] }).state).toBe('success')
    expect(change({ guestId: 'vmkernel6Guest' }).state).toBe('success')
    expect(lab.config(vm).guestFullName).toBe('VMware ESXi 6.0')
    expect(lab.device(vm, 4001)?._typeName).toBe('VirtualVmxnet3')
  })
})
