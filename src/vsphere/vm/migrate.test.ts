import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ClusterConfigSpecEx, ManagedObjectReference } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { createFtLab } from '../fault-tolerance/testing.js'
import { setSelections } from '../vmkernel/selections.js'
import { secondStore } from './clone-testing.js'
import { createMoveLab, machineOn, ref, runtime, spec, standalone } from './relocate-testing.js'
import { add, createVmLab, type VmLab } from './testing.js'

describe('MigrateVM_Task', () => {
  it('moves a running VM to another host', () => {
    const lab = createMoveLab()
    const { vm, one, two } = machineOn(lab, true)
    const boot = runtime(lab, vm).bootTime
    const info = lab.task('VirtualMachine', vm, 'MigrateVM_Task', {
      host: ref(lab, two),
      priority: 'defaultPriority',
      state: 'poweredOn',
    })
    expect(info).toMatchObject({ state: 'success', descriptionId: 'VirtualMachine.migrate' })
    expect(runtime(lab, vm)).toMatchObject({ powerState: 'poweredOn', host: { value: two }, bootTime: boot })
    expect(lab.get('HostSystem', one, 'vm')).toEqual([])
    expect(lab.get('HostSystem', two, 'vm')).toMatchObject([{ value: vm }])
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmBeingHotMigratedEvent', 'VmMigratedEvent'])
    const event = lab.sandbox.inventory.root.events.last()
    expect(event).toMatchObject({ host: { host: { value: two } }, sourceHost: { host: { value: one } } })
    lab.expectValid('VirtualMachine', vm)
  })

  it('registers a VM that is off elsewhere, without vMotion', () => {
    const lab = createVmLab()
    const { vm, two } = machineOn(lab, false)
    const info = lab.task('VirtualMachine', vm, 'MigrateVM_Task', {
      host: ref(lab, two),
      priority: 'lowPriority',
    })
    expect(info.state).toBe('success')
    expect(runtime(lab, vm).host?.value).toBe(two)
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmBeingMigratedEvent', 'VmMigratedEvent'])
  })

  it('moves into a pool of another compute resource', () => {
    const lab = createMoveLab()
    const { vm } = machineOn(lab, true)
    const { host, pool } = standalone(lab)
    const info = lab.task('VirtualMachine', vm, 'MigrateVM_Task', { pool, priority: 'defaultPriority' })
    expect(info.error).toBeUndefined()
    expect(runtime(lab, vm).host?.value).toBe(host)
    expect(lab.get('VirtualMachine', vm, 'resourcePool')).toEqual(pool)
    expect(lab.get('ResourcePool', pool.value, 'vm')).toMatchObject([{ value: vm }])
    expect(lab.newEvents()).toContain('VmResourcePoolMovedEvent')
  })

  it('needs a destination, a VM, and the state that the caller thinks it is in', () => {
    const lab = createMoveLab()
    const { vm, two } = machineOn(lab, true)
    const fault = (args: object, id = vm) =>
      lab.fault('VirtualMachine', id, 'MigrateVM_Task', { priority: 'defaultPriority', ...args })
    expect(fault({})).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'host' })
    expect(fault({ host: ref(lab, two), state: 'poweredOff' })).toMatchObject({
      _typeName: 'InvalidPowerState',
      existingState: 'poweredOn',
    })
    const template = lab.create({ name: 't' })
    lab.call('VirtualMachine', template, 'MarkAsTemplate')
    expect(fault({ host: ref(lab, two) }, template)._typeName).toBe('NotSupported')
    expect(lab.newEvents()).toContain('VmFailedMigrateEvent')
  })
})

