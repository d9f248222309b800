import { moRef } from '#inventory/entity.js'
import { vapiError } from '#vapi/error.js'
import type { ApplianceNetworkingChangeSpec } from '#vapi/generated/types.js'
import type { TaskBehaviour } from '#vsphere/core/behaviour.js'
import { rootFolderOf } from '#vsphere/core/well-known.js'
import { normalisedUserName, sameUser } from '#vsphere/session/rules.js'
import { startTask } from '#vsphere/task/task.js'
import { type ServiceCall, taskId } from '../core/call.js'
import { rememberOrigin } from '../core/task-origin.js'
import { checkName } from './check.js'
import { dnsAfter } from './dns-config.js'
import { setHostName } from './host-name.js'
import { checkIpv6, ipv4After } from './interfaces.js'
import { applianceOf, changeIn } from './record.js'

/** The task's descriptionId. */
export const CHANGE_NETWORK = 'com.vmware.appliance.networking.change'

/** How long vCenter Server takes to come back under another name, in seconds; an estimate. */
const SECONDS = 600

type Change = Pick<ApplianceNetworkingChangeSpec, 'hostname' | 'dns' | 'ipv4' | 'ipv6'>

/** Name and network change together, when the task ends. */
export const changeNetworkTask: TaskBehaviour<Readonly<Record<string, unknown>>, unknown> = {
  seconds: SECONDS,
  run(ctx, _self, args) {
    const { hostname, dns, ipv4, ipv6 } = args as unknown as Change
    changeIn(ctx, (appliance) => ({
      ...(ipv4 && { ipv4: ipv4After(appliance, ipv4, 'ipv4.') }),
      ...(dns && dnsAfter(appliance, dns, 'dns.')),
      ...(ipv6 && { ipv6 }),
    }))
    setHostName(ctx, hostname)
    return undefined
  },
}

/**
 * Checks everything and starts the task; its identifier. Throws INVALID_ARGUMENT, NOT_ALLOWED_IN_CURRENT_STATE, and
 * UNAUTHENTICATED for an account that may not log in.
 */
export function startChange(call: ServiceCall, spec: ApplianceNetworkingChangeSpec): string {
  const { SSO_user, SSO_password, ...change } = spec
  const { accounts } = call.sandbox.services
  const user = normalisedUserName(SSO_user)
  const known = accounts
    ? [...accounts].some(([name, password]) => sameUser(name, user) && password === SSO_password)
    : SSO_user !== '' && SSO_password !== ''
  if (!known)
    throw vapiError(
      'UNAUTHENTICATED',
      'com.vmware.appliance.networking.change.credentials',
      'The user name or the password is wrong.',
    )
  checkName('hostname', change.hostname)
  const appliance = applianceOf(call)
  if (change.ipv4) ipv4After(appliance, change.ipv4, 'ipv4.')
  if (change.dns) dnsAfter(appliance, change.dns, 'dns.')
  if (change.ipv6) checkIpv6(change.ipv6, 'ipv6.')
  const self = moRef('Folder', rootFolderOf(call.read))
  const task = call.transact((ctx) => {
    const ref = startTask(ctx, {
      key: CHANGE_NETWORK,
      self,
      args: change as Readonly<Record<string, unknown>>,
      behaviour: changeNetworkTask as TaskBehaviour,
      descriptionId: CHANGE_NETWORK,
      entity: self,
    })
    rememberOrigin(ctx, ref.value, { service: 'com.vmware.appliance.networking', operation: 'change$task' })
    return ref
  })
  return taskId(call.sandbox, task)
}
