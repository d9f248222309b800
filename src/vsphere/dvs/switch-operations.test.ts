import { describe, expect, it } from 'vitest'
import { recomputed } from '#inventory/inventory.js'
import { data, patch } from '#vim25/data.js'
import type { HostProxySwitch, ManagedObjectReference, VMwareDVSConfigInfo } from '#vim25/generated/types.js'
import { createDvsLab, type DvsLab, member, vlan } from './testing.js'

const VDS = 'VmwareDistributedVirtualSwitch'

const host = (lab: DvsLab, at = 0) => lab.sandbox.inventory.read.ref(lab.hosts[at] ?? '')
const proxies = (lab: DvsLab, at = 0): readonly HostProxySwitch[] =>
  lab.sandbox.inventory.read.get('HostSystem', lab.hosts[at] ?? '').config?.network?.proxySwitch ?? []
const networks = (lab: DvsLab, at = 0) =>
  lab.get<ManagedObjectReference[]>('HostSystem', lab.hosts[at] ?? '', 'network').map(({ value }) => value)

describe('CreateDVS_Task', () => {
  it('makes a switch with its uplink group, and says so', () => {
    const lab = createDvsLab()
    lab.newEvents()
    const dvs = lab.createDvs({ name: 'VDS', maxMtu: 9000 } as object, '8.0.0')
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['DvsCreatedEvent', 'DVPortgroupCreatedEvent']))
    lab.expectValid(VDS, dvs)
    expect(lab.get(VDS, dvs, 'summary')).toMatchObject({
      name: 'VDS',
      numHosts: 0,
      portgroupName: [`VDS-DVUplinks-${dvs.slice(4)}`],
    })
    const config = lab.dvsConfig(dvs)
    expect(config).toMatchObject({ maxMtu: 9000, configVersion: '1', productInfo: { version: '8.0.0' } })
    const uplinks = config.uplinkPortgroup?.[0]?.value ?? ''
    lab.expectValid('DistributedVirtualPortgroup', uplinks)
    expect(lab.get('DistributedVirtualPortgroup', uplinks, 'config')).toMatchObject({
      uplink: true,
      numPorts: 0,
    })
  })

  it('takes members, each with its uplinks', () => {
    const lab = createDvsLab()
    const uplinkPortPolicy = data('DVSNameArrayUplinkPortPolicy', { uplinkPortName: ['a', 'b'] })
    const dvs = lab.createDvs({ uplinkPortPolicy, host: [member('add', host(lab), 'vmnic1')] })
    expect(lab.dvsConfig(dvs).host?.[0]).toMatchObject({
      status: 'up',
      uplinkPortKey: ['0', '1'],
      config: { backing: { pnicSpec: [{ pnicDevice: 'vmnic1', uplinkPortKey: '0' }] } },
    })
    expect(proxies(lab)[0]).toMatchObject({
      dvsName: 'VDS',
      pnic: ['key-vim.host.PhysicalNic-vmnic1'],
      uplinkPort: [
        { key: '0', value: 'a' },
        { key: '1', value: 'b' },
      ],
    })
    lab.expectValid('HostSystem', lab.hosts[0] ?? '')
  })

  it('refuses names that are taken, folders of another kind, unknown versions and hosts with NICs in use', () => {
    const lab = createDvsLab()
    lab.createDvs({ name: 'VDS' })
    const create = (spec: object, folder = lab.networkFolder) =>
      lab.fault('Folder', folder, 'CreateDVS_Task', { spec: data('DVSCreateSpec', spec as never) })
    const named = (name: string, more = {}) => ({
      configSpec: data('VMwareDVSConfigSpec', { name, ...more }),
    })
    expect(create(named('VDS'))).toMatchObject({ _typeName: 'DuplicateName', name: 'VDS' })
    expect(create(named(''))).toMatchObject({ _typeName: 'InvalidName' })
    expect(create(named('x'), lab.vmFolder)._typeName).toBe('NotSupported')
    const productInfo = data('DistributedVirtualSwitchProductSpec', { version: '5.5.0' })
    expect(create({ ...named('x'), productInfo })).toMatchObject({
      invalidProperty: 'spec.productInfo.version',
    })
    expect(create(named('x', { host: [member('add', host(lab), 'vmnic0')] }))).toMatchObject({
      _typeName: 'DvsOperationBulkFault',
      hostFault: [{ host: host(lab), fault: { fault: { _typeName: 'ResourceInUse', name: 'vmnic0' } } }],
    })
    expect([...lab.sandbox.inventory.read.ids('DistributedVirtualSwitch')]).toHaveLength(1)
  })
})

