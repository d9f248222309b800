import { data } from '#vim25/data.js'
import type {
  AutoStartPowerInfo,
  HostAutoStartManagerConfig,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { operations, type TaskBehaviour } from '../core/behaviour.js'
import { type Context, later } from '../core/context.js'
import { startTask } from '../task/task.js'
import { configOf } from './config.js'

/** The API writes them with a small letter, the defaults of a host with a capital one. */
const isOneOf = (list: readonly string[], action: string) =>
  list.some((known) => known.toLowerCase() === action.toLowerCase())

export const autoStartOperations = operations('HostAutoStartManager', {
  /** The VMs that are to start do so one after the other; nothing happens while the manager is not enabled. */
  AutoStartPowerOn(ctx, self) {
    let delay = 0
    const config = enabledConfig(ctx, self)
    for (const info of ordered(config)) {
      if (!isOneOf(['powerOn'], info.startAction)) continue
      later(ctx, delay, AUTO_START, { vm: info.key.value })
      delay += info.startDelay < 0 ? (config.defaults?.startDelay ?? 120) : info.startDelay
    }
  },

  /** The other way round. */
  AutoStartPowerOff(ctx, self) {
    let delay = 0
    const config = enabledConfig(ctx, self)
    for (const info of ordered(config).toReversed()) {
      const action = isOneOf(['systemDefault'], info.stopAction)
        ? (config.defaults?.stopAction ?? 'powerOff')
        : info.stopAction
      if (isOneOf(['none'], action)) continue
      later(ctx, delay, AUTO_STOP, { vm: info.key.value, action })
      delay += info.stopDelay < 0 ? (config.defaults?.stopDelay ?? 120) : info.stopDelay
    }
  },
})

function enabledConfig(ctx: Context, self: ManagedObjectReference): HostAutoStartManagerConfig {
  const { autoStart } = configOf(ctx, self)
  return autoStart?.defaults?.enabled ? autoStart : data('HostAutoStartManagerConfig', {})
}

/** Those with a place first, the others after them. */
function ordered({ powerInfo = [] }: HostAutoStartManagerConfig): readonly AutoStartPowerInfo[] {
  const rank = ({ startOrder }: AutoStartPowerInfo) => (startOrder < 1 ? Infinity : startOrder)
  return powerInfo.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

export const AUTO_START = 'host.autoStart'
export const AUTO_STOP = 'host.autoStop'

/** Stands for the method's own behaviour, which the task finds by its name. */
const SHORT: TaskBehaviour = { run: () => undefined }

/** Agenda: a VM whose turn it is; one that runs, or has gone, is passed over. */
export function autoStart(ctx: Context, { vm }: Readonly<Record<string, unknown>>): void {
  const state = ctx.tx.find('VirtualMachine', `${vm}`)?.runtime.powerState
  if (state === undefined || state === 'poweredOn') return
  task(ctx, `${vm}`, 'PowerOnVM_Task', 'powerOn')
}

/** A guest without VMware Tools cannot shut down: it is switched off (deviation 99). */
export function autoStop(ctx: Context, { vm, action }: Readonly<Record<string, unknown>>): void {
  if (ctx.tx.find('VirtualMachine', `${vm}`)?.runtime.powerState !== 'poweredOn') return
  if (isOneOf(['suspend'], `${action}`)) task(ctx, `${vm}`, 'SuspendVM_Task', 'suspend')
  else task(ctx, `${vm}`, 'PowerOffVM_Task', 'powerOff')
}

function task(ctx: Context, vm: string, name: string, vmodl: string): void {
  const self = ctx.tx.ref(vm)
  startTask(ctx, {
    key: `VirtualMachine.${name}`,
    self,
    args: {},
    behaviour: SHORT,
    descriptionId: `VirtualMachine.${vmodl}`,
    name,
    entity: self,
  })
}
