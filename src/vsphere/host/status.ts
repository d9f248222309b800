import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { dateTime } from '#ports/clock.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  HostRuntimeInfo,
  HostSystemConnectionState,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { hardwareOf, machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { vmPowered } from '#world/nested.js'
import { type Context, later } from '../core/context.js'
import { emit } from '../event/emit.js'
import { setPoweredOff } from '../vm/power.js'
import { withPhysicalNics } from '../vmkernel/build.js'
import { capabilityOf } from './capability.js'
import { hostConnectionId, hostConnections, hostOnMachine } from './connection.js'
import { hardwareInfo } from './hardware-info.js'
import { pciPassthru } from './pci.js'
import { aboutOf } from './release.js'

/**
 * Signals for the families above and beside (agenda kinds, refs `{ host }`): the host can be used again, cannot be reached
 * any more, entered or left maintenance mode, changed its cluster.
 */
export const HOST_SIGNALS = {
  connected: 'host.connected',
  lost: 'host.lost',
  maintenance: 'host.maintenance',
  moved: 'host.moved',
} as const

/** Signal: VMs ended with a boot of their host that vCenter learns of now; refs `{ host, vms }`. */
export const VMS_LOST = 'host.vmsLost'

export function signal(ctx: Context, kind: keyof typeof HOST_SIGNALS, host: string): void {
  later(ctx, 0, HOST_SIGNALS[kind], { host })
}

/** VMs by the host that they are registered on, also inside a transaction (HostSystem.vm is derived at the commit). */
export const vmsByHost = index<VirtualMachineProperties>({
  name: 'host.vms',
  type: 'VirtualMachine',
  inputs: ['runtime.host'],
  keys: ({ runtime }) => [runtime.host?.value],
})

/** Ids of the VMs that are registered on a host. */
export function vmsOn(read: Reader, host: string): readonly string[] {
  return read.lookup(vmsByHost, host)
}

/** What a change of the connection makes of the host's runtime; `powerState` is only known while connected. */
export function runtimeWhen(state: HostSystemConnectionState): Partial<HostRuntimeInfo> {
  return { connectionState: state, powerState: state === 'connected' ? 'poweredOn' : 'unknown' }
}

/** Throws HostNotConnected or HostNotReachable unless the host can be told to do something. */
export function requireConnected(read: Reader, host: string): void {
  const { connectionState } = read.get('HostSystem', host).runtime
  if (connectionState === 'disconnected') throw fault('HostNotConnected', {})
  if (connectionState === 'notResponding') throw fault('HostNotReachable', {})
}

function setRuntime(ctx: Context, host: string, changes: Partial<HostRuntimeInfo>): void {
  ctx.tx.update('HostSystem', host, ({ runtime }) => ({ runtime: patch(runtime, changes) }))
}

/** VMs share their host's fate: vCenter does not reach them either. */
function setVmConnections(ctx: Context, host: string, state: 'connected' | 'disconnected'): void {
  for (const vm of vmsOn(ctx.tx, host)) {
    const { runtime } = ctx.tx.get('VirtualMachine', vm)
    if (runtime.connectionState === state) continue
    ctx.tx.set('VirtualMachine', vm, { runtime: patch(runtime, { connectionState: state }) })
  }
}

/** The client asked for it: vCenter lets go of the host, whose VMs run on. */
export function disconnect(ctx: Context, host: string): void {
  if (ctx.tx.get('HostSystem', host).runtime.connectionState === 'disconnected') return
  setRuntime(ctx, host, runtimeWhen('disconnected'))
  setVmConnections(ctx, host, 'disconnected')
  emit(ctx, 'HostDisconnectedEvent', { entity: ctx.tx.ref(host), reason: 'userRequest' })
  signal(ctx, 'lost', host)
}

/** The host has fallen silent. */
export function loseConnection(ctx: Context, host: string): void {
  if (ctx.tx.get('HostSystem', host).runtime.connectionState !== 'connected') return
  setRuntime(ctx, host, runtimeWhen('notResponding'))
  setVmConnections(ctx, host, 'disconnected')
  emit(ctx, 'HostConnectionLostEvent', { entity: ctx.tx.ref(host) })
  signal(ctx, 'lost', host)
}

/** vCenter talks to the host (again): what happened meanwhile becomes visible. */
export function connect(ctx: Context, host: string): void {
  setRuntime(ctx, host, runtimeWhen('connected'))
  setVmConnections(ctx, host, 'connected')
  const vms = resynchronise(ctx, host)
  emit(ctx, 'HostConnectedEvent', { entity: ctx.tx.ref(host) })
  signal(ctx, 'connected', host)
  if (vms.length > 0) later(ctx, 0, VMS_LOST, { host, vms })
}

/**
 * Takes over what the machine is now: hardware, release, boot; after another boot none of its VMs runs any more. Returns
 * those that did.
 */
function resynchronise(ctx: Context, host: string): readonly string[] {
  const { tx } = ctx
  const machine = machineOfHost(tx, host)
  const found = machine === undefined ? undefined : tx.find(machines, machine)
  if (machine === undefined || !found?.esxi) return []
  const { esxi, boots, bootTime } = found
  const hardware = hardwareOf(tx, machine)
  const before = tx.get('HostSystem', host)
  const { maxHostSupportedVcpus, maxHostRunningVms, maxRegisteredVMs, nestedHVSupported } = capabilityOf(
    esxi.version,
    hardware,
  )
  const product = aboutOf(esxi)
  tx.set('HostSystem', host, {
    runtime: patch(before.runtime, { bootTime: bootTime === undefined ? undefined : dateTime(bootTime) }),
    hardware: hardwareInfo(hardware, esxi.version),
    capability:
      before.capability &&
      patch(before.capability, {
        maxHostSupportedVcpus,
        maxHostRunningVms,
        maxRegisteredVMs,
        nestedHVSupported,
      }),
    config:
      before.config &&
      patch(before.config, {
        product,
        pciPassthruInfo: pciPassthru(hardware),
        network: before.config.network && withPhysicalNics(before.config.network, hardware),
      }),
  })
  const id = hostConnectionId(host)
  const lost =
    tx.get(hostConnections, id).boots === boots
      ? []
      : vmsOn(tx, host).filter((vm) => tx.get('VirtualMachine', vm).runtime.powerState === 'poweredOn')
  for (const vm of lost) setPoweredOff(ctx, vm)
  tx.set(hostConnections, id, { boots, maxEVCModeKey: hardware.evcModeKey, thumbprint: esxi.thumbprint })
  return lost
}

type Refs = Readonly<Record<string, unknown>>

/**
 * `world.machineDown`: the machine is silent. If it lost power (and not only its link), the machines that are VMs on it
 * lose theirs; vCenter itself only learns that the host does not answer.
 */
export function onMachineDown(ctx: Context, refs: Refs): void {
  const machine = String(refs.machine)
  const host = hostOnMachine(ctx.tx, machine)
  if (host === undefined) return
  if (ctx.tx.find(machines, machine)?.state !== 'up')
    for (const vm of vmsOn(ctx.tx, host))
      if (ctx.tx.get('VirtualMachine', vm).runtime.powerState === 'poweredOn') vmPowered(ctx, vm, false)
  loseConnection(ctx, host)
}

/** `world.machineUp`: a host that had fallen silent answers again. */
export function onMachineUp(ctx: Context, refs: Refs): void {
  const host = hostOnMachine(ctx.tx, String(refs.machine))
  if (host === undefined) return
  if (ctx.tx.get('HostSystem', host).runtime.connectionState === 'notResponding') connect(ctx, host)
}
