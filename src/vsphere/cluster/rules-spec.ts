import { patch } from '#vim25/data.js'
import type {
  ClusterConfigInfoEx,
  ClusterGroupInfo,
  ClusterGroupSpec,
  ClusterRuleInfo,
  ClusterRuleSpec,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { merged, removedKey } from './apply-spec.js'

/** Rules after a spec: an added rule gets the next key, is the user's, and is enabled only when it says so. */
export function applyRules(
  present: readonly ClusterRuleInfo[] | undefined,
  specs: readonly ClusterRuleSpec[] | undefined,
): readonly ClusterRuleInfo[] | undefined {
  if (!specs?.length) return present
  let rules = [...(present ?? [])]
  for (const { operation, info, removeKey } of specs) {
    if (operation === 'remove') {
      const key = removedKey(removeKey) ?? String(info?.key)
      rules = rules.filter((rule) => String(rule.key) !== key)
    } else if (operation === 'edit' && info)
      rules = rules.map((rule) => (isSame(rule, info) ? (merged(rule, info) ?? rule) : rule))
    else if (info) {
      const key = Math.max(0, ...rules.map((rule) => rule.key ?? 0)) + 1
      rules.push(
        patch(info, {
          key,
          status: 'green',
          enabled: info.enabled ?? false,
          mandatory: info.mandatory ?? false,
          userCreated: info.userCreated ?? true,
          inCompliance: true,
          ruleUuid: info.ruleUuid ?? ruleUuid(key, info.name ?? ''),
        }),
      )
    }
  }
  return rules.length ? rules : undefined
}

/** An edit names its rule by key, or by name where the key is unset. */
export function isSame(rule: ClusterRuleInfo, info: ClusterRuleInfo): boolean {
  return info.key === undefined ? rule.name === info.name : rule.key === info.key
}

/** A UUID that depends on the rule alone: the spec is applied by a pure function. */
function ruleUuid(key: number, name: string): string {
  let hash = 2166136261 ^ key
  let hex = ''
  for (let round = 0; round < 4; round++) {
    for (const char of `${round}${name}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0
    hex += hash.toString(16).padStart(8, '0')
  }
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Groups of VMs and hosts after a spec, by name; an edit replaces the members. */
export function applyGroups(
  present: readonly ClusterGroupInfo[] | undefined,
  specs: readonly ClusterGroupSpec[] | undefined,
): readonly ClusterGroupInfo[] | undefined {
  if (!specs?.length) return present
  const groups = new Map((present ?? []).map((group) => [group.name, group]))
  for (const { operation, info, removeKey } of specs) {
    if (operation === 'remove') groups.delete(removedKey(removeKey) ?? info?.name ?? '')
    else if (info) groups.set(info.name, patch(info, { userCreated: info.userCreated ?? true }))
  }
  return groups.size ? [...groups.values()] : undefined
}

/** Ids of the VMs that a rule names, itself or by a group. */
export function vmsOfRule(config: ClusterConfigInfoEx, rule: ClusterRuleInfo): readonly string[] {
  const { vm, vmGroupName, vmGroup, dependsOnVmGroup } = rule as ClusterRuleInfo & {
    vm?: readonly ManagedObjectReference[]
    vmGroupName?: string
    vmGroup?: string
    dependsOnVmGroup?: string
  }
  const named = [vmGroupName, vmGroup, dependsOnVmGroup].flatMap((name) =>
    name === undefined ? [] : groupMembers(config, 'ClusterVmGroup', name),
  )
  return [...(vm ?? []).map((ref) => ref.value), ...named]
}

/** Ids of the members of a group; an unknown name is an empty group. */
export function groupMembers(
  config: ClusterConfigInfoEx,
  type: 'ClusterVmGroup' | 'ClusterHostGroup',
  name: string | undefined,
): readonly string[] {
  const group = config.group?.find((each) => each.name === name && each._typeName === type)
  const { vm, host } = (group ?? {}) as { vm?: readonly ManagedObjectReference[]; host?: typeof vm }
  return (vm ?? host ?? []).map((ref) => ref.value)
}
