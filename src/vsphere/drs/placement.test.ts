import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import { VimFault } from '#vim25/fault.js'
import { clusterSpec, createHaLab, DRS_ON, HA_ON, type HaLab, type VmRequest } from '../ha/testing.js'
import { choosePowerOnHost, powerOnPlacement } from './placement.js'
import { recommendPowerOn } from './recommendations.js'

const drsOn = clusterSpec({ drsConfig: DRS_ON })
const off = (name: string, more: Partial<VmRequest> = {}): VmRequest => ({
  name,
  host: 0,
  on: false,
  ...more,
})
const choose = (lab: HaLab, exclude: readonly string[] = []) =>
  choosePowerOnHost(lab.sandbox.inventory.read, lab.vms[0] as string, lab.cluster, exclude)
const faultOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof VimFault) return error.fault
    throw error
  }
  throw new Error('No fault.')
}
const maintenance = (lab: HaLab, ...hosts: number[]) =>
  lab.act((ctx) => {
    for (const at of hosts)
      ctx.tx.update('HostSystem', lab.hosts[at] as string, ({ runtime }) => ({
        runtime: patch(runtime, { inMaintenanceMode: true }),
      }))
  })

describe('where a VM powers on', () => {
  it('is its own host without DRS, however full', () => {
    const lab = createHaLab({ vms: [off('a'), { name: 'big', host: 0, memoryMB: 100_000 }] })
    expect(choose(lab)).toBe(lab.hosts[0])
  })

  it('is the freest host with DRS', () => {
    const lab = createHaLab({
      spec: drsOn,
      vms: [
        off('a'),
        { name: 'big', host: 0, memoryMB: 100_000 },
        { name: 'mid', host: 1, memoryMB: 30_000 },
      ],
    })
    expect(choose(lab)).toBe(lab.hosts[2])
    expect(choose(lab, [lab.hosts[2] as string])).toBe(lab.hosts[1])
  })

  it('stays its own host where that is as good', () => {
    const lab = createHaLab({ spec: drsOn, vms: [off('a', { host: 1 })] })
    expect(choose(lab)).toBe(lab.hosts[1])
  })

  it('is never a host in maintenance, nor one that is too full', () => {
    const lab = createHaLab({
      spec: drsOn,
      vms: [
        off('a', { memoryMB: 60_000, reservedMB: 60_000 }),
        { name: 'b', host: 1, memoryMB: 100_000, reservedMB: 100_000 },
      ],
    })
    maintenance(lab, 0)
    expect(choose(lab)).toBe(lab.hosts[2])
  })

  it('is no host of a rule that would break', () => {
    const lab = createHaLab({ spec: drsOn, hosts: 2, vms: [off('a'), { name: 'b', host: 0 }] })
    const info = data('ClusterAntiAffinityRuleSpec', {
      name: 'apart',
      enabled: true,
      vm: lab.vms.map((vm) => lab.sandbox.inventory.read.ref(vm)),
    })
    const spec = clusterSpec({ rulesSpec: [data('ClusterRuleSpec', { operation: 'add', info })] })
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', { spec, modify: true })
    expect(choose(lab)).toBe(lab.hosts[1])
    expect(faultOf(() => choose(lab, [lab.hosts[1] as string]))).toMatchObject({ _typeName: 'RuleViolation' })
  })

  it('is never a dedicated failover host', () => {
    const lab = createHaLab({ spec: clusterSpec({ dasConfig: HA_ON, drsConfig: DRS_ON }), vms: [off('a')] })
    const failoverHosts = [0, 2].map((at) => lab.sandbox.inventory.read.ref(lab.hosts[at] as string))
    const admissionControlPolicy = data('ClusterFailoverHostAdmissionControlPolicy', { failoverHosts })
    const spec = clusterSpec({ dasConfig: data('ClusterDasConfigInfo', { admissionControlPolicy }) })
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', { spec, modify: true })
    expect(choose(lab)).toBe(lab.hosts[1])
    expect(lab.get('ClusterComputeResource', lab.cluster, 'summary')).toMatchObject({
      admissionControlInfo: { hostStatus: [{ status: 'green' }, { status: 'green' }] },
    })
  })

  it('is nowhere when every host is down', () => {
    const lab = createHaLab({ spec: drsOn, hosts: 2, vms: [off('a')] })
    maintenance(lab, 0, 1)
    expect(faultOf(() => choose(lab))).toMatchObject({
      _typeName: 'NoActiveHostInCluster',
      computeResource: { value: lab.cluster },
    })
  })

  it('is nowhere when it is too large for each: the reason of its own host', () => {
    const lab = createHaLab({
      spec: drsOn,
      hosts: 2,
      vms: [off('a', { memoryMB: 262_144, reservedMB: 262_144 })],
    })
    expect(faultOf(() => choose(lab))).toMatchObject({
      _typeName: 'InsufficientHostMemoryCapacityFault',
      host: { value: lab.hosts[0] },
    })
    const placement = powerOnPlacement(lab.sandbox.inventory.read, lab.vms[0] as string, lab.cluster)
    expect(placement.kind === 'none' && placement.fault.fault).toMatchObject({
      _typeName: 'NoCompatibleHost',
      host: lab.hosts.map((value) => ({ value })),
      error: [{ fault: { _typeName: 'InsufficientHostMemoryCapacityFault' } }, {}],
    })
  })

  it('is for the client to say when DRS is on manual', () => {
    const drsConfig = data('ClusterDrsConfigInfo', { enabled: true, defaultVmBehavior: 'manual' })
    const lab = createHaLab({ spec: clusterSpec({ drsConfig }), vms: [off('a')] })
    const placement = powerOnPlacement(lab.sandbox.inventory.read, lab.vms[0] as string, lab.cluster)
    expect(placement).toMatchObject({
      kind: 'recommend',
      hosts: [{ rating: 5 }, { rating: 5 }, { rating: 5 }],
    })
  })
})

