import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { add, card, edit, remove } from '../vm/testing.js'
import { createDvsLab, type DvsLab, member, vlan } from './testing.js'

const VDS = 'VmwareDistributedVirtualSwitch'

function labWithGroup(spec: object = {}) {
  const lab = createDvsLab()
  const hosts = lab.hosts.map((id) => lab.sandbox.inventory.read.ref(id))
  const dvs = lab.createDvs({ host: hosts.map((host) => member('add', host)) })
  const group = lab.createGroup(dvs, 'PG', spec)
  return { lab, dvs, group, hosts }
}

const nic = (lab: DvsLab, group: string, portKey?: string) =>
  data('VirtualVmxnet3', { key: -1, backing: lab.backing(group, portKey) })

const withCard = (lab: DvsLab, group: string, name: string, portKey?: string) =>
  lab.create({ name, deviceChange: [add(nic(lab, group, portKey))] })

describe('ports of VMs', () => {
  it('are given when a VM is made, and free again when its card goes', () => {
    const { lab, dvs, group } = labWithGroup()
    lab.newEvents()
    const vm = withCard(lab, group, 'a')
    expect(lab.newEvents()).toContain('DvsPortConnectedEvent')
    const port = lab.port(vm)
    expect(port).toMatchObject({
      portgroupKey: group,
      portKey: expect.any(String),
      connectionCookie: expect.any(Number),
    })
    expect(lab.ports(dvs, { connected: true })).toMatchObject([
      {
        key: port.portKey,
        portgroupKey: group,
        connectionCookie: port.connectionCookie,
        connectee: { connectedEntity: { value: vm }, nicKey: '4000', type: 'vmVnic' },
        proxyHost: lab.get('VirtualMachine', vm, 'runtime.host'),
        state: { runtimeInfo: { linkUp: false } },
      },
    ])
    expect(lab.get<ManagedObjectReference[]>('DistributedVirtualPortgroup', group, 'vm')).toHaveLength(1)
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(lab.ports(dvs, { active: true, uplinkPort: false })).toMatchObject([
      { key: port.portKey, state: { runtimeInfo: { linkUp: true, linkPeer: 'a.eth0' } } },
    ])
    lab.newEvents()
    const info = lab.reconfigure(vm, { deviceChange: [remove(lab.device(vm, 4000) ?? {})] })
    expect(info.state).toBe('success')
    expect(lab.newEvents()).toContain('DvsPortDisconnectedEvent')
    expect(lab.ports(dvs, { connected: true })).toEqual([])
  })

  it('are another for each card, as asked for or the lowest free one', () => {
    const { lab, group } = labWithGroup()
    const keys = lab.get<string[]>('DistributedVirtualPortgroup', group, 'portKeys')
    expect(lab.port(withCard(lab, group, 'a', keys[3])).portKey).toBe(keys[3])
    expect(lab.port(withCard(lab, group, 'b')).portKey).toBe(keys[0])
    const two = lab.create({
      name: 'c',
      deviceChange: [add(nic(lab, group)), add({ ...nic(lab, group), key: -2 })],
    })
    expect([lab.port(two, 4000).portKey, lab.port(two, 4001).portKey]).toEqual([keys[1], keys[2]])
    const before = lab.port(two)
    lab.reconfigure(two, { deviceChange: [edit({ ...lab.device(two, 4000), wakeOnLanEnabled: false })] })
    expect(lab.port(two)).toBe(before)
  })

  it('follow the VM to another group and through clones', () => {
    const { lab, dvs, group } = labWithGroup()
    const other = lab.createGroup(dvs, 'Other')
    const vm = withCard(lab, group, 'a')
    const first = lab.port(vm)
    const folder = lab.sandbox.inventory.read.ref(lab.vmFolder)
    const spec = data('VirtualMachineCloneSpec', {
      location: data('VirtualMachineRelocateSpec', {}),
      powerOn: false,
      template: false,
    })
    const info = lab.task('VirtualMachine', vm, 'CloneVM_Task', { folder, name: 'clone', spec })
    const clone = (info.result as ManagedObjectReference).value
    expect(lab.port(clone)).toMatchObject({ portgroupKey: group })
    expect(lab.port(clone).portKey).not.toBe(first.portKey)
    lab.reconfigure(vm, { deviceChange: [edit({ ...lab.device(vm, 4000), backing: lab.backing(other) })] })
    expect(lab.port(vm).portgroupKey).toBe(other)
    expect(lab.ports(dvs, { portgroupKey: [group], inside: true, connected: true })).toHaveLength(1)
    expect(lab.ports(dvs, { portgroupKey: [group], inside: false, connected: true })).toHaveLength(1)
  })

  it('are given when a VM comes from a standard network in a move, and when it goes back to a snapshot', () => {
    const { lab, dvs, group } = labWithGroup()
    const vm = lab.create({ name: 'a', deviceChange: [add(card())] })
    lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    const moved = edit({ ...lab.device(vm, 4000), backing: lab.backing(group) })
    const spec = data('VirtualMachineRelocateSpec', { deviceChange: [moved] })
    expect(lab.task('VirtualMachine', vm, 'RelocateVM_Task', { spec }).state).toBe('success')
    const { portKey } = lab.port(vm)
    expect(lab.ports(dvs, { connected: true })).toMatchObject([{ key: portKey }])
    lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 't', memory: false, quiesce: false })
    lab.task('VirtualMachine', vm, 'RevertToCurrentSnapshot_Task', {})
    expect(lab.port(vm).portKey).toBe(portKey)
    const [first] = lab.get<{ snapshot: ManagedObjectReference }[]>(
      'VirtualMachine',
      vm,
      'snapshot.rootSnapshotList',
    )
    const other = withCard(lab, group, 'b', undefined)
    lab.task('VirtualMachineSnapshot', first?.snapshot.value ?? '', 'RevertToSnapshot_Task', {})
    expect(lab.ports(dvs, { connected: true })).toMatchObject([{ key: lab.port(other).portKey }])
  })

  it('grow with an elastic group and run out in a fixed one', () => {
    const { lab, dvs, group } = labWithGroup({ numPorts: 1 })
    withCard(lab, group, 'a')
    expect(lab.port(withCard(lab, group, 'b')).portKey).toBeDefined()
    expect(lab.get('DistributedVirtualPortgroup', group, 'config.numPorts')).toBe(9)
    const fixed = lab.createGroup(dvs, 'Fixed', { numPorts: 1, autoExpand: false })
    const vm = withCard(lab, fixed, 'c')
    const info = lab.reconfigure(vm, { deviceChange: [add({ ...nic(lab, fixed), key: -2 })] })
    expect(info.error?.fault).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.deviceChange.device.port.portKey',
    })
    expect(lab.device(vm, 4001)).toBeUndefined()
  })

  it('of an ephemeral group come and go with the power', () => {
    const { lab, dvs, group } = labWithGroup({ type: 'ephemeral' })
    expect(lab.get('DistributedVirtualPortgroup', group, 'portKeys')).toEqual([])
    const vm = withCard(lab, group, 'a')
    expect(lab.port(vm).portKey).toBeUndefined()
    expect(lab.fault('DistributedVirtualPortgroup', group, 'Destroy_Task')._typeName).toBe('ResourceInUse')
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const { portKey } = lab.port(vm)
    expect(lab.get('DistributedVirtualPortgroup', group, 'portKeys')).toEqual([portKey])
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    expect(lab.port(vm).portKey).toBeUndefined()
    expect(lab.ports(dvs, { portgroupKey: [group] })).toEqual([])
  })

  it('are refused on switches, groups and ports that the VM cannot have', () => {
    const { lab, dvs, group, hosts } = labWithGroup()
    const taken = lab.port(withCard(lab, group, 'a')).portKey
    const vm = lab.create({ name: 'b' })
    const host = lab.get<ManagedObjectReference>('VirtualMachine', vm, 'runtime.host')
    const refused = (port: object) => {
      const backing = lab.backing(group)
      const device = data('VirtualVmxnet3', {
        key: -1,
        backing: { ...backing, port: { ...backing.port, ...port } } as typeof backing,
      })
      return lab.fault('VirtualMachine', vm, 'ReconfigVM_Task', {
        spec: data('VirtualMachineConfigSpec', { deviceChange: [add(device)] }),
      })
    }
    const at = (member: string) => ({
      _typeName: 'InvalidArgument',
      invalidProperty: `spec.deviceChange.device.port.${member}`,
    })
    expect(refused({ switchUuid: 'no' })).toMatchObject(at('switchUuid'))
    expect(refused({ portgroupKey: 'dvportgroup-0' })).toMatchObject(at('portgroupKey'))
    expect(refused({ portgroupKey: lab.dvsConfig(dvs).uplinkPortgroup?.[0]?.value })).toMatchObject(
      at('portgroupKey'),
    )
    expect(refused({ portKey: '9999' })).toMatchObject(at('portKey'))
    expect(refused({ portKey: taken })).toMatchObject(at('portKey'))
    const other = hosts.find(({ value }) => value !== host.value)
    const elsewhere = lab.createDvs({ name: 'Elsewhere', host: other ? [member('add', other)] : [] })
    expect(refused({ switchUuid: lab.get(VDS, elsewhere, 'uuid') })).toMatchObject(at('switchUuid'))
  })

  it('carry the VM to hosts of the switch only', () => {
    const { lab, dvs, group, hosts } = labWithGroup()
    for (const { value } of hosts)
      lab.call(
        'HostVirtualNicManager',
        `virtualNicManager-${value.slice('host-'.length)}`,
        'SelectVnicForNicType',
        {
          nicType: 'vmotion',
          device: 'vmk0',
        },
      )
    const vm = withCard(lab, group, 'a')
    const host = lab.get<ManagedObjectReference>('VirtualMachine', vm, 'runtime.host')
    const other = hosts.find(({ value }) => value !== host.value) as ManagedObjectReference
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host })
    lab.change(dvs, { host: [member('remove', other)] })
    const move = { host: other, priority: 'defaultPriority' }
    expect(lab.fault('VirtualMachine', vm, 'MigrateVM_Task', move)).toMatchObject({
      _typeName: 'CannotAccessNetwork',
      network: { value: group },
    })
    lab.change(dvs, { host: [member('add', other)] })
    expect(lab.task('VirtualMachine', vm, 'MigrateVM_Task', move).state).toBe('success')
    expect(lab.ports(dvs, { host: [other], connected: true })).toHaveLength(1)
  })
})

