import { unboxed } from '#vim25/any.js'
import { data, dataObject, patch } from '#vim25/data.js'
import type {
  ArrayUpdateSpec,
  ClusterConfigInfo,
  ClusterConfigInfoEx,
  ClusterConfigSpecEx,
  ClusterDasConfigInfo,
  ClusterFailoverLevelAdmissionControlPolicy,
  ClusterSystemVMsConfigInfo,
  ClusterSystemVMsConfigSpec,
  DynamicData,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { DEFAULT_CLUSTER_CONFIG } from './defaults.js'
import { withOptions } from './options.js'
import { applyGroups, applyRules } from './rules-spec.js'

/**
 * Pure: a cluster's configuration after a spec. `modify` true leaves what the spec does not mention as it is; false starts
 * from the defaults (fact sheet E.1). The spec must be valid (validate.ts).
 */
export function applyClusterSpec(
  present: ClusterConfigInfoEx,
  spec: ClusterConfigSpecEx,
  modify: boolean,
): ClusterConfigInfoEx {
  const from = modify ? present : DEFAULT_CLUSTER_CONFIG
  return data('ClusterConfigInfoEx', {
    ...from,
    vmSwapPlacement: spec.vmSwapPlacement ?? from.vmSwapPlacement,
    spbmEnabled: spec.spbmEnabled ?? from.spbmEnabled,
    defaultHardwareVersionKey: spec.defaultHardwareVersionKey ?? from.defaultHardwareVersionKey,
    maximumHardwareVersionKey: spec.maximumHardwareVersionKey ?? from.maximumHardwareVersionKey,
    vsanHostConfig: spec.vsanHostConfigSpec ?? from.vsanHostConfig,
    systemVMsConfig: systemVMs(from.systemVMsConfig, spec.systemVMsConfig),
    dasConfig: das(from.dasConfig, spec.dasConfig),
    drsConfig: withOptions(from.drsConfig, merged(from.drsConfig, spec.drsConfig), spec.drsConfig),
    dpmConfigInfo: withOptions(
      from.dpmConfigInfo,
      merged(from.dpmConfigInfo, spec.dpmConfig),
      spec.dpmConfig,
    ),
    orchestration: merged(from.orchestration, spec.orchestration),
    vsanConfigInfo: merged(from.vsanConfigInfo, spec.vsanConfig),
    infraUpdateHaConfig: merged(from.infraUpdateHaConfig, spec.infraUpdateHaConfig),
    proactiveDrsConfig: merged(from.proactiveDrsConfig, spec.proactiveDrsConfig),
    cryptoConfig: merged(from.cryptoConfig, spec.cryptoConfig),
    dasVmConfig: updated(from.dasVmConfig, spec.dasVmConfigSpec, ({ key }) => key.value),
    drsVmConfig: updated(from.drsVmConfig, spec.drsVmConfigSpec, ({ key }) => key.value),
    dpmHostConfig: updated(from.dpmHostConfig, spec.dpmHostConfigSpec, ({ key }) => key.value),
    vmOrchestration: updated(from.vmOrchestration, spec.vmOrchestrationSpec, ({ vm }) => vm.value),
    rule: applyRules(from.rule, spec.rulesSpec),
    group: applyGroups(from.group, spec.groupSpec),
  })
}

/** HA's part; `failoverLevel`, deprecated since 4.0, and the level of the policy that replaced it stay the same. */
function das(from: ClusterDasConfigInfo, spec: ClusterDasConfigInfo | undefined): ClusterDasConfigInfo {
  const result = withOptions(from, merged(from, spec), spec)
  const policy = result.admissionControlPolicy as ClusterFailoverLevelAdmissionControlPolicy | undefined
  if (spec?.failoverLevel !== undefined && !spec.admissionControlPolicy)
    return patch(result, {
      admissionControlPolicy: data('ClusterFailoverLevelAdmissionControlPolicy', {
        ...(policy?._typeName === 'ClusterFailoverLevelAdmissionControlPolicy' ? policy : {}),
        failoverLevel: spec.failoverLevel,
      }),
    })
  const level =
    policy?._typeName === 'ClusterFailoverLevelAdmissionControlPolicy' ? policy.failoverLevel : undefined
  return level === undefined || level === result.failoverLevel
    ? result
    : patch(result, { failoverLevel: level })
}

/** The configuration as clients from before 2.5 see it (`ClusterComputeResource.configuration`). */
export function legacyConfig(config: ClusterConfigInfoEx): ClusterConfigInfo {
  const { dasConfig, dasVmConfig, drsConfig, drsVmConfig, rule } = config
  return data('ClusterConfigInfo', { dasConfig, dasVmConfig, drsConfig, drsVmConfig, rule })
}

/** Structures that are replaced as a whole: their kinds differ in what they hold. */
const WHOLE = new Set(['admissionControlPolicy'])

/** `change` over `present`, nested structures too; unset members keep what is there. A change of a base type says less. */
export function merged<T extends DynamicData>(present: T | undefined, change: T | undefined): T | undefined {
  if (change === undefined) return present
  if (present === undefined || !isA(present._typeName, change._typeName)) return change
  const result: Record<string, unknown> = { ...(present as DynamicData) }
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || name === '_typeName') continue
    const old = result[name]
    result[name] =
      isData(value) && isData(old) && !WHOLE.has(name) && old._typeName !== 'ManagedObjectReference'
        ? merged(old, value)
        : value
  }
  return dataObject(present._typeName, result) as T
}

