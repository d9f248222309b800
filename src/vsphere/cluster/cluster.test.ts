import { describe, expect, it } from 'vitest'
import { boxedInt, boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  ClusterConfigInfoEx,
  ClusterConfigSpecEx,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { clusterSpec, createHaLab, DRS_ON, HA_ON, type HaLab } from '../ha/testing.js'
import { createPool } from '../resource-pool/build.js'

const config = (lab: HaLab) =>
  lab.get<ClusterConfigInfoEx>('ClusterComputeResource', lab.cluster, 'configurationEx')
const reconfigure = (lab: HaLab, spec: ClusterConfigSpecEx, modify = true) =>
  lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', { spec, modify })
const refused = (lab: HaLab, spec: ClusterConfigSpecEx) => {
  const before = lab.sandbox.inventory.read.get('ClusterComputeResource', lab.cluster)
  const fault = lab.fault('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', {
    spec,
    modify: true,
  })
  const after = lab.sandbox.inventory.read.get('ClusterComputeResource', lab.cluster)
  expect(after.configurationEx).toBe(before.configurationEx)
  return fault
}

describe('CreateClusterEx', () => {
  const create = (lab: HaLab, name: string, spec = clusterSpec({})) =>
    lab.call('Folder', lab.hostFolder, 'CreateClusterEx', { name, spec }) as ManagedObjectReference

  it('makes a cluster with root pool, environment browser and EVC manager', () => {
    const lab = createHaLab({ hosts: 0 })
    lab.newEvents()
    const ref = create(lab, 'New', clusterSpec({ dasConfig: HA_ON, drsConfig: DRS_ON }))
    expect(ref.value).toMatch(/^domain-c\d+$/)
    const cluster = lab.sandbox.inventory.read.get('ClusterComputeResource', ref.value)
    expect(cluster).toMatchObject({ name: 'New', parent: { value: lab.hostFolder }, overallStatus: 'green' })
    expect(lab.sandbox.inventory.read.get('ResourcePool', cluster.resourcePool?.value ?? '')).toMatchObject({
      name: 'Resources',
      owner: ref,
    })
    expect(lab.newEvents()).toEqual(['ClusterCreatedEvent', 'DasEnabledEvent', 'DrsEnabledEvent'])
    const manager = lab.call('ClusterComputeResource', ref.value, 'EvcManager') as ManagedObjectReference
    expect(lab.get('ClusterEVCManager', manager.value, 'managedCluster')).toEqual(ref)
  })

  it('holds to the schema in every property', () => {
    const lab = createHaLab({
      spec: clusterSpec({ dasConfig: HA_ON, drsConfig: DRS_ON }),
      hosts: 1,
      vms: [{ name: 'a', host: 0 }],
    })
    const { read } = lab.sandbox.inventory
    const { release } = lab.sandbox.services.identity
    for (const type of ['ClusterComputeResource', 'EnvironmentBrowser', 'ClusterEVCManager'] as const)
      for (const id of read.ids(type))
        for (const property of managedType(type)?.properties.filter(({ since }) => since <= release) ?? [])
          expect(problemsOf(lab.get(type, id, property.name), property)).toEqual([])
  })

  it('the legacy CreateCluster takes the legacy spec', () => {
    const lab = createHaLab({ hosts: 0 })
    const spec = data('ClusterConfigSpec', { drsConfig: DRS_ON })
    const ref = lab.call('Folder', lab.hostFolder, 'CreateCluster', {
      name: 'Old',
      spec,
    }) as ManagedObjectReference
    expect(lab.get('ClusterComputeResource', ref.value, 'configuration')).toMatchObject({
      _typeName: 'ClusterConfigInfo',
      drsConfig: { enabled: true, vmotionRate: 3 },
    })
  })

  it.each([
    ['DuplicateName', 'C', 'hostFolder'],
    ['InvalidName', '', 'hostFolder'],
    ['NotSupported', 'New', 'vmFolder'],
  ] as const)('is refused with %s', (fault, name, folder) => {
    const lab = createHaLab({ hosts: 0 })
    const count = lab.sandbox.inventory.read.count('ClusterComputeResource')
    expect(
      lab.fault('Folder', lab[folder], 'CreateClusterEx', { name, spec: clusterSpec({}) })._typeName,
    ).toBe(fault)
    expect(lab.sandbox.inventory.read.count('ClusterComputeResource')).toBe(count)
  })
})

describe('ReconfigureComputeResource_Task', () => {
  it('stores what it is told, in both configurations', () => {
    const lab = createHaLab({ hosts: 0 })
    const info = reconfigure(lab, clusterSpec({ dasConfig: HA_ON, vmSwapPlacement: 'hostLocal' }))
    expect(info).toMatchObject({ state: 'success', entity: { value: lab.cluster } })
    expect(config(lab)).toMatchObject({ vmSwapPlacement: 'hostLocal', dasConfig: { enabled: true } })
    expect(lab.get('ClusterComputeResource', lab.cluster, 'configuration')).toMatchObject({
      dasConfig: config(lab).dasConfig,
    })
  })

  it('goes back to the defaults without modify', () => {
    const lab = createHaLab({ hosts: 0, spec: clusterSpec({ dasConfig: HA_ON, drsConfig: DRS_ON }) })
    lab.newEvents()
    reconfigure(lab, clusterSpec({ drsConfig: DRS_ON }), false)
    expect(config(lab)).toMatchObject({ dasConfig: { enabled: false }, drsConfig: { enabled: true } })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'ClusterReconfiguredEvent', 'DasDisabledEvent'])
  })

  it('takes the legacy spec by its legacy name', () => {
    const lab = createHaLab({ hosts: 0 })
    const spec = data('ClusterConfigSpec', { dasConfig: HA_ON })
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureCluster_Task', { spec, modify: true })
    expect(config(lab).dasConfig.enabled).toBe(true)
  })

  it('that switches DRS off leaves the root pool alone, with all VMs in it', () => {
    const lab = createHaLab({
      hosts: 1,
      spec: clusterSpec({ drsConfig: DRS_ON }),
      vms: [{ name: 'a', host: 0, on: false }],
    })
    const { read } = lab.sandbox.inventory
    const root = read.get('ClusterComputeResource', lab.cluster).resourcePool as ManagedObjectReference
    lab.act((ctx) => {
      const outer = createPool(ctx, root, 'outer')
      ctx.tx.set('VirtualMachine', lab.vms[0] as string, { resourcePool: createPool(ctx, outer, 'inner') })
    })
    reconfigure(lab, clusterSpec({ drsConfig: data('ClusterDrsConfigInfo', { enabled: false }) }))
    const after = lab.sandbox.inventory.read
    expect([...after.ids('ResourcePool')]).toEqual([root.value])
    expect(after.get('VirtualMachine', lab.vms[0] as string).resourcePool).toEqual(root)
    expect(lab.newEvents().filter((type) => type === 'ResourcePoolDestroyedEvent')).toHaveLength(2)
  })

  it('switches admission control by itself', () => {
    const lab = createHaLab({ hosts: 0, spec: clusterSpec({ dasConfig: HA_ON }) })
    const admission = (admissionControlEnabled: boolean) =>
      reconfigure(lab, clusterSpec({ dasConfig: data('ClusterDasConfigInfo', { admissionControlEnabled }) }))
    lab.newEvents()
    admission(false)
    admission(true)
    expect(lab.newEvents().filter((type) => type.startsWith('Das'))).toEqual([
      'DasAdmissionControlDisabledEvent',
      'DasAdmissionControlEnabledEvent',
    ])
  })

  const das = (members: object) => clusterSpec({ dasConfig: data('ClusterDasConfigInfo', members) })
  const nobody = { _typeName: 'ManagedObjectReference', type: 'HostSystem', value: 'host-999' } as const
  it.each([
    ['spec.vmSwapPlacement', clusterSpec({ vmSwapPlacement: 'inherit' })],
    ['spec.dasConfig.hostMonitoring', das({ hostMonitoring: 'maybe' })],
    ['spec.dasConfig.vmMonitoring', das({ vmMonitoring: 'enabled' })],
    ['spec.dasConfig.failoverLevel', das({ failoverLevel: 0 })],
    [
      'spec.dasConfig.option',
      das({ option: [data('OptionValue', { key: 'das.heartbeatDsPerHost', value: boxedString('9') })] }),
    ],
    [
      'spec.dasConfig.defaultVmSettings.restartPriority',
      das({ defaultVmSettings: data('ClusterDasVmSettings', { restartPriority: 'clusterRestartPriority' }) }),
    ],
    [
      'spec.drsConfig.vmotionRate',
      clusterSpec({ drsConfig: data('ClusterDrsConfigInfo', { vmotionRate: 6 }) }),
    ],
    [
      'spec.dpmConfig.hostPowerActionRate',
      clusterSpec({ dpmConfig: data('ClusterDpmConfigInfo', { hostPowerActionRate: 0 }) }),
    ],
    [
      'spec.rulesSpec.info.vm',
      clusterSpec({
        rulesSpec: [
          data('ClusterRuleSpec', {
            operation: 'add',
            info: data('ClusterAntiAffinityRuleSpec', { name: 'r', enabled: true, vm: [] }),
          }),
        ],
      }),
    ],
    [
      'spec.rulesSpec.removeKey',
      clusterSpec({ rulesSpec: [data('ClusterRuleSpec', { operation: 'remove', removeKey: boxedInt(7) })] }),
    ],
    [
      'spec.groupSpec.info.host',
      clusterSpec({
        groupSpec: [
          data('ClusterGroupSpec', {
            operation: 'add',
            info: data('ClusterHostGroup', { name: 'g', host: [nobody] }),
          }),
        ],
      }),
    ],
    [
      'spec.drsVmConfigSpec.info.key',
      clusterSpec({
        drsVmConfigSpec: [
          data('ClusterDrsVmConfigSpec', {
            operation: 'add',
            info: data('ClusterDrsVmConfigInfo', {
              key: { ...nobody, type: 'VirtualMachine', value: 'vm-999' },
            }),
          }),
        ],
      }),
    ],
  ])('refuses with InvalidArgument: %s', (invalidProperty, spec) => {
    expect(refused(createHaLab({ hosts: 0 }), spec)).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
  })

  it.each([
    [
      'admissionControl',
      das({
        admissionControlPolicy: data('ClusterFailoverLevelAdmissionControlPolicy', { failoverLevel: 0 }),
      }),
    ],
    [
      'admissionControl',
      das({
        admissionControlPolicy: data('ClusterFailoverResourcesAdmissionControlPolicy', {
          cpuFailoverResourcesPercent: 101,
          memoryFailoverResourcesPercent: 1,
        }),
      }),
    ],
    [
      'admissionControl',
      das({
        admissionControlPolicy: data('ClusterFailoverHostAdmissionControlPolicy', {
          failoverHosts: [nobody],
        }),
      }),
    ],
    [
      'userHeartbeatDs',
      das({ heartbeatDatastore: [{ ...nobody, type: 'Datastore', value: 'datastore-999' }] }),
    ],
    [
      'vmConfig',
      clusterSpec({
        dasVmConfigSpec: [
          data('ClusterDasVmConfigSpec', {
            operation: 'add',
            info: data('ClusterDasVmConfigInfo', {
              key: { ...nobody, type: 'VirtualMachine', value: 'vm-999' },
            }),
          }),
        ],
      }),
    ],
  ])('refuses with InvalidDasConfigArgument: %s', (entry, spec) => {
    expect(refused(createHaLab({ hosts: 0 }), spec)).toMatchObject({
      _typeName: 'InvalidDasConfigArgument',
      entry,
      clusterName: 'C',
    })
  })

  it('keeps the halves of an FT pair out of overrides', () => {
    const lab = createHaLab({
      hosts: 1,
      vms: [
        { name: 'primary', host: 0 },
        { name: 'secondary', host: 0 },
      ],
    })
    const [primary, secondary] = lab.vms.map((vm) => lab.sandbox.inventory.read.ref(vm)) as [
      ManagedObjectReference,
      ManagedObjectReference,
    ]
    lab.act((ctx) => {
      for (const [at, { value }] of [primary, secondary].entries())
        ctx.tx.update('VirtualMachine', value, ({ config: old }) => ({
          config:
            old &&
            patch(old, {
              ftInfo: data('FaultToleranceConfigInfo', { role: at + 1, instanceUuids: [], configPaths: [] }),
            }),
        }))
    })
    const ha = (key: ManagedObjectReference, restartPriority: string) =>
      clusterSpec({
        dasVmConfigSpec: [
          data('ClusterDasVmConfigSpec', {
            operation: 'add',
            info: data('ClusterDasVmConfigInfo', {
              key,
              dasSettings: data('ClusterDasVmSettings', { restartPriority }),
            }),
          }),
        ],
      })
    const drs = clusterSpec({
      drsVmConfigSpec: [
        data('ClusterDrsVmConfigSpec', {
          operation: 'add',
          info: data('ClusterDrsVmConfigInfo', { key: secondary, behavior: 'manual' }),
        }),
      ],
    })
    expect(refused(lab, ha(primary, 'disabled'))).toMatchObject({
      _typeName: 'InvalidDasRestartPriorityForFtVm',
      vm: primary,
    })
    expect(refused(lab, ha(secondary, 'high'))).toMatchObject({
      _typeName: 'CannotChangeHaSettingsForFtSecondary',
      vm: secondary,
    })
    expect(refused(lab, drs)).toMatchObject({
      _typeName: 'CannotChangeDrsBehaviorForFtSecondary',
      vm: secondary,
    })
    expect(reconfigure(lab, ha(primary, 'high')).state).toBe('success')
  })
})