describe('ports of vmkernel adapters', () => {
  it('are given and taken back', () => {
    const { lab, dvs, group } = labWithGroup()
    const manager = `networkSystem-${lab.hosts[0]?.slice('host-'.length)}`
    const distributedVirtualPort = lab.backing(group).port
    const ip = data('HostIpConfig', { dhcp: false, ipAddress: '192.168.77.5', subnetMask: '255.255.255.0' })
    lab.newEvents()
    const device = lab.call('HostNetworkSystem', manager, 'AddVirtualNic', {
      portgroup: '',
      nic: data('HostVirtualNicSpec', { ip, distributedVirtualPort }),
    })
    expect(lab.newEvents()).toContain('DvsPortConnectedEvent')
    expect(lab.ports(dvs, { connected: true })).toMatchObject([
      { portgroupKey: group, connectee: { type: 'hostVmkVnic', nicKey: device } },
    ])
    expect(lab.fault('DistributedVirtualPortgroup', group, 'Destroy_Task')._typeName).toBe('ResourceInUse')
    const host = lab.sandbox.inventory.read.ref(lab.hosts[0] ?? '')
    expect(lab.refusal(dvs, { host: [member('remove', host)] })).toBe('ResourceInUse')
    lab.call('HostNetworkSystem', manager, 'RemoveVirtualNic', { device })
    expect(lab.newEvents()).toContain('DvsPortDisconnectedEvent')
    expect(lab.ports(dvs, { connected: true })).toEqual([])
  })
})

