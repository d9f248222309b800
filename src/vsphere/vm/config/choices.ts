import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { enumType } from '#vim25/schema.js'
import { badArgument } from './faults.js'

/** Members that vim25 types as plain strings, and the enumeration that holds their values. */
export const CHOICES: Readonly<Record<string, string | readonly string[]>> = {
  firmware: ['bios', 'efi'],
  swapPlacement: 'VirtualMachineConfigInfoSwapPlacementType',
  npivWorldWideNameOp: 'VirtualMachineConfigSpecNpivWwnOp',
  migrateEncryption: 'VirtualMachineConfigSpecEncryptedVMotionModes',
  ftEncryptionMode: 'VirtualMachineConfigSpecEncryptedFtModes',
  motherboardLayout: 'VirtualHardwareMotherboardLayout',
  'tools.toolsUpgradePolicy': 'UpgradePolicy',
  'flags.htSharing': 'VirtualMachineHtSharing',
  'flags.monitorType': 'VirtualMachineFlagInfoMonitorType',
  'flags.virtualMmuUsage': 'VirtualMachineFlagInfoVirtualMmuUsage',
  'flags.virtualExecUsage': 'VirtualMachineFlagInfoVirtualExecUsage',
  'flags.snapshotPowerOffBehavior': 'VirtualMachinePowerOffBehavior',
  'powerOpInfo.powerOffType': 'VirtualMachinePowerOpType',
  'powerOpInfo.suspendType': 'VirtualMachinePowerOpType',
  'powerOpInfo.resetType': 'VirtualMachinePowerOpType',
  'powerOpInfo.defaultPowerOffType': 'VirtualMachinePowerOpType',
  'powerOpInfo.defaultSuspendType': 'VirtualMachinePowerOpType',
  'powerOpInfo.defaultResetType': 'VirtualMachinePowerOpType',
  'powerOpInfo.standbyAction': 'VirtualMachineStandbyActionType',
  'bootOptions.networkBootProtocol': 'VirtualMachineBootOptionsNetworkBootProtocolType',
  'scheduledHardwareUpgradeInfo.upgradePolicy': 'ScheduledHardwareUpgradeInfoHardwareUpgradePolicy',
  'sgxInfo.flcMode': 'VirtualMachineSgxInfoFlcModes',
  'pmem.snapshotMode': 'VirtualMachineVirtualPMemSnapshotMode',
  'vAppConfig.ipAssignment.ipAllocationPolicy': 'VAppIPAssignmentInfoIpAllocationPolicy',
  'vAppConfig.ipAssignment.ipProtocol': 'VAppIPAssignmentInfoProtocols',
}

/** The least that numbers may be. */
const LEAST: Readonly<Record<string, number>> = {
  simultaneousThreads: 1,
  maxMksConnections: -1,
  vmOpNotificationTimeout: 0,
  npivDesiredNodeWwns: 0,
  npivDesiredPortWwns: 0,
  'virtualNuma.coresPerNumaNode': 0,
  'sgxInfo.epcSize': 0,
  'bootOptions.bootDelay': 0,
  'bootOptions.bootRetryDelay': 0,
  'vAppConfig.installBootStopDelay': 0,
  'repConfig.rpo': 1,
}

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

const paths = (table: Readonly<Record<string, unknown>>) =>
  Object.keys(table).map((path) => [path, path.split('.')] as const)

const CHOICE_PATHS = paths(CHOICES)
const LEAST_PATHS = paths(LEAST)

function at(spec: VirtualMachineConfigSpec, steps: readonly string[]): unknown {
  let value: unknown = spec
  for (const step of steps) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step]
  return value
}

/** Throws InvalidArgument for values outside of their list or range, and for UUIDs that are none. */
export function checkChoices(spec: VirtualMachineConfigSpec): void {
  for (const [path, steps] of CHOICE_PATHS) {
    const value = at(spec, steps)
    const choices = value === undefined ? undefined : CHOICES[path]
    const values = typeof choices === 'string' ? enumType(choices)?.values : choices
    if (values && !values.includes(String(value))) throw badArgument(path)
  }
  for (const [path, steps] of LEAST_PATHS) {
    const value = at(spec, steps)
    if (value !== undefined && Number(value) < (LEAST[path] ?? 0)) throw badArgument(path)
  }
  if (spec.uuid !== undefined && !UUID.test(spec.uuid)) throw badArgument('uuid')
  if (spec.instanceUuid && !UUID.test(spec.instanceUuid)) throw badArgument('instanceUuid')
}
