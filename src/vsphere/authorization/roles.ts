import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type { AuthorizationRole } from '#vim25/generated/types.js'
import { theOnly } from '../core/well-known.js'
import { privilegeIds, SYSTEM_PRIVILEGES } from './privileges.js'

export const ROLE = { noAccess: -5, anonymous: -4, view: -3, readOnly: -2, admin: -1 } as const

/** A new role's id is above these. */
const LAST_SAMPLE_ROLE = 9

interface RoleDefinition {
  readonly id: number
  readonly name: string
  readonly label: string
  readonly summary: string
  readonly privileges: () => readonly string[]
}

const fixed =
  (...ids: readonly string[]) =>
  () =>
    [...SYSTEM_PRIVILEGES, ...ids].sort()

/** Every privilege whose id starts with one of these. */
const below =
  (...prefixes: readonly string[]) =>
  () =>
    privilegeIds().filter(
      (id) => SYSTEM_PRIVILEGES.includes(id) || prefixes.some((prefix) => id.startsWith(prefix)),
    )

/** System roles and sample roles of a fresh vCenter; ids, names and labels as a real one lists them. */
const DEFAULTS: readonly RoleDefinition[] = [
  {
    id: -8,
    name: 'NoTrustedAdmin',
    label: 'No Trusted Infrastructure administrator',
    summary: 'Full access without Trusted Infrastructure privileges',
    privileges: () =>
      privilegeIds().filter((id) => !id.startsWith('TrustedAdmin.') && !id.startsWith('Host.Tpm.')),
  },
  {
    id: -7,
    name: 'TrustedAdmin',
    label: 'Trusted Infrastructure administrator',
    summary: 'Setup and monitoring of Trusted Infrastructure',
    privileges: below('TrustedAdmin.', 'Host.Tpm.'),
  },
  {
    id: -6,
    name: 'NoCryptoAdmin',
    label: 'No cryptography administrator',
    summary: 'Full access without Cryptographic operations privileges',
    privileges: () => privilegeIds().filter((id) => !id.startsWith('Cryptographer.')),
  },
  {
    id: ROLE.noAccess,
    name: 'NoAccess',
    label: 'No access',
    summary: 'Used for restricting granted access',
    privileges: () => [],
  },
  {
    id: ROLE.anonymous,
    name: 'Anonymous',
    label: 'Anonymous',
    summary: 'Not logged-in user (cannot be granted)',
    privileges: () => ['System.Anonymous'],
  },
  {
    id: ROLE.view,
    name: 'View',
    label: 'View',
    summary: 'Visibility access (cannot be granted)',
    privileges: () => ['System.Anonymous', 'System.View'],
  },
  {
    id: ROLE.readOnly,
    name: 'ReadOnly',
    label: 'Read-only',
    summary: 'See details of objects, but not make changes',
    privileges: fixed(),
  },
  {
    id: ROLE.admin,
    name: 'Admin',
    label: 'Administrator',
    summary: 'Full access rights',
    privileges: privilegeIds,
  },
  {
    id: 4,
    name: 'VirtualMachinePowerUser',
    label: 'Virtual machine power user (sample)',
    summary: 'Interaction with virtual machines, their configuration and their snapshots',
    privileges: below(
      'Datastore.Browse',
      'Global.CancelTask',
      'ScheduledTask.',
      'VirtualMachine.Config.',
      'VirtualMachine.Interact.',
      'VirtualMachine.State.',
    ),
  },
  {
    id: 5,
    name: 'VirtualMachineUser',
    label: 'Virtual machine user (sample)',
    summary: 'Interaction with virtual machines',
    privileges: below('Global.CancelTask', 'ScheduledTask.', 'VirtualMachine.Interact.'),
  },
  {
    id: 6,
    name: 'ResourcePoolAdministrator',
    label: 'Resource pool administrator (sample)',
    summary: 'Delegated resource management',
    privileges: below(
      'Alarm.',
      'Authorization.ModifyPermissions',
      'Datastore.Browse',
      'Folder.',
      'Global.CancelTask',
      'Global.LogEvent',
      'Global.SetCustomField',
      'Resource.',
      'ScheduledTask.',
      'VirtualMachine.',
    ),
  },
  {
    id: 7,
    name: 'VMwareConsolidatedBackupUser',
    label: 'VMware Consolidated Backup user (sample)',
    summary: 'Used by the consolidated backup utility',
    privileges: fixed(
      'VirtualMachine.Config.DiskLease',
      'VirtualMachine.Provisioning.DiskRandomRead',
      'VirtualMachine.Provisioning.GetVmFiles',
      'VirtualMachine.State.CreateSnapshot',
      'VirtualMachine.State.RemoveSnapshot',
    ),
  },
  {
    id: 8,
    name: 'DatastoreConsumer',
    label: 'Datastore consumer (sample)',
    summary: 'Assigned to datastores to allow creation of virtual disks or snapshots',
    privileges: fixed('Datastore.AllocateSpace'),
  },
  {
    id: LAST_SAMPLE_ROLE,
    name: 'NetworkAdministrator',
    label: 'Network administrator (sample)',
    summary: 'Assigned to networks to allow association of virtual machines or hosts',
    privileges: fixed('Network.Assign'),
  },
]

let defaults: readonly AuthorizationRole[] | undefined

function defaultRoles(): readonly AuthorizationRole[] {
  defaults ??= Object.freeze(
    DEFAULTS.map(({ id, name, label, summary, privileges }) =>
      data('AuthorizationRole', {
        roleId: id,
        system: id < 0,
        name,
        info: data('Description', { label, summary }),
        privilege: privileges(),
      }),
    ),
  )
  return defaults
}

/** All roles: AuthorizationManager.roleList once it was changed, until then the defaults. */
export function rolesOf(read: Reader): readonly AuthorizationRole[] {
  return (
    read.find('AuthorizationManager', theOnly(read, 'AuthorizationManager') ?? '')?.roleList ?? defaultRoles()
  )
}

export function findRole(read: Reader, roleId: number): AuthorizationRole | undefined {
  return rolesOf(read).find((role) => role.roleId === roleId)
}

export function nextRoleId(read: Reader): number {
  return Math.max(LAST_SAMPLE_ROLE, ...rolesOf(read).map((role) => role.roleId)) + 1
}

const privilegeSets = new WeakMap<AuthorizationRole, ReadonlySet<string>>()

export function privilegesOf(role: AuthorizationRole): ReadonlySet<string> {
  let found = privilegeSets.get(role)
  if (!found) {
    found = new Set(role.privilege ?? [])
    privilegeSets.set(role, found)
  }
  return found
}
