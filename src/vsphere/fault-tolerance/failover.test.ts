import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import { childNamed } from '../search-index/inventory-path.js'
import { setSelections } from '../vmkernel/selections.js'
import { createFtLab, createFtPair, type FtLab, hostRef, vmRef } from './testing.js'

const NO_ADMISSION = {
  dasConfig: data('ClusterDasConfigInfo', { enabled: true, admissionControlEnabled: false }),
  drsConfig: data('ClusterDrsConfigInfo', { enabled: true }),
}

const hostOf = (lab: FtLab, vm: string) => lab.runtime(vm).host?.value ?? ''

/** Of a story what is about FT. */
const ftStory = (lab: FtLab) =>
  lab.story().filter((line) => /vm-\d+:|Secondary|Failover|FaultTolerance|VmPowered/.test(line))

const extended = (lab: FtLab) =>
  lab.sandbox.inventory.root.events
    .toArray()
    .flatMap((event) => (event as { eventTypeId?: string }).eventTypeId ?? [])
    .filter((id) => id.includes('StartFTSecondary'))

describe("the loss of the primary's host", () => {
  it('makes the secondary the primary, which runs on, and starts another one on a third host', () => {
    const { lab, vm, secondary } = createFtPair()
    const lost = hostOf(lab, vm)
    const taking = hostOf(lab, secondary)
    lab.fail(lost)
    expect(ftStory(lab)).toEqual([
      `VmFaultToleranceVmTerminatedEvent@${vm}`,
      `VmPrimaryFailoverEvent@${secondary}`,
      `${vm}:running>enabled`,
      `${secondary}:running>needSecondary`,
      `VmStartingSecondaryEvent@${secondary}`,
      `${secondary}:needSecondary>starting`,
      `${vm}:enabled>starting`,
      `VmSecondaryStartedEvent@${secondary}`,
      `${secondary}:starting>running`,
      `${vm}:starting>running`,
    ])
    expect(hostOf(lab, secondary)).toBe(taking)
    expect([lost, taking]).not.toContain(hostOf(lab, vm))
    expect(lab.runtime(vm)).toMatchObject({ connectionState: 'connected', powerState: 'poweredOn' })
    expect(lab.config(secondary).ftInfo).toMatchObject({ role: 1 })
    const { read } = lab.sandbox.inventory
    const { name, parent } = read.get('VirtualMachine', vm)
    expect(childNamed(read, parent?.value ?? '', name)).toBe(secondary)
    expect(extended(lab)).toEqual(['com.vmware.vc.HA.StartFTSecondarySucceededEvent'])
    const silent = lab.sandbox.inventory.root.events.filter((event) => !event.fullFormattedMessage)
    expect(silent.toArray()).toEqual([])
  })

  it('leaves the VM unprotected when there is no third host, until one comes', () => {
    const { lab, vm, secondary } = createFtPair({ hosts: 2, cluster: NO_ADMISSION })
    const lost = hostOf(lab, vm)
    lab.fail(lost)
    expect(lab.states(vm, secondary)).toBe('needSecondary/enabled')
    expect(lab.runtime(secondary)).toMatchObject({
      needSecondaryReason: 'lostConnection',
      powerState: 'poweredOn',
    })
    expect(ftStory(lab)).toContain(`VmNoCompatibleHostForSecondaryEvent@${secondary}`)
    expect(extended(lab)).toEqual(['com.vmware.vc.HA.StartFTSecondaryFailedEvent'])
    lab.recover(lost)
    expect(lab.states(vm, secondary)).toBe('running/running')
    expect(lab.runtime(secondary).needSecondaryReason).toBeUndefined()
    expect(hostOf(lab, vm)).toBe(lost)
  })

  it('has HA restart a primary that was not protected, and its secondary follow', () => {
    const { lab, vm, secondary } = createFtPair()
    lab.run('PowerOffVM_Task')
    for (const host of lab.hosts.slice(1))
      lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0, evacuatePoweredOffVms: false })
    lab.reconfigureHa({ admissionControlEnabled: false })
    lab.run('PowerOnVM_Task')
    const lost = hostOf(lab, vm)
    expect(lab.states(secondary)).toBe('needSecondary/enabled')
    lab.fail(lost)
    expect(lab.runtime(vm).connectionState).toBe('disconnected')
    for (const host of lab.hosts.slice(1))
      lab.task('HostSystem', host, 'ExitMaintenanceMode_Task', { timeout: 0 })
    expect(lab.runtime(vm)).toMatchObject({ connectionState: 'connected', powerState: 'poweredOn' })
    expect(hostOf(lab, vm)).not.toBe(lost)
    expect(lab.states(secondary)).toBe('running/running')
  })
})

