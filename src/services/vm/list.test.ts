import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

const VM = 'com.vmware.vcenter.VM'

/** A VM that runs, one that is off in a folder and a pool of its own, and a template. */
function world() {
  const lab = createServiceLab()
  const created = (type: string, id: string, method: string, args: object) =>
    (lab.call(type, id, method, args) as { value: string }).value
  const folder = created('Folder', lab.vmFolder, 'CreateFolder', { name: 'web' })
  const on = lab.create({ name: 'on' })
  lab.task('VirtualMachine', on, 'PowerOnVM_Task')
  const off = lab.create({ name: 'off', numCPUs: 1, memoryMB: 512 })
  lab.task('Folder', folder, 'MoveIntoFolder_Task', { list: [lab.sandbox.inventory.read.ref(off)] })
  const template = lab.create({ name: 'template' })
  lab.call('VirtualMachine', template, 'MarkAsTemplate')
  const ids = async (filter: object) => (await lab.invoke(VM, 'list', { filter })).map((found) => found.vm)
  const host = lab.get<{ host: { value: string } }>('VirtualMachine', on, 'runtime').host.value
  return { lab, folder, on, off, template, ids, host }
}

describe('the list of VMs', () => {
  it('tells what there is, without templates', async () => {
    const { lab, on, off } = world()
    expect(await lab.invoke(VM, 'list', {})).toEqual([
      { vm: on, name: 'on', power_state: 'POWERED_ON', cpu_count: 2, memory_size_MiB: 1024 },
      { vm: off, name: 'off', power_state: 'POWERED_OFF', cpu_count: 1, memory_size_MiB: 512 },
    ])
  })

  it('is narrowed by every property; one without values narrows nothing', async () => {
    const { lab, folder, on, off, template, ids, host } = world()
    expect(await ids({ vms: [off, template, 'vm-999'] })).toEqual([off])
    expect(await ids({ vms: [], names: [], power_states: [], hosts: [] })).toEqual([on, off])
    expect(await ids({ names: ['on', 'template'] })).toEqual([on])
    expect(await ids({ power_states: ['POWERED_OFF', 'SUSPENDED'] })).toEqual([off])
    expect(await ids({ hosts: [host], power_states: ['POWERED_ON'] })).toEqual([on])
    expect(await ids({ hosts: ['host-999'] })).toEqual([])
    expect(await ids({ clusters: [lab.cluster] })).toEqual([on, off])
    expect(await ids({ resource_pools: [lab.pool.value], names: ['off'] })).toEqual([off])
    expect(await ids({ folders: [folder] })).toEqual([off])
    expect(await ids({ folders: [lab.vmFolder] })).toEqual([on])
    expect(await ids({ datacenters: [lab.datacenter], folders: [folder, lab.vmFolder] })).toEqual([on, off])
    expect(await ids({ datacenters: ['datacenter-99'] })).toEqual([])
  })
})
