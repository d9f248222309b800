import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { boxedInt, boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { ClusterConfigInfoEx, ClusterConfigSpecEx } from '#vim25/generated/types.js'
import { applyClusterSpec, legacyConfig } from './apply-spec.js'
import { DEFAULT_CLUSTER_CONFIG } from './defaults.js'
import { optionFlag, optionNumber } from './options.js'

const spec = (members: Omit<ClusterConfigSpecEx, '_typeName'>) => data('ClusterConfigSpecEx', members)
const apply = (
  members: Omit<ClusterConfigSpecEx, '_typeName'>,
  modify = true,
  from = DEFAULT_CLUSTER_CONFIG,
) => applyClusterSpec(from, spec(members), modify)
const das = (members: Omit<NonNullable<ClusterConfigSpecEx['dasConfig']>, '_typeName'>) =>
  data('ClusterDasConfigInfo', members)
const option = (key: string, value: string) => data('OptionValue', { key, value: boxedString(value) })

describe('a new cluster', () => {
  it('has HA and DRS off, and admission control for one failure waiting', () => {
    const { dasConfig, drsConfig, vmSwapPlacement } = DEFAULT_CLUSTER_CONFIG
    expect(dasConfig).toMatchObject({
      enabled: false,
      hostMonitoring: 'enabled',
      vmMonitoring: 'vmMonitoringDisabled',
      admissionControlEnabled: true,
      admissionControlPolicy: { _typeName: 'ClusterFailoverLevelAdmissionControlPolicy', failoverLevel: 1 },
    })
    expect(drsConfig).toMatchObject({ enabled: false, defaultVmBehavior: 'fullyAutomated', vmotionRate: 3 })
    expect(vmSwapPlacement).toBe('vmDirectory')
  })
})

describe('a spec', () => {
  it('changes nothing when it says nothing', () => {
    expect(apply({})).toEqual(DEFAULT_CLUSTER_CONFIG)
  })

  it('with modify leaves what it does not mention, nested settings too', () => {
    const first = apply({ dasConfig: das({ enabled: true, hostMonitoring: 'disabled' }) })
    const second = apply(
      {
        dasConfig: das({
          defaultVmSettings: data('ClusterDasVmSettings', { isolationResponse: 'powerOff' }),
        }),
      },
      true,
      first,
    )
    expect(second.dasConfig).toMatchObject({
      enabled: true,
      hostMonitoring: 'disabled',
      defaultVmSettings: { restartPriority: 'medium', isolationResponse: 'powerOff' },
    })
  })

  it('without modify starts from the defaults', () => {
    const first = apply({
      dasConfig: das({ enabled: true }),
      drsConfig: data('ClusterDrsConfigInfo', { enabled: true }),
    })
    const second = apply({ dasConfig: das({ hostMonitoring: 'disabled' }) }, false, first)
    expect(second.dasConfig).toMatchObject({ enabled: false, hostMonitoring: 'disabled' })
    expect(second.drsConfig.enabled).toBe(false)
  })

  it('replaces an admission control policy as a whole', () => {
    const { dasConfig } = apply({
      dasConfig: das({
        admissionControlPolicy: data('ClusterFailoverResourcesAdmissionControlPolicy', {
          cpuFailoverResourcesPercent: 25,
          memoryFailoverResourcesPercent: 30,
        }),
      }),
    })
    expect(dasConfig.admissionControlPolicy).toEqual({
      _typeName: 'ClusterFailoverResourcesAdmissionControlPolicy',
      cpuFailoverResourcesPercent: 25,
      memoryFailoverResourcesPercent: 30,
    })
  })

  it('keeps the deprecated failover level and that of the policy equal', () => {
    expect(apply({ dasConfig: das({ failoverLevel: 2 }) }).dasConfig.admissionControlPolicy).toMatchObject({
      failoverLevel: 2,
    })
    const policy = data('ClusterFailoverLevelAdmissionControlPolicy', { failoverLevel: 3 })
    expect(apply({ dasConfig: das({ admissionControlPolicy: policy }) }).dasConfig.failoverLevel).toBe(3)
  })

  it('sets options by key without case, and removes them with an empty value', () => {
    const first = apply({
      dasConfig: das({ option: [option('das.slotCpuInMHz', '64'), option('das.x', 'true')] }),
    })
    const second = apply(
      { dasConfig: das({ option: [option('das.slotcpuinmhz', '128'), option('das.x', '')] }) },
      true,
      first,
    )
    expect(second.dasConfig.option).toHaveLength(1)
    expect(optionNumber(second.dasConfig.option, 'das.slotCpuInMHz')).toBe(128)
    expect(optionFlag(first.dasConfig.option, 'das.X', false)).toBe(true)
    expect(optionFlag(second.dasConfig.option, 'das.x', false)).toBe(false)
  })

  it('adds, edits and removes VM overrides', () => {
    const vm = moRef('VirtualMachine', 'vm-7')
    const entry = (operation: 'add' | 'edit', behavior: 'manual' | 'fullyAutomated', enabled?: boolean) =>
      data('ClusterDrsVmConfigSpec', {
        operation,
        info: data('ClusterDrsVmConfigInfo', { key: vm, behavior, enabled }),
      })
    const added = apply({ drsVmConfigSpec: [entry('add', 'manual', true)] })
    expect(added.drsVmConfig).toMatchObject([{ key: { value: 'vm-7' }, behavior: 'manual', enabled: true }])
    const edited = apply({ drsVmConfigSpec: [entry('edit', 'fullyAutomated')] }, true, added)
    expect(edited.drsVmConfig).toMatchObject([{ behavior: 'fullyAutomated', enabled: true }])
    const removal = data('ClusterDrsVmConfigSpec', { operation: 'remove', removeKey: vm })
    expect(apply({ drsVmConfigSpec: [removal] }, true, edited).drsVmConfig).toBeUndefined()
  })
})

describe('rules and groups', () => {
  const vms = ['vm-1', 'vm-2'].map((id) => moRef('VirtualMachine', id))
  const rule = (name: string) =>
    data('ClusterRuleSpec', {
      operation: 'add',
      info: data('ClusterAntiAffinityRuleSpec', { name, enabled: true, vm: vms }),
    })
  const two: ClusterConfigInfoEx = apply({ rulesSpec: [rule('apart'), rule('also apart')] })

  it('get keys, and a UUID each', () => {
    expect(two.rule).toMatchObject([
      { key: 1, name: 'apart', enabled: true, userCreated: true, mandatory: false },
      { key: 2, name: 'also apart' },
    ])
    expect(two.rule?.[0]?.ruleUuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(two.rule?.[0]?.ruleUuid).not.toBe(two.rule?.[1]?.ruleUuid)
  })

  it('are edited by key and removed by key', () => {
    const edit = data('ClusterRuleSpec', {
      operation: 'edit',
      info: data('ClusterRuleInfo', { key: 2, enabled: false }),
    })
    const removal = data('ClusterRuleSpec', { operation: 'remove', removeKey: boxedInt(1) })
    const { rule: rules } = apply({ rulesSpec: [edit, removal] }, true, two)
    expect(rules).toMatchObject([
      { _typeName: 'ClusterAntiAffinityRuleSpec', key: 2, enabled: false, vm: vms },
    ])
  })

  it('show in the legacy configuration as well; groups do not', () => {
    const group = data('ClusterGroupSpec', {
      operation: 'add',
      info: data('ClusterVmGroup', { name: 'web', vm: vms }),
    })
    const config = apply({ groupSpec: [group] }, true, two)
    expect(config.group).toMatchObject([{ name: 'web', userCreated: true }])
    const old = legacyConfig(config)
    expect(old.rule).toBe(config.rule)
    expect(old.dasConfig).toBe(config.dasConfig)
    expect(old).not.toHaveProperty('group')
    const removal = data('ClusterGroupSpec', { operation: 'remove', removeKey: boxedString('web') })
    expect(apply({ groupSpec: [removal] }, true, config).group).toBeUndefined()
  })
})
