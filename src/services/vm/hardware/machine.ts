import { type VapiError, vapiError } from '#vapi/error.js'
import { data } from '#vim25/data.js'
import type {
  ManagedTypes,
  VirtualDevice,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { versionNumber } from '#vsphere/vm/hardware-version.js'
import type { ServiceCall } from '../../core/call.js'
import { requireObject } from '../../core/objects.js'
import { requireVm } from '../require-vm.js'
import { changedConnection } from './connection.js'
import { createDraft, type Draft, edit, remove } from './draft.js'
import { deviceNotFound, notAllowed } from './errors.js'
import type { DeviceKind } from './kind.js'

type VirtualMachine = Readonly<ManagedTypes['VirtualMachine']>

/** A VM whose configuration can be read. */
export interface Machine {
  readonly vm: VirtualMachine
  readonly config: VirtualMachineConfigInfo
  readonly devices: readonly VirtualDevice[]
}

/** Throws NOT_FOUND, UNAUTHORIZED, and RESOURCE_INACCESSIBLE while the configuration cannot be read. */
export const machineOf = (call: ServiceCall, id: string): Machine => readable(call, id, requireVm(call, id))

/** The same for a template, too. */
export const machineOrTemplate = (call: ServiceCall, id: string): Machine =>
  readable(call, id, requireObject(call, 'VirtualMachine', id))

function readable(call: ServiceCall, id: string, vm: VirtualMachine): Machine {
  if (!vm.config) throw inaccessible(call, id)
  return { vm, config: vm.config, devices: vm.config.hardware.device ?? [] }
}

function inaccessible(call: ServiceCall, id: string): VapiError {
  return vapiError(
    'RESOURCE_INACCESSIBLE',
    'com.vmware.api.vcenter.vm.config_inaccessible',
    "The configuration of the virtual machine with identifier '{0}' cannot be read.",
    [`${id}:${call.sandbox.services.identity.instanceUuid}`],
  )
}

/** The identifiers of the devices of a kind, which are their keys. */
export function idsOf<I>(call: ServiceCall, vm: string, kind: DeviceKind<I>): readonly string[] {
  const { devices } = machineOf(call, vm)
  return devices.filter((device) => kind.has(device, devices)).map(({ key }) => String(key))
}

/** The device of a kind with this identifier. Throws NOT_FOUND. */
export function deviceOf<D extends VirtualDevice>(
  call: ServiceCall,
  vm: string,
  id: string,
  kind: DeviceKind<unknown>,
): D {
  const { devices } = machineOf(call, vm)
  const found = devices.find((device) => String(device.key) === id && kind.has(device, devices))
  if (!found) throw deviceNotFound(id, `${vm}:${call.sandbox.services.identity.instanceUuid}`)
  return found as D
}

export function infoOf<I>(call: ServiceCall, vm: string, id: string, kind: DeviceKind<I>): I {
  const device = deviceOf(call, vm, id, kind)
  return kind.info(device, machineOf(call, vm).devices)
}

/** ReconfigVM_Task with these members. */
export async function reconfigure(
  call: ServiceCall,
  vm: string,
  members: Omit<VirtualMachineConfigSpec, '_typeName'>,
): Promise<void> {
  await call.task('VirtualMachine', vm, 'ReconfigVM_Task', {
    spec: data('VirtualMachineConfigSpec', members),
  })
}

/** Adds a device to a VM: its identifier. */
export async function create(
  call: ServiceCall,
  vm: string,
  add: (draft: Draft) => VirtualDevice,
): Promise<string> {
  const { config, devices, vm: machine } = machineOf(call, vm)
  const draft = createDraft(call, {
    guestId: config.guestId,
    hardware: versionNumber(config.version) ?? 3,
    host: machine.runtime.host?.value,
    devices,
  })
  const { key } = add(draft)
  await reconfigure(call, vm, { deviceChange: draft.changes })
  return String(key)
}

export const change = (call: ServiceCall, vm: string, device: VirtualDevice): Promise<void> =>
  reconfigure(call, vm, { deviceChange: [edit(device)] })

/** Takes a device off its VM; files stay. */
export async function removeDevice(
  call: ServiceCall,
  vm: string,
  id: string,
  kind: DeviceKind<unknown>,
): Promise<void> {
  const device = deviceOf(call, vm, id, kind)
  await reconfigure(call, vm, { deviceChange: [remove(device)] })
}

/** Takes an adapter off its VM. Throws NOT_ALLOWED_IN_CURRENT_STATE while something hangs on it. */
export async function removeAdapter(
  call: ServiceCall,
  vm: string,
  id: string,
  kind: DeviceKind<unknown>,
): Promise<void> {
  const adapter = deviceOf(call, vm, id, kind)
  if (machineOf(call, vm).devices.some(({ controllerKey }) => controllerKey === adapter.key))
    throw notAllowed('adapter.in_use', "Devices are attached to the adapter with identifier '{0}'.", [id])
  await reconfigure(call, vm, { deviceChange: [remove(adapter)] })
}

/**
 * Connects a removable device of a running VM, or disconnects it. Throws NOT_ALLOWED_IN_CURRENT_STATE for a VM that does not
 * run, ALREADY_IN_DESIRED_STATE.
 */
export async function setConnected(
  call: ServiceCall,
  vm: string,
  id: string,
  kind: DeviceKind<unknown>,
  connected: boolean,
): Promise<void> {
  const device = deviceOf(call, vm, id, kind)
  if (machineOf(call, vm).vm.runtime.powerState !== 'poweredOn')
    throw notAllowed(
      'device.virtual_machine_not_powered_on',
      'A device can be connected and disconnected only while its virtual machine is powered on.',
    )
  if ((device.connectable?.connected ?? false) === connected)
    throw vapiError(
      'ALREADY_IN_DESIRED_STATE',
      `com.vmware.api.vcenter.vm.hardware.device.already_${connected ? 'connected' : 'disconnected'}`,
      `The device with identifier '{0}' is already ${connected ? 'connected' : 'disconnected'}.`,
      [id],
    )
  await change(call, vm, { ...device, connectable: changedConnection(device, {}, connected) })
}
