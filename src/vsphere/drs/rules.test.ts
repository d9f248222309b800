import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { ClusterRuleInfo } from '#vim25/generated/types.js'
import { DEFAULT_CLUSTER_CONFIG } from '../cluster/defaults.js'
import { brokenRules } from './rules.js'

const vm = (id: string) => moRef('VirtualMachine', id)
const host = (id: string) => moRef('HostSystem', id)
const apart = { name: 'apart', enabled: true, vm: [vm('a'), vm('b')] }
const must = {
  name: 'must',
  enabled: true,
  mandatory: true,
  vmGroupName: 'vms',
  affineHostGroupName: 'hosts',
}
const running = new Map([
  ['b', 'h1'],
  ['c', 'h2'],
])

const CASES: readonly [string, ClusterRuleInfo, string, boolean][] = [
  ['apart from b, on its host', data('ClusterAntiAffinityRuleSpec', apart), 'h1', true],
  ['apart from b, elsewhere', data('ClusterAntiAffinityRuleSpec', apart), 'h2', false],
  ['a rule that is off', data('ClusterAntiAffinityRuleSpec', { ...apart, enabled: false }), 'h1', false],
  [
    'a rule of others',
    data('ClusterAntiAffinityRuleSpec', { ...apart, vm: [vm('b'), vm('c')] }),
    'h1',
    false,
  ],
  ['together with b, on its host', data('ClusterAffinityRuleSpec', apart), 'h1', false],
  ['together with b, elsewhere', data('ClusterAffinityRuleSpec', apart), 'h2', true],
  [
    'together with one that is off',
    data('ClusterAffinityRuleSpec', { ...apart, vm: [vm('a'), vm('z')] }),
    'h2',
    false,
  ],
  ['must run on h2, on h1', data('ClusterVmHostRuleInfo', must), 'h1', true],
  ['must run on h2, on h2', data('ClusterVmHostRuleInfo', must), 'h2', false],
  ['should run on h2, on h1', data('ClusterVmHostRuleInfo', { ...must, mandatory: false }), 'h1', false],
  [
    'must not run on h2, on h2',
    data('ClusterVmHostRuleInfo', {
      name: 'not',
      enabled: true,
      mandatory: true,
      vmGroupName: 'vms',
      antiAffineHostGroupName: 'hosts',
    }),
    'h2',
    true,
  ],
]

describe('a VM on a host', () => {
  it.each(CASES)('%s', (_name, rule, on, broken) => {
    const config = {
      ...DEFAULT_CLUSTER_CONFIG,
      rule: [rule],
      group: [
        data('ClusterVmGroup', { name: 'vms', vm: [vm('a')] }),
        data('ClusterHostGroup', { name: 'hosts', host: [host('h2')] }),
      ],
    }
    expect(brokenRules({ config, vm: 'a', host: on, running })).toEqual(broken ? [rule] : [])
  })
})
