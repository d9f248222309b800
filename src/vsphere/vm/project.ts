import { reuse } from '#inventory/equal.js'
import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import type {
  VirtualMachineFileLayout,
  VirtualMachineFileLayoutEx,
  VirtualMachineProperties,
  VirtualMachineSummary,
} from '#vim25/generated/types.js'
import { type Projection, projection } from '../core/behaviour.js'
import { layoutExOf, layoutOf } from './layout.js'
import { quickStatsOf } from './quick-stats.js'

type Vm = VirtualMachineProperties

// What is projected is remembered by what it was made of: readers that are given the same object again need not encode it
// again (1,000 whole VMs: 25 answers a second instead of 3).

const summaries = new WeakMap<VirtualMachineSummary, VirtualMachineSummary>()

function summaryAt(id: string, vm: Vm, now: number): VirtualMachineSummary {
  const { summary } = vm
  const quickStats = quickStatsOf(id, vm, now)
  const known = summaries.get(summary)
  if (known?.quickStats === quickStats) return known
  const fresh = patch(summary, { quickStats })
  summaries.set(summary, fresh)
  return fresh
}

interface FullLayout {
  /** The state in which it was last looked at: files change without their VM. */
  readonly state: number
  readonly layout: VirtualMachineFileLayoutEx | undefined
}

const fullLayouts = new WeakMap<object, FullLayout>()

function fullLayout(read: Reader, id: string, vm: Vm): VirtualMachineFileLayoutEx | undefined {
  const known = fullLayouts.get(vm)
  const state = numberOf(read)
  if (known?.state === state) return known.layout
  const layout = reuse(known?.layout, layoutExOf(read, id, vm))
  fullLayouts.set(vm, { state, layout })
  return layout
}

const numbers = new WeakMap<Reader, number>()
let states = 0

/** Tells committed states apart without holding on to them. */
function numberOf(read: Reader): number {
  let number = numbers.get(read)
  if (number === undefined) {
    number = ++states
    numbers.set(read, number)
  }
  return number
}

const layouts = new WeakMap<object, VirtualMachineFileLayout | undefined>()

function shortLayout(vm: Vm): VirtualMachineFileLayout | undefined {
  if (!layouts.has(vm)) layouts.set(vm, layoutOf(vm))
  return layouts.get(vm)
}

export const vmProjections: readonly Projection[] = [
  projection<Vm>('VirtualMachine', 'summary', ({ now }, vm, { id }) => summaryAt(id, vm, now)),
  projection<Vm>('VirtualMachine', 'layoutEx', ({ read }, vm, { id }) => fullLayout(read, id, vm)),
  projection<Vm>('VirtualMachine', 'layout', (_ctx, vm) => shortLayout(vm)),
]
