import type {
  VcenterVmHardwareInfo,
  VcenterVmHardwareUpgradePolicy,
  VcenterVmHardwareUpgradeStatus,
  VcenterVmHardwareVersion,
} from '#vapi/generated/types.js'
import type { ScheduledHardwareUpgradeInfo, VirtualMachineConfigInfo } from '#vim25/generated/types.js'

const POLICIES: Readonly<Record<string, VcenterVmHardwareUpgradePolicy>> = {
  never: 'NEVER',
  onSoftPowerOff: 'AFTER_CLEAN_SHUTDOWN',
  always: 'ALWAYS',
}

const STATUSES: Readonly<Record<string, VcenterVmHardwareUpgradeStatus>> = {
  none: 'NONE',
  pending: 'PENDING',
  success: 'SUCCESS',
  failed: 'FAILED',
}

/** `vmx-21` as VMX_21. */
export const apiVersion = (key: string): VcenterVmHardwareVersion =>
  key.replace('-', '_').toUpperCase() as VcenterVmHardwareVersion

/** VMX_21 as `vmx-21`. */
export const vimVersion = (version: VcenterVmHardwareVersion): string =>
  version.replace('_', '-').toLowerCase()

export const vimPolicy = (policy: VcenterVmHardwareUpgradePolicy): string =>
  Object.keys(POLICIES).find((name) => POLICIES[name] === policy) ?? 'never'

const policyOf = (info: ScheduledHardwareUpgradeInfo | undefined): VcenterVmHardwareUpgradePolicy =>
  POLICIES[info?.upgradePolicy ?? 'never'] ?? 'NEVER'

export function hardwareInfo({
  version,
  scheduledHardwareUpgradeInfo: scheduled,
}: VirtualMachineConfigInfo): VcenterVmHardwareInfo {
  const upgrade_policy = policyOf(scheduled)
  const upgrade_status = STATUSES[scheduled?.scheduledHardwareUpgradeStatus ?? 'none'] ?? 'NONE'
  const upgrade_version = apiVersion(scheduled?.versionKey ?? version)
  return {
    upgrade_policy,
    upgrade_status,
    version: apiVersion(version),
    ...(upgrade_policy !== 'NEVER' && { upgrade_version }),
    ...(upgrade_status === 'FAILED' && { upgrade_error: upgradeError(scheduled) }),
  }
}

const upgradeError = (scheduled: ScheduledHardwareUpgradeInfo | undefined) => ({
  '@class': 'com.vmware.vapi.std.errors.error',
  messages: [
    {
      id: `vmsg.${scheduled?.fault?.fault._typeName ?? 'MethodFault'}.summary`,
      default_message: scheduled?.fault?.localizedMessage ?? '',
      args: [],
    },
  ],
})