describe('RecommendHostsForVm', () => {
  it('rates the hosts that can take the VM', () => {
    const lab = createHaLab({ spec: drsOn, vms: [off('a'), { name: 'big', host: 0, memoryMB: 100_000 }] })
    maintenance(lab, 1)
    const vm = lab.sandbox.inventory.read.ref(lab.vms[0] as string)
    expect(lab.call('ClusterComputeResource', lab.cluster, 'RecommendHostsForVm', { vm })).toMatchObject([
      { host: { value: lab.hosts[2] }, rating: 5 },
      { host: { value: lab.hosts[0] }, rating: 2 },
    ])
  })

  it('refuses a pool of elsewhere', () => {
    const lab = createHaLab({ spec: drsOn, vms: [off('a')] })
    const other = lab.call('Folder', lab.hostFolder, 'CreateClusterEx', { name: 'D', spec: clusterSpec({}) })
    const pool = lab.get('ClusterComputeResource', (other as { value: string }).value, 'resourcePool')
    const vm = lab.sandbox.inventory.read.ref(lab.vms[0] as string)
    expect(
      lab.fault('ClusterComputeResource', lab.cluster, 'RecommendHostsForVm', { vm, pool }),
    ).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'pool' })
  })
})

describe('recommendations', () => {
  const recommended = () => {
    const lab = createHaLab({ spec: drsOn, hosts: 2, vms: [off('a')] })
    lab.act((ctx) => {
      recommendPowerOn(ctx, lab.cluster, ctx.tx.ref(lab.vms[0] as string), [
        { host: lab.hosts[1] as string, rating: 5, freeMemoryBytes: 1 },
        { host: lab.hosts[0] as string, rating: 4, freeMemoryBytes: 1 },
      ])
    })
    const keys = () =>
      lab
        .get<{ key: string }[]>('ClusterComputeResource', lab.cluster, 'recommendation')
        .map(({ key }) => key)
    return { lab, keys }
  }

  it('lie in the cluster until they are cancelled', () => {
    const { lab, keys } = recommended()
    const [first, second] = keys()
    lab.call('ClusterComputeResource', lab.cluster, 'CancelRecommendation', { key: first })
    expect(keys()).toEqual([second])
  })

  it.each(['ApplyRecommendation', 'CancelRecommendation'])('%s refuses a key that is not there', (method) => {
    const { lab, keys } = recommended()
    expect(lab.fault('ClusterComputeResource', lab.cluster, method, { key: 'none' })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'key',
    })
    expect(keys()).toHaveLength(2)
  })

  it('go at a refresh when their VM runs', () => {
    const { lab, keys } = recommended()
    lab.call('ClusterComputeResource', lab.cluster, 'RefreshRecommendation')
    expect(keys()).toHaveLength(2)
    lab.act((ctx) =>
      ctx.tx.update('VirtualMachine', lab.vms[0] as string, ({ runtime }) => ({
        runtime: patch(runtime, { powerState: 'poweredOn' }),
      })),
    )
    lab.call('ClusterComputeResource', lab.cluster, 'RefreshRecommendation')
    expect(keys()).toEqual([])
  })
})
