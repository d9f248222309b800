import type { Reader } from '#inventory/reader.js'
import { allPermissions, EVERYBODYS_GROUPS } from '../authorization/permissions.js'
import type { Services } from '../core/context.js'
import { DEFAULT_DOMAIN, fullNameOf, normalisedUserName } from '../session/rules.js'

/** A user or a group that there is. */
export interface Principal {
  /** As UserSession and Permission show it: `VSPHERE.LOCAL\Users`; of the appliance itself without a domain. */
  readonly name: string
  readonly group: boolean
}

/** Users of the appliance's own operating system, which have no domain; the rest of them is nobody's business. */
const LOCAL_USERS = ['root'] as const

const SSO_USERS = ['Administrator', 'K/M', 'krbtgt/VSPHERE.LOCAL'] as const

/** Groups that every vCenter's SSO domain has (Platform Services Controller Administration, "Groups in the vCenter Single Sign-On Domain"). */
const SSO_GROUPS = [
  'ActAsUsers',
  'Administrators',
  'AutoUpdate',
  'CAAdmins',
  'ComponentManager.Administrators',
  'DCAdmins',
  'DCClients',
  'Everyone',
  'ExternalIDPUsers',
  'LicenseService.Administrators',
  'RegistryAdministrators',
  'SolutionUsers',
  'SystemConfiguration.Administrators',
  'SystemConfiguration.BashShellAdministrators',
  'SystemConfiguration.ReadOnly',
  'TrustedAdmins',
  'Users',
  'vCLSAdmin',
  'vSphereClientSolutionUsers',
] as const

/** Everyone, sorted by name, users first: whom a vCenter brings along, the configured accounts, and who has permissions. */
export function principals(read: Reader, { accounts }: Services): readonly Principal[] {
  const found = new Map<string, Principal>()
  const add = (written: string, group: boolean) => {
    const name = normalisedUserName(written)
    const key = `${group} ${name.toLowerCase()}`
    if (!found.has(key)) found.set(key, { name, group })
  }
  for (const name of LOCAL_USERS) add(name, false)
  for (const name of SSO_USERS) add(`${DEFAULT_DOMAIN}\\${name}`, false)
  for (const name of SSO_GROUPS) add(`${DEFAULT_DOMAIN}\\${name}`, true)
  for (const name of accounts?.keys() ?? []) add(name, false)
  for (const { principal, group } of allPermissions(read)) add(principal, group)
  return [...found.values()].sort((a, b) => Number(a.group) - Number(b.group) || (a.name < b.name ? -1 : 1))
}

/** The domain that somebody belongs to, as `UserDirectory.domainList` writes it. */
export function domainOf({ name }: Principal): string {
  const slash = name.indexOf('\\')
  return slash < 0 ? LOCAL_DOMAIN : name.slice(0, slash).toLowerCase()
}

export const LOCAL_DOMAIN = 'localos'

/** What a principal is called beside its name; groups have no name but their own. */
export const labelOf = ({ name, group }: Principal): string | undefined =>
  group ? undefined : fullNameOf(name)

/** Every user is in the same groups (deviation 14); groups are in none. */
export const isIn = (member: Principal, group: Principal): boolean =>
  !member.group &&
  EVERYBODYS_GROUPS.some((name) => normalisedUserName(name).toLowerCase() === group.name.toLowerCase())