function isData(value: unknown): value is DynamicData {
  return typeof value === 'object' && value !== null && '_typeName' in value
}

/** A list after add, edit and remove entries; an edit leaves unset members, an add of a present key replaces it. */
export function updated<T extends DynamicData>(
  present: readonly T[] | undefined,
  specs: readonly (ArrayUpdateSpec & { readonly info?: T | undefined })[] | undefined,
  keyOf: (info: T) => string,
): readonly T[] | undefined {
  if (!specs?.length) return present
  const list = new Map((present ?? []).map((info) => [keyOf(info), info]))
  for (const { operation, info, removeKey } of specs) {
    if (operation === 'remove') list.delete(removedKey(removeKey) ?? (info ? keyOf(info) : ''))
    else if (info) {
      const key = keyOf(info)
      list.set(key, operation === 'edit' ? (merged(list.get(key), info) ?? info) : info)
    }
  }
  return list.size ? [...list.values()] : undefined
}

/** What a remove names: a reference, a key number or a name. */
export function removedKey(removeKey: unknown): string | undefined {
  const key = unboxed(removeKey)
  if (key === undefined || key === null) return undefined
  return typeof key === 'object' ? String((key as { value?: unknown }).value) : String(key)
}

function systemVMs(
  present: ClusterSystemVMsConfigInfo | undefined,
  spec: ClusterSystemVMsConfigSpec | undefined,
): ClusterSystemVMsConfigInfo | undefined {
  if (!spec) return present
  const stores = (
    old: ClusterSystemVMsConfigInfo['allowedDatastores'],
    specs: ClusterSystemVMsConfigSpec['allowedDatastores'],
  ) => {
    const list = new Map((old ?? []).map((ref) => [ref.value, ref]))
    for (const { operation, datastore, removeKey } of specs ?? [])
      if (operation === 'remove') list.delete(removedKey(removeKey) ?? '')
      else if (datastore) list.set(datastore.value, datastore)
    return list.size ? [...list.values()] : undefined
  }
  return data('ClusterSystemVMsConfigInfo', {
    ...present,
    allowedDatastores: stores(present?.allowedDatastores, spec.allowedDatastores),
    notAllowedDatastores: stores(present?.notAllowedDatastores, spec.notAllowedDatastores),
    deploymentMode: spec.deploymentMode ?? present?.deploymentMode,
  })
}
