import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionValue, VirtualMachineCapability } from '#vim25/generated/types.js'

/** Parts of a VM that are the same for most VMs: one object each, shared by all (DESIGN 3). Values as 8.0 reports them. */

export const CAPABILITY: VirtualMachineCapability = data('VirtualMachineCapability', {
  snapshotOperationsSupported: true,
  multipleSnapshotsSupported: true,
  snapshotConfigSupported: true,
  poweredOffSnapshotsSupported: true,
  memorySnapshotsSupported: true,
  revertToSnapshotSupported: true,
  quiescedSnapshotsSupported: true,
  disableSnapshotsSupported: false,
  lockSnapshotsSupported: false,
  consolePreferencesSupported: false,
  cpuFeatureMaskSupported: true,
  s1AcpiManagementSupported: true,
  settingScreenResolutionSupported: false,
  toolsAutoUpdateSupported: false,
  vmNpivWwnSupported: true,
  npivWwnOnNonRdmVmSupported: true,
  vmNpivWwnDisableSupported: true,
  vmNpivWwnUpdateSupported: true,
  swapPlacementSupported: true,
  toolsSyncTimeSupported: true,
  virtualMmuUsageSupported: true,
  diskSharesSupported: true,
  bootOptionsSupported: true,
  bootRetryOptionsSupported: true,
  settingVideoRamSizeSupported: true,
  settingDisplayTopologySupported: false,
  recordReplaySupported: false,
  changeTrackingSupported: true,
  multipleCoresPerSocketSupported: true,
  hostBasedReplicationSupported: true,
  guestAutoLockSupported: true,
  memoryReservationLockSupported: true,
  featureRequirementSupported: true,
  poweredOnMonitorTypeChangeSupported: true,
  seSparseDiskSupported: true,
  nestedHVSupported: true,
  vPMCSupported: true,
  secureBootSupported: true,
  perVmEvcSupported: true,
  virtualMmuUsageIgnored: true,
  virtualExecUsageIgnored: true,
  diskOnlySnapshotOnSuspendedVMSupported: true,
  suspendToMemorySupported: true,
  toolsSyncTimeAllowSupported: true,
  sevSupported: false,
  pmemFailoverSupported: true,
  requireSgxAttestationSupported: true,
  changeModeDisksSupported: true,
  vendorDeviceGroupSupported: true,
})

export const FLAGS = data('VirtualMachineFlagInfo', {
  disableAcceleration: false,
  enableLogging: true,
  useToe: false,
  runWithDebugInfo: false,
  monitorType: 'release',
  htSharing: 'any',
  snapshotDisabled: false,
  snapshotLocked: false,
  diskUuidEnabled: false,
  virtualMmuUsage: 'automatic',
  virtualExecUsage: 'hvAuto',
  snapshotPowerOffBehavior: 'powerOff',
  recordReplayEnabled: false,
  faultToleranceType: 'unset',
  cbrcCacheEnabled: false,
  vvtdEnabled: false,
  vbsEnabled: false,
})

export const TOOLS = data('ToolsConfigInfo', {
  toolsVersion: 0,
  toolsInstallType: 'guestToolsTypeUnknown',
  afterPowerOn: true,
  afterResume: true,
  beforeGuestStandby: true,
  beforeGuestShutdown: true,
  beforeGuestReboot: true,
  toolsUpgradePolicy: 'manual',
  syncTimeWithHostAllowed: true,
  syncTimeWithHost: false,
  lastInstallInfo: data('ToolsConfigInfoToolsLastInstallInfo', { counter: 0 }),
})

/** Version number of the VMware Tools that come with 8.0.3 (12.4.5); a VM with a version above 0 has tools installed. */
export const TOOLS_VERSION = 12_421

export const POWER_OPS = data('VirtualMachineDefaultPowerOpInfo', {
  powerOffType: 'soft',
  suspendType: 'hard',
  resetType: 'soft',
  defaultPowerOffType: 'soft',
  defaultSuspendType: 'hard',
  defaultResetType: 'soft',
  standbyAction: 'checkpoint',
})

export const BOOT_OPTIONS = data('VirtualMachineBootOptions', {
  bootDelay: 0,
  enterBIOSSetup: false,
  efiSecureBootEnabled: false,
  bootRetryEnabled: false,
  bootRetryDelay: 10_000,
  networkBootProtocol: 'ipv4',
})

