import { describe, expect, it } from 'vitest'
import type {
  HostListSummary,
  ManagedObjectReference,
  ResourcePoolRuntimeInfo,
  ResourcePoolSummary,
  VirtualMachineQuickStats,
  VirtualMachineSummary,
} from '#vim25/generated/types.js'
import { createFtPair } from '../fault-tolerance/testing.js'
import { quickStatsOf, STATS_INTERVAL_MS } from './quick-stats.js'
import { createVmLab, type VmLab } from './testing.js'

const statsOf = (lab: VmLab, vm: string) =>
  lab.get<VirtualMachineSummary>('VirtualMachine', vm, 'summary').quickStats
const hostStats = (lab: VmLab, host: string) =>
  lab.get<HostListSummary>('HostSystem', host, 'summary').quickStats
const hostOf = (lab: VmLab, vm: string) =>
  lab.get<{ host: ManagedObjectReference }>('VirtualMachine', vm, 'runtime').host.value

/** Numbers of a VM that does nothing. */
const busy = (stats: VirtualMachineQuickStats) =>
  Object.entries(stats).filter(
    ([name, value]) => typeof value === 'number' && value > 0 && name !== 'uptimeSeconds',
  )

/** Three VMs that run, and one that is off. */
function running() {
  const lab = createVmLab()
  const vms = ['a', 'b', 'c', 'off'].map((name) => lab.create({ name, numCPUs: 4, memoryMB: 4096 }))
  for (const vm of vms.slice(0, 3)) lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
  return { lab, vms, on: vms.slice(0, 3), off: vms[3] ?? '' }
}

describe('quickStats of a VM', () => {
  it('are within what it has while it runs, and zero while it is off', () => {
    const { lab, on, off } = running()
    for (const vm of on) {
      const stats = statsOf(lab, vm)
      const { maxCpuUsage = 0 } = lab.get<{ maxCpuUsage?: number }>('VirtualMachine', vm, 'runtime')
      expect(stats.overallCpuUsage).toBeGreaterThan(0)
      expect(stats.overallCpuUsage).toBeLessThan(maxCpuUsage)
      expect(stats.guestMemoryUsage).toBeGreaterThan(0)
      expect(stats.guestMemoryUsage).toBeLessThan(stats.hostMemoryUsage ?? 0)
      expect(stats.privateMemory).toBeLessThanOrEqual(4096)
      lab.expectValid('VirtualMachine', vm)
    }
    expect(busy(statsOf(lab, off))).toEqual([])
    lab.task('VirtualMachine', on[0] ?? '', 'PowerOffVM_Task')
    expect(busy(statsOf(lab, on[0] ?? ''))).toEqual([])
  })

  it('are a function of the VM, its id and the clock: the same within an interval, others later and elsewhere', () => {
    const { lab, on } = running()
    const value = lab.sandbox.inventory.read.get('VirtualMachine', on[0] ?? '')
    const at = (ms: number, id = 'vm-1') =>
      quickStatsOf(id, value, Math.ceil(Date.UTC(2030, 1) / STATS_INTERVAL_MS) * STATS_INTERVAL_MS + ms)
    expect(at(0)).toBe(at(900))
    const levels = (id: string) =>
      Array.from({ length: 16 }, (_, slot) => at(slot * STATS_INTERVAL_MS, id).overallCpuUsage)
    expect(new Set(levels('vm-1')).size).toBeGreaterThan(8)
    expect(levels('vm-1')).not.toEqual(levels('vm-2'))
    expect(at(5000).overallCpuUsage).toBe(at(0).overallCpuUsage)
    expect((at(5000).uptimeSeconds ?? 0) - (at(0).uptimeSeconds ?? 0)).toBe(5)
  })

  it('tell of the log traffic of a pair that is protected', () => {
    const { lab, vm, secondary } = createFtPair()
    for (const half of [vm, secondary]) {
      const stats = statsOf(lab, half)
      expect(stats).toMatchObject({ ftLatencyStatus: 'green', hostMemoryUsage: expect.any(Number) })
      expect(stats.ftLogBandwidth).toBeGreaterThan(0)
      expect(stats.ftSecondaryLatency).toBeLessThan(2000)
      expect(stats.privateMemory).toBe(1024)
    }
    lab.run('TurnOffFaultToleranceForVM_Task')
    expect(statsOf(lab, vm)).toMatchObject({
      ftLogBandwidth: -1,
      ftSecondaryLatency: -1,
      ftLatencyStatus: 'gray',
    })
  })
})

describe('figures of hosts and pools', () => {
  it('are what their VMs use', () => {
    const { lab, on } = running()
    const sum = (
      member: 'overallCpuUsage' | 'hostMemoryUsage' | 'guestMemoryUsage',
      vms: readonly string[],
    ) => vms.reduce((total, vm) => total + (statsOf(lab, vm)[member] ?? 0), 0)
    const idle = running().lab
    for (const vm of [...idle.sandbox.inventory.read.ids('VirtualMachine')])
      if (idle.get<{ powerState: string }>('VirtualMachine', vm, 'runtime').powerState === 'poweredOn')
        idle.task('VirtualMachine', vm, 'PowerOffVM_Task')
    for (const [at, host] of lab.hosts.entries()) {
      const there = on.filter((vm) => hostOf(lab, vm) === host)
      const alone = hostStats(idle, idle.hosts[at] ?? '')
      expect(hostStats(lab, host).overallCpuUsage).toBe(
        (alone.overallCpuUsage ?? 0) + sum('overallCpuUsage', there),
      )
      expect(hostStats(lab, host).overallMemoryUsage).toBe(
        (alone.overallMemoryUsage ?? 0) + sum('hostMemoryUsage', there),
      )
    }
    const runtime = lab.get<ResourcePoolRuntimeInfo>('ResourcePool', lab.pool.value, 'runtime')
    expect(runtime.cpu.overallUsage).toBe(sum('overallCpuUsage', on))
    expect(runtime.memory.overallUsage).toBe(sum('hostMemoryUsage', on) * 2 ** 20)
    const summary = lab.get<ResourcePoolSummary>('ResourcePool', lab.pool.value, 'summary')
    expect(summary.runtime).toEqual(runtime)
    expect(summary.quickStats).toMatchObject({
      overallCpuUsage: sum('overallCpuUsage', on),
      guestMemoryUsage: sum('guestMemoryUsage', on),
    })
    lab.expectValid('ResourcePool', lab.pool.value)
    expect(
      idle.get<ResourcePoolRuntimeInfo>('ResourcePool', idle.pool.value, 'runtime').cpu.overallUsage,
    ).toBe(0)
  })
})
