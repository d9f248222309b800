import { message, VapiError } from '#vapi/error.js'
import type {
  DynamicStructure,
  VcenterVmToolsInfo,
  VcenterVmToolsRunState,
  VcenterVmToolsToolsInstallType,
  VcenterVmToolsVersionStatus,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedTypes, ToolsConfigInfo } from '#vim25/generated/types.js'
import { cause } from '../core/cause.js'
import { service } from '../core/service.js'
import { toolsNotRunning } from './guest/tools-state.js'
import { requireVm } from './require-vm.js'
import { notPoweredOn } from './state-errors.js'

/** GuestInfo.toolsRunningStatus. */
const RUN_STATES: Readonly<Record<string, VcenterVmToolsRunState>> = {
  guestToolsNotRunning: 'NOT_RUNNING',
  guestToolsRunning: 'RUNNING',
  guestToolsExecutingScripts: 'EXECUTING_SCRIPTS',
}

/** GuestInfo.toolsVersionStatus2. */
const VERSION_STATES: Readonly<Record<string, VcenterVmToolsVersionStatus>> = {
  guestToolsNotInstalled: 'NOT_INSTALLED',
  guestToolsCurrent: 'CURRENT',
  guestToolsUnmanaged: 'UNMANAGED',
  guestToolsTooOld: 'TOO_OLD_UNSUPPORTED',
  guestToolsSupportedOld: 'SUPPORTED_OLD',
  guestToolsSupportedNew: 'SUPPORTED_NEW',
  guestToolsTooNew: 'TOO_NEW',
  guestToolsBlacklisted: 'BLACKLISTED',
}

/** GuestInfo.toolsInstallType; the first two are those that vCenter upgrades by itself. */
const INSTALL_TYPES: Readonly<Record<string, VcenterVmToolsToolsInstallType>> = {
  guestToolsTypeMSI: 'MSI',
  guestToolsTypeTar: 'TAR',
  guestToolsTypeOSP: 'OSP',
  guestToolsTypeOpenVMTools: 'OPEN_VM_TOOLS',
  guestToolsTypeUnknown: 'UNKNOWN',
}
const UPGRADED_BY_VCENTER: ReadonlySet<string | undefined> = new Set(['MSI', 'TAR'])

export const tools = service('com.vmware.vcenter.vm.tools', {
  get: (call, { vm }) => toolsOf(requireVm(call, vm)),

  async update(call, { vm, spec: { upgrade_policy } }) {
    requireVm(call, vm)
    if (upgrade_policy === undefined) return
    const toolsUpgradePolicy = upgrade_policy === 'MANUAL' ? 'manual' : 'upgradeAtPowerCycle'
    await call.task('VirtualMachine', vm, 'ReconfigVM_Task', {
      spec: data('VirtualMachineConfigSpec', { tools: data('ToolsConfigInfo', { toolsUpgradePolicy }) }),
    })
  },

  async upgrade(call, { vm, command_line_options }) {
    const { runtime } = requireVm(call, vm)
    if (runtime.powerState !== 'poweredOn') throw notPoweredOn(call, vm)
    try {
      await call.task('VirtualMachine', vm, 'UpgradeTools_Task', { installerOptions: command_line_options })
    } catch (error) {
      if (!(error instanceof VimFault)) throw error
      if (error.fault._typeName === 'ToolsUnavailable') throw toolsNotRunning(call, vm)
      if (error.fault._typeName !== 'ToolsAlreadyUpgraded') throw error
      throw new VapiError('ALREADY_IN_DESIRED_STATE', [
        message('com.vmware.api.vcenter.vm.tools.already_upgraded', 'VMware Tools are already up to date.'),
        cause(error),
      ])
    }
  },
})

/** The version is a number that stands for three (major 10 bits up, minor 5): recorded as text of the same digits. */
function toolsOf({ config, guest }: Readonly<ManagedTypes['VirtualMachine']>): VcenterVmToolsInfo {
  const known = config?.tools
  const number = Number(guest?.toolsVersion ?? 0)
  const install = INSTALL_TYPES[guest?.toolsInstallType ?? '']
  const status = VERSION_STATES[guest?.toolsVersionStatus2 ?? '']
  const error = known && lastError(known)
  return {
    auto_update_supported: number > 0 && UPGRADED_BY_VCENTER.has(install),
    ...(known?.lastInstallInfo && { install_attempt_count: known.lastInstallInfo.counter }),
    ...(error && { error }),
    ...(number > 0 && { version_number: number, version: String(number) }),
    upgrade_policy: known?.toolsUpgradePolicy === 'upgradeAtPowerCycle' ? 'UPGRADE_AT_POWER_CYCLE' : 'MANUAL',
    ...(status && { version_status: status }),
    ...(install && { install_type: install }),
    run_state: RUN_STATES[guest?.toolsRunningStatus ?? ''] ?? 'NOT_RUNNING',
  }
}

/** How the last upgrade failed, as recorded from vCenter 8.0 (rest-wire 1.6). */
function lastError({ lastInstallInfo }: ToolsConfigInfo): DynamicStructure | undefined {
  const failure = lastInstallInfo?.fault
  if (!failure) return undefined
  return {
    '@class': 'com.vmware.vapi.std.errors.error',
    error_type: 'ERROR',
    messages: [
      message('com.vmware.api.vcenter.error', 'An error has occurred while invoking the operation.'),
      {
        args: [],
        default_message: failure.localizedMessage ?? '',
        id: `vmsg.${failure.fault._typeName}.summary`,
      },
    ],
  }
}
