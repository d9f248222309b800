import { describe, expect, it } from 'vitest'
import { enumType } from '#vim25/schema.js'
import { guestOperatingSystems, guestOs } from './guest-os.js'
import { limitsOf, newestVersion, versionKey, versionNumber } from './hardware-version.js'

describe('virtual hardware versions', () => {
  it.each([
    ['6.0.0', 11],
    ['6.5.0', 13],
    ['6.7.0', 14],
    ['6.7.3', 15],
    ['7.0.0', 17],
    ['7.0.1', 18],
    ['7.0.3', 19],
    ['8.0.0', 20],
    ['8.0.1', 20],
    ['8.0.3', 21],
    ['5.0.0', 8],
  ])('of ESXi %s end at %d', (esxi, version) => {
    expect(newestVersion(esxi)).toBe(version)
  })

  it('are written with two digits, and only those that exist are read', () => {
    expect(versionKey(9)).toBe('vmx-09')
    expect(versionNumber('vmx-09')).toBe(9)
    expect(['vmx-9', 'vmx-12', 'vmx-99', 'hw-21', ''].map(versionNumber)).toEqual(Array(5).fill(undefined))
  })

  it('grow in what they can have', () => {
    expect(limitsOf(9)).toEqual({ vcpus: 64, memoryMB: 1011 * 1024 })
    expect(limitsOf(21)).toEqual({ vcpus: 768, memoryMB: 24 * 2 ** 20 })
  })
})

describe('guest operating systems', () => {
  it('are those of the schema, each with a card, a controller and memory of its own list', () => {
    expect([...guestOperatingSystems().keys()].sort()).toEqual(
      [...(enumType('VirtualMachineGuestOsIdentifier')?.values ?? [])].sort(),
    )
    for (const guest of guestOperatingSystems().values()) {
      expect(guest.ethernetCards).toContain(guest.ethernetCard)
      expect(guest.diskControllers).toContain(guest.diskController)
      expect(guest.memoryMB % 4).toBe(0)
    }
  })

  it.each([
    ['vmkernelGuest', false],
    ['vmkernel5Guest', false],
    ['vmkernel6Guest', false],
    ['vmkernel65Guest', true],
    ['vmkernel7Guest', true],
    ['vmkernel8Guest', true],
    ['otherGuest64', true],
  ])('%s takes vmxnet3: %s', (id, takes) => {
    expect(guestOs(id)?.ethernetCards.includes('VirtualVmxnet3')).toBe(takes)
  })

  it.each([
    ['windows2019srv_64Guest', 'windowsGuest', 64, 17],
    ['rhel8_64Guest', 'linuxGuest', 64, 14],
    ['winXPProGuest', 'windowsGuest', 32, 8],
    ['solaris11_64Guest', 'solarisGuest', 64, 8],
    ['vmkernel6Guest', 'otherGuestFamily', 64, 11],
    ['darwin20_64Guest', 'darwinGuestFamily', 64, 18],
  ])('%s is of %s, %d bits, known from hardware version %d on', (id, family, bits, sinceHardware) => {
    expect(guestOs(id)).toMatchObject({ family, bits, sinceHardware })
  })
})
