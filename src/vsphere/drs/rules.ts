import type {
  ClusterAffinityRuleSpec,
  ClusterAntiAffinityRuleSpec,
  ClusterConfigInfoEx,
  ClusterRuleInfo,
  ClusterVmHostRuleInfo,
} from '#vim25/generated/types.js'
import { groupMembers } from '../cluster/rules-spec.js'

/** Pure: where rules let a VM go. `running`: the host of each running VM of the cluster. */
export interface RuleCheck {
  readonly config: ClusterConfigInfoEx
  readonly vm: string
  readonly host: string
  readonly running: ReadonlyMap<string, string>
}

/**
 * The enabled rules that a VM on a host would break. A VM-VM rule binds always; a VM-host rule is broken for good only when
 * it is mandatory ("must run on"), the others are preferences.
 */
export function brokenRules(check: RuleCheck): readonly ClusterRuleInfo[] {
  return (check.config.rule ?? []).filter((rule) => (rule.enabled ?? false) && isBroken(rule, check))
}

function isBroken(rule: ClusterRuleInfo, { config, vm, host, running }: RuleCheck): boolean {
  switch (rule._typeName) {
    case 'ClusterAntiAffinityRuleSpec': {
      const members = (rule as ClusterAntiAffinityRuleSpec).vm.map((ref) => ref.value)
      return members.includes(vm) && members.some((other) => other !== vm && running.get(other) === host)
    }
    case 'ClusterAffinityRuleSpec': {
      const members = (rule as ClusterAffinityRuleSpec).vm.map((ref) => ref.value)
      if (!members.includes(vm)) return false
      const places = new Set(
        members.filter((other) => other !== vm && running.has(other)).map((other) => running.get(other)),
      )
      return places.size > 0 && !places.has(host)
    }
    case 'ClusterVmHostRuleInfo': {
      const { vmGroupName, affineHostGroupName, antiAffineHostGroupName, mandatory } =
        rule as ClusterVmHostRuleInfo
      if (!mandatory || !groupMembers(config, 'ClusterVmGroup', vmGroupName).includes(vm)) return false
      if (affineHostGroupName !== undefined)
        return !groupMembers(config, 'ClusterHostGroup', affineHostGroupName).includes(host)
      return groupMembers(config, 'ClusterHostGroup', antiAffineHostGroupName).includes(host)
    }
    default:
      return false
  }
}
