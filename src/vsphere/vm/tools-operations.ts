import { data, patch } from '#vim25/data.js'
import { fault, localized, type VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, ToolsConfigInfo } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { requireOperable, requirePowerState } from './admit.js'
import { changeVersion } from './create.js'
import { TOOLS, TOOLS_VERSION } from './defaults.js'
import { toolsReport } from './guest.js'

/** Throws NotSupported for a template, InvalidState and InvalidPowerState for a VM that does not run. */
function requireRunning(ctx: Context, self: ManagedObjectReference): void {
  requireOperable(ctx.tx, self.value)
  requirePowerState(ctx.tx, self.value, ['poweredOn'], 'poweredOn')
}

function setMounted(ctx: Context, self: ManagedObjectReference, toolsInstallerMounted: boolean): void {
  ctx.tx.update('VirtualMachine', self.value, ({ runtime }) => ({
    runtime: patch(runtime, { toolsInstallerMounted }),
  }))
}

function setTools(ctx: Context, self: ManagedObjectReference, change: Partial<ToolsConfigInfo>): void {
  ctx.tx.update('VirtualMachine', self.value, ({ config, guest }) => {
    if (!config) return {}
    const tools = patch(config.tools ?? TOOLS, change)
    const after = patch(config, { tools, changeVersion: changeVersion(ctx), modified: ctx.time })
    return {
      config: after,
      guest:
        guest && change.toolsVersion !== undefined
          ? patch(guest, toolsReport(after, guest.toolsRunningStatus === 'guestToolsRunning'))
          : guest,
    }
  })
}

const attempts = (ctx: Context, self: ManagedObjectReference) =>
  ctx.tx.get('VirtualMachine', self.value).config?.tools?.lastInstallInfo?.counter ?? 0

/** The version that hosts bring along takes the place of an older one. */
function upgrade(ctx: Context, self: ManagedObjectReference): void {
  requireRunning(ctx, self)
  const { guest } = ctx.tx.get('VirtualMachine', self.value)
  if (guest?.toolsRunningStatus !== 'guestToolsRunning') throw fault('ToolsUnavailable', {})
  if (guest.toolsVersionStatus2 === 'guestToolsUnmanaged') throw fault('ToolsAutoUpgradeNotSupported', {})
  if (guest.toolsVersionStatus2 === 'guestToolsCurrent') throw fault('ToolsAlreadyUpgraded', {})
  const counter = attempts(ctx, self) + 1
  setTools(ctx, self, {
    toolsVersion: TOOLS_VERSION,
    lastInstallInfo: data('ToolsConfigInfoToolsLastInstallInfo', { counter }),
  })
}

/** An attempt that failed is told of by ToolsConfigInfo.lastInstallInfo; one that could not even begin is none. */
function upgradeFailed(ctx: Context, self: ManagedObjectReference, error: VimFault): void {
  if (!/^Tools(AutoUpgradeNotSupported|AlreadyUpgraded)$/.test(error.fault._typeName)) return
  const counter = attempts(ctx, self) + 1
  setTools(ctx, self, {
    lastInstallInfo: data('ToolsConfigInfoToolsLastInstallInfo', { counter, fault: localized(error) }),
  })
}

/** VMware Tools: the installer's CD and the upgrade of what is installed. */
export const vmToolsOperations = operations('VirtualMachine', {
  MountToolsInstaller(ctx, self) {
    requireRunning(ctx, self)
    const { config } = ctx.tx.get('VirtualMachine', self.value)
    // The installer is a CD: a VM without a drive cannot have it (deviation 54).
    if (!config?.hardware.device?.some(({ _typeName }) => _typeName === 'VirtualCdrom'))
      throw fault('VmConfigFault', {})
    setMounted(ctx, self, true)
  },

  UnmountToolsInstaller(ctx, self) {
    requireRunning(ctx, self)
    setMounted(ctx, self, false)
  },

  UpgradeTools_Task: {
    seconds: 60,
    run: (ctx, self) => upgrade(ctx, self),
    failed: (ctx, self, _args, error) => upgradeFailed(ctx, self, error),
  },
})