describe("the loss of the secondary's host", () => {
  it('starts the secondary on a third host', () => {
    const { lab, vm, secondary } = createFtPair()
    const lost = hostOf(lab, secondary)
    lab.fail(lost)
    expect(ftStory(lab)).toEqual([
      `${vm}:running>needSecondary`,
      `${secondary}:running>enabled`,
      `VmStartingSecondaryEvent@${vm}`,
      `${vm}:needSecondary>starting`,
      `${secondary}:enabled>starting`,
      `VmSecondaryStartedEvent@${vm}`,
      `${vm}:starting>running`,
      `${secondary}:starting>running`,
    ])
    expect([lost, hostOf(lab, vm)]).not.toContain(hostOf(lab, secondary))
    expect(lab.config(vm).ftInfo).toMatchObject({ role: 1 })
    expect(extended(lab)).toEqual(['com.vmware.vc.HA.StartFTSecondarySucceededEvent'])
  })

  it('does not touch a pair that is off, nor one that is suspended', () => {
    const { lab, secondary } = createFtPair({ on: false })
    lab.fail(hostOf(lab, secondary))
    expect(lab.states(secondary)).toBe('enabled/enabled')
    const other = createFtPair()
    other.lab.run('DisableSecondaryVM_Task', { vm: vmRef(other.secondary) })
    other.lab.story()
    other.lab.fail(hostOf(other.lab, other.secondary))
    expect(ftStory(other.lab)).toEqual([])
  })

  it('with HA off starts nothing', () => {
    const { lab, secondary } = createFtPair()
    lab.reconfigureHa({ enabled: false })
    lab.fail(hostOf(lab, secondary))
    expect(lab.states(secondary)).toBe('needSecondary/enabled')
    lab.reconfigureHa({ enabled: true })
    expect(lab.states(secondary)).toBe('running/running')
  })
})

describe('a third host', () => {
  it('is taken as soon as it has the adapters', () => {
    const lab = createFtLab({ cluster: NO_ADMISSION })
    const third = lab.hosts[2] ?? ''
    const select = (change: object) =>
      lab.act((ctx) => setSelections(ctx, third, { management: ['vmk0'], vmotion: ['vmk0'], ...change }))
    select({})
    const secondary = lab.turnOn()
    lab.fail(hostOf(lab, secondary))
    expect(lab.states(secondary)).toBe('needSecondary/enabled')
    select({ faultToleranceLogging: ['vmk0'] })
    expect(lab.states(secondary)).toBe('running/running')
    expect(hostOf(lab, secondary)).toBe(third)
  })

  it('goes to maintenance and takes no part', () => {
    const { lab, secondary } = createFtPair({ cluster: NO_ADMISSION })
    const free = lab.hosts.find((host) => ![hostOf(lab, lab.vm), hostOf(lab, secondary)].includes(host)) ?? ''
    lab.task('HostSystem', free, 'EnterMaintenanceMode_Task', { timeout: 0 })
    lab.fail(hostOf(lab, secondary))
    expect(lab.states(secondary)).toBe('needSecondary/enabled')
    lab.task('HostSystem', free, 'ExitMaintenanceMode_Task', { timeout: 0 })
    expect(lab.states(secondary)).toBe('running/running')
    expect(hostOf(lab, secondary)).toBe(free)
  })

  it('takes a half over when its host goes to maintenance, never beside the other half', () => {
    const { lab, vm, secondary } = createFtPair({ cluster: NO_ADMISSION })
    const other = hostOf(lab, secondary)
    const first = hostOf(lab, vm)
    expect(lab.task('HostSystem', first, 'EnterMaintenanceMode_Task', { timeout: 0 }).state).toBe('success')
    expect([first, other]).not.toContain(hostOf(lab, vm))
    expect(lab.states(secondary)).toBe('running/running')
  })
})

