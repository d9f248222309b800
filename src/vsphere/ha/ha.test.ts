import { describe, expect, it } from 'vitest'
import { recomputed } from '#inventory/inventory.js'
import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  ClusterComputeResourceSummary,
  ClusterFailoverHostAdmissionControlInfo,
  EventEx,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { setSelections } from '../vmkernel/selections.js'
import { admitFailover } from './admission.js'
import { setAgentState } from './election.js'
import { clusterSpec, createHaLab, HA_ON } from './testing.js'

const haOn = clusterSpec({ dasConfig: HA_ON })
const states = (lab: ReturnType<typeof createHaLab>) => lab.hosts.map((host) => lab.state(host))
const extendedIds = (lab: ReturnType<typeof createHaLab>) =>
  lab.sandbox.inventory.root.events
    .filter((event) => event._typeName === 'EventEx')
    .map((event) => (event as EventEx).eventTypeId)
    .toArray()
const tasksOf = (lab: ReturnType<typeof createHaLab>, descriptionId: string) =>
  [...lab.sandbox.inventory.read.ids('Task')]
    .map((id) => lab.sandbox.inventory.read.get('Task', id).info)
    .filter((info) => info.descriptionId === descriptionId)

describe('a seeded cluster with HA', () => {
  it('has a master that the others follow, and has told nobody', () => {
    const lab = createHaLab({ spec: haOn })
    expect(states(lab)).toEqual(['master', 'connectedToMaster', 'connectedToMaster'])
    expect(lab.newEvents()).toEqual([])
    expect(tasksOf(lab, 'DasConfig.ConfigureHost')).toEqual([])
  })
})

describe('switching HA on', () => {
  const on = (lab: ReturnType<typeof createHaLab>) =>
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', {
      spec: haOn,
      modify: true,
    })

  it('configures an agent on every connected host, each by a task of its own', () => {
    const lab = createHaLab()
    expect(on(lab).state).toBe('success')
    const tasks = tasksOf(lab, 'DasConfig.ConfigureHost')
    expect(tasks.map((info) => [info.entity?.value, info.state])).toEqual(
      lab.hosts.map((host) => [host, 'success']),
    )
    expect(states(lab)).toEqual(['master', 'connectedToMaster', 'connectedToMaster'])
    expect(
      lab.sandbox.inventory.read.get('HostSystem', lab.hosts[1] as string).runtime.dasHostState,
    ).toMatchObject({
      stateReporter: { value: lab.hosts[0] },
    })
  })

  it('tells of it in order', () => {
    const lab = createHaLab({ hosts: 1 })
    on(lab)
    expect(lab.newEvents().filter((type) => type !== 'TaskEvent')).toEqual([
      'ClusterReconfiguredEvent',
      'DasEnabledEvent',
      'InsufficientFailoverResourcesEvent',
      'HostDasEnablingEvent',
      'EventEx',
      'EventEx',
      'EventEx',
      'EventEx',
      'HostDasEnabledEvent',
      'EventEx',
      'EventEx',
    ])
    expect(extendedIds(lab)).toContain('com.vmware.vc.HA.DasAgentRunningEvent')
  })

  it('protects the running VMs from then on', () => {
    const lab = createHaLab({
      vms: [
        { name: 'on', host: 0 },
        { name: 'off', host: 0, on: false },
      ],
    })
    const protection = (vm: string) =>
      lab.sandbox.inventory.read.get('VirtualMachine', vm).runtime.dasVmProtection?.dasProtected
    expect(lab.vms.map(protection)).toEqual([undefined, undefined])
    on(lab)
    expect(lab.vms.map(protection)).toEqual([true, undefined])
  })

  it('and off again takes the agents away and warns of FT VMs', () => {
    const lab = createHaLab({ spec: haOn, vms: [{ name: 'ft', host: 0 }] })
    lab.act((ctx) =>
      ctx.tx.update('VirtualMachine', lab.vms[0] as string, ({ runtime }) => ({
        runtime: patch(runtime, { faultToleranceState: 'running' }),
      })),
    )
    const spec = clusterSpec({ dasConfig: data('ClusterDasConfigInfo', { enabled: false }) })
    lab.newEvents()
    const before = extendedIds(lab).length
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', { spec, modify: true })
    expect(states(lab)).toEqual([undefined, undefined, undefined])
    // Nobody is elected on the way out.
    expect(extendedIds(lab).slice(before)).toEqual(['com.vmware.vc.ft.VmAffectedByDasDisabledEvent'])
    expect(tasksOf(lab, 'DasConfig.UnconfigureHost')).toHaveLength(3)
    expect(extendedIds(lab)).toContain('com.vmware.vc.ft.VmAffectedByDasDisabledEvent')
  })
})

