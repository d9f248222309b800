import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { add } from '../vm/testing.js'
import { createDvsLab, type DvsLab, member, vlan } from './testing.js'

const VDS = 'VmwareDistributedVirtualSwitch'
const PG = 'DistributedVirtualPortgroup'

function labWithSwitch() {
  const lab = createDvsLab()
  const host = lab.hosts.map((id) => member('add', lab.sandbox.inventory.read.ref(id)))
  return { lab, dvs: lab.createDvs({ host }) }
}

const reconfigure = (lab: DvsLab, group: string, spec: object) => {
  const { configVersion } = lab.get<{ configVersion: string }>(PG, group, 'config')
  return { spec: data('DVPortgroupConfigSpec', { configVersion, ...spec }) }
}

describe('a distributed port group', () => {
  it('is made one at a time or several at once', () => {
    const { lab, dvs } = labWithSwitch()
    lab.newEvents()
    const group = lab.createGroup(dvs, 'One', { numPorts: 16, autoExpand: false, defaultPortConfig: vlan(5) })
    expect(lab.newEvents()).toContain('DVPortgroupCreatedEvent')
    expect(lab.get(PG, group, 'config')).toMatchObject({
      numPorts: 16,
      autoExpand: false,
      type: 'earlyBinding',
    })
    expect(lab.get(PG, group, 'portKeys')).toHaveLength(16)
    const spec = ['Two', 'Three'].map((name) => data('DVPortgroupConfigSpec', { name, type: 'ephemeral' }))
    expect(lab.task(VDS, dvs, 'AddDVPortgroup_Task', { spec }).state).toBe('success')
    expect(lab.get<string[]>(VDS, dvs, 'summary.portgroupName')).toEqual(
      expect.arrayContaining(['One', 'Two', 'Three']),
    )
    lab.expectValid(PG, group)
    expect(lab.call(VDS, dvs, 'LookupDvPortGroup', { portgroupKey: group })).toMatchObject({ value: group })
    expect(lab.fault(VDS, dvs, 'LookupDvPortGroup', { portgroupKey: 'no' })._typeName).toBe('NotFound')
  })

  it('is made with a name and a VLAN that it can have, or not at all', () => {
    const { lab, dvs } = labWithSwitch()
    lab.createGroup(dvs, 'One')
    const refused = (...specs: object[]) =>
      lab.fault(VDS, dvs, 'AddDVPortgroup_Task', {
        spec: specs.map((each) => data('DVPortgroupConfigSpec', each)),
      })
    expect(refused({ name: 'One' })._typeName).toBe('DuplicateName')
    expect(refused({ name: ' ' })._typeName).toBe('InvalidName')
    expect(refused({ name: 'Two', type: 'sometimes' })).toMatchObject({ invalidProperty: 'spec.type' })
    expect(refused({ name: 'Two' }, { name: 'Two' })._typeName).toBe('DuplicateName')
    expect(refused({ name: 'Two', defaultPortConfig: vlan(5000) })._typeName).toBe('InvalidArgument')
    expect(lab.get<object[]>(VDS, dvs, 'portgroup')).toHaveLength(2)
  })

  it('is changed as far as the specification goes', () => {
    const { lab, dvs } = labWithSwitch()
    const group = lab.createGroup(dvs, 'One', { defaultPortConfig: vlan(5), description: 'first' })
    lab.newEvents()
    const info = lab.task(
      PG,
      group,
      'ReconfigureDVPortgroup_Task',
      reconfigure(lab, group, { name: 'Uno', numPorts: 20 }),
    )
    expect(info).toMatchObject({
      state: 'success',
      descriptionId: 'dvs.DistributedVirtualPortgroup.reconfigure',
    })
    expect(lab.newEvents()).toEqual(
      expect.arrayContaining(['DVPortgroupRenamedEvent', 'DVPortgroupReconfiguredEvent']),
    )
    expect(lab.get(PG, group, 'config')).toMatchObject({
      name: 'Uno',
      description: 'first',
      numPorts: 20,
      configVersion: '1',
      defaultPortConfig: { vlan: { vlanId: 5 } },
    })
    lab.task(PG, group, 'ReconfigureDVPortgroup_Task', reconfigure(lab, group, { numPorts: 2 }))
    expect(lab.get(PG, group, 'portKeys')).toHaveLength(2)
    const stale = { spec: data('DVPortgroupConfigSpec', { configVersion: '0' }) }
    expect(lab.fault(PG, group, 'ReconfigureDVPortgroup_Task', stale)._typeName).toBe('ConcurrentAccess')
    expect(lab.task(PG, group, 'Rename_Task', { newName: 'One' }).state).toBe('success')
    expect(lab.get(PG, group, 'config.name')).toBe('One')
  })

  it('goes when nobody is on it; the uplinks stay', () => {
    const { lab, dvs } = labWithSwitch()
    const group = lab.createGroup(dvs, 'One')
    const nic = data('VirtualVmxnet3', { key: -1, backing: lab.backing(group) })
    const vm = lab.create({ deviceChange: [add(nic)] })
    expect(lab.fault(PG, group, 'Destroy_Task')).toMatchObject({
      _typeName: 'ResourceInUse',
      name: lab.port(vm).portKey,
    })
    expect(lab.fault(VDS, dvs, 'Destroy_Task')._typeName).toBe('ResourceInUse')
    const busy = reconfigure(lab, group, { type: 'ephemeral' })
    expect(lab.fault(PG, group, 'ReconfigureDVPortgroup_Task', busy)._typeName).toBe('InvalidArgument')
    expect(
      lab.refusal(dvs, { host: [member('remove', lab.get('VirtualMachine', vm, 'runtime.host'))] }),
    ).toBe('ResourceInUse')
    lab.task('VirtualMachine', vm, 'Destroy_Task')
    expect(lab.task(PG, group, 'Destroy_Task').state).toBe('success')
    const [uplinks] = lab.dvsConfig(dvs).uplinkPortgroup ?? []
    expect(lab.fault(PG, uplinks?.value ?? '', 'Destroy_Task')._typeName).toBe('NotSupported')
  })
})
