import { service } from '../core/service.js'
import { checkRange } from './check.js'
import { applianceOf, changeAppliance } from './record.js'

/** The shell stays open for a day at most, in seconds (documented for access.shell). */
const LONGEST_SHELL = 86_400

export const ssh = service('com.vmware.appliance.access.ssh', {
  get: (call) => applianceOf(call).ssh,
  set: (call, { enabled }) => changeAppliance(call, () => ({ ssh: enabled })),
})

export const dcui = service('com.vmware.appliance.access.dcui', {
  get: (call) => applianceOf(call).dcui,
  set: (call, { enabled }) => changeAppliance(call, () => ({ dcui: enabled })),
})

export const consolecli = service('com.vmware.appliance.access.consolecli', {
  get: (call) => applianceOf(call).consolecli,
  set: (call, { enabled }) => changeAppliance(call, () => ({ consolecli: enabled })),
})

export const shell = service('com.vmware.appliance.access.shell', {
  /** `timeout` is what was asked for, in seconds; when it is over the shell is shut. */
  get(call) {
    const { shell } = applianceOf(call)
    return shell ? { enabled: true, timeout: shell.timeout } : { enabled: false, timeout: 0 }
  },
  set(call, { config: { enabled, timeout } }) {
    checkRange('timeout', timeout, 0, LONGEST_SHELL)
    changeAppliance(call, () => ({
      shell: enabled ? { timeout, until: call.now + timeout * 1000 } : undefined,
    }))
  },
})
