import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault, localizedFault, type VimFault } from '#vim25/fault.js'
import type { LocalizedMethodFault, VirtualDevice, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { hardwareOf, machineOfHost } from '#world/hardware.js'
import { linkSpeedBehind, selectedFor } from '../vmkernel/build.js'

/** What a running VM needs to go from host to host. Throws the MigrationFault or VmConfigFault that is in its way. */
export function requireVMotion(
  read: Reader,
  vm: string,
  config: VirtualMachineConfigInfo,
  from: string,
  to: string,
): void {
  const problem = interfaceProblem(read, from, true) ?? interfaceProblem(read, to, false)
  if (problem) throw problem
  requireNoFixedDevice(config)
  requireSameCpu(read, vm, from, to)
}

/** A host sends and receives memory through a vmkernel adapter that vMotion is enabled on, and that has a link. */
function interfaceProblem(read: Reader, host: string, atSourceHost: boolean): VimFault | undefined {
  const about = {
    atSourceHost,
    failedHost: read.get('HostSystem', host).name,
    failedHostEntity: read.ref(host),
  }
  const adapters = selectedFor(read, host, 'vmotion')
  const [first] = adapters
  if (first === undefined) return fault('VMotionNotConfigured', about)
  if (adapters.some((device) => linkSpeedBehind(read, host, device) !== undefined)) return undefined
  return fault('VMotionLinkDown', { ...about, network: networkBehind(read, host, first) })
}

/** What slows a running VM on its way, without keeping it: a link below 1 Gb/s. */
export function vMotionWarnings(read: Reader, from: string, to: string): readonly LocalizedMethodFault[] {
  return [from, to].flatMap((host, at) => {
    const [device] = selectedFor(read, host, 'vmotion')
    const speed = device === undefined ? undefined : linkSpeedBehind(read, host, device)
    if (device === undefined || speed === undefined || speed >= 1_000) return []
    const about = { atSourceHost: at === 0, failedHost: read.get('HostSystem', host).name }
    const network = networkBehind(read, host, device)
    return [localizedFault('VMotionLinkCapacityLow', { ...about, failedHostEntity: read.ref(host), network })]
  })
}

/** The port group of a vmkernel adapter. */
function networkBehind(read: Reader, host: string, vmk: string): string {
  const vnics = read.get('HostSystem', host).config?.network?.vnic ?? []
  return vnics.find(({ device }) => device === vmk)?.portgroup || vmk
}

interface FixedBacking {
  readonly _typeName: string
  readonly deviceName?: string | undefined
}

/** Throws DisallowedMigrationDeviceAttached for a connected device of the host or of a client. */
export function requireNoFixedDevice(config: VirtualMachineConfigInfo): void {
  for (const device of config.hardware.device ?? []) {
    const backing = device.backing as FixedBacking | undefined
    if (!backing || !isFixed(device, backing)) continue
    const label = device.deviceInfo?.label ?? device._typeName
    throw fault('DisallowedMigrationDeviceAttached', {
      fault: localizedFault('DeviceBackingNotSupported', {
        device: label,
        backing: backing.deviceName ?? '',
      }),
    })
  }
}

/** Drives and ports by the type of what is behind them; passed-through PCI devices are there all the time. */
function isFixed({ connectable }: VirtualDevice, { _typeName }: FixedBacking): boolean {
  if (_typeName.startsWith('VirtualPCIPassthrough')) return true
  const ofHost = /^Virtual(Cdrom|Floppy|SerialPort|ParallelPort|USB|Sound).*(Atapi|Passthrough|Device|Remote)/
  return (connectable?.connected ?? false) && ofHost.test(_typeName) && !_typeName.includes('Iso')
}

/** EVC modes of a vendor, oldest first (knowledge base article 1003212). */
const MODES: readonly string[] = [
  'intel-merom intel-penryn intel-nehalem intel-westmere intel-sandybridge intel-ivybridge intel-haswell',
  'intel-broadwell intel-skylake intel-cascadelake intel-icelake intel-sapphirerapids',
  'amd-rev-e amd-rev-f amd-greyhound-no3dnow amd-greyhound amd-bulldozer amd-piledriver amd-steamroller',
  'amd-zen amd-zen2 amd-zen3 amd-zen4',
].flatMap((line) => line.split(' '))

/** Throws FeatureRequirementsNotMet: a guest goes on using what it found when it started (deviation 46). */
function requireSameCpu(read: Reader, vm: string, from: string, to: string): void {
  const [source, target] = [from, to].map((host) => {
    const machine = machineOfHost(read, host)
    return machine === undefined ? undefined : hardwareOf(read, machine)
  })
  if (!source || !target) return
  const lacking =
    source.cpuVendor !== target.cpuVendor
      ? `cpuid.${source.cpuVendor === 'intel' ? 'Intel' : 'AMD'}`
      : MODES.indexOf(target.evcModeKey) < MODES.indexOf(source.evcModeKey)
        ? source.evcModeKey
        : undefined
  if (lacking === undefined) return
  throw fault('FeatureRequirementsNotMet', {
    featureRequirement: [
      data('VirtualMachineFeatureRequirement', { key: lacking, featureName: lacking, value: 'Bool:Min:1' }),
    ],
    vm: read.ref(vm),
    host: read.ref(to),
  })
}
