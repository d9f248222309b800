import { instant } from '#ports/clock.js'
import { patch } from '#vim25/data.js'
import type { VirtualMachineProperties } from '#vim25/generated/types.js'
import { type Projection, projection } from '../core/behaviour.js'
import { layoutExOf, layoutOf } from './layout.js'

/** How long a VM has been running, in seconds. */
function uptime(vm: VirtualMachineProperties, now: number): number {
  const { bootTime, powerState } = vm.runtime
  if (powerState !== 'poweredOn' || bootTime === undefined) return 0
  return Math.max(0, Math.floor((now - instant(bootTime)) / 1000))
}

export const vmProjections: readonly Projection[] = [
  projection<VirtualMachineProperties>('VirtualMachine', 'summary', ({ now }, vm) => {
    const seconds = uptime(vm, now)
    const { summary } = vm
    return seconds === 0
      ? summary
      : patch(summary, { quickStats: patch(summary.quickStats, { uptimeSeconds: seconds }) })
  }),
  projection<VirtualMachineProperties>('VirtualMachine', 'layoutEx', ({ read }, vm, entity) =>
    layoutExOf(read, entity.id, vm),
  ),
  projection<VirtualMachineProperties>('VirtualMachine', 'layout', (_ctx, vm) => layoutOf(vm)),
]
