import { plus, type Sum, sum } from '#inventory/sums.js'
import type { VirtualMachineProperties } from '#vim25/generated/types.js'
import { reservationOf } from './reservation.js'

/** What VMs amount to, all of them, running ones and others; memory in bytes but for configured memory, CPU in MHz. */
export type Load = {
  readonly vms: number
  readonly running: number
  readonly configuredMB: number
  readonly runningMB: number
  readonly runningCpuMHz: number
  readonly runningMemoryBytes: number
  /** What the running ones can come to use: their own memory, or their reservation where that is more. */
  readonly runningMostBytes: number
  readonly others: number
  readonly otherCpuMHz: number
  readonly otherMemoryBytes: number
}

const NONE: Load = {
  vms: 0,
  running: 0,
  configuredMB: 0,
  runningMB: 0,
  runningCpuMHz: 0,
  runningMemoryBytes: 0,
  runningMostBytes: 0,
  others: 0,
  otherCpuMHz: 0,
  otherMemoryBytes: 0,
}

/** No VM has more, and a good many of them still add up exactly, whatever clients let them reserve. */
const MOST = 2 ** 45

const INPUTS = ['runtime.powerState', 'config']

/** What one VM amounts to. */
export function loadOf({ config, runtime }: Pick<VirtualMachineProperties, 'config' | 'runtime'>): Load {
  const on = runtime.powerState === 'poweredOn'
  if (!config) return { ...NONE, running: on ? 1 : 0 }
  const need = reservationOf(config)
  const [cpuMHz, memoryBytes] = [Math.min(need.cpuMHz, MOST), Math.min(need.memoryBytes, MOST)]
  const { memoryMB } = config.hardware
  const some = { ...NONE, vms: 1, configuredMB: memoryMB }
  if (!on) return { ...some, others: 1, otherCpuMHz: cpuMHz, otherMemoryBytes: memoryBytes }
  return {
    ...some,
    running: 1,
    runningMB: memoryMB,
    runningCpuMHz: cpuMHz,
    runningMemoryBytes: memoryBytes,
    runningMostBytes: Math.max(memoryMB * 2 ** 20, memoryBytes),
  }
}

/** What the VMs of each host amount to, up to date within a transaction. */
export const hostLoads: Sum<Load> = sum({
  name: 'host.load',
  type: 'VirtualMachine',
  inputs: ['runtime.host', ...INPUTS],
  key: ({ runtime }: VirtualMachineProperties) => runtime.host?.value,
  amounts: loadOf,
  none: NONE,
})

/** What the VMs directly in each pool amount to, up to date within a transaction. */
export const poolLoads: Sum<Load> = sum({
  name: 'resourcePool.load',
  type: 'VirtualMachine',
  inputs: ['resourcePool', ...INPUTS],
  key: ({ resourcePool }: VirtualMachineProperties) => resourcePool?.value,
  amounts: loadOf,
  none: NONE,
})

/** A total without one of the VMs in it. */
export const withoutVm = (total: Load, vm: Pick<VirtualMachineProperties, 'config' | 'runtime'>): Load =>
  plus(total, loadOf(vm), -1)
