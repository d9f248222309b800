import { describe, expect, it } from 'vitest'
import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { biosUuid, nestedHardware, serialOf } from './hardware.js'
import type { Hardware } from './machine.js'

const UUID = '4201b7a6-5f62-4ee0-edf6-05098f74aff3'

function configOf(devices: readonly object[], more: object = {}): VirtualMachineConfigInfo {
  return {
    uuid: UUID,
    firmware: 'efi',
    nestedHVEnabled: true,
    hardware: { numCPU: 8, numCoresPerSocket: 2, memoryMB: 16_384, device: devices },
    ...more,
  } as unknown as VirtualMachineConfigInfo
}

const below = { cpuModel: 'Parent CPU', cpuVendor: 'amd', mhz: 2900, hv: true, hwMmu: true } as Hardware

describe('the hardware of a nested machine', () => {
  it("is its VM's, on the CPU of the machine below", () => {
    expect(nestedHardware(configOf([]), below, true, '8.0.3')).toMatchObject({
      model: 'VMware7,1',
      cpuModel: 'Parent CPU',
      cpuVendor: 'amd',
      mhz: 2900,
      packages: 4,
      cores: 8,
      threads: 8,
      memoryBytes: 16_384 * 2 ** 20,
      firmware: 'efi',
      nested: true,
    })
    expect(nestedHardware(configOf([], { firmware: 'bios' }), below, true, '8.0.3').model).toBe(
      'VMware Virtual Platform',
    )
  })

  it.each([
    ['VirtualVmxnet3', '8.0.3', 10_000, 'nvmxnet3'],
    ['VirtualVmxnet3', '6.7.0', 10_000, 'vmxnet3'],
    ['VirtualE1000e', '8.0.3', 1_000, 'ne1000'],
    ['VirtualE1000', '6.0.0', 1_000, 'e1000'],
    ['VirtualPCNet32', '6.0.0', 1_000, 'e1000'],
  ])('sees a %s under ESXi %s as %d Mb/s with %s', (type, version, speedMb, driver) => {
    const [nic] = nestedHardware(configOf([{ _typeName: type }]), below, true, version).nics
    expect(nic).toMatchObject({ speedMb, driver, linkUp: true, pci: '0000:0b:00.0' })
  })

  it('has a link where the VM runs and the card is connected', () => {
    const cards = [
      { _typeName: 'VirtualVmxnet3', connectable: { connected: true } },
      { _typeName: 'VirtualVmxnet3', connectable: { connected: false } },
    ]
    const links = (on: boolean) =>
      nestedHardware(configOf(cards), below, on, '8.0.3').nics.map(({ linkUp }) => linkUp)
    expect([links(true), links(false)]).toEqual([
      [true, false],
      [false, false],
    ])
  })

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])('with nested HV %s on a machine with HV %s has HV: %s', (nestedHVEnabled, hv, expected) => {
    const made = nestedHardware(configOf([], { nestedHVEnabled }), { ...below, hv, hwMmu: hv }, true, '8.0.3')
    expect([made.hv, made.hwMmu]).toEqual([expected, expected])
  })

  it('has the UUID and serial number that ESXi reports for its VM (fact sheet G.5)', () => {
    expect(biosUuid(UUID)).toBe('a6b70142-625f-e04e-edf6-05098f74aff3')
    expect(serialOf(UUID)).toBe('VMware-42 01 b7 a6 5f 62 4e e0-ed f6 05 09 8f 74 af f3')
  })
})
