import type {
  VirtualDevice,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import type { ConfigLimits } from './check.js'
import { cpuFeatureMask } from './cpu-features.js'
import { badArgument } from './faults.js'
import { npivNames } from './npiv.js'
import { overlay } from './overlay.js'
import { refuseCrypto, refuseProfiles } from './refusals.js'
import * as settings from './settings.js'
import { vAppConfig } from './v-app.js'

type Spec = VirtualMachineConfigSpec
type Info = VirtualMachineConfigInfo
export type SpecMember = Exclude<keyof Spec, '_typeName'>

/** What the rule of a member may look at beside its value. */
export interface MemberContext {
  readonly env: Parameters<typeof npivNames>[0] & {
    readonly limits: ConfigLimits
    readonly datacenter: string
  }
  readonly before: Info
  readonly spec: Spec
  /** The devices after the spec's changes. */
  readonly devices: readonly VirtualDevice[]
}

/** What becomes of one member of a spec. */
export interface Member {
  /** Path below VirtualMachine.config where it is read back; undefined: it is refused, or only compared. */
  readonly at?: string
  /**
   * `taken`: replaces what is there. `overlaid`: its set members do. `ruled`: `change` makes the changes of the configuration.
   * `whole`: config/configure.ts decides it together with others. `compared`: with what is, nothing is changed by it.
   * `refused`: `refuse` throws, or lets values pass that ask for nothing.
   */
  readonly how: 'taken' | 'overlaid' | 'ruled' | 'whole' | 'compared' | 'refused'
  change?(value: never, context: MemberContext): Partial<Info>
  refuse?(value: never): void
}

const taken = (at: keyof Info): Member => ({ at, how: 'taken' })
const overlaid = (at: keyof Info): Member => ({ at, how: 'overlaid' })
const whole = (at: string): Member => ({ at, how: 'whole' })
const compared: Member = { how: 'compared' }

function ruled<K extends SpecMember>(
  at: keyof Info,
  _member: K,
  change: (value: NonNullable<Spec[K]>, context: MemberContext) => Partial<Info>,
): Member {
  return { at, how: 'ruled', change }
}

function refused<T>(refuse: (value: T) => void): Member {
  return { how: 'refused', refuse }
}

/** What the VM's host is made of, if it has one. */
const hardwareBelow = ({ read, host }: ConfigLimits) => host && read.find('HostSystem', host.value)?.hardware

/** Members of releases after every identity that there is. */
const newer = (member: SpecMember) =>
  refused(() => {
    throw badArgument(member)
  })

const npiv = (member: SpecMember) =>
  ruled(member as keyof Info, member, (_value, { env, before, spec }) => npivNames(env, before, spec))

/**
 * Every member of VirtualMachineConfigSpec: where VirtualMachine.config shows it afterwards, or that it is refused. None is
 * accepted and forgotten; members.test.ts walks the schema. Some have no effect beyond that
 * (deviation 48).
 */
export const MEMBERS: Readonly<Record<SpecMember, Member>> = {
  changeVersion: compared,
  name: whole('name'),
  version: compared,
  createDate: taken('createDate'),
  uuid: whole('uuid'),
  instanceUuid: whole('instanceUuid'),
  npivNodeWorldWideName: npiv('npivNodeWorldWideName'),
  npivPortWorldWideName: npiv('npivPortWorldWideName'),
  npivWorldWideNameType: npiv('npivWorldWideNameType'),
  npivDesiredNodeWwns: taken('npivDesiredNodeWwns'),
  npivDesiredPortWwns: taken('npivDesiredPortWwns'),
  npivTemporaryDisabled: taken('npivTemporaryDisabled'),
  npivOnNonRdmDisks: taken('npivOnNonRdmDisks'),
  npivWorldWideNameOp: ruled('npivWorldWideNameType', 'npivWorldWideNameOp', (_op, { env, before, spec }) =>
    npivNames(env, before, spec),
  ),
  // An empty one asks for a new one.
  locationId: ruled('locationId', 'locationId', (id, { env }) => ({
    locationId: id || env.uuid('location'),
  })),
  guestId: whole('guestId'),
  alternateGuestName: taken('alternateGuestName'),
  annotation: taken('annotation'),
  files: ruled('files', 'files', (files, { before, env }) => ({
    files: settings.fileDirectories(
      { read: env.limits.read, datacenter: env.datacenter },
      before.files,
      files,
    ),
  })),
  tools: overlaid('tools'),
  flags: ruled('flags', 'flags', (flags, { before }) => {
    // Fault Tolerance says itself of what kind it is.
    for (const own of ['faultToleranceType', 'recordReplayEnabled'] as const)
      if (flags[own] !== undefined && flags[own] !== before.flags[own]) throw badArgument(`flags.${own}`)
    return { flags: overlay(before.flags, flags) ?? before.flags }
  }),
  consolePreferences: overlaid('consolePreferences'),
  powerOpInfo: overlaid('defaultPowerOps'),
  rebootPowerOff: taken('rebootPowerOff'),
  numCPUs: whole('hardware.numCPU'),
  vcpuConfig: ruled('vcpuConfig', 'vcpuConfig', (vcpus, { before, spec }) => {
    if (vcpus.length > (spec.numCPUs ?? before.hardware.numCPU)) throw badArgument('vcpuConfig')
    return { vcpuConfig: vcpus }
  }),
  numCoresPerSocket: whole('hardware.numCoresPerSocket'),
  memoryMB: whole('hardware.memoryMB'),
  memoryHotAddEnabled: taken('memoryHotAddEnabled'),
  cpuHotAddEnabled: taken('cpuHotAddEnabled'),
  cpuHotRemoveEnabled: taken('cpuHotRemoveEnabled'),
  virtualICH7MPresent: whole('hardware.virtualICH7MPresent'),
  virtualSMCPresent: whole('hardware.virtualSMCPresent'),
  deviceChange: whole('hardware.device'),
  cpuAllocation: whole('cpuAllocation'),
  memoryAllocation: whole('memoryAllocation'),
  latencySensitivity: overlaid('latencySensitivity'),
  cpuAffinity: ruled('cpuAffinity', 'cpuAffinity', (set, { env }) => ({
    cpuAffinity: settings.affinity('cpuAffinity', set, hardwareBelow(env.limits)?.cpuInfo.numCpuThreads),
  })),
  memoryAffinity: ruled('memoryAffinity', 'memoryAffinity', (set, { env }) => ({
    memoryAffinity: settings.affinity('memoryAffinity', set, hardwareBelow(env.limits)?.numaInfo?.numNodes),
  })),
  networkShaper: overlaid('networkShaper'),
  cpuFeatureMask: ruled('cpuFeatureMask', 'cpuFeatureMask', (updates, { before }) => ({
    cpuFeatureMask: cpuFeatureMask(before.cpuFeatureMask, updates),
  })),
  extraConfig: ruled('extraConfig', 'extraConfig', (options, { before }) => ({
    extraConfig: settings.mergeOptions(before.extraConfig, options),
  })),
  swapPlacement: taken('swapPlacement'),
  bootOptions: ruled('bootOptions', 'bootOptions', (value, { before, devices }) => ({
    bootOptions: settings.bootOptions(before.bootOptions, value, devices),
  })),
  vAppConfig: ruled('vAppConfig', 'vAppConfig', (wanted, { before, spec }) => {
    if (spec.vAppConfigRemoved) throw badArgument('vAppConfigRemoved')
    return { vAppConfig: vAppConfig(before.vAppConfig, wanted) }
  }),
  // What a pair is, is told by the methods that make it one.
  ftInfo: refused(() => {
    throw badArgument('ftInfo')
  }),
  repConfig: ruled('repConfig', 'repConfig', (wanted, { devices }) => ({
    repConfig: settings.replication(wanted, devices),
  })),
  vAppConfigRemoved: ruled(
    'vAppConfig',
    'vAppConfigRemoved',
    (removed): Partial<Info> => (removed ? { vAppConfig: undefined } : {}),
  ),
  vAssertsEnabled: taken('vAssertsEnabled'),
  changeTrackingEnabled: taken('changeTrackingEnabled'),
  firmware: whole('firmware'),
  maxMksConnections: taken('maxMksConnections'),
  guestAutoLockEnabled: taken('guestAutoLockEnabled'),
  managedBy: ruled('managedBy', 'managedBy', (extension) => ({ managedBy: settings.managedBy(extension) })),
  memoryReservationLockedToMax: whole('memoryReservationLockedToMax'),
  nestedHVEnabled: whole('nestedHVEnabled'),
  vPMCEnabled: taken('vPMCEnabled'),
  scheduledHardwareUpgradeInfo: ruled(
    'scheduledHardwareUpgradeInfo',
    'scheduledHardwareUpgradeInfo',
    (wanted, { before, env }) => ({
      scheduledHardwareUpgradeInfo: settings.scheduledUpgrade(
        before.scheduledHardwareUpgradeInfo,
        wanted,
        env.limits.newest,
      ),
    }),
  ),
  vmProfile: refused((profiles: NonNullable<Spec['vmProfile']>) => refuseProfiles(profiles, 'vmProfile')),
  messageBusTunnelEnabled: taken('messageBusTunnelEnabled'),
  crypto: refused(refuseCrypto),
  migrateEncryption: taken('migrateEncryption'),
  sgxInfo: overlaid('sgxInfo'),
  ftEncryptionMode: taken('ftEncryptionMode'),
  guestMonitoringModeInfo: overlaid('guestMonitoringModeInfo'),
  sevEnabled: taken('sevEnabled'),
  virtualNuma: ruled('numaInfo', 'virtualNuma', (numa, { before }) => ({
    numaInfo: settings.numaInfo(before.numaInfo, numa),
  })),
  motherboardLayout: whole('hardware.motherboardLayout'),
  pmemFailoverEnabled: taken('pmemFailoverEnabled'),
  vmxStatsCollectionEnabled: taken('vmxStatsCollectionEnabled'),
  vmOpNotificationToAppEnabled: taken('vmOpNotificationToAppEnabled'),
  vmOpNotificationTimeout: taken('vmOpNotificationTimeout'),
  deviceSwap: ruled('deviceSwap', 'deviceSwap', (wanted, { before, devices }) => ({
    deviceSwap: settings.deviceSwap(before.deviceSwap, wanted, devices),
  })),
  simultaneousThreads: whole('hardware.simultaneousThreads'),
  pmem: overlaid('pmem'),
  deviceGroups: taken('deviceGroups'),
  fixedPassthruHotPlugEnabled: taken('fixedPassthruHotPlugEnabled'),
  metroFtEnabled: taken('metroFtEnabled'),
  metroFtHostGroup: taken('metroFtHostGroup'),
  tdxEnabled: newer('tdxEnabled'),
  sevSnpEnabled: newer('sevSnpEnabled'),
  tagSpecs: newer('tagSpecs'),
  vmPlacementPolicies: newer('vmPlacementPolicies'),
}

/** What the members of a spec change that have rules of their own. Throws what the rules throw. */
export function memberChanges(context: MemberContext): Partial<Info> {
  const changes: Record<string, unknown> = {}
  const before = context.before as unknown as Readonly<Record<string, never>>
  for (const [name, value] of Object.entries(context.spec)) {
    const member = (MEMBERS as Readonly<Record<string, Member>>)[name]
    if (!member || value === undefined) continue
    const { at = name, how } = member
    if (how === 'taken') changes[at] = value
    else if (how === 'overlaid') changes[at] = overlay(before[at], value)
    else if (how === 'ruled') Object.assign(changes, member.change?.(value as never, context))
    else if (how === 'refused') member.refuse?.(value as never)
  }
  return changes
}