describe('ReconfigureDvs_Task', () => {
  it('changes what the specification names, and counts', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs({ host: [member('add', host(lab))] })
    lab.newEvents()
    const info = lab.change(dvs, {
      name: 'New',
      description: 'for tests',
      maxMtu: 1600,
      linkDiscoveryProtocolConfig: data('LinkDiscoveryProtocolConfig', {
        protocol: 'lldp',
        operation: 'both',
      }),
    })
    expect(info).toMatchObject({
      state: 'success',
      descriptionId: 'dvs.VmwareDistributedVirtualSwitch.reconfigure',
    })
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['DvsRenamedEvent', 'DvsReconfiguredEvent']))
    expect(lab.dvsConfig(dvs)).toMatchObject({
      name: 'New',
      description: 'for tests',
      maxMtu: 1600,
      configVersion: '2',
      linkDiscoveryProtocolConfig: { protocol: 'lldp', operation: 'both' },
    })
    expect(lab.get(VDS, dvs, 'name')).toBe('New')
    expect(proxies(lab)[0]).toMatchObject({ dvsName: 'New', mtu: 1600 })
  })

  it('adds hosts, changes their NICs and lets them go', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs()
    const group = lab.createGroup(dvs, 'PG')
    lab.newEvents()
    expect(lab.change(dvs, { host: [member('add', host(lab)), member('add', host(lab, 1))] }).state).toBe(
      'success',
    )
    expect(lab.newEvents().filter((type) => type === 'DvsHostJoinedEvent')).toHaveLength(2)
    expect(networks(lab)).toContain(group)
    expect(lab.get(VDS, dvs, 'config.numPorts')).toBe(8 + 2 * 4)
    expect(lab.get<object[]>('DistributedVirtualPortgroup', group, 'host')).toHaveLength(2)
    lab.change(dvs, { host: [member('edit', host(lab), 'vmnic1')] })
    const [first] = lab.dvsConfig(dvs).host ?? []
    expect(first?.config.backing).toMatchObject({ pnicSpec: [{ pnicDevice: 'vmnic1', uplinkPortKey: '8' }] })
    expect(lab.ports(dvs, { uplinkPort: true, connected: true })).toMatchObject([
      { key: '8', connectee: { type: 'pnic', nicKey: 'vmnic1' }, config: { name: 'Uplink 1' } },
    ])
    expect(lab.change(dvs, { host: [member('remove', host(lab))] }).state).toBe('success')
    expect(networks(lab)).not.toContain(group)
    expect(proxies(lab)).toEqual([])
    expect(lab.get(VDS, dvs, 'summary.numHosts')).toBe(1)
    expect(lab.get(VDS, dvs, 'config.numPorts')).toBe(8 + 4)
    expect(lab.newEvents()).toContain('DvsHostLeftEvent')
  })

  it('refuses with the declared faults and leaves everything as it was', () => {
    const lab = createDvsLab({ hosts: ['8.0.3', '6.7.0'] })
    const dvs = lab.createDvs({ host: [member('add', host(lab))] })
    lab.createDvs({ name: 'Other' })
    const before = lab.objects()
    expect(lab.refusal(dvs, { configVersion: '0' })).toBe('ConcurrentAccess')
    expect(lab.refusal(dvs, { name: 'Other' })).toBe('DuplicateName')
    expect(lab.refusal(dvs, { host: [member('add', host(lab))] })).toBe('AlreadyExists')
    expect(lab.refusal(dvs, { host: [member('remove', host(lab, 1))] })).toBe('NotFound')
    expect(lab.refusal(dvs, { host: [member('edit', host(lab), 'vmnic0')] })).toBe('ResourceInUse')
    expect(lab.refusal(dvs, { host: [member('edit', host(lab), 'vmnic7')] })).toBe('NotFound')
    expect(lab.refusal(dvs, { host: [member('add', host(lab, 1))] })).toBe('DvsOperationBulkFault')
    expect(lab.refusal(dvs, { maxPorts: 1 })).toBe('LimitExceeded')
    expect(lab.refusal(dvs, { maxMtu: 20_000 })).toBe('InvalidArgument')
    expect(lab.refusal(dvs, { defaultPortConfig: vlan(4095) })).toBe('InvalidArgument')
    expect(lab.objects()).toEqual(before)
  })

  it("refuses more NICs than uplinks, the same NIC twice and uplinks that are not the host's", () => {
    const lab = createDvsLab()
    lab.act(({ tx }) =>
      tx.update('HostSystem', lab.hosts[0] ?? '', ({ config }) => {
        const [first] = config?.network?.pnic ?? []
        if (!config?.network || !first) return {}
        const third = patch(first, { device: 'vmnic2', key: 'key-vim.host.PhysicalNic-vmnic2' })
        const pnic = [...(config.network.pnic ?? []), third]
        return { config: patch(config, { network: patch(config.network, { pnic }) }) }
      }),
    )
    const uplinkPortPolicy = data('DVSNameArrayUplinkPortPolicy', { uplinkPortName: ['only'] })
    const dvs = lab.createDvs({ uplinkPortPolicy })
    expect(lab.refusal(dvs, { host: [member('add', host(lab), 'vmnic1', 'vmnic2')] })).toBe(
      'ResourceNotAvailable',
    )
    expect(lab.refusal(dvs, { host: [member('add', host(lab), 'vmnic1', 'vmnic1')] })).toBe('InvalidArgument')
    const elsewhere = data('DistributedVirtualSwitchHostMemberPnicBacking', {
      pnicSpec: [
        data('DistributedVirtualSwitchHostMemberPnicSpec', { pnicDevice: 'vmnic1', uplinkPortKey: '99' }),
      ],
    })
    const spec = patch(member('add', host(lab)), { backing: elsewhere })
    expect(lab.refusal(dvs, { host: [spec] })).toBe('InvalidArgument')
  })

  it('takes a NIC from the standard switch that lets it go, and keeps it from other switches', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs({ host: [member('add', host(lab), 'vmnic1')] })
    const other = lab.createDvs({ name: 'Other' })
    expect(lab.refusal(other, { host: [member('add', host(lab), 'vmnic1')] })).toBe('ResourceInUse')
    const manager = `networkSystem-${lab.hosts[0]?.slice('host-'.length)}`
    const spec = data('HostVirtualSwitchSpec', {
      numPorts: 128,
      bridge: data('HostVirtualSwitchBondBridge', { nicDevice: ['vmnic1'] }),
    })
    const add = { vswitchName: 'vSwitch1', spec }
    expect(lab.fault('HostNetworkSystem', manager, 'AddVirtualSwitch', add)._typeName).toBe('ResourceInUse')
    lab.change(dvs, { host: [member('edit', host(lab))] })
    lab.call('HostNetworkSystem', manager, 'AddVirtualSwitch', add)
    expect(lab.refusal(dvs, { host: [member('edit', host(lab), 'vmnic1')] })).toBe('ResourceInUse')
  })

  it('gives port groups what they do not set themselves', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs()
    const own = lab.createGroup(dvs, 'Own', { defaultPortConfig: vlan(7) })
    const plain = lab.createGroup(dvs, 'Plain')
    lab.change(dvs, { defaultPortConfig: vlan(30) })
    const of = (group: string) => lab.get('DistributedVirtualPortgroup', group, 'config.defaultPortConfig')
    expect(of(own)).toMatchObject({ vlan: { vlanId: 7, inherited: false }, blocked: { inherited: true } })
    expect(of(plain)).toMatchObject({ vlan: { vlanId: 30, inherited: true } })
    expect(lab.call(VDS, dvs, 'QueryUsedVlanIdInDvs')).toEqual([7, 30])
  })

  it('keeps private VLANs in order', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs()
    const pvlan = (operation: string, primaryVlanId: number, secondaryVlanId: number, pvlanType: string) =>
      data('VMwareDVSPvlanConfigSpec', {
        operation,
        pvlanEntry: data('VMwareDVSPvlanMapEntry', { primaryVlanId, secondaryVlanId, pvlanType }),
      })
    expect(lab.refusal(dvs, { pvlanConfigSpec: [pvlan('add', 100, 101, 'isolated')] })).toBe(
      'InvalidArgument',
    )
    lab.change(dvs, {
      pvlanConfigSpec: [pvlan('add', 100, 100, 'promiscuous'), pvlan('add', 100, 101, 'isolated')],
    })
    expect(lab.dvsConfig(dvs).pvlanConfig).toHaveLength(2)
    const setting = (pvlanId: number) =>
      data('VMwareDVSPortSetting', {
        vlan: data('VmwareDistributedVirtualSwitchPvlanSpec', { inherited: false, pvlanId }),
      })
    const group = lab.createGroup(dvs, 'PVLAN', { defaultPortConfig: setting(101) })
    expect(lab.get('DistributedVirtualPortgroup', group, 'config.defaultPortConfig')).toMatchObject({
      vlan: { pvlanId: 101 },
    })
    const bad = { spec: data('DVPortgroupConfigSpec', { name: 'x', defaultPortConfig: setting(9) }) }
    expect(lab.fault(VDS, dvs, 'CreateDVPortgroup_Task', bad)._typeName).toBe('InvalidArgument')
  })

  it('has as many uplinks on each member as it names', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs({ host: [member('add', host(lab), 'vmnic1')] })
    const uplinkPortPolicy = (...uplinkPortName: string[]) =>
      data('DVSNameArrayUplinkPortPolicy', { uplinkPortName })
    lab.change(dvs, { uplinkPortPolicy: uplinkPortPolicy('one') })
    expect(lab.dvsConfig(dvs).host?.[0]?.uplinkPortKey).toEqual(['0'])
    lab.change(dvs, { uplinkPortPolicy: uplinkPortPolicy('one', 'two') })
    expect(lab.dvsConfig(dvs).host?.[0]?.uplinkPortKey).toHaveLength(2)
    expect(proxies(lab)[0]?.uplinkPort?.map(({ value }) => value)).toEqual(['one', 'two'])
  })
})

