import { vapiError } from '#vapi/error.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { requireVm } from './require-vm.js'
import { notPoweredOn } from './state-errors.js'

const isConnected = (call: ServiceCall, vm: string): boolean =>
  requireVm(call, vm).runtime.toolsInstallerMounted

function requireRunning(call: ServiceCall, vm: string): void {
  const { powerState } = requireVm(call, vm).runtime
  if (powerState !== 'poweredOn') throw notPoweredOn(call, vm)
}

/** The CD with the installer of VMware Tools. */
export const toolsInstaller = service('com.vmware.vcenter.vm.tools.installer', {
  get: (call, { vm }) => ({ is_connected: isConnected(call, vm) }),

  connect(call, { vm }) {
    requireRunning(call, vm)
    if (isConnected(call, vm))
      throw vapiError(
        'ALREADY_IN_DESIRED_STATE',
        'com.vmware.api.vcenter.vm.tools.installer.already_connected',
        'The VMware Tools installer is already connected.',
      )
    call.vim('VirtualMachine', vm, 'MountToolsInstaller', {})
  },

  disconnect(call, { vm }) {
    requireRunning(call, vm)
    if (!isConnected(call, vm))
      throw vapiError(
        'NOT_ALLOWED_IN_CURRENT_STATE',
        'com.vmware.api.vcenter.vm.tools.installer.not_connected',
        'The VMware Tools installer is not connected.',
      )
    call.vim('VirtualMachine', vm, 'UnmountToolsInstaller', {})
  },
})
