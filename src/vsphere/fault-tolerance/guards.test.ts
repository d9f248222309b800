import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference as Ref } from '#vim25/generated/types.js'
import { managedType } from '#vim25/schema.js'
import { isDeclared } from '../core/registry.js'
import { createServiceObjects } from '../service-instance/build.js'
import { add, card, edit, remove } from '../vm/testing.js'
import { createFtLab, hostRef, vmRef } from './testing.js'

const memory = (members: object) => ({ memoryAllocation: data('ResourceAllocationInfo', members) })

describe('a protected VM', () => {
  it.each([
    ['memory size', { memoryMB: 2048 }, 'FaultToleranceCannotEditMem'],
    ['memory reservation', memory({ reservation: 0 }), 'FaultToleranceCannotEditMem'],
    ['memory limit', memory({ limit: 2048 }), 'FaultToleranceCannotEditMem'],
    [
      'memory shares',
      memory({ shares: data('SharesInfo', { level: 'high', shares: 0 }) }),
      'FaultToleranceCannotEditMem',
    ],
    ['the reservation lock', { memoryReservationLockedToMax: false }, 'FaultToleranceCannotEditMem'],
    ['vCPUs', { numCPUs: 2 }, 'NumVirtualCpusIncompatible'],
    ['a new device', { deviceChange: [add(card())] }, 'VmConfigIncompatibleForFaultTolerance'],
    ['instance UUID', { instanceUuid: '50000000-0000-0000-0000-000000000001' }, 'InvalidArgument'],
  ])('keeps its %s', (_what, changes, type) => {
    const lab = createFtLab()
    lab.turnOn()
    const spec = data('VirtualMachineConfigSpec', changes)
    expect(lab.refused('ReconfigVM_Task', { spec })._typeName).toBe(type)
  })

  it('keeps its devices', () => {
    const lab = createFtLab()
    lab.turnOn()
    const device = lab.config(lab.vm).hardware.device?.find(({ _typeName }) => _typeName === 'VirtualVmxnet3')
    const unnamed = { ...(device as object), deviceInfo: undefined }
    const spec = data('VirtualMachineConfigSpec', { deviceChange: [remove(unnamed)] })
    expect(lab.refused('ReconfigVM_Task', { spec })).toMatchObject({
      _typeName: 'VmConfigIncompatibleForFaultTolerance',
      fault: { fault: { _typeName: 'DeviceNotSupported', device: device?.deviceInfo?.label, reason: 'ft' } },
    })
  })

  it('may be changed in what does not touch its protection', () => {
    const lab = createFtLab()
    lab.turnOn()
    const same = { memoryMB: 1024, numCPUs: 4, annotation: 'protected' }
    expect(lab.reconfigure(lab.vm, same).state).toBe('success')
    const device = lab.config(lab.vm).hardware.device?.find(({ _typeName }) => _typeName === 'VirtualVmxnet3')
    expect(lab.reconfigure(lab.vm, { deviceChange: [edit(device as object)] }).state).toBe('success')
  })

  it.each([
    ['CreateSnapshot_Task', { name: 's', memory: false, quiesce: false }, 'NotSupported'],
    ['MarkAsTemplate', {}, 'InvalidState'],
    ['UnregisterVM', {}, 'InvalidPowerState'],
    ['Destroy_Task', {}, 'InvalidState'],
  ])('%s is refused', (method, args, type) => {
    const lab = createFtLab({ on: false })
    lab.turnOn()
    expect(lab.refused(method, args)._typeName).toBe(type)
  })

  it.each(['MarkAsTemplate', 'UnregisterVM', 'Destroy_Task'])(
    '%s is refused while it runs, as for every VM',
    (method) => {
      const lab = createFtLab()
      lab.turnOn()
      expect(lab.refused(method)._typeName).toBe('InvalidPowerState')
    },
  )

  it('is not powered on twice', () => {
    const lab = createFtLab()
    lab.turnOn()
    expect(lab.refused('PowerOnVM_Task')._typeName).toBe('InvalidPowerState')
  })

  it('stays in its resource pool', () => {
    const lab = createFtLab()
    const spec = data('ResourceConfigSpec', {
      cpuAllocation: data('ResourceAllocationInfo', {
        reservation: 0,
        limit: -1,
        expandableReservation: true,
      }),
      memoryAllocation: data('ResourceAllocationInfo', {
        reservation: 0,
        limit: -1,
        expandableReservation: true,
      }),
    })
    const pool = lab.call('ResourcePool', lab.pool.value, 'CreateResourcePool', { name: 'p', spec }) as {
      value: string
    }
    const secondary = lab.turnOn()
    const move = (vm: string) =>
      lab.fault('ResourcePool', pool.value, 'MoveIntoResourcePool', { list: [vmRef(vm)] })
    expect(move(lab.vm)).toMatchObject({
      _typeName: 'NotSupported',
      faultCause: {
        fault: { _typeName: 'CannotMoveFaultToleranceVm', moveType: 'resourcePool', vmName: 'demo' },
      },
    })
    expect(move(secondary)._typeName).toBe('InvalidOperationOnSecondaryVm')
  })

  it('takes its secondary along to another folder, where that does not go by itself', () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const folders = () => [lab.vm, secondary].map((vm) => lab.get<Ref>('VirtualMachine', vm, 'parent').value)
    const [home = ''] = folders()
    const { value: other } = lab.call('Folder', home, 'CreateFolder', { name: 'other' }) as Ref
    const move = (vm: string) => ['Folder', other, 'MoveIntoFolder_Task', { list: [vmRef(vm)] }] as const
    expect(lab.fault(...move(secondary))._typeName).toBe('InvalidOperationOnSecondaryVm')
    expect(folders()).toEqual([home, home])
    expect(lab.task(...move(lab.vm)).state).toBe('success')
    expect(folders()).toEqual([other, other])
  })

  it('keeps its host connected', () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    for (const vm of [lab.vm, secondary])
      expect(
        lab.fault('HostSystem', lab.runtime(vm).host?.value ?? '', 'DisconnectHost_Task')._typeName,
      ).toBe('CannotDisconnectHostWithFaultToleranceVm')
  })

  it('keeps its cluster, and its datacenter', () => {
    const lab = createFtLab()
    lab.turnOn()
    const before = lab.sandbox.inventory.read.count('VirtualMachine')
    const [datacenter = ''] = lab.sandbox.inventory.read.ids('Datacenter')
    for (const [type, id] of [
      ['ClusterComputeResource', lab.cluster],
      ['Datacenter', datacenter],
    ] as const)
      expect(lab.fault(type, id, 'Destroy_Task')._typeName).toBe('CannotDisconnectHostWithFaultToleranceVm')
    expect(lab.sandbox.inventory.read.count('VirtualMachine')).toBe(before)
  })
})

