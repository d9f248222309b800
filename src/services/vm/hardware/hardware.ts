import { vapiError } from '#vapi/error.js'
import type { VcenterVmHardwareVersion } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import { limitsFor } from '#vsphere/vm/config/check.js'
import { versionKey, versionNumber } from '#vsphere/vm/hardware-version.js'
import type { ServiceCall } from '../../core/call.js'
import { service } from '../../core/service.js'
import { invalid } from './errors.js'
import { type Machine, machineOf, reconfigure } from './machine.js'
import { hardwareInfo, vimPolicy, vimVersion } from './version.js'

export const hardware = service('com.vmware.vcenter.vm.hardware', {
  get: (call, { vm }) => hardwareInfo(machineOf(call, vm).config),
  async update(call, { vm, spec: { upgrade_policy, upgrade_version } }) {
    const machine = machineOf(call, vm)
    // A version comes only with a policy that uses it (the structure's union).
    if (upgrade_policy === undefined) return
    if (upgrade_version !== undefined) requireNewer(call, machine, upgrade_version)
    const target = upgrade_version ? vimVersion(upgrade_version) : versionKey(newest(call, machine))
    await reconfigure(call, vm, {
      scheduledHardwareUpgradeInfo: data('ScheduledHardwareUpgradeInfo', {
        upgradePolicy: vimPolicy(upgrade_policy),
        versionKey: upgrade_policy === 'NEVER' ? undefined : target,
      }),
    })
  },
  async upgrade(call, { vm, version }) {
    const machine = machineOf(call, vm)
    if (version !== undefined) requireNewer(call, machine, version)
    await call.task('VirtualMachine', vm, 'UpgradeVM_Task', {
      version: version === undefined ? undefined : vimVersion(version),
    })
  },
})

const newest = (call: ServiceCall, { vm }: Machine): number =>
  limitsFor(call.read, vm.runtime.host, call.sandbox.services.identity.productVersion).newest

/** Throws UNSUPPORTED for what the host does not run, ALREADY_IN_DESIRED_STATE, INVALID_ARGUMENT for an older version. */
function requireNewer(call: ServiceCall, machine: Machine, version: VcenterVmHardwareVersion): void {
  const wanted = versionNumber(vimVersion(version))
  const present = versionNumber(machine.config.version) ?? 0
  if (wanted === undefined || wanted > newest(call, machine))
    throw vapiError(
      'UNSUPPORTED',
      'com.vmware.api.vcenter.vm.hardware.version_not_supported',
      'Hardware version {0} is not supported by the host of the virtual machine.',
      [version],
    )
  if (wanted === present)
    throw vapiError(
      'ALREADY_IN_DESIRED_STATE',
      'com.vmware.api.vcenter.vm.hardware.already_upgraded',
      'The virtual machine already has hardware version {0}.',
      [version],
    )
  if (wanted < present)
    throw invalid('version_not_newer', 'Hardware version {0} is older than that of the virtual machine.', [
      version,
    ])
}
