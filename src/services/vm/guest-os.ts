import type { VcenterVmGuestOS } from '#vapi/generated/types.js'
import { enumeration } from '#vapi/schema.js'
import { enumType } from '#vim25/schema.js'

/** The pairs that the rule below does not find: Windows Server goes by its development names in vim25. */
const IRREGULAR: Readonly<Record<string, VcenterVmGuestOS>> = {
  windows2019srv_64Guest: 'WINDOWS_SERVER_2019',
  windows2019srvNext_64Guest: 'WINDOWS_SERVER_2021',
  windows2022srvNext_64Guest: 'WINDOWS_SERVER_2025',
}

interface Tables {
  readonly byId: ReadonlyMap<string, VcenterVmGuestOS>
  readonly byName: ReadonlyMap<string, string>
}

let tables: Tables | undefined

/**
 * VirtualMachineConfigInfo.guestId as the Automation API calls it: `debian12_64Guest` is DEBIAN_12_64. One that it has no word
 * for is OTHER or OTHER_64.
 */
export function guestOsOf(guestId: string): VcenterVmGuestOS {
  return theTables().byId.get(guestId) ?? (guestId.includes('64') ? 'OTHER_64' : 'OTHER')
}

/** The guest id of an operating system of the Automation API. */
export function guestIdOf(name: VcenterVmGuestOS): string {
  return theTables().byName.get(name) ?? 'otherGuest'
}

/** Both spell the same name: without case, underscores and vim25's `Guest` they are equal. */
function theTables(): Tables {
  if (tables) return tables
  const names = enumeration('com.vmware.vcenter.vm.guest_OS')?.values ?? []
  const byPlain = new Map(names.map(({ name }) => [plain(name), name as VcenterVmGuestOS]))
  const byId = new Map<string, VcenterVmGuestOS>()
  for (const id of enumType('VirtualMachineGuestOsIdentifier')?.values ?? []) {
    const name = IRREGULAR[id] ?? byPlain.get(plain(id.replace('Guest', '')))
    if (name) byId.set(id, name)
  }
  tables = { byId, byName: new Map([...byId].map(([id, name]) => [name, id])) }
  return tables
}

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase()
