import type {
  ClusterAffinityRuleSpec,
  ClusterGroupInfo,
  ClusterGroupSpec,
  ClusterHostGroup,
  ClusterRuleInfo,
  ClusterRuleSpec,
  ClusterVmGroup,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { removedKey } from './apply-spec.js'
import { clusterOfVm } from './config.js'
import { isSame } from './rules-spec.js'
import { checkUpdate, invalid, isMember, type Place } from './validate.js'

/** Groups: unique names, members of the cluster, and none taken away that a rule still names. */
export function checkGroups(place: Place, specs: readonly ClusterGroupSpec[] | undefined): void {
  const at = 'spec.groupSpec'
  const names = new Set((place.config.group ?? []).map((group) => group.name))
  for (const spec of specs ?? []) {
    const name = spec.info?.name ?? removedKey(spec.removeKey) ?? ''
    checkUpdate(spec, names.has(name), at)
    if (spec.operation === 'add' && (name === '' || names.has(name))) throw invalid(`${at}.info.name`)
    if (spec.operation === 'remove') names.delete(name)
    else names.add(name)
    checkMembers(place, spec.info, at)
  }
}

function checkMembers(place: Place, group: ClusterGroupInfo | undefined, at: string): void {
  if (group?._typeName === 'ClusterVmGroup')
    for (const vm of (group as ClusterVmGroup).vm ?? [])
      if (!isInside(place, vm)) throw invalid(`${at}.info.vm`)
  if (group?._typeName === 'ClusterHostGroup')
    for (const host of (group as ClusterHostGroup).host ?? [])
      if (!isMember(place, host)) throw invalid(`${at}.info.host`)
}

/** Rules: unique names, VMs of the cluster, at least two of them where a rule is between VMs, groups that exist. */
export function checkRules(
  place: Place,
  specs: readonly ClusterRuleSpec[] | undefined,
  groupSpecs: readonly ClusterGroupSpec[] | undefined,
): void {
  const at = 'spec.rulesSpec'
  const rules = [...(place.config.rule ?? [])]
  const groups = new Set([
    ...(place.config.group ?? []).map((group) => group.name),
    ...(groupSpecs ?? []).filter((spec) => spec.operation !== 'remove').map((spec) => spec.info?.name ?? ''),
  ])
  for (const spec of specs ?? []) {
    const { operation, info } = spec
    const key = removedKey(spec.removeKey)
    const exists = rules.some((rule) => (info ? isSame(rule, info) : String(rule.key) === key))
    checkUpdate(spec, exists, at)
    if (!info || operation === 'remove') continue
    if (operation === 'add') {
      if (!info.name) throw invalid(`${at}.info.name`)
      if (rules.some((rule) => rule.name === info.name)) throw invalid(`${at}.info.name`)
      rules.push(info)
    }
    checkRule(place, info, groups, at)
  }
}

/** The members of a rule that name groups, per kind. */
const GROUP_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  ClusterVmHostRuleInfo: ['vmGroupName', 'affineHostGroupName', 'antiAffineHostGroupName'],
  ClusterDependencyRuleInfo: ['vmGroup', 'dependsOnVmGroup'],
  ClusterFtVmHostRuleInfo: ['vmGroupName', 'hostGroupName'],
}

function checkRule(place: Place, rule: ClusterRuleInfo, groups: ReadonlySet<string>, at: string): void {
  if (rule._typeName === 'ClusterAffinityRuleSpec' || rule._typeName === 'ClusterAntiAffinityRuleSpec') {
    const { vm } = rule as ClusterAffinityRuleSpec
    if (vm === undefined || new Set(vm.map((ref) => ref.value)).size < 2) throw invalid(`${at}.info.vm`)
    for (const ref of vm) if (!isInside(place, ref)) throw invalid(`${at}.info.vm`)
  }
  for (const member of GROUP_MEMBERS[rule._typeName] ?? [])
    for (const name of [
      (rule as unknown as Record<string, string | readonly string[] | undefined>)[member] ?? [],
    ].flat())
      if (!groups.has(name)) throw invalid(`${at}.info.${member}`)
}

const isInside = ({ read, cluster }: Place, vm: ManagedObjectReference) =>
  cluster !== undefined && clusterOfVm(read, vm.value) === cluster
