import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type {
  ConfigTarget,
  ManagedObjectReference,
  VirtualMachineConfigOption,
  VirtualMachineConfigOptionDescriptor,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { createVmLab, type VmLab } from '../testing.js'

function query<T>(lab: VmLab, method: string, args: object = {}): T {
  const browser = lab.get<ManagedObjectReference>('ClusterComputeResource', lab.cluster, 'environmentBrowser')
  const result = lab.call('EnvironmentBrowser', browser.value, method, args)
  const declared = managedType('EnvironmentBrowser')?.methods.get(method)?.result
  expect(declared && problemsOf(result, declared)).toEqual([])
  return result as T
}

const cardsOf = (option: VirtualMachineConfigOption, guest: string) =>
  option.guestOSDescriptor.find(({ id }) => id === guest)?.supportedEthernetCard

describe('the environment browser', () => {
  it('says what VMs of the newest hardware can be', () => {
    const lab = createVmLab()
    const option = query<VirtualMachineConfigOption>(lab, 'QueryConfigOption')
    expect(option.version).toBe('vmx-21')
    expect(cardsOf(option, 'vmkernel6Guest')).toEqual(['VirtualE1000', 'VirtualE1000e'])
    expect(cardsOf(option, 'vmkernel65Guest')).toContain('VirtualVmxnet3')
    expect(option.hardwareOptions.virtualDeviceOption.map(({ type }) => type)).toContain(
      'VirtualNVMEController',
    )
  })

  it('knows less of older hardware', () => {
    const lab = createVmLab()
    const option = query<VirtualMachineConfigOption>(lab, 'QueryConfigOption', { key: 'vmx-09' })
    expect(option.guestOSDescriptor.map(({ id }) => id)).not.toContain('vmkernel65Guest')
    expect(option.hardwareOptions.virtualDeviceOption.map(({ type }) => type)).not.toContain(
      'VirtualNVMEController',
    )
    expect(option.hardwareOptions.memoryMB.max).toBe(1011 * 1024)
  })

  it('picks guests by id', () => {
    const lab = createVmLab()
    const spec = data('EnvironmentBrowserConfigOptionQuerySpec', { guestId: ['otherGuest64'] })
    const option = query<VirtualMachineConfigOption>(lab, 'QueryConfigOptionEx', { spec })
    expect(option.guestOSDescriptor).toMatchObject([{ id: 'otherGuest64', fullName: 'Other (64-bit)' }])
  })

  it('goes by the newest host, or by the one that is asked for', () => {
    const lab = createVmLab({ hosts: ['6.7.0', '8.0.3'] })
    const host = lab.sandbox.inventory.read.ref(lab.hosts[0] ?? '')
    const keys = query<VirtualMachineConfigOptionDescriptor[]>(lab, 'QueryConfigOptionDescriptor')
    expect(keys.filter(({ defaultConfigOption }) => defaultConfigOption).map(({ key }) => key)).toEqual([
      'vmx-21',
    ])
    expect(query<VirtualMachineConfigOption>(lab, 'QueryConfigOption', { host }).version).toBe('vmx-14')
  })

  it('refuses keys and hosts that are not there', () => {
    const lab = createVmLab()
    const browser = lab.get<ManagedObjectReference>(
      'ClusterComputeResource',
      lab.cluster,
      'environmentBrowser',
    )
    const fault = (args: object) => lab.fault('EnvironmentBrowser', browser.value, 'QueryConfigOption', args)
    expect(fault({ key: 'vmx-22' })).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'key' })
    const host = { _typeName: 'ManagedObjectReference', type: 'HostSystem', value: 'host-999' }
    expect(fault({ host })).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'host' })
  })

  it('lists what VMs can use', () => {
    const lab = createVmLab()
    const target = query<ConfigTarget>(lab, 'QueryConfigTarget')
    expect(target).toMatchObject({
      numCpuCores: 16,
      datastore: expect.arrayContaining([expect.objectContaining({ name: 'nfs' })]),
      network: [{ name: 'VM Network' }],
    })
    expect(query<object>(lab, 'QueryTargetCapabilities')).toMatchObject({ nestedHVSupported: true })
  })
})
