import { vapiError } from '#vapi/error.js'
import type { VcenterStoragePoliciesSummary } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'

interface Policy extends VcenterStoragePoliciesSummary {
  /** DatastoreSummary.type of the datastores that meet it; undefined: every datastore does. */
  readonly datastoreType: string | undefined
}

export const ENCRYPTION_POLICY = '4d5f673c-536f-11e6-beb8-9e71128cae77'

/** The policies that every vCenter has, with their well-known identifiers (rest-wire 2.3); others cannot be made. */
export const POLICIES: readonly Policy[] = [
  {
    policy: 'aa6d5a82-1c88-45da-85d3-3d74b91a5bad',
    name: 'vSAN Default Storage Policy',
    description: 'Storage policy used as default for vSAN datastores',
    datastoreType: 'vsan',
  },
  {
    policy: 'f4e5bade-15a2-4805-bf8e-52318c4ce443',
    name: 'VVol No Requirements Policy',
    description: 'Default policy for VVol datastores, without requirements of its own',
    datastoreType: 'VVOL',
  },
  {
    policy: ENCRYPTION_POLICY,
    name: 'VM Encryption Policy',
    description: 'Sample policy that encrypts virtual machines and virtual disks',
    datastoreType: undefined,
  },
  {
    policy: 'c268da1b-b343-49f7-a468-b1deeb7078e0',
    name: 'Host-local PMem Default Storage Policy',
    description: 'Storage policy used as default for host-local PMem datastores',
    datastoreType: 'PMEM',
  },
]

const byId = new Map(POLICIES.map((policy) => [policy.policy, policy]))

/** A policy that a spec names. Throws `type`, INVALID_ARGUMENT or NOT_FOUND as the operation declares, when there is none. */
export function requirePolicy(policy: string, type: 'INVALID_ARGUMENT' | 'NOT_FOUND'): Policy {
  const found = byId.get(policy)
  if (!found)
    throw vapiError(
      type,
      'com.vmware.api.vcenter.storage.policies.not_found',
      "Storage policy with identifier '{0}' does not exist.",
      [policy],
    )
  return found
}

/**
 * A policy that a VM or a disk is to have. Throws `type` for one that is not there, INVALID_ARGUMENT for the one that
 * encrypts: there is no key provider (deviation 47).
 */
export function requireAssignable(policy: string, type: 'INVALID_ARGUMENT' | 'NOT_FOUND'): void {
  requirePolicy(policy, type)
  if (policy === ENCRYPTION_POLICY)
    throw vapiError(
      'INVALID_ARGUMENT',
      'com.vmware.api.vcenter.storage.policies.no_key_provider',
      "Storage policy '{0}' encrypts, and there is no key provider. Choose another policy.",
      [policy],
    )
}

/** Whether what lies on a datastore is kept as the policy says. */
export function isCompatible({ read }: ServiceCall, { datastoreType }: Policy, datastore: string): boolean {
  const type = read.find('Datastore', datastore)?.summary.type
  return type !== undefined && (datastoreType === undefined || datastoreType === type)
}
