import { describe, expect, it } from 'vitest'
import { effectivePercentages, percentageAccount } from './percentage.js'
import type { HaHost, HaVm } from './slots.js'

const GB = 2 ** 30
const host = (id: string, ghz: number, gb: number, good = true): HaHost => ({
  id,
  good,
  cpuMHz: ghz * 1000,
  memoryBytes: gb * GB,
})
const vm = (cpuMHz: number, gb: number): HaVm => ({
  id: 'vm',
  cpuMHz,
  memoryBytes: gb * GB,
  reservedBytes: gb * GB,
})

const HOSTS = [host('a', 9, 9), host('b', 9, 6), host('c', 6, 6)]

describe('admission control by percentage', () => {
  it('is 70% of the CPU and 71% of the memory in the worked example', () => {
    const vms = [vm(2000, 1), vm(2000, 1), vm(1000, 2), vm(1000, 1), vm(1000, 1)]
    expect(percentageAccount(HOSTS, vms, { cpuPercent: 25, memoryPercent: 25 }, 32)).toEqual({
      cpuPercent: 70,
      memoryPercent: 71,
      satisfied: true,
    })
  })

  it.each([
    ['CPU short', [vm(18_001, 0)], { cpuPercent: 25, memoryPercent: 0 }, false],
    ['CPU just enough', [vm(18_000, 0)], { cpuPercent: 25, memoryPercent: 0 }, true],
    ['memory short', [vm(0, 16)], { cpuPercent: 0, memoryPercent: 25 }, false],
    ['nothing asked', [vm(24_000, 21)], { cpuPercent: 0, memoryPercent: 0 }, true],
  ])('%s', (_name, vms, policy, satisfied) => {
    expect(percentageAccount(HOSTS, vms, policy, 32).satisfied).toBe(satisfied)
  })

  it('counts 32 MHz for a VM without a reservation, and only good hosts', () => {
    const hosts = [host('a', 3.2, 10), host('b', 100, 100, false)]
    const account = percentageAccount(hosts, [vm(0, 1)], { cpuPercent: 0, memoryPercent: 0 }, 32)
    expect(account).toMatchObject({ cpuPercent: 99, memoryPercent: 90 })
  })

  it('has nothing left without a host', () => {
    expect(percentageAccount([], [], { cpuPercent: 1, memoryPercent: 1 }, 32).satisfied).toBe(false)
  })

  const configured = { cpuPercent: 10, memoryPercent: 20 }
  it.each([
    ['as configured', undefined, HOSTS, configured],
    [
      'one of two equal hosts',
      { failoverLevel: 1 },
      [host('a', 5, 5), host('b', 5, 5)],
      { cpuPercent: 50, memoryPercent: 50 },
    ],
    ['the largest of unequal hosts', { failoverLevel: 1 }, HOSTS, { cpuPercent: 38, memoryPercent: 43 }],
    [
      'two of four',
      { failoverLevel: 2 },
      [1, 2, 3, 4].map((n) => host(`${n}`, 5, 5)),
      { cpuPercent: 50, memoryPercent: 50 },
    ],
  ])('percentages to keep free: %s', (_name, automatic, hosts, wanted) => {
    expect(effectivePercentages(configured, automatic, hosts)).toEqual(wanted)
  })
})
