import { expect } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { disk, edit } from '../testing.js'
import type { SpecMember } from './members.js'

type Spec = VirtualMachineConfigSpec

/** A value that no new VM has, what else the spec needs for it, and how the configuration shows it where that differs. */
export interface Example {
  readonly spec: Partial<Spec>
  readonly shown?: unknown
  /** The fault that refuses it. */
  readonly refused?: string
}

export const UUID = '42000000-1111-2222-3333-444444444444'
export const REPLICATION = data('ReplicationConfigSpec', {
  generation: 1,
  vmReplicationId: 'GID-1',
  destination: '192.168.10.9',
  port: 31031,
  rpo: 60,
  quiesceGuestEnabled: false,
  paused: false,
  oppUpdatesEnabled: false,
  disk: [data('ReplicationInfoDiskSettings', { key: 2000, diskReplicationId: 'RDID-1' })],
})
const KEY = data('CryptoKeyId', { keyId: 'key-1' })
const WWN = { npivNodeWorldWideName: [2882304309355098434n], npivPortWorldWideName: [2882304309355098435n] }

const same = (spec: Partial<Spec>): Example => ({ spec })
const set = <T extends SpecMember>(member: T, value: Spec[T], shown?: unknown): Example => ({
  spec: { [member]: value },
  ...(shown === undefined ? {} : { shown }),
})