describe('a host that is full of fault-tolerant VMs', () => {
  it('takes no fifth: each VM on a host counts, whatever its role', () => {
    const lab = createFtLab({ hosts: 2, cluster: NO_ADMISSION, vm: { numCPUs: 1 } })
    const vms = [lab.vm, ...[1, 2, 3, 4].map((n) => lab.create({ name: `v${n}`, numCPUs: 1 }))]
    const results = vms.map((vm, at) => {
      if (at > 0) lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: hostRef(lab.hosts[0] ?? '') })
      return lab.run('CreateSecondaryVMEx_Task', {}, vm)
    })
    expect(results.map(({ state }) => state)).toEqual(['success', 'success', 'success', 'success', 'error'])
    expect(results[4]?.error?.fault).toMatchObject({
      errors: [{ fault: { _typeName: 'VmFaultToleranceTooManyVMsOnHost', maxNumFtVms: 4 } }],
    })
  })

  it('takes no more than eight vCPUs of them', () => {
    const lab = createFtLab({ hosts: 2, cluster: NO_ADMISSION })
    const vms = [lab.vm, ...[1, 2].map((n) => lab.create({ name: `v${n}`, numCPUs: 4 }))]
    const results = vms.map((vm, at) => {
      if (at > 0) lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: hostRef(lab.hosts[0] ?? '') })
      return lab.run('CreateSecondaryVMEx_Task', {}, vm)
    })
    expect(results.map(({ state }) => state)).toEqual(['success', 'success', 'error'])
    expect(JSON.stringify(results[2]?.error)).toContain('VmFaultToleranceTooManyFtVcpusOnHost')
  })

  it('is full as the host of the primaries, too, when every secondary finds a host of its own', () => {
    const lab = createFtLab({ hosts: 4, cluster: NO_ADMISSION })
    const vms = [lab.vm, ...[1, 2].map((n) => lab.create({ name: `v${n}`, numCPUs: 4 }))]
    for (const vm of vms.slice(1))
      lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: hostRef(lab.hosts[0] ?? '') })
    for (const vm of vms.slice(0, 2))
      expect(lab.run('CreateSecondaryVMEx_Task', {}, vm).state).toBe('success')
    const hostName = lab.get('HostSystem', lab.hosts[0] ?? '', 'name')
    expect(lab.refused('CreateSecondaryVMEx_Task', {}, vms[2])).toMatchObject({
      _typeName: 'VmFaultToleranceOpIssuesList',
      errors: [{ fault: { _typeName: 'VmFaultToleranceTooManyFtVcpusOnHost', hostName, maxNumFtVcpus: 8 } }],
    })
  })

  it('has its limits lifted by advanced options', () => {
    const off = (key: string) => data('OptionValue', { key, value: boxedString('0') })
    const option = [off('das.maxFtVCpusPerHost'), off('das.maxftvmsperhost')]
    const lab = createFtLab({
      hosts: 2,
      cluster: {
        ...NO_ADMISSION,
        dasConfig: data('ClusterDasConfigInfo', { ...NO_ADMISSION.dasConfig, option }),
      },
    })
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const vm = lab.create({ name, numCPUs: 4 })
      lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: hostRef(lab.hosts[0] ?? '') })
      expect(lab.run('CreateSecondaryVMEx_Task', {}, vm).state).toBe('success')
    }
  })
})

describe('half of a pair that leaves the inventory', () => {
  it('dissolves the pair', () => {
    const { lab, vm, secondary } = createFtPair({ on: false })
    const host = hostOf(lab, secondary)
    lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0, evacuatePoweredOffVms: false })
    expect(lab.task('HostSystem', host, 'Destroy_Task').state).toBe('success')
    expect(lab.sandbox.inventory.read.entity(secondary)).toBeUndefined()
    expect(lab.runtime(vm).faultToleranceState).toBe('notConfigured')
    expect(lab.config(vm).ftInfo).toBeUndefined()
    expect(lab.run('PowerOnVM_Task').state).toBe('success')
  })

  it('takes its secondary along when it is the primary', () => {
    const { lab, vm, secondary } = createFtPair({ on: false })
    const host = hostOf(lab, vm)
    lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0, evacuatePoweredOffVms: false })
    lab.task('HostSystem', host, 'Destroy_Task')
    expect(lab.sandbox.inventory.read.entity(secondary)).toBeUndefined()
  })
})
