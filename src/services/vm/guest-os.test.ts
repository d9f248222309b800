import { describe, expect, it } from 'vitest'
import type { VcenterVmGuestOS } from '#vapi/generated/types.js'
import { enumeration } from '#vapi/schema.js'
import { enumType } from '#vim25/schema.js'
import { guestIdOf, guestOsOf } from './guest-os.js'

const names = (enumeration('com.vmware.vcenter.vm.guest_OS')?.values ?? []).map(({ name }) => name)
const ids = enumType('VirtualMachineGuestOsIdentifier')?.values ?? []

describe('guest operating systems of the two APIs', () => {
  it('has a guest id for every name, which is that name again', () => {
    expect(names.length).toBeGreaterThan(200)
    for (const name of names) expect(guestOsOf(guestIdOf(name as VcenterVmGuestOS))).toBe(name)
  })

  it('has a name for every guest id but the one that the Automation API does not know', () => {
    const nameless = ids.filter((id) => guestIdOf(guestOsOf(id)) !== id)
    expect(nameless).toEqual(['flatcar_64Guest'])
    expect(guestOsOf('flatcar_64Guest')).toBe('OTHER_64')
    expect(guestOsOf('somethingGuest')).toBe('OTHER')
  })

  it.each([
    ['debian12_64Guest', 'DEBIAN_12_64'],
    ['otherGuest', 'OTHER'],
    ['otherGuest64', 'OTHER_64'],
    ['windows9Server64Guest', 'WINDOWS_9_SERVER_64'],
    ['windows2019srvNext_64Guest', 'WINDOWS_SERVER_2021'],
    ['other24xLinux64Guest', 'OTHER_24X_LINUX_64'],
    ['vmkernel65Guest', 'VMKERNEL_65'],
    ['winXPPro64Guest', 'WIN_XP_PRO_64'],
    ['eComStation2Guest', 'ECOMSTATION_2'],
  ])('calls %s %s', (id, name) => {
    expect(guestOsOf(id)).toBe(name)
  })
})