/** One for every member. */
export const EXAMPLES: Readonly<Record<SpecMember, Example>> = {
  changeVersion: { ...same({ changeVersion: 'another' }), refused: 'ConcurrentAccess' },
  name: set('name', 'renamed'),
  version: { ...same({ version: 'vmx-09' }), refused: 'InvalidArgument' },
  createDate: set('createDate', '2020-02-02T00:00:00Z'),
  uuid: set('uuid', UUID),
  instanceUuid: set('instanceUuid', UUID),
  npivNodeWorldWideName: {
    spec: { ...WWN, npivWorldWideNameOp: 'set' },
    shown: WWN.npivNodeWorldWideName,
  },
  npivPortWorldWideName: {
    spec: { ...WWN, npivWorldWideNameOp: 'set' },
    shown: WWN.npivPortWorldWideName,
  },
  npivWorldWideNameType: { ...same({ npivWorldWideNameType: 'external' }), refused: 'InvalidVmConfig' },
  npivDesiredNodeWwns: set('npivDesiredNodeWwns', 2),
  npivDesiredPortWwns: set('npivDesiredPortWwns', 8),
  npivTemporaryDisabled: set('npivTemporaryDisabled', false),
  npivOnNonRdmDisks: set('npivOnNonRdmDisks', true),
  npivWorldWideNameOp: { spec: { npivWorldWideNameOp: 'generate', npivOnNonRdmDisks: true }, shown: 'vc' },
  locationId: set('locationId', UUID),
  guestId: set('guestId', 'vmkernel6Guest'),
  alternateGuestName: set('alternateGuestName', 'Plan 9'),
  annotation: set('annotation', 'a note'),
  files: {
    spec: { files: data('VirtualMachineFileInfo', { snapshotDirectory: '[nfs] snapshots/' }) },
    shown: { snapshotDirectory: '[nfs] snapshots/', vmPathName: '[nfs] demo/demo.vmx' },
  },
  tools: set('tools', data('ToolsConfigInfo', { syncTimeWithHost: true })),
  flags: set('flags', data('VirtualMachineFlagInfo', { diskUuidEnabled: true })),
  consolePreferences: set(
    'consolePreferences',
    data('VirtualMachineConsolePreferences', { closeOnPowerOffOrSuspend: true }),
  ),
  powerOpInfo: set('powerOpInfo', data('VirtualMachineDefaultPowerOpInfo', { powerOffType: 'hard' })),
  rebootPowerOff: set('rebootPowerOff', true),
  numCPUs: set('numCPUs', 4),
  vcpuConfig: set('vcpuConfig', [
    data('VirtualMachineVcpuConfig', { latencySensitivity: data('LatencySensitivity', { level: 'high' }) }),
  ]),
  numCoresPerSocket: set('numCoresPerSocket', 2),
  memoryMB: set('memoryMB', 2048),
  memoryHotAddEnabled: set('memoryHotAddEnabled', true),
  cpuHotAddEnabled: set('cpuHotAddEnabled', true),
  cpuHotRemoveEnabled: set('cpuHotRemoveEnabled', true),
  virtualICH7MPresent: set('virtualICH7MPresent', true),
  virtualSMCPresent: set('virtualSMCPresent', true),
  deviceChange: {
    spec: { deviceChange: [edit(disk({ key: 2000, controllerKey: 1000, unitNumber: 0, gb: 8 }))] },
    shown: expect.arrayContaining([expect.objectContaining({ key: 2000, capacityInKB: 8 * 2 ** 20 })]),
  },
  cpuAllocation: set('cpuAllocation', data('ResourceAllocationInfo', { reservation: 100 })),
  memoryAllocation: set('memoryAllocation', data('ResourceAllocationInfo', { limit: 512 })),
  latencySensitivity: set('latencySensitivity', data('LatencySensitivity', { level: 'high' })),
  cpuAffinity: set('cpuAffinity', data('VirtualMachineAffinityInfo', { affinitySet: [0, 2] })),
  memoryAffinity: set('memoryAffinity', data('VirtualMachineAffinityInfo', { affinitySet: [0] })),
  networkShaper: set(
    'networkShaper',
    data('VirtualMachineNetworkShaperInfo', { averageBps: 9007199254740993n }),
  ),
  cpuFeatureMask: {
    spec: {
      cpuFeatureMask: [
        data('VirtualMachineCpuIdInfoSpec', {
          operation: 'add',
          info: data('HostCpuIdInfo', { level: 1, ecx: '----:----:----:----:----:----:---0:----' }),
        }),
      ],
    },
    shown: [{ level: 1, ecx: '----:----:----:----:----:----:---0:----' }],
  },
  extraConfig: {
    spec: { extraConfig: [data('OptionValue', { key: 'guestinfo.x', value: boxedString('1') })] },
    shown: expect.arrayContaining([expect.objectContaining({ key: 'guestinfo.x' })]),
  },
  swapPlacement: set('swapPlacement', 'hostLocal'),
  bootOptions: set('bootOptions', data('VirtualMachineBootOptions', { enterBIOSSetup: true })),
  vAppConfig: {
    spec: { vAppConfig: data('VmConfigSpec', { installBootRequired: true }) },
    shown: { installBootRequired: true },
  },
  ftInfo: {
    spec: {
      ftInfo: data('FaultToleranceConfigInfo', {
        role: 1,
        instanceUuids: [UUID],
        configPaths: ['[nfs] a/a.vmx'],
      }),
    },
    refused: 'InvalidArgument',
  },
  repConfig: set('repConfig', REPLICATION),
  vAppConfigRemoved: { spec: { vAppConfigRemoved: true } },
  vAssertsEnabled: set('vAssertsEnabled', true),
  changeTrackingEnabled: set('changeTrackingEnabled', true),
  firmware: set('firmware', 'efi'),
  maxMksConnections: set('maxMksConnections', 1),
  guestAutoLockEnabled: set('guestAutoLockEnabled', true),
  managedBy: set('managedBy', data('ManagedByInfo', { extensionKey: 'com.example', type: 'appliance' })),
  memoryReservationLockedToMax: set('memoryReservationLockedToMax', true),
  nestedHVEnabled: set('nestedHVEnabled', true),
  vPMCEnabled: set('vPMCEnabled', true),
  scheduledHardwareUpgradeInfo: {
    spec: {
      scheduledHardwareUpgradeInfo: data('ScheduledHardwareUpgradeInfo', {
        upgradePolicy: 'always',
        versionKey: 'vmx-21',
      }),
    },
    shown: { upgradePolicy: 'always', versionKey: 'vmx-21', scheduledHardwareUpgradeStatus: 'pending' },
  },
  vmProfile: {
    spec: { vmProfile: [data('VirtualMachineDefinedProfileSpec', { profileId: UUID })] },
    refused: 'InvalidArgument',
  },
  messageBusTunnelEnabled: set('messageBusTunnelEnabled', true),
  crypto: {
    spec: { crypto: data('CryptoSpecEncrypt', { cryptoKeyId: KEY }) },
    refused: 'EncryptionKeyRequired',
  },
  migrateEncryption: set('migrateEncryption', 'required'),
  sgxInfo: set('sgxInfo', data('VirtualMachineSgxInfo', { epcSize: 64, flcMode: 'locked' })),
  ftEncryptionMode: set('ftEncryptionMode', 'ftEncryptionRequired'),
  guestMonitoringModeInfo: set(
    'guestMonitoringModeInfo',
    data('VirtualMachineGuestMonitoringModeInfo', { gmmFile: 'gmm.bin' }),
  ),
  sevEnabled: set('sevEnabled', true),
  virtualNuma: {
    spec: {
      virtualNuma: data('VirtualMachineVirtualNuma', { coresPerNumaNode: 2, exposeVnumaOnCpuHotadd: true }),
    },
    shown: { coresPerNumaNode: 2, autoCoresPerNumaNode: false, vnumaOnCpuHotaddExposed: true },
  },
  motherboardLayout: {
    spec: { motherboardLayout: 'acpiHostBridges', firmware: 'efi' },
    shown: 'acpiHostBridges',
  },
  pmemFailoverEnabled: set('pmemFailoverEnabled', true),
  vmxStatsCollectionEnabled: set('vmxStatsCollectionEnabled', false),
  vmOpNotificationToAppEnabled: set('vmOpNotificationToAppEnabled', true),
  vmOpNotificationTimeout: set('vmOpNotificationTimeout', 30),
  deviceSwap: {
    spec: {
      deviceSwap: data('VirtualMachineVirtualDeviceSwap', {
        lsiToPvscsi: data('VirtualMachineVirtualDeviceSwapDeviceSwapInfo', { enabled: true }),
      }),
    },
    shown: { lsiToPvscsi: { enabled: true, applicable: false, status: 'none' } },
  },
  simultaneousThreads: set('simultaneousThreads', 2),
  pmem: set('pmem', data('VirtualMachineVirtualPMem', { snapshotMode: 'independent_eraseonrevert' })),
  deviceGroups: set(
    'deviceGroups',
    data('VirtualMachineVirtualDeviceGroups', {
      deviceGroup: [
        data('VirtualMachineVirtualDeviceGroupsVendorDeviceGroup', {
          groupInstanceKey: 1,
          deviceGroupName: 'gpu+nic',
        }),
      ],
    }),
  ),
  fixedPassthruHotPlugEnabled: set('fixedPassthruHotPlugEnabled', true),
  metroFtEnabled: set('metroFtEnabled', true),
  metroFtHostGroup: set('metroFtHostGroup', 'site-a'),
  tdxEnabled: { ...same({ tdxEnabled: true }), refused: 'InvalidArgument' },
  sevSnpEnabled: { ...same({ sevSnpEnabled: true }), refused: 'InvalidArgument' },
  tagSpecs: {
    spec: { tagSpecs: [data('TagSpec', { operation: 'add', id: data('TagId', { uuid: UUID }) })] },
    refused: 'InvalidArgument',
  },
  vmPlacementPolicies: {
    spec: { vmPlacementPolicies: [data('VmVmAffinity', { affinedVmsTag: data('TagId', { uuid: UUID }) })] },
    refused: 'InvalidArgument',
  },
}