describe('ReconfigureHostForDAS_Task', () => {
  it('configures the agent anew', () => {
    const lab = createHaLab({ spec: haOn })
    const host = lab.hosts[1] as string
    const info = lab.task('HostSystem', host, 'ReconfigureHostForDAS_Task')
    expect(info).toMatchObject({ state: 'success', descriptionId: 'HostSystem.reconfigureDAS' })
    expect(lab.state(host)).toBe('connectedToMaster')
    expect(lab.newEvents()).toContain('HostDasEnabledEvent')
  })

  it('is a DasConfigFault where there is no HA, and changes nothing', () => {
    const lab = createHaLab()
    const host = lab.hosts[0] as string
    expect(lab.fault('HostSystem', host, 'ReconfigureHostForDAS_Task')).toMatchObject({
      _typeName: 'DasConfigFault',
      reason: 'Other',
    })
    expect(lab.state(host)).toBeUndefined()
  })
})

describe('a host that is kept free for failover', () => {
  it('is red while its HA agent cannot help', () => {
    const lab = createHaLab({ spec: haOn })
    const [, host = ''] = lab.hosts
    const dasConfig = data('ClusterDasConfigInfo', {
      admissionControlPolicy: data('ClusterFailoverHostAdmissionControlPolicy', {
        failoverHosts: [lab.sandbox.inventory.read.ref(host)],
      }),
    })
    const spec = clusterSpec({ dasConfig })
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', { spec, modify: true })
    const status = () => {
      const { summary } = lab.sandbox.inventory.read.get('ClusterComputeResource', lab.cluster)
      const { admissionControlInfo } = summary as ClusterComputeResourceSummary
      return (admissionControlInfo as ClusterFailoverHostAdmissionControlInfo).hostStatus?.map(
        (one) => one.status,
      )
    }
    expect(status()).toEqual(['green'])
    lab.act((ctx) => setAgentState(ctx, host, 'initializationError'))
    expect(status()).toEqual(['red'])
  })
})

describe('admission control', () => {
  const vm = (name: string, host: number, reservedMB: number) => ({
    name,
    host,
    reservedMB,
    memoryMB: 131_072,
  })
  const need = (lab: ReturnType<typeof createHaLab>, mb: number) => () =>
    admitFailover(lab.sandbox.inventory.read, lab.cluster, {
      vm: 'vm-new',
      cpuMHz: 0,
      memoryBytes: mb * 2 ** 20,
    })

  it('refuses what one host failure would leave no room for', () => {
    const lab = createHaLab({ spec: haOn, hosts: 2, vms: [vm('a', 0, 60_000)] })
    expect(need(lab, 40_000)).not.toThrow()
    expect(need(lab, 70_000)).toThrow(
      'Insufficient resources to satisfy configured failover level for vSphere HA.',
    )
  })

  it('lets everything pass when it is off', () => {
    const dasConfig = data('ClusterDasConfigInfo', { enabled: true, admissionControlEnabled: false })
    const lab = createHaLab({ spec: clusterSpec({ dasConfig }), hosts: 1 })
    expect(need(lab, 1_000_000)).not.toThrow()
  })

  it('of a cluster of one host can never be satisfied', () => {
    const lab = createHaLab({ spec: haOn, hosts: 1 })
    expect(need(lab, 1)).toThrow()
    expect(lab.get('ClusterComputeResource', lab.cluster, 'configIssue')).toMatchObject([
      { _typeName: 'InsufficientFailoverResourcesEvent' },
    ])
    expect(lab.get('ClusterComputeResource', lab.cluster, 'overallStatus')).toBe('yellow')
  })

  it('tells when the level is lost and when it is restored', () => {
    const lab = createHaLab({ spec: haOn, hosts: 2 })
    lab.newEvents()
    lab.fail(lab.hosts[1] as string)
    expect(lab.newEvents()).toContain('InsufficientFailoverResourcesEvent')
    lab.recover(lab.hosts[1] as string)
    expect(lab.newEvents()).toContain('FailoverLevelRestored')
    expect(lab.get('ClusterComputeResource', lab.cluster, 'configIssue')).toEqual([])
  })
})

describe('RetrieveDasAdvancedRuntimeInfo', () => {
  const info = (lab: ReturnType<typeof createHaLab>) =>
    lab.call('ClusterComputeResource', lab.cluster, 'RetrieveDasAdvancedRuntimeInfo')

  it('is nothing while HA is off', () => {
    expect(info(createHaLab())).toBeUndefined()
  })

  it('tells the slots', () => {
    const lab = createHaLab({ spec: haOn, vms: [{ name: 'a', host: 0, reservedMB: 1024, reservedMHz: 500 }] })
    expect(info(lab)).toMatchObject({
      _typeName: 'ClusterDasFailoverLevelAdvancedRuntimeInfo',
      slotInfo: { cpuMHz: 500, memoryMB: 1050 },
      usedSlots: 1,
      totalVms: 1,
      totalHosts: 3,
      totalGoodHosts: 3,
      hostSlots: [{ slots: 62 }, { slots: 62 }, { slots: 62 }],
      unreservedSlots: 123,
    })
  })

  it('is the base type under the other policies', () => {
    const admissionControlPolicy = data('ClusterFailoverResourcesAdmissionControlPolicy', {
      cpuFailoverResourcesPercent: 25,
      memoryFailoverResourcesPercent: 25,
    })
    const dasConfig = data('ClusterDasConfigInfo', { enabled: true, admissionControlPolicy })
    const lab = createHaLab({ spec: clusterSpec({ dasConfig }) })
    expect(info(lab)).toMatchObject({ _typeName: 'ClusterDasAdvancedRuntimeInfo' })
    expect(lab.get('ClusterComputeResource', lab.cluster, 'summary')).toMatchObject({
      admissionControlInfo: {
        currentCpuFailoverResourcesPercent: 100,
        currentMemoryFailoverResourcesPercent: 100,
      },
    })
  })
})

