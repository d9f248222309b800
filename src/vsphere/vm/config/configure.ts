import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  OptionValue,
  ResourceAllocationInfo,
  VirtualHardware,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
  VirtualMachineFileInfo,
} from '#vim25/generated/types.js'
import { mergeAllocation, vmShares } from '../../resource-pool/allocation.js'
import { vmOverheadBytes } from '../../resource-pool/overhead.js'
import { CONFIG, EXTRA_CONFIG } from '../defaults.js'
import { applyDeviceChanges } from '../devices/apply.js'
import { DEFAULT_DEVICES } from '../devices/defaults.js'
import type { DeviceEnvironment, Outcome } from '../devices/environment.js'
import { guestOs } from '../guest-os.js'
import { versionKey, versionNumber } from '../hardware-version.js'
import {
  type ConfigLimits,
  checkAllocations,
  checkBoard,
  checkGuest,
  checkHotChanges,
  checkSizes,
  checkVersion,
  checkVirtualization,
} from './check.js'
import { checkChoices } from './choices.js'
import { hotPlug } from './hot-plug.js'
import { memberChanges } from './members.js'

/** What a configuration needs to know of the VM beside the spec. */
export interface ConfigEnvironment extends Omit<DeviceEnvironment, 'guestId' | 'hardware'> {
  readonly limits: ConfigLimits
  readonly files: VirtualMachineFileInfo
  /** dateTime now, and a token that is new with every change. */
  readonly time: string
  readonly changeVersion: string
  readonly createdUuids: { readonly bios: string; readonly instance: string }
}

export interface Configured extends Outcome {
  readonly config: VirtualMachineConfigInfo
}

/** The configuration that a spec makes of nothing. Throws what CreateVM_Task declares; writes nothing. */
export function newConfig(env: ConfigEnvironment, spec: VirtualMachineConfigSpec): Configured {
  const hardware = checkVersion(env.limits, spec)
  const guestId = spec.guestId ?? 'otherGuest'
  const { uuid, instanceUuid } = { uuid: env.createdUuids.bios, instanceUuid: env.createdUuids.instance }
  const blank = {
    ...CONFIG,
    _typeName: 'VirtualMachineConfigInfo',
    changeVersion: env.changeVersion,
    modified: env.time,
    createDate: spec.createDate ?? env.time,
    name: env.vmName,
    guestFullName: '',
    version: versionKey(hardware),
    uuid,
    instanceUuid,
    guestId: '',
    files: env.files,
    firmware: CONFIG.firmware,
    hardware: data('VirtualHardware', {
      numCPU: 1,
      numCoresPerSocket: 1,
      autoCoresPerSocket: false,
      memoryMB: 32,
      virtualICH7MPresent: false,
      virtualSMCPresent: false,
      device: DEFAULT_DEVICES,
      motherboardLayout: 'i440bxHostBridge',
      simultaneousThreads: 1,
    }),
    extraConfig: [nvramOption(env.vmName), ...EXTRA_CONFIG],
  } as unknown as VirtualMachineConfigInfo
  // Where its files are was decided before (env.files).
  return merge(env, blank, { ...spec, guestId, files: undefined }, hardware)
}

/** The one option of a new VM that is its own. */
export function nvramOption(vmName: string): OptionValue {
  return data('OptionValue', { key: 'nvram', value: boxedString(`${vmName}.nvram`) })
}

/** A configuration changed by a spec. Throws what ReconfigVM_Task declares; writes nothing. */
export function changedConfig(
  env: ConfigEnvironment,
  before: VirtualMachineConfigInfo,
  spec: VirtualMachineConfigSpec,
): Configured {
  if (env.running) checkHotChanges(before, spec)
  return merge(env, before, spec, versionNumber(before.version) ?? env.limits.newest)
}