describe('ports by themselves', () => {
  it('are listed by key, with the settings of their group', () => {
    const { lab, dvs, group } = labWithGroup({ defaultPortConfig: vlan(9) })
    const [key] = lab.get<string[]>('DistributedVirtualPortgroup', group, 'portKeys')
    expect(lab.ports(dvs, { portKey: [key] })).toMatchObject([
      {
        key,
        conflict: false,
        config: { configVersion: '0', setting: { vlan: { vlanId: 9, inherited: true } } },
        state: { runtimeInfo: { linkUp: false, vlanIds: [{ start: 9, end: 9 }] } },
      },
    ])
    expect(lab.call(VDS, dvs, 'FetchDVPortKeys', {})).toHaveLength(16)
    expect(lab.call(VDS, dvs, 'RefreshDVPortState', { portKeys: [key] })).toBeUndefined()
    expect(lab.fault(VDS, dvs, 'RefreshDVPortState', { portKeys: ['77'] })._typeName).toBe('NotFound')
  })

  it('can be set differently as far as the group allows', () => {
    const { lab, dvs, group } = labWithGroup()
    const [key] = lab.get<string[]>('DistributedVirtualPortgroup', group, 'portKeys')
    const port = (members: object) => ({
      port: [data('DVPortConfigSpec', { operation: 'edit', key, ...members })],
    })
    const blocked = data('VMwareDVSPortSetting', {
      blocked: data('BoolPolicy', { inherited: false, value: true }),
    })
    lab.newEvents()
    const info = lab.task(
      VDS,
      dvs,
      'ReconfigureDVPort_Task',
      port({ name: 'door', setting: blocked, configVersion: '0' }),
    )
    expect(info.state).toBe('success')
    expect(lab.newEvents()).toContain('DvsPortReconfiguredEvent')
    expect(lab.ports(dvs, { portKey: [key] })).toMatchObject([
      {
        config: { name: 'door', configVersion: '1', setting: { blocked: { value: true, inherited: false } } },
        state: { runtimeInfo: { blocked: true } },
      },
    ])
    const fault = (members: object) => lab.fault(VDS, dvs, 'ReconfigureDVPort_Task', port(members))._typeName
    expect(fault({ configVersion: '0' })).toBe('ConcurrentAccess')
    expect(fault({ setting: vlan(4) })).toBe('DvsFault')
    expect(fault({ key: '777' })).toBe('NotFound')
  })

  it('can be in no group, and move', () => {
    const { lab, dvs, group } = labWithGroup()
    lab.newEvents()
    lab.task(VDS, dvs, 'ReconfigureDVPort_Task', {
      port: [data('DVPortConfigSpec', { operation: 'add', name: 'single' })],
    })
    expect(lab.newEvents()).toContain('DvsPortCreatedEvent')
    expect(lab.get(VDS, dvs, 'config.numStandalonePorts')).toBe(1)
    const single = lab.ports(dvs).find(({ portgroupKey }) => portgroupKey === undefined)
    expect(single?.config.name).toBe('single')
    const move = { portKey: [single?.key], destinationPortgroupKey: group }
    expect(lab.task(VDS, dvs, 'MoveDVPort_Task', move).state).toBe('success')
    expect(lab.newEvents()).toContain('DvsPortJoinPortgroupEvent')
    expect(lab.get('DistributedVirtualPortgroup', group, 'portKeys')).toContain(single?.key)
    const vm = withCard(lab, group, 'a', single?.key)
    const back = { portKey: [lab.port(vm).portKey] }
    expect(lab.fault(VDS, dvs, 'MoveDVPort_Task', back)._typeName).toBe('DvsFault')
    expect(lab.fault(VDS, dvs, 'MoveDVPort_Task', { portKey: ['777'] })._typeName).toBe('NotFound')
  })
})