describe('a host with too few heartbeat datastores', () => {
  const issues = (lab: ReturnType<typeof createHaLab>) =>
    lab.get('HostSystem', lab.hosts[0] as string, 'configIssue')

  it('has an issue and is yellow', () => {
    const lab = createHaLab({ spec: haOn })
    expect(issues(lab)).toMatchObject([{ eventTypeId: 'com.vmware.vc.HA.HeartbeatDatastoreNotSufficient' }])
    expect(lab.get('HostSystem', lab.hosts[0] as string, 'configStatus')).toBe('yellow')
    expect(lab.get('HostSystem', lab.hosts[0] as string, 'overallStatus')).toBe('yellow')
  })

  it('has none when nobody wants to know', () => {
    const option = [
      data('OptionValue', { key: 'das.ignoreInsufficientHbDatastore', value: boxedString('true') }),
    ]
    const lab = createHaLab({
      spec: clusterSpec({ dasConfig: data('ClusterDasConfigInfo', { enabled: true, option }) }),
    })
    expect(issues(lab)).toEqual([])
  })
})

describe('an agent that cannot be configured', () => {
  it('is in error: task, state, events, issue', () => {
    const lab = createHaLab({ hosts: 1 })
    const host = lab.hosts[0] as string
    lab.act((ctx) => setSelections(ctx, host, {}))
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', {
      spec: haOn,
      modify: true,
    })
    expect(tasksOf(lab, 'DasConfig.ConfigureHost')).toMatchObject([
      {
        state: 'error',
        error: { fault: { _typeName: 'DasConfigFault', reason: 'HostNetworkMisconfiguration' } },
      },
    ])
    expect(lab.state(host)).toBe('initializationError')
    expect(lab.newEvents()).toContain('HostDasErrorEvent')
    expect(lab.get('HostSystem', host, 'configIssue')).toMatchObject([
      { eventTypeId: 'com.vmware.vc.HA.HostAgentErrorEvent' },
    ])
    expect(lab.get('HostSystem', host, 'overallStatus')).toBe('red')
  })
})

describe('what is derived', () => {
  it('is what it would be if all were computed anew', () => {
    const lab = createHaLab({
      spec: haOn,
      vms: [0, 1, 2].map((host) => ({ name: `vm${host}`, host, reservedMB: 512 })),
    })
    const check = () => {
      const { root, model } = lab.sandbox.inventory
      const fresh = recomputed(root, model)
      for (const [id, entity] of root.entities)
        expect([id, fresh.entities.get(id)?.value]).toEqual([id, entity.value])
    }
    check()
    lab.fail(lab.hosts[0] as string)
    check()
    lab.recover(lab.hosts[0] as string)
    lab.task('ManagedEntity', lab.hosts[1] as string, 'Rename_Task', { newName: 'renamed' })
    check()
    lab.task('HostSystem', lab.hosts[2] as string, 'DisconnectHost_Task')
    lab.task('HostSystem', lab.hosts[2] as string, 'Destroy_Task')
    check()
  })
})

describe('what HA tells', () => {
  it('holds to the schema: events, issues, runtime info, agent states', () => {
    const lab = createHaLab({ spec: haOn, vms: [{ name: 'a', host: 0 }] })
    lab.fail(lab.hosts[0] as string)
    lab.recover(lab.hosts[0] as string)
    const { release } = lab.sandbox.services.identity
    const event = managedType('EventManager')?.byName.get('latestEvent')
    const told = lab.sandbox.inventory.root.events.toArray()
    expect(told.length).toBeGreaterThan(10)
    expect(event && told.flatMap((each) => problemsOf(each, event, release))).toEqual([])
    for (const host of lab.hosts)
      for (const name of ['configIssue', 'runtime', 'configStatus']) {
        const property = managedType('HostSystem')?.byName.get(name)
        expect(property && problemsOf(lab.get('HostSystem', host, name), property, release)).toEqual([])
      }
    const info = lab.call('ClusterComputeResource', lab.cluster, 'RetrieveDasAdvancedRuntimeInfo')
    const result = managedType('ClusterComputeResource')?.methods.get(
      'RetrieveDasAdvancedRuntimeInfo',
    )?.result
    expect(result && problemsOf(info, result, release)).toEqual([])
  })
})
