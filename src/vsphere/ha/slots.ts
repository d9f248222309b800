import type { Capacity } from './capacity.js'

/** A host as admission control sees it; `good`: connected, not in maintenance mode, without HA errors. */
export interface HaHost extends Capacity {
  readonly id: string
  readonly good: boolean
}

/**
 * A powered-on VM, or one about to be: its CPU reservation in MHz and its memory reservation with overhead in bytes.
 * `reserved`: of the memory, what was reserved without the overhead.
 */
export interface HaVm extends Capacity {
  readonly id: string
  readonly reservedBytes: number
}

/** The rules for slots: an exact size by policy, or bounds by advanced options (fact sheet E.3). */
export interface SlotRules {
  readonly fixed?: { readonly cpuMHz: number; readonly memoryMB: number } | undefined
  /** das.slotCpuInMHz, das.slotMemInMB: upper bounds of the computed size. */
  readonly maxCpuMHz?: number | undefined
  readonly maxMemoryMB?: number | undefined
  /** das.vmCpuMinMHz, das.vmMemoryMinMB: what a VM without reservation counts for. */
  readonly minCpuMHz: number
  readonly minMemoryMB: number
}

/** CPU of a VM without reservation: 32 MHz from 5.0 on; memory: its overhead alone (fact sheet E.3, deviation 24). */
export const DEFAULT_SLOT_RULES: SlotRules = { minCpuMHz: 32, minMemoryMB: 0 }

export interface SlotSize {
  readonly cpuMHz: number
  readonly memoryMB: number
}

const MB = 2 ** 20

/** What one VM asks of a slot, in MHz and MB (rounded up). */
export function slotNeed(vm: HaVm, rules: SlotRules): SlotSize {
  const overhead = vm.memoryBytes - vm.reservedBytes
  const memory = Math.max(vm.reservedBytes, vm.reservedBytes > 0 ? 0 : rules.minMemoryMB * MB) + overhead
  return {
    cpuMHz: Math.max(vm.cpuMHz, vm.cpuMHz > 0 ? 0 : rules.minCpuMHz),
    memoryMB: Math.ceil(memory / MB),
  }
}

/** The slot: the policy's exact size, or the largest need of any VM within the bounds; at least the minimum, and 1. */
export function slotSize(vms: readonly HaVm[], rules: SlotRules): SlotSize {
  if (rules.fixed)
    return { cpuMHz: Math.max(1, rules.fixed.cpuMHz), memoryMB: Math.max(1, rules.fixed.memoryMB) }
  let cpuMHz = rules.minCpuMHz
  let memoryMB = rules.minMemoryMB
  for (const vm of vms) {
    const need = slotNeed(vm, rules)
    cpuMHz = Math.max(cpuMHz, need.cpuMHz)
    memoryMB = Math.max(memoryMB, need.memoryMB)
  }
  return {
    cpuMHz: Math.max(1, Math.min(cpuMHz, rules.maxCpuMHz ?? Number.POSITIVE_INFINITY)),
    memoryMB: Math.max(1, Math.min(memoryMB, rules.maxMemoryMB ?? Number.POSITIVE_INFINITY)),
  }
}

/** Slots of one host: what fits of both resources. */
export function hostSlots(host: Capacity, slot: SlotSize): number {
  return Math.max(
    0,
    Math.min(Math.floor(host.cpuMHz / slot.cpuMHz), Math.floor(host.memoryBytes / MB / slot.memoryMB)),
  )
}

/** Slots that a VM takes: more than one if it is larger than a slot. */
export function vmSlots(vm: HaVm, slot: SlotSize, rules: SlotRules): number {
  const need = slotNeed(vm, rules)
  return Math.max(1, Math.ceil(need.cpuMHz / slot.cpuMHz), Math.ceil(need.memoryMB / slot.memoryMB))
}

export interface SlotAccount {
  readonly slot: SlotSize
  /** Slots of every good host. */
  readonly hosts: readonly { readonly id: string; readonly slots: number }[]
  readonly total: number
  readonly used: number
  /** Slots left over after the loss of as many of the largest hosts as the policy says; at least 0. */
  readonly unreserved: number
  readonly multiple: readonly { readonly vm: string; readonly slots: number }[]
  /** How many hosts, the largest first, may fail while the VMs still fit in the rest. */
  readonly currentLevel: number
}

/** Pure: the whole account of a cluster with the policy "host failures to tolerate" (fact sheet E.3). */
export function slotAccount(
  hosts: readonly HaHost[],
  vms: readonly HaVm[],
  failoverLevel: number,
  rules: SlotRules = DEFAULT_SLOT_RULES,
): SlotAccount {
  const slot = slotSize(vms, rules)
  const good = hosts
    .filter((host) => host.good)
    .map((host) => ({ id: host.id, slots: hostSlots(host, slot) }))
  const perVm = vms.map((vm) => ({ vm: vm.id, slots: vmSlots(vm, slot, rules) }))
  const total = sum(good.map((host) => host.slots))
  const used = sum(perVm.map((vm) => vm.slots))
  const largestFirst = good.map((host) => host.slots).sort((a, b) => b - a)
  let currentLevel = 0
  let left = total
  for (const slots of largestFirst) {
    left -= slots
    // The last host cannot fail: there would be no cluster left to restart in.
    if (left < used || currentLevel + 1 >= largestFirst.length) break
    currentLevel++
  }
  return {
    slot,
    hosts: good,
    total,
    used,
    unreserved: Math.max(0, total - sum(largestFirst.slice(0, failoverLevel)) - used),
    multiple: perVm.filter((vm) => vm.slots > 1),
    currentLevel,
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