function merge(
  env: ConfigEnvironment,
  before: VirtualMachineConfigInfo,
  spec: VirtualMachineConfigSpec,
  hardware: number,
): Configured {
  checkChoices(spec)
  if (spec.guestId !== undefined && spec.guestId !== before.guestId) checkGuest(env.limits, spec.guestId)
  const guestId = spec.guestId ?? before.guestId
  const sizes = sizesOf(before.hardware, spec)
  checkSizes(hardware, sizes)
  checkAllocations(spec, sizes.memoryMB)
  const firmware = spec.firmware ?? before.firmware
  const nestedHVEnabled = spec.nestedHVEnabled ?? (spec.flags?.vbsEnabled ? true : before.nestedHVEnabled)
  checkVirtualization(env.limits, hardware, spec, { nestedHVEnabled, firmware })
  const { devices, files, macs } = spec.deviceChange?.length
    ? applyDeviceChanges({ ...env, guestId, hardware }, before.hardware.device ?? [], spec.deviceChange)
    : { devices: before.hardware.device ?? [], files: [], macs: [] }
  checkBoard(spec, firmware)
  const locked = spec.memoryReservationLockedToMax ?? before.memoryReservationLockedToMax ?? false
  const changes = memberChanges({ env, before, spec, devices })
  const alternateGuestName = changes.alternateGuestName ?? before.alternateGuestName
  const config = data('VirtualMachineConfigInfo', {
    ...before,
    ...changes,
    name: spec.name === undefined ? before.name : env.vmName,
    changeVersion: env.changeVersion,
    modified: env.time,
    guestId,
    guestFullName: guestFullName(guestId, alternateGuestName),
    uuid: spec.uuid === undefined ? before.uuid : formatUuid(spec.uuid),
    instanceUuid: instanceUuid(env, before, spec.instanceUuid),
    firmware,
    nestedHVEnabled,
    hardware: hardwareOf(before.hardware, spec, sizes, devices),
    cpuAllocation: cpuAllocation(before, spec, sizes.numCPU),
    memoryAllocation: memoryAllocation(before, spec, sizes.memoryMB, locked),
    memoryReservationLockedToMax: locked,
    initialOverhead: overheadOf(sizes),
    ...hotPlug(env.running, spec.memoryHotAddEnabled ?? before.memoryHotAddEnabled ?? false, sizes.memoryMB),
  })
  return { config, files, macs }
}

/** What the guest is called: a name of the client's own is for guests that are just `other` ones. */
function guestFullName(guestId: string, alternate: string | undefined): string {
  if (alternate && guestId.startsWith('other')) return alternate
  return guestOs(guestId)?.fullName ?? guestId
}

/** An empty one asks for a new one. */
function instanceUuid(
  env: ConfigEnvironment,
  before: VirtualMachineConfigInfo,
  wanted: string | undefined,
): string | undefined {
  if (wanted === undefined) return before.instanceUuid
  return wanted === '' ? env.createdUuids.instance : formatUuid(wanted)
}

function sizesOf(before: VirtualHardware, spec: VirtualMachineConfigSpec) {
  const numCPU = spec.numCPUs ?? before.numCPU
  const kept = before.numCoresPerSocket ?? 1
  const cores = spec.numCoresPerSocket ?? (numCPU % kept === 0 && kept <= numCPU ? kept : 1)
  // 0 asks for cores per socket as the host thinks best, from 8.0 on.
  return { numCPU, cores: cores === 0 ? 1 : cores, memoryMB: Number(spec.memoryMB ?? before.memoryMB) }
}

function hardwareOf(
  before: VirtualHardware,
  spec: VirtualMachineConfigSpec,
  { numCPU, cores, memoryMB }: ReturnType<typeof sizesOf>,
  device: VirtualHardware['device'],
): VirtualHardware {
  return patch(before, {
    numCPU,
    numCoresPerSocket: cores,
    autoCoresPerSocket: spec.numCoresPerSocket === 0 ? true : (before.autoCoresPerSocket ?? false),
    memoryMB,
    virtualICH7MPresent: spec.virtualICH7MPresent ?? before.virtualICH7MPresent,
    virtualSMCPresent: spec.virtualSMCPresent ?? before.virtualSMCPresent,
    motherboardLayout: spec.motherboardLayout ?? before.motherboardLayout,
    simultaneousThreads: spec.simultaneousThreads ?? before.simultaneousThreads,
    device,
  })
}

function cpuAllocation(
  before: VirtualMachineConfigInfo,
  spec: VirtualMachineConfigSpec,
  numCPU: number,
): ResourceAllocationInfo {
  return mergeAllocation(before.cpuAllocation, spec.cpuAllocation, (s) => vmShares('cpu', s, numCPU), false)
}

/** Locked to the maximum, the reservation follows the memory size. */
function memoryAllocation(
  before: VirtualMachineConfigInfo,
  spec: VirtualMachineConfigSpec,
  memoryMB: number,
  locked: boolean,
): ResourceAllocationInfo {
  const wanted = locked
    ? data('ResourceAllocationInfo', { ...spec.memoryAllocation, reservation: memoryMB })
    : spec.memoryAllocation
  const merged = mergeAllocation(
    before.memoryAllocation,
    wanted,
    (s) => vmShares('memory', s, memoryMB),
    false,
  )
  return Number(merged.reservation) > memoryMB ? patch(merged, { reservation: memoryMB }) : merged
}

const overheads = new Map<string, VirtualMachineConfigInfo['initialOverhead']>()

function overheadOf({ numCPU, memoryMB }: { numCPU: number; memoryMB: number }) {
  const key = `${numCPU}/${memoryMB}`
  let info = overheads.get(key)
  if (!info) {
    info = data('VirtualMachineConfigInfoOverheadInfo', {
      initialMemoryReservation: vmOverheadBytes(memoryMB, numCPU),
      initialSwapReservation: Math.ceil(vmOverheadBytes(memoryMB, numCPU) * 1.5),
    })
    overheads.set(key, info)
  }
  return info
}

function formatUuid(uuid: string): string {
  const hex = uuid.replaceAll('-', '').toLowerCase()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
