import type {
  ClusterAffinityRuleSpec,
  ClusterAntiAffinityRuleSpec,
  ClusterConfigInfoEx,
  ClusterHostGroup,
  ClusterRuleInfo,
  ClusterVmGroup,
  ClusterVmHostRuleInfo,
} from '#vim25/generated/types.js'

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
      if (!mandatory || !vmsOf(config, vmGroupName).includes(vm)) return false
      if (affineHostGroupName !== undefined) return !hostsIn(config, affineHostGroupName).includes(host)
      return hostsIn(config, antiAffineHostGroupName).includes(host)
    }
    default:
      return false
  }
}

/** Groups by name; an unknown name is an empty group. */
function vmsOf(config: ClusterConfigInfoEx, name: string | undefined): readonly string[] {
  const group = config.group?.find((each) => each.name === name && each._typeName === 'ClusterVmGroup')
  return ((group as ClusterVmGroup | undefined)?.vm ?? []).map((ref) => ref.value)
}

function hostsIn(config: ClusterConfigInfoEx, name: string | undefined): readonly string[] {
  const group = config.group?.find((each) => each.name === name && each._typeName === 'ClusterHostGroup')
  return ((group as ClusterHostGroup | undefined)?.host ?? []).map((ref) => ref.value)
}
