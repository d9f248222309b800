import { timestamp } from '#ports/clock.js'
import { message } from '#vapi/error.js'
import type { VcenterVmStoragePolicyComplianceVmComplianceInfo } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { type Assignment, assignmentOf, disksOf, homeDatastore } from './assignments.js'
import { isCompatible, requirePolicy } from './policies.js'

type Status = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE'

/** com.vmware.vcenter.vm.storage.policy.compliance.vm_compliance_info, with the states that occur here. */
interface Judgement extends VcenterVmStoragePolicyComplianceVmComplianceInfo {
  readonly status: Status
}

/** com.vmware.vcenter.vm.storage.policy.compliance.info. */
interface Compliance {
  readonly overall_compliance: Status
  readonly vm_home?: Judgement | undefined
  readonly disks: Readonly<Record<string, Judgement>>
}

/** What of a VM is asked about. */
export interface Part {
  readonly home: boolean
  /** Keys of disks; undefined: all. */
  readonly disks?: readonly string[] | undefined
}

/** How what a VM consists of complies with its policies; undefined where none was chosen. */
export function complianceOf(
  call: ServiceCall,
  vm: string,
  part: Part = { home: true },
): Compliance | undefined {
  const assignment = assignmentOf(call.read, vm)
  if (!assignment) return undefined
  const places = disksOf(call.read, vm)
  const home = part.home ? judge(call, assignment, assignment.home, homeDatastore(call.read, vm)) : undefined
  const disks: Record<string, Judgement> = {}
  for (const [key, policy] of Object.entries(assignment.disks)) {
    const judged = judge(call, assignment, policy, places.get(key))
    if (judged && (part.disks?.includes(key) ?? true)) disks[key] = judged
  }
  const all = [...(home ? [home] : []), ...Object.values(disks)]
  return {
    overall_compliance: overall(all.map(({ status }) => status)),
    ...(home && { vm_home: home }),
    disks,
  }
}

function judge(
  call: ServiceCall,
  { checked }: Assignment,
  policy: string | undefined,
  datastore: string | undefined,
): Judgement | undefined {
  if (policy === undefined) return undefined
  const known = requirePolicy(policy, 'NOT_FOUND')
  const fits = datastore !== undefined && isCompatible(call, known, datastore)
  return {
    status: fits ? 'COMPLIANT' : 'NON_COMPLIANT',
    check_time: timestamp(checked),
    policy,
    failure_cause: fits
      ? []
      : [
          message(
            'com.vmware.api.vcenter.storage.policies.datastore_not_compatible',
            "Datastore '{0}' does not meet storage policy '{1}'.",
            [datastore ?? '', known.name],
          ),
        ],
  }
}

/** The worst of all; what has no policy is not counted. */
const overall = (statuses: readonly Status[]): Status => {
  if (statuses.length === 0) return 'NOT_APPLICABLE'
  return statuses.includes('NON_COMPLIANT') ? 'NON_COMPLIANT' : 'COMPLIANT'
}
