import { describe, expect, it } from 'vitest'
import { DEFAULT_SLOT_RULES, type HaHost, type HaVm, type SlotRules, slotAccount } from './slots.js'

const MB = 2 ** 20
const GB = 2 ** 30

const host = (id: string, ghz: number, gb: number, good = true): HaHost => ({
  id,
  good,
  cpuMHz: ghz * 1000,
  memoryBytes: gb * GB,
})
const vm = (id: string, cpuMHz: number, reservedMB: number, overheadMB = 0): HaVm => ({
  id,
  cpuMHz,
  reservedBytes: reservedMB * MB,
  memoryBytes: (reservedMB + overheadMB) * MB,
})

/** Hosts and VMs of the worked example in the Availability guide (fact sheet E.3). */
const HOSTS = [host('h1', 9, 9), host('h2', 9, 6), host('h3', 6, 6)]
const VMS = [
  vm('a', 2000, 1024),
  vm('b', 2000, 1024),
  vm('c', 1000, 2048),
  vm('d', 1000, 1024),
  vm('e', 1000, 1024),
]

describe('the slots of a cluster', () => {
  it('are those of the worked example: 2 GHz and 2 GB, 4 + 3 + 3 slots, one failure tolerated', () => {
    const account = slotAccount(HOSTS, VMS, 1)
    expect(account.slot).toEqual({ cpuMHz: 2000, memoryMB: 2048 })
    expect(account.hosts.map(({ slots }) => slots)).toEqual([4, 3, 3])
    expect([account.total, account.used, account.unreserved, account.currentLevel]).toEqual([10, 5, 1, 1])
  })

  const rules = (changes: Partial<SlotRules>): SlotRules => ({ ...DEFAULT_SLOT_RULES, ...changes })
  it.each([
    ['no VM', [], {}, { cpuMHz: 32, memoryMB: 1 }],
    ['no reservation: 32 MHz and the overhead', [vm('a', 0, 0, 37.86)], {}, { cpuMHz: 32, memoryMB: 38 }],
    ['das.vmCpuMinMHz', [vm('a', 0, 0, 30)], { minCpuMHz: 500 }, { cpuMHz: 500, memoryMB: 30 }],
    [
      'das.vmMemoryMinMB adds the overhead',
      [vm('a', 0, 0, 30)],
      { minMemoryMB: 100 },
      { cpuMHz: 32, memoryMB: 130 },
    ],
    [
      'a reservation beats the minimum',
      [vm('a', 100, 64, 30)],
      { minMemoryMB: 10 },
      { cpuMHz: 100, memoryMB: 94 },
    ],
    ['das.slotCpuInMHz is an upper bound', VMS, { maxCpuMHz: 500 }, { cpuMHz: 500, memoryMB: 2048 }],
    ['das.slotMemInMB is an upper bound', VMS, { maxMemoryMB: 512 }, { cpuMHz: 2000, memoryMB: 512 }],
    [
      'an upper bound above the need does nothing',
      VMS,
      { maxCpuMHz: 9000 },
      { cpuMHz: 2000, memoryMB: 2048 },
    ],
    ['a fixed size is exact', VMS, { fixed: { cpuMHz: 300, memoryMB: 100 } }, { cpuMHz: 300, memoryMB: 100 }],
  ])('%s', (_name, vms, changes, slot) => {
    expect(slotAccount(HOSTS, vms, 1, rules(changes)).slot).toEqual(slot)
  })

  it('several for a VM that is larger than one', () => {
    const account = slotAccount(HOSTS, VMS, 1, rules({ maxCpuMHz: 500, maxMemoryMB: 1024 }))
    expect(account.multiple).toEqual([
      { vm: 'a', slots: 4 },
      { vm: 'b', slots: 4 },
      { vm: 'c', slots: 2 },
      { vm: 'd', slots: 2 },
      { vm: 'e', slots: 2 },
    ])
    expect(account.used).toBe(14)
  })

  it.each([
    ['no host', [], 0],
    ['one host', [host('h1', 9, 9)], 0],
    ['two hosts', [host('h1', 9, 9), host('h2', 9, 9)], 1],
    ['two hosts of which one is not good', [host('h1', 9, 9), host('h2', 9, 9, false)], 0],
    ['four hosts, nothing to run', [1, 2, 3, 4].map((n) => host(`h${n}`, 9, 9)), 3],
  ])('failures tolerated without VMs: %s', (_name, hosts, level) => {
    expect(slotAccount(hosts, [], 1).currentLevel).toBe(level)
  })

  it('leave nothing unreserved when the largest host cannot be missed', () => {
    const account = slotAccount([host('big', 9, 9), host('small', 2, 2)], VMS, 1)
    expect([account.unreserved, account.currentLevel]).toEqual([0, 0])
  })
})
