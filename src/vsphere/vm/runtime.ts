import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineDeviceRuntimeInfo,
  VirtualMachineRuntimeInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { vmOverheadBytes } from '../resource-pool/overhead.js'
import { guestOs } from './guest-os.js'
import { memo, share } from './share.js'

const is64Bit = Object.freeze([
  data('VirtualMachineFeatureRequirement', {
    key: 'cpuid.lm',
    featureName: 'cpuid.lm',
    value: 'Bool:Min:1',
  }),
])

/** What is true of every VM that was just registered, wherever it is. */
export const FIRST_RUNTIME = Object.freeze({
  connectionState: 'connected',
  powerState: 'poweredOff',
  faultToleranceState: 'notConfigured',
  toolsInstallerMounted: false,
  numMksConnections: 0,
  recordReplayState: 'inactive',
  onlineStandby: false,
  consolidationNeeded: false,
  vFlashCacheAllocation: 0,
  paused: false,
  snapshotInBackground: false,
  quiescedForkParent: false,
  instantCloneFrozen: false,
  suspendedToMemory: false,
  vmFailoverInProgress: false,
  suspendInterval: 0,
  iommuActive: false,
} as const)

/** The state of a VM that was just registered: powered off on its host. */
export function initialRuntime(
  read: Reader,
  config: VirtualMachineConfigInfo,
  host: ManagedObjectReference | undefined,
): VirtualMachineRuntimeInfo {
  const most = limits(read, config, host)
  return fresh(`${host?.value}/${limitsKey(most)}`, () =>
    data('VirtualMachineRuntimeInfo', {
      host,
      ...FIRST_RUNTIME,
      ...most,
    }),
  )
}

const fresh = memo<VirtualMachineRuntimeInfo>()

type Limits = Pick<VirtualMachineRuntimeInfo, 'maxCpuUsage' | 'maxMemoryUsage' | 'offlineFeatureRequirement'>

const limitsKey = (most: Limits) =>
  `${most.maxCpuUsage}/${most.maxMemoryUsage}/${most.offlineFeatureRequirement !== undefined}`

/** What the configuration and the host make of the most that the VM may use: MHz and MB. */
export function limits(
  read: Reader,
  config: VirtualMachineConfigInfo,
  host: ManagedObjectReference | undefined,
): Limits {
  const hz = host && read.find('HostSystem', host.value)?.hardware?.cpuInfo.hz
  return {
    maxCpuUsage: hz === undefined ? undefined : config.hardware.numCPU * Math.round(Number(hz) / 1e6),
    maxMemoryUsage: config.hardware.memoryMB,
    offlineFeatureRequirement: guestOs(config.guestId)?.bits === 64 ? is64Bit : undefined,
  }
}

/** The runtime of a VM that runs on `host` since `time`. */
export function poweredOnRuntime(
  read: Reader,
  before: VirtualMachineRuntimeInfo,
  config: VirtualMachineConfigInfo,
  host: ManagedObjectReference,
  time: string,
): VirtualMachineRuntimeInfo {
  const { memoryMB, numCPU } = config.hardware
  const most = limits(read, config, host)
  const device = cards(config)
  const keys = device?.map(({ key }) => key)
  const key = `${host.value}/${time}/${memoryMB}/${numCPU}/${limitsKey(most)}/${keys}`
  const last = started.get(before)
  if (last?.key === key) return last.after
  const after = patch(before, {
    host,
    device,
    powerState: 'poweredOn',
    connectionState: 'connected',
    bootTime: time,
    suspendTime: undefined,
    suspendedToMemory: false,
    memoryOverhead: vmOverheadBytes(memoryMB, numCPU),
    cleanPowerOff: undefined,
    ...most,
    offlineFeatureRequirement: undefined,
    featureRequirement: most.offlineFeatureRequirement,
    minRequiredEVCModeKey: undefined,
  })
  started.set(before, { key, after })
  return after
}

/** The last power-on from a state that many VMs share: those of a seed come up alike, one after the other. */
const started = new WeakMap<object, { readonly key: string; readonly after: VirtualMachineRuntimeInfo }>()

/** The runtime of a VM that does not run: powered off or suspended. */
export function stoppedRuntime(
  read: Reader,
  before: VirtualMachineRuntimeInfo,
  config: VirtualMachineConfigInfo,
  state: { powerState: 'poweredOff'; clean: boolean } | { powerState: 'suspended'; time: string },
): VirtualMachineRuntimeInfo {
  return share(
    patch(before, {
      device: undefined,
      powerState: state.powerState,
      bootTime: undefined,
      suspendTime: state.powerState === 'suspended' ? state.time : undefined,
      memoryOverhead: undefined,
      cleanPowerOff: state.powerState === 'poweredOff' ? state.clean : undefined,
      featureRequirement: undefined,
      question: undefined,
      paused: false,
      toolsInstallerMounted: false,
      ...limits(read, config, before.host),
    }),
  )
}

/** The runtime with the network cards that the configuration has now; cards report nothing while the VM is off. */
export function withCards(
  runtime: VirtualMachineRuntimeInfo,
  config: VirtualMachineConfigInfo,
): VirtualMachineRuntimeInfo {
  return share(patch(runtime, { device: runtime.powerState === 'poweredOn' ? cards(config) : undefined }))
}

/** Virtual network cards report their state while the VM runs. */
function cards(config: VirtualMachineConfigInfo): readonly VirtualMachineDeviceRuntimeInfo[] | undefined {
  const all = (config.hardware.device ?? []).filter((device) => isA(device._typeName, 'VirtualEthernetCard'))
  return all.length === 0 ? undefined : all.map((card) => cardState(card.key))
}

const cardStates = new Map<number, VirtualMachineDeviceRuntimeInfo>()

function cardState(key: number): VirtualMachineDeviceRuntimeInfo {
  let state = cardStates.get(key)
  if (!state) {
    state = data('VirtualMachineDeviceRuntimeInfo', {
      key,
      runtimeState: data('VirtualMachineDeviceRuntimeInfoVirtualEthernetCardRuntimeState', {
        vmDirectPathGen2Active: false,
        vmDirectPathGen2InactiveReasonOther: ['vmNptIncompatibleHost'],
        vmDirectPathGen2InactiveReasonExtended: '',
        uptv2Active: false,
        reservationStatus: undefined,
        attachmentStatus: undefined,
        featureRequirement: undefined,
      }),
    })
    cardStates.set(key, state)
  }
  return state
}