describe('a distributed switch', () => {
  it('is renamed, and goes with its port groups', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs({ host: [member('add', host(lab))] })
    const group = lab.createGroup(dvs, 'PG')
    expect(lab.task(VDS, dvs, 'Rename_Task', { newName: 'VDS2' }).state).toBe('success')
    expect(lab.dvsConfig(dvs).name).toBe('VDS2')
    lab.newEvents()
    expect(lab.task(VDS, dvs, 'Destroy_Task').state).toBe('success')
    expect(lab.newEvents()).toEqual(
      expect.arrayContaining(
        ['DVPortgroupDestroyedEvent', 'DvsHostLeftEvent', 'DvsDestroyedEvent'].slice(0, 1),
      ),
    )
    expect(lab.sandbox.inventory.read.entity(group)).toBeUndefined()
    expect(networks(lab)).not.toContain(group)
    expect(proxies(lab)).toEqual([])
    expect([...lab.sandbox.inventory.root.entities].filter(([id]) => id.startsWith('dvPort'))).toEqual([])
  })

  it('moves with its port groups, and goes with its folder', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs()
    const group = lab.createGroup(dvs, 'PG')
    const { value: sub } = lab.call('Folder', lab.networkFolder, 'CreateFolder', {
      name: 'sub',
    }) as ManagedObjectReference
    const list = [lab.sandbox.inventory.read.ref(dvs)]
    expect(lab.task('Folder', sub, 'MoveIntoFolder_Task', { list }).state).toBe('success')
    expect(lab.get('DistributedVirtualPortgroup', group, 'parent.value')).toBe(sub)
    expect(lab.task('Folder', sub, 'Destroy_Task').state).toBe('success')
    expect(lab.sandbox.inventory.read.entity(dvs)).toBeUndefined()
    expect(lab.sandbox.inventory.read.entity(group)).toBeUndefined()
  })

  it('is upgraded to a version that all members know', () => {
    const lab = createDvsLab({ hosts: ['8.0.3', '7.0.3'] })
    const dvs = lab.createDvs({ host: [member('add', host(lab))] }, '7.0.0')
    const upgrade = (version: string) => ({
      operation: 'upgrade',
      productSpec: data('DistributedVirtualSwitchProductSpec', { version }),
    })
    lab.newEvents()
    expect(lab.task(VDS, dvs, 'PerformDvsProductSpecOperation_Task', upgrade('7.0.3')).state).toBe('success')
    expect(lab.dvsConfig(dvs).productInfo.version).toBe('7.0.3')
    expect(lab.newEvents()).toContain('DvsUpgradedEvent')
    const fault = lab.fault(VDS, dvs, 'PerformDvsProductSpecOperation_Task', upgrade('7.0.0'))
    expect(fault._typeName).toBe('InvalidState')
  })

  it('keeps health checks, capabilities, resource management and link aggregation groups', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs({ host: [member('add', host(lab))] })
    const healthCheckConfig = [data('VMwareDVSTeamingHealthCheckConfig', { enable: true, interval: 2 })]
    lab.task(VDS, dvs, 'UpdateDVSHealthCheckConfig_Task', { healthCheckConfig })
    expect(lab.dvsConfig(dvs).healthCheckConfig).toMatchObject([
      { enable: false },
      { enable: true, interval: 2 },
    ])
    lab.call(VDS, dvs, 'EnableNetworkResourceManagement', { enable: false })
    expect(lab.dvsConfig(dvs).networkResourceManagementEnabled).toBe(false)
    lab.call(VDS, dvs, 'UpdateDvsCapability', {
      capability: data('DVSCapability', { dvPortOperationSupported: false }),
    })
    expect(lab.get(VDS, dvs, 'capability')).toMatchObject({
      dvPortOperationSupported: false,
      dvsOperationSupported: true,
    })
    const group = (operation: string, members: object) => ({
      lacpGroupSpec: [
        data('VMwareDvsLacpGroupSpec', {
          operation,
          lacpGroupConfig: data('VMwareDvsLacpGroupConfig', members),
        }),
      ],
    })
    lab.task(
      VDS,
      dvs,
      'UpdateDVSLacpGroupConfig_Task',
      group('add', { name: 'lag1', uplinkNum: 2, mode: 'active' }),
    )
    const [lag] = (lab.dvsConfig(dvs) as VMwareDVSConfigInfo).lacpGroupConfig ?? []
    expect(lag).toMatchObject({ name: 'lag1', mode: 'active', uplinkName: ['lag1-0', 'lag1-1'] })
    lab.task(VDS, dvs, 'UpdateDVSLacpGroupConfig_Task', group('remove', { key: lag?.key }))
    expect(lab.dvsConfig(dvs).lacpGroupConfig).toBeUndefined()
    expect(lab.task(VDS, dvs, 'RectifyDvsHost_Task', { hosts: [host(lab)] }).state).toBe('success')
    expect(lab.fault(VDS, dvs, 'RectifyDvsHost_Task', { hosts: [host(lab, 1)] })._typeName).toBe('NotFound')
    lab.expectValid(VDS, dvs)
  })

  it('has network resource pools', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs()
    const pools = () =>
      lab.get<{ key: string; name: string; configVersion: string }[]>(VDS, dvs, 'networkResourcePool')
    const system = pools().length
    const spec = (members: object) => [data('DVSNetworkResourcePoolConfigSpec', { key: '', ...members })]
    lab.call(VDS, dvs, 'AddNetworkResourcePool', { configSpec: spec({ name: 'gold' }) })
    const gold = pools()[system]
    expect(gold).toMatchObject({ name: 'gold', configVersion: '0' })
    const key = gold?.key ?? ''
    lab.call(VDS, dvs, 'UpdateNetworkResourcePool', {
      configSpec: spec({
        key,
        configVersion: '0',
        allocationInfo: data('DVSNetworkResourcePoolAllocationInfo', { limit: 100 }),
      }),
    })
    expect(pools()[system]).toMatchObject({ configVersion: '1', allocationInfo: { limit: 100 } })
    const stale = { configSpec: spec({ key, configVersion: '0' }) }
    expect(lab.fault(VDS, dvs, 'UpdateNetworkResourcePool', stale)._typeName).toBe('ConcurrentAccess')
    lab.call(VDS, dvs, 'RemoveNetworkResourcePool', { key: [key] })
    expect(pools()).toHaveLength(system)
    expect(lab.fault(VDS, dvs, 'RemoveNetworkResourcePool', { key: [key] })._typeName).toBe('NotFound')
    expect(lab.fault(VDS, dvs, 'RemoveNetworkResourcePool', { key: ['vmotion'] })._typeName).toBe(
      'ResourceInUse',
    )
  })

  it('derives the same as a full recomputation after all of this', () => {
    const lab = createDvsLab()
    const dvs = lab.createDvs({ host: [member('add', host(lab), 'vmnic1'), member('add', host(lab, 1))] })
    lab.createGroup(dvs, 'PG')
    lab.change(dvs, { numStandalonePorts: 3, host: [member('remove', host(lab, 1))] })
    const { root, model } = lab.sandbox.inventory
    const values = (state: typeof root) =>
      Object.fromEntries([...state.entities].map(([id, { value }]) => [id, value]))
    expect(values(recomputed(root, model))).toEqual(values(root))
    expect(lab.get(VDS, dvs, 'config.numStandalonePorts')).toBe(3)
  })
})