describe('rules between VMs', () => {
  it('are found for a VM', () => {
    const lab = createHaLab({ hosts: 1, vms: ['a', 'b', 'c'].map((name) => ({ name, host: 0 })) })
    const refs = lab.vms.map((vm) => lab.sandbox.inventory.read.ref(vm))
    const info = data('ClusterAntiAffinityRuleSpec', { name: 'apart', enabled: true, vm: refs.slice(0, 2) })
    reconfigure(lab, clusterSpec({ rulesSpec: [data('ClusterRuleSpec', { operation: 'add', info })] }))
    const rules = (at: number) =>
      lab.call('ClusterComputeResource', lab.cluster, 'FindRulesForVm', { vm: refs[at] }) as object[]
    expect(rules(0)).toMatchObject([{ name: 'apart', key: 1 }])
    expect(rules(2)).toEqual([])
  })
})

describe('the summary of a cluster', () => {
  it('adds up its hosts, the effective ones without what the hypervisor keeps', () => {
    const lab = createHaLab({
      hosts: 2,
      spec: clusterSpec({ dasConfig: HA_ON, drsConfig: DRS_ON }),
      vms: [{ name: 'a', host: 0 }],
    })
    const summary = () => lab.get<Record<string, number>>('ClusterComputeResource', lab.cluster, 'summary')
    expect(summary()).toMatchObject({
      _typeName: 'ClusterComputeResourceSummary',
      totalCpu: 64_000,
      totalMemory: 256 * 2 ** 30,
      numCpuCores: 32,
      numHosts: 2,
      numEffectiveHosts: 2,
      currentFailoverLevel: 1,
      drsScore: 100,
      usageSummary: { totalVmCount: 1, poweredOffVmCount: 0 },
    })
    const whole = summary().effectiveMemory as number
    lab.fail(lab.hosts[1] as string)
    expect(summary()).toMatchObject({ numHosts: 2, numEffectiveHosts: 1, currentFailoverLevel: 0 })
    expect(summary().effectiveMemory).toBe(Math.floor(whole / 2))
    expect(lab.get('ClusterComputeResource', lab.cluster, 'summaryEx')).toEqual(summary())
  })
})

describe('Destroy_Task', () => {
  it('takes a cluster and its hosts out of the inventory', () => {
    const lab = createHaLab({ spec: clusterSpec({ dasConfig: HA_ON }), vms: [{ name: 'a', host: 0 }] })
    expect(lab.task('ClusterComputeResource', lab.cluster, 'Destroy_Task').state).toBe('success')
    const { read } = lab.sandbox.inventory
    expect([read.entity(lab.cluster), ...lab.hosts.map((host) => read.entity(host))]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(read.count('ClusterEVCManager')).toBe(0)
    expect(lab.newEvents()).toContain('ClusterDestroyedEvent')
  })
})