describe('a host that cannot take a running VM', () => {
  const refused = (
    what: string,
    spoil: (lab: VmLab, one: string, two: string, vm: string) => void,
    expected: object,
  ) =>
    it(`${what}: the fault, an event, and nothing else`, () => {
      const lab = createMoveLab()
      const { vm, one, two } = machineOn(lab, true)
      spoil(lab, one, two, vm)
      const before = lab.objects()
      lab.newEvents()
      for (const [method, args] of [
        ['RelocateVM_Task', spec({ host: ref(lab, two) })],
        ['MigrateVM_Task', { host: ref(lab, two), priority: 'defaultPriority' }],
      ] as const) {
        expect(lab.fault('VirtualMachine', vm, method, args)).toMatchObject(expected)
        expect(lab.objects()).toEqual(before)
        expect(lab.newEvents()).toEqual(['TaskEvent', 'VmFailedMigrateEvent'])
      }
    })
  const without = (lab: VmLab, host: string) =>
    lab.act((ctx) => setSelections(ctx, host, { management: ['vmk0'] }))
  const hardware = (lab: VmLab, host: string, changes: object) =>
    lab.act((ctx) => {
      const machine = machineOfHost(ctx.tx, host) ?? ''
      const { hardware: present } = ctx.tx.get(machines, machine)
      ctx.tx.set(machines, machine, { hardware: { ...present, ...changes } as never })
    })

  refused('the source has no vMotion adapter', (lab, one) => without(lab, one), {
    _typeName: 'VMotionNotConfigured',
    atSourceHost: true,
  })
  refused('the destination has no vMotion adapter', (lab, _one, two) => without(lab, two), {
    _typeName: 'VMotionNotConfigured',
    atSourceHost: false,
    failedHost: 'vm2.lab.local',
  })
  refused(
    'its CPU is of another vendor',
    (lab, _one, two) => hardware(lab, two, { cpuVendor: 'amd', evcModeKey: 'amd-zen3' }),
    {
      _typeName: 'FeatureRequirementsNotMet',
      featureRequirement: [{ key: 'cpuid.Intel' }],
    },
  )
  refused('its CPU is older', (lab, _one, two) => hardware(lab, two, { evcModeKey: 'intel-haswell' }), {
    _typeName: 'FeatureRequirementsNotMet',
  })
  refused(
    'its vMotion adapter has no link',
    (lab, _one, two) => {
      const { networkSystem } = lab.get<{ networkSystem: ManagedObjectReference }>(
        'HostSystem',
        two,
        'configManager',
      )
      const call = (method: string, args: object) =>
        lab.call('HostNetworkSystem', networkSystem.value, method, args)
      const bridge = data('HostVirtualSwitchBondBridge', { nicDevice: ['vmnic1'] })
      call('AddVirtualSwitch', {
        vswitchName: 'vSwitch1',
        spec: data('HostVirtualSwitchSpec', { numPorts: 128, bridge }),
      })
      const policy = data('HostNetworkPolicy', {})
      call('AddPortGroup', {
        portgrp: data('HostPortGroupSpec', { name: 'vMotion', vlanId: 0, vswitchName: 'vSwitch1', policy }),
      })
      const ip = data('HostIpConfig', { dhcp: false, ipAddress: '10.9.0.2', subnetMask: '255.255.255.0' })
      call('AddVirtualNic', { portgroup: 'vMotion', nic: data('HostVirtualNicSpec', { ip }) })
      lab.act((ctx) => setSelections(ctx, two, { management: ['vmk0'], vmotion: ['vmk1'] }))
      const machine = machineOfHost(lab.sandbox.inventory.read, two) ?? ''
      const { hardware: present } = lab.sandbox.inventory.read.get(machines, machine)
      hardware(lab, two, { nics: present?.nics.map((nic, at) => ({ ...nic, linkUp: at === 0 })) })
      lab.act((ctx) => ctx.tx.schedule(ctx.now, 'world.linkChanged', { machine }))
    },
    { _typeName: 'VMotionLinkDown', atSourceHost: false, network: 'vMotion' },
  )
  refused(
    'the VM uses a drive of its host',
    (lab, one, _two, vm) => {
      lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
      const backing = data('VirtualCdromAtapiBackingInfo', {
        deviceName: '/vmfs/devices/cdrom/mpx.vmhba0:C0',
      })
      const connectable = data('VirtualDeviceConnectInfo', {
        startConnected: true,
        allowGuestControl: true,
        connected: true,
      })
      const drive = data('VirtualCdrom', { key: -1, controllerKey: 200, backing, connectable })
      expect(lab.reconfigure(vm, { deviceChange: [add(drive)] }).error).toBeUndefined()
      lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: ref(lab, one) })
    },
    {
      _typeName: 'DisallowedMigrationDeviceAttached',
      fault: { fault: { _typeName: 'DeviceBackingNotSupported', device: 'CD/DVD drive 1' } },
    },
  )
  refused(
    'it is in maintenance mode',
    (lab, _one, two) => lab.task('HostSystem', two, 'EnterMaintenanceMode_Task', { timeout: 0 }),
    { _typeName: 'InvalidHostState' },
  )
  refused(
    'it does not have the network',
    (lab, _one, two) => {
      const { networkSystem } = lab.get<{ networkSystem: ManagedObjectReference }>(
        'HostSystem',
        two,
        'configManager',
      )
      lab.call('HostNetworkSystem', networkSystem.value, 'RemovePortGroup', { pgName: 'VM Network' })
    },
    { _typeName: 'CannotAccessNetwork', backing: 'VM Network', connected: true },
  )
  refused(
    'it does not mount the datastore',
    (lab, _one, two) => {
      const { datastoreSystem } = lab.get<{ datastoreSystem: ManagedObjectReference }>(
        'HostSystem',
        two,
        'configManager',
      )
      lab.call('HostDatastoreSystem', datastoreSystem.value, 'RemoveDatastore', {
        datastore: ref(lab, lab.datastore),
      })
    },
    {
      _typeName: 'CannotAccessVmConfig',
      reason: { fault: { _typeName: 'InaccessibleDatastore', name: 'nfs' } },
    },
  )
  refused(
    'a rule keeps the VM away',
    (lab, _one, two, vm) => {
      const group = (type: 'ClusterVmGroup' | 'ClusterHostGroup', members: object) =>
        data('ClusterGroupSpec', { operation: 'add', info: data(type, members as never) })
      const changes = data('ClusterConfigSpecEx', {
        groupSpec: [
          group('ClusterVmGroup', { name: 'vms', vm: [ref(lab, vm)] }),
          group('ClusterHostGroup', { name: 'hosts', host: [ref(lab, two)] }),
        ],
        rulesSpec: [
          data('ClusterRuleSpec', {
            operation: 'add',
            info: data('ClusterVmHostRuleInfo', {
              name: 'away',
              enabled: true,
              mandatory: true,
              vmGroupName: 'vms',
              antiAffineHostGroupName: 'hosts',
            }),
          }),
        ],
      }) as ClusterConfigSpecEx
      const { error } = lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', {
        spec: changes,
        modify: true,
      })
      expect(error).toBeUndefined()
    },
    { _typeName: 'VmHostAffinityRuleViolation', vmName: 'demo', hostName: 'vm2.lab.local' },
  )
  refused(
    'too little memory is left',
    (lab, _one, two, vm) => {
      const whole = { memoryMB: 100 * 1024, memoryReservationLockedToMax: true }
      const big = lab.create({ name: 'big', ...whole })
      lab.task('VirtualMachine', big, 'PowerOnVM_Task', { host: ref(lab, two) })
      lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
      lab.reconfigure(vm, { ...whole, memoryMB: 64 * 1024 })
      lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: ref(lab, lab.hosts[0] ?? '') })
    },
    { _typeName: 'InsufficientHostMemoryCapacityFault' },
  )
})

