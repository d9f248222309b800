import { boxedString, unboxed } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  DynamicData,
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
import { share } from '../share.js'
import {
  type ConfigLimits,
  checkAllocations,
  checkChoices,
  checkGuest,
  checkHotChanges,
  checkSizes,
  checkVersion,
  checkVirtualization,
} from './check.js'

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
  return merge(env, blank, { ...spec, guestId }, hardware)
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
  const locked = spec.memoryReservationLockedToMax ?? before.memoryReservationLockedToMax ?? false
  const config = data('VirtualMachineConfigInfo', {
    ...before,
    ...plainMembers(spec),
    name: spec.name === undefined ? before.name : env.vmName,
    changeVersion: env.changeVersion,
    modified: env.time,
    guestId,
    guestFullName: spec.alternateGuestName || (guestOs(guestId)?.fullName ?? guestId),
    uuid: spec.uuid === undefined ? before.uuid : formatUuid(spec.uuid),
    instanceUuid: spec.instanceUuid === undefined ? before.instanceUuid : formatUuid(spec.instanceUuid),
    firmware,
    nestedHVEnabled,
    tools: overlay(before.tools, spec.tools),
    flags: overlay(before.flags, spec.flags) ?? before.flags,
    consolePreferences: overlay(before.consolePreferences, spec.consolePreferences),
    defaultPowerOps: overlay(before.defaultPowerOps, spec.powerOpInfo) ?? before.defaultPowerOps,
    bootOptions: overlay(before.bootOptions, spec.bootOptions),
    latencySensitivity: overlay(before.latencySensitivity, spec.latencySensitivity),
    sgxInfo: overlay(before.sgxInfo, spec.sgxInfo),
    scheduledHardwareUpgradeInfo: overlay(
      before.scheduledHardwareUpgradeInfo,
      spec.scheduledHardwareUpgradeInfo,
    ),
    hardware: hardwareOf(before.hardware, spec, sizes, devices),
    cpuAllocation: cpuAllocation(before, spec, sizes.numCPU),
    memoryAllocation: memoryAllocation(before, spec, sizes.memoryMB, locked),
    memoryReservationLockedToMax: locked,
    initialOverhead: overheadOf(sizes),
    extraConfig: mergeOptions(before.extraConfig, spec.extraConfig),
    hotPlugMemoryLimit: undefined,
    hotPlugMemoryIncrementSize: undefined,
    ...hotPlug(env.running, spec.memoryHotAddEnabled ?? before.memoryHotAddEnabled ?? false, sizes.memoryMB),
  })
  return { config, files, macs }
}

/** Members that are the same in the spec and in the configuration and are simply taken over. */
const PLAIN = [
  'locationId',
  'alternateGuestName',
  'annotation',
  'rebootPowerOff',
  'vcpuConfig',
  'memoryHotAddEnabled',
  'cpuHotAddEnabled',
  'cpuHotRemoveEnabled',
  'cpuAffinity',
  'memoryAffinity',
  'networkShaper',
  'swapPlacement',
  'repConfig',
  'vAssertsEnabled',
  'changeTrackingEnabled',
  'maxMksConnections',
  'guestAutoLockEnabled',
  'managedBy',
  'vPMCEnabled',
  'messageBusTunnelEnabled',
  'migrateEncryption',
  'ftEncryptionMode',
  'guestMonitoringModeInfo',
  'sevEnabled',
  'pmemFailoverEnabled',
  'vmxStatsCollectionEnabled',
  'vmOpNotificationToAppEnabled',
  'vmOpNotificationTimeout',
  'deviceSwap',
  'pmem',
  'fixedPassthruHotPlugEnabled',
] as const satisfies readonly (keyof VirtualMachineConfigSpec & keyof VirtualMachineConfigInfo)[]

function plainMembers(spec: VirtualMachineConfigSpec): Partial<VirtualMachineConfigInfo> {
  const members: Record<string, unknown> = {}
  for (const name of PLAIN) if (spec[name] !== undefined) members[name] = spec[name]
  return members
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

/** Only a running VM with memory hot-add says how far it can grow: to sixteen times its size, in steps of 128 MB. */
function hotPlug(running: boolean, enabled: boolean, memoryMB: number): Partial<VirtualMachineConfigInfo> {
  return running && enabled
    ? { hotPlugMemoryLimit: memoryMB * 16, hotPlugMemoryIncrementSize: memoryMB < 3072 ? 128 : 256 }
    : {}
}

/** `changes` over `before`, members that are unset in `changes` kept. */
function overlay<T extends DynamicData>(before: T | undefined, changes: T | undefined): T | undefined {
  if (!changes) return before
  return share(before ? patch(before, changes) : changes)
}

/** Options by key; an empty value removes one. */
export function mergeOptions(
  before: readonly OptionValue[] | undefined,
  changes: readonly OptionValue[] | undefined,
): readonly OptionValue[] | undefined {
  if (!changes?.length) return before
  const merged = new Map((before ?? []).map((option) => [option.key, option]))
  for (const change of changes) {
    if (unboxed(change.value) === '') merged.delete(change.key)
    else merged.set(change.key, change)
  }
  return [...merged.values()]
}

function formatUuid(uuid: string): string {
  const hex = uuid.replaceAll('-', '').toLowerCase()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
