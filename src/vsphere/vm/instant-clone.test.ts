import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineRelocateSpec } from '#vim25/generated/types.js'
import { createFtLab } from '../fault-tolerance/testing.js'
import { backing, read, secondStore } from './clone-testing.js'
import { createVmLab, usual, type VmLab } from './testing.js'

describe('InstantClone_Task', () => {
  const args = (location: Partial<VirtualMachineRelocateSpec> = {}, more: object = {}) => ({
    spec: data('VirtualMachineInstantCloneSpec', {
      name: 'twin',
      location: data('VirtualMachineRelocateSpec', location),
      ...more,
    }),
  })
  const running = (lab: VmLab) => {
    const vm = lab.create({ deviceChange: usual() })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    return vm
  }

  it('makes a running twin on the same host, both on deltas', () => {
    const lab = createVmLab()
    const vm = running(lab)
    const biosUuid = '42000000-0000-0000-0000-000000000007'
    const option = data('OptionValue', {
      key: 'guestinfo.role',
      value: { _typeName: 'string', _value: 'twin' },
    })
    const info = lab.task('VirtualMachine', vm, 'InstantClone_Task', args({}, { biosUuid, config: [option] }))
    expect(info.error).toBeUndefined()
    const twin = (info.result as ManagedObjectReference).value
    lab.expectValid('VirtualMachine', twin)
    const host = (id: string) => lab.get<{ host: object }>('VirtualMachine', id, 'runtime').host
    expect(host(twin)).toEqual(host(vm))
    expect(lab.get('VirtualMachine', twin, 'runtime')).toMatchObject({ powerState: 'poweredOn' })
    expect(lab.config(twin)).toMatchObject({ uuid: biosUuid })
    expect(lab.config(twin).extraConfig?.map(({ key }) => key)).toContain('guestinfo.role')
    expect(backing(lab, twin).parent?.fileName).toBe('[nfs] demo/demo.vmdk')
    expect(backing(lab, vm).parent?.fileName).toBe('[nfs] demo/demo.vmdk')
    expect(lab.newEvents().slice(-3)).toEqual(['VmMacAssignedEvent', 'VmClonedEvent', 'VmPoweredOnEvent'])
  })

  it('refuses what it cannot do', () => {
    const lab = createVmLab()
    const off = lab.create({ name: 'off' })
    const vm = running(lab)
    const fault = (id: string, request: object) =>
      lab.fault('VirtualMachine', id, 'InstantClone_Task', request)
    const before = lab.objects()
    const { host } = lab.get<{ host: ManagedObjectReference }>('VirtualMachine', vm, 'runtime')
    const other = lab.hosts.find((id) => id !== host.value) ?? ''
    expect(fault(off, args())).toMatchObject({
      _typeName: 'InvalidPowerState',
      existingState: 'poweredOff',
    })
    expect(fault(vm, args({}, { name: 'off' }))).toMatchObject({ _typeName: 'DuplicateName' })
    expect(fault(vm, args({ host: read(lab).ref(other) }))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.location.host',
    })
    const away = secondStore(lab, [other])
    const after = lab.objects()
    expect(fault(vm, args({ datastore: read(lab).ref(away) }))._typeName).toBe('InvalidDatastore')
    expect(lab.objects()).toEqual(after)
    expect(before.size).toBeLessThan(after.size)
  })

  it('is not for fault-tolerant VMs', () => {
    const lab = createFtLab()
    lab.turnOn()
    expect(lab.refused('InstantClone_Task', args())._typeName).toBe('NotSupported')
  })
})