describe('a fault-tolerant pair', () => {
  const pair = () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const hosts = [lab.vm, secondary].map((vm) => lab.runtime(vm).host?.value)
    const free = lab.hosts.find((host) => !hosts.includes(host)) ?? ''
    return { lab, secondary, free }
  }
  const to = (lab: VmLab, host: string) => ({ host: ref(lab, host), priority: 'defaultPriority' })

  it('may be moved, half by half, never onto one host', () => {
    const { lab, secondary, free } = pair()
    const own = lab.runtime(lab.vm).host?.value ?? ''
    expect(lab.refused('MigrateVM_Task', to(lab, own), secondary)).toMatchObject({
      _typeName: 'FaultToleranceAntiAffinityViolated',
      host: { value: own },
    })
    expect(lab.task('VirtualMachine', secondary, 'MigrateVM_Task', to(lab, free)).state).toBe('success')
    expect(lab.runtime(secondary).host?.value).toBe(free)
    const old = lab.hosts.find((host) => host !== own && host !== free) ?? ''
    expect(lab.task('VirtualMachine', lab.vm, 'RelocateVM_Task', spec({ host: ref(lab, old) })).state).toBe(
      'success',
    )
    expect(lab.states(secondary)).toBe('running/running')
  })

  it('stays on its datastores', () => {
    const { lab, secondary } = pair()
    const other = secondStore(lab)
    expect(lab.refused('RelocateVM_Task', spec({ datastore: ref(lab, other) }))._typeName).toBe(
      'NotSupported',
    )
    expect(lab.refused('RelocateVM_Task', spec({ datastore: ref(lab, other) }), secondary)._typeName).toBe(
      'InvalidOperationOnSecondaryVm',
    )
  })
})
