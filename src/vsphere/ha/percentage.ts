import type { HaHost, HaVm } from './slots.js'

/** The policy "cluster resource percentage": whole percents that must stay free. */
export interface PercentagePolicy {
  readonly cpuPercent: number
  readonly memoryPercent: number
}

export interface PercentageAccount {
  /** Free part of the whole, in percent. */
  readonly cpuPercent: number
  readonly memoryPercent: number
  readonly satisfied: boolean
}

/**
 * The percentages that hold: the configured ones, or, when vCenter computes them, the part of the largest hosts that may
 * fail (6.5 on: `failoverLevel` of n equal hosts is level/n).
 */
export function effectivePercentages(
  configured: PercentagePolicy,
  automatic: { readonly failoverLevel: number } | undefined,
  hosts: readonly HaHost[],
): PercentagePolicy {
  if (!automatic) return configured
  const good = hosts.filter((host) => host.good)
  const part = (amount: (host: HaHost) => number) => {
    const amounts = good.map(amount).sort((a, b) => b - a)
    const total = amounts.reduce((sum, each) => sum + each, 0)
    const lost = amounts.slice(0, automatic.failoverLevel).reduce((sum, each) => sum + each, 0)
    return total === 0 ? 100 : Math.round((100 * lost) / total)
  }
  return { cpuPercent: part((host) => host.cpuMHz), memoryPercent: part((host) => host.memoryBytes) }
}

/**
 * Pure: (total - reserved) / total of both resources over the good hosts (fact sheet E.4); a VM without a CPU reservation
 * counts for `minCpuMHz`.
 */
export function percentageAccount(
  hosts: readonly HaHost[],
  vms: readonly HaVm[],
  policy: PercentagePolicy,
  minCpuMHz: number,
): PercentageAccount {
  let cpu = 0
  let memory = 0
  for (const host of hosts) {
    if (!host.good) continue
    cpu += host.cpuMHz
    memory += host.memoryBytes
  }
  let cpuUsed = 0
  let memoryUsed = 0
  for (const vm of vms) {
    cpuUsed += vm.cpuMHz > 0 ? vm.cpuMHz : minCpuMHz
    memoryUsed += vm.memoryBytes
  }
  const cpuPercent = free(cpu, cpuUsed)
  const memoryPercent = free(memory, memoryUsed)
  return {
    cpuPercent: Math.floor(cpuPercent),
    memoryPercent: Math.floor(memoryPercent),
    satisfied: cpuPercent >= policy.cpuPercent && memoryPercent >= policy.memoryPercent,
  }
}

const free = (total: number, used: number) => (total <= 0 ? 0 : Math.max(0, (100 * (total - used)) / total))