export const CONSOLE_PREFERENCES = data('VirtualMachineConsolePreferences', {
  powerOnWhenOpened: false,
  enterFullScreenOnPowerOn: false,
  closeOnPowerOffOrSuspend: false,
})

const option = (key: string, value: string): OptionValue =>
  data('OptionValue', { key, value: boxedString(value) })

/** What ESXi writes into every new VM's configuration beside the VM's own `nvram`. */
const BRIDGES = [4, 5, 6, 7].flatMap((bridge) => [
  option(`pciBridge${bridge}.present`, 'TRUE'),
  option(`pciBridge${bridge}.virtualDev`, 'pcieRootPort'),
  option(`pciBridge${bridge}.functions`, '8'),
])

export const EXTRA_CONFIG: readonly OptionValue[] = Object.freeze([
  option('pciBridge0.present', 'TRUE'),
  option('svga.present', 'TRUE'),
  ...BRIDGES,
  option('hpet0.present', 'TRUE'),
  option('RemoteDisplay.maxConnections', '-1'),
  option('sched.cpu.latencySensitivity', 'normal'),
  option('disk.EnableUUID', 'FALSE'),
  option('tools.guest.desktop.autolock', 'FALSE'),
  option('vmware.tools.internalversion', '0'),
  option('vmware.tools.requiredversion', String(TOOLS_VERSION)),
  option('migrate.hostLogState', 'none'),
  option('migrate.migrationId', '0'),
])

/** The members of VirtualMachineConfigInfo that every new VM has alike. */
export const CONFIG = Object.freeze({
  npivTemporaryDisabled: true,
  template: false,
  alternateGuestName: '',
  annotation: '',
  tools: TOOLS,
  flags: FLAGS,
  consolePreferences: CONSOLE_PREFERENCES,
  defaultPowerOps: POWER_OPS,
  rebootPowerOff: false,
  latencySensitivity: data('LatencySensitivity', { level: 'normal' }),
  memoryHotAddEnabled: false,
  cpuHotAddEnabled: false,
  cpuHotRemoveEnabled: false,
  swapPlacement: 'inherit',
  bootOptions: BOOT_OPTIONS,
  vAssertsEnabled: false,
  changeTrackingEnabled: false,
  firmware: 'bios',
  maxMksConnections: -1,
  guestAutoLockEnabled: false,
  memoryReservationLockedToMax: false,
  nestedHVEnabled: false,
  vPMCEnabled: false,
  scheduledHardwareUpgradeInfo: data('ScheduledHardwareUpgradeInfo', {
    upgradePolicy: 'never',
    scheduledHardwareUpgradeStatus: 'none',
  }),
  forkConfigInfo: data('VirtualMachineForkConfigInfo', { parentEnabled: false }),
  vFlashCacheReservation: 0,
  messageBusTunnelEnabled: false,
  guestIntegrityInfo: data('VirtualMachineGuestIntegrityInfo', { enabled: false }),
  migrateEncryption: 'opportunistic',
  sgxInfo: data('VirtualMachineSgxInfo', { epcSize: 0, flcMode: 'unlocked', requireAttestation: false }),
  ftEncryptionMode: 'ftEncryptionOpportunistic',
  guestMonitoringModeInfo: data('VirtualMachineGuestMonitoringModeInfo', {}),
  sevEnabled: false,
  numaInfo: data('VirtualMachineVirtualNumaInfo', {
    coresPerNumaNode: 0,
    autoCoresPerNumaNode: true,
    vnumaOnCpuHotaddExposed: false,
  }),
  pmemFailoverEnabled: false,
  vmxStatsCollectionEnabled: true,
  vmOpNotificationToAppEnabled: false,
  vmOpNotificationTimeout: 0,
  deviceSwap: data('VirtualMachineVirtualDeviceSwap', {
    lsiToPvscsi: data('VirtualMachineVirtualDeviceSwapDeviceSwapInfo', {
      enabled: false,
      applicable: false,
      status: 'none',
    }),
  }),
  pmem: data('VirtualMachineVirtualPMem', { snapshotMode: 'independent_persistent' }),
  deviceGroups: data('VirtualMachineVirtualDeviceGroups', {}),
  fixedPassthruHotPlugEnabled: false,
})
