import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { EventEx } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { clusterSpec, createHaLab, HA_ON } from './testing.js'

const haOn = clusterSpec({ dasConfig: HA_ON })
const states = (lab: ReturnType<typeof createHaLab>) => lab.hosts.map((host) => lab.state(host))
const extendedIds = (lab: ReturnType<typeof createHaLab>) =>
  lab.sandbox.inventory.root.events
    .filter((event) => event._typeName === 'EventEx')
    .map((event) => (event as EventEx).eventTypeId)
    .toArray()

describe('a host that fails', () => {
  const vms = [
    { name: 'a', host: 0 },
    { name: 'b', host: 0 },
    { name: 'off', host: 0, on: false },
  ]
  const hostOf = (lab: ReturnType<typeof createHaLab>, at: number) =>
    lab.sandbox.inventory.read.get('VirtualMachine', lab.vms[at] as string).runtime

  it('is down, another host leads, and its VMs run elsewhere', () => {
    const lab = createHaLab({ spec: haOn, vms })
    lab.fail(lab.hosts[0] as string)
    expect(states(lab)).toEqual(['hostDown', 'master', 'connectedToMaster'])
    for (const at of [0, 1]) {
      expect(hostOf(lab, at)).toMatchObject({ powerState: 'poweredOn', connectionState: 'connected' })
      expect(hostOf(lab, at).host?.value).not.toBe(lab.hosts[0])
    }
    expect(hostOf(lab, 2)).toMatchObject({ powerState: 'poweredOff', host: { value: lab.hosts[0] } })
    const events = lab.newEvents()
    expect(events).toContain('DasHostFailedEvent')
    expect(events.filter((type) => type === 'VmPoweredOnEvent')).toHaveLength(2)
    expect(events).not.toContain('VmPoweredOffEvent')
    expect(extendedIds(lab).filter((id) => id === 'com.vmware.vc.ha.VmRestartedByHAEvent')).toHaveLength(2)
  })

  it('comes back as a follower', () => {
    const lab = createHaLab({ spec: haOn, vms })
    lab.fail(lab.hosts[0] as string)
    lab.recover(lab.hosts[0] as string)
    expect(states(lab)).toEqual(['connectedToMaster', 'master', 'connectedToMaster'])
  })

  it('and is back before anybody misses it has its VMs started again', () => {
    const lab = createHaLab({ spec: haOn, vms })
    const [host = ''] = lab.hosts
    lab.act((ctx) => {
      const machine = machineOfHost(ctx.tx, host) as string
      ctx.tx.set(machines, machine, { boots: 2 })
      ctx.tx.schedule(ctx.now, 'world.machineDown', { machine })
      ctx.tx.schedule(ctx.now, 'world.machineUp', { machine })
    })
    expect(lab.state(host)).toBe('master')
    expect([0, 1, 2].map((at) => hostOf(lab, at).powerState)).toEqual([
      'poweredOn',
      'poweredOn',
      'poweredOff',
    ])
    expect(lab.newEvents().filter((type) => type === 'VmPoweredOffEvent')).toHaveLength(2)
    expect(extendedIds(lab).filter((id) => id === 'com.vmware.vc.ha.VmRestartedByHAEvent')).toHaveLength(2)
  })

  it('alone in its cluster restarts its VMs when it is back', () => {
    const lab = createHaLab({ spec: haOn, hosts: 1, vms: [{ name: 'a', host: 0 }] })
    lab.fail(lab.hosts[0] as string)
    const events = lab.newEvents()
    expect(events).toContain('VmFailoverFailed')
    expect(events).toContain('DasAgentUnavailableEvent')
    lab.recover(lab.hosts[0] as string)
    expect(states(lab)).toEqual(['master'])
    expect(hostOf(lab, 0)).toMatchObject({ powerState: 'poweredOn', connectionState: 'connected' })
  })

  it('with host monitoring off loses its VMs', () => {
    const dasConfig = data('ClusterDasConfigInfo', { enabled: true, hostMonitoring: 'disabled' })
    const lab = createHaLab({ spec: clusterSpec({ dasConfig }), vms })
    lab.fail(lab.hosts[0] as string)
    expect(lab.state(lab.hosts[0] as string)).toBe('fdmUnreachable')
    expect(hostOf(lab, 0)).toMatchObject({ connectionState: 'disconnected', host: { value: lab.hosts[0] } })
  })

  it('only in its network is isolated, and its VMs run on', () => {
    const lab = createHaLab({ spec: haOn, vms })
    lab.fail(lab.hosts[0] as string, 'link')
    expect(lab.state(lab.hosts[0] as string)).toBe('networkIsolated')
    expect(lab.newEvents()).toContain('DasHostIsolatedEvent')
    expect(hostOf(lab, 0).host?.value).toBe(lab.hosts[0])
  })

  it('restarts nothing whose restart is disabled', () => {
    const settings = data('ClusterDasVmSettings', { restartPriority: 'disabled' })
    const dasConfig = data('ClusterDasConfigInfo', { enabled: true, defaultVmSettings: settings })
    const lab = createHaLab({ spec: clusterSpec({ dasConfig }), vms })
    lab.fail(lab.hosts[0] as string)
    expect(hostOf(lab, 0).host?.value).toBe(lab.hosts[0])
  })
})