describe('a secondary', () => {
  it.each([
    ['PowerOnVM_Task', {}],
    ['PowerOffVM_Task', {}],
    ['ResetVM_Task', {}],
    ['SuspendVM_Task', {}],
    ['ReconfigVM_Task', { spec: data('VirtualMachineConfigSpec', { annotation: 'x' }) }],
    ['Rename_Task', { newName: 'x' }],
    ['Destroy_Task', {}],
    ['UnregisterVM', {}],
    ['MarkAsTemplate', {}],
    ['CreateSnapshot_Task', { name: 's', memory: false, quiesce: false }],
    ['CreateSecondaryVMEx_Task', {}],
    ['TerminateVM', {}],
    ['ShutdownGuest', {}],
    ['RemoveAllSnapshots_Task', {}],
  ])('is not the one to ask: %s', (method, args) => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const answer = {
      _typeName: 'InvalidOperationOnSecondaryVm',
      instanceUuid: lab.config(secondary).instanceUuid,
    }
    expect(lab.refused(method, args, secondary)).toMatchObject(answer)
    lab.run('PowerOffVM_Task')
    expect(lab.refused(method, args, secondary)).toMatchObject(answer)
  })

  it('may give that answer to every method of a VM', () => {
    const methods = [...(managedType('VirtualMachine')?.methods.values() ?? [])]
    const owned = methods.filter(({ owner }) => owner === 'VirtualMachine' || owner === 'ManagedEntity')
    expect(owned.every((method) => isDeclared(method, 'InvalidOperationOnSecondaryVm'))).toBe(true)
    const foreign = managedType('HostSystem')?.methods.get('RebootHost_Task')
    expect(foreign && isDeclared(foreign, 'InvalidOperationOnSecondaryVm')).toBe(false)
  })

  it('has the permissions of its primary, and none of its own', () => {
    const lab = createFtLab()
    lab.act(createServiceObjects)
    const secondary = lab.turnOn()
    const ask = [
      'AuthorizationManager',
      'AuthorizationManager',
      'RetrieveEntityPermissions',
      { entity: vmRef(secondary), inherited: false },
    ] as const
    const permission = [
      data('Permission', { principal: 'VSPHERE.LOCAL\\ann', group: false, roleId: -2, propagate: true }),
    ]
    const set = (vm: string) =>
      [
        'AuthorizationManager',
        'AuthorizationManager',
        'SetEntityPermissions',
        { entity: vmRef(vm), permission },
      ] as const
    expect(lab.fault(...set(secondary))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'entity',
    })
    expect(lab.call(...ask)).toEqual([])
    lab.call(...set(lab.vm))
    expect(lab.call(...ask)).toMatchObject([
      { entity: { value: lab.vm }, principal: 'VSPHERE.LOCAL\\ann', roleId: -2 },
    ])
  })

  it('starts nowhere but apart from its primary', () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const [one = ''] = lab.hosts
    lab.run('DisableSecondaryVM_Task', { vm: vmRef(secondary) })
    expect(
      lab.refused('EnableSecondaryVM_Task', { vm: vmRef(secondary), host: hostRef(one) })._typeName,
    ).toBe('IncompatibleHostForFtSecondary')
  })
})
