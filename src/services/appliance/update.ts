import { timestamp } from '#ports/clock.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import { service } from '../core/service.js'
import { checkRange } from './check.js'
import { invalid, notFound, notNow } from './errors.js'
import { applianceOf, changeAppliance } from './record.js'
import { APPLIANCE_RELEASES } from './releases.js'

/* The appliance is up to date: there is never an update to stage or to install (deviation 67). */

export const update = service('com.vmware.appliance.update', {
  get(call) {
    const { version } = call.sandbox.services.identity
    return {
      state: 'UP_TO_DATE',
      version: APPLIANCE_RELEASES[version as IdentityVersion].version,
      latest_query_time: timestamp(applianceOf(call).updatesQueried),
    }
  },
  cancel() {
    throw notNow('update.nothing_to_cancel', 'No update is being staged or installed.')
  },
})

const missing = (_call: unknown, { version }: { readonly version: string }): never => {
  throw notFound('update', version)
}

export const updatePending = service('com.vmware.appliance.update.pending', {
  /** Looks for updates now, but for `LAST_CHECK`. */
  list(call, { source_type, url }) {
    if (url !== undefined) checkUrl('url', url)
    if (source_type !== 'LAST_CHECK') changeAppliance(call, () => ({ updatesQueried: call.now }))
    return []
  },
  get: missing,
  list_upgradeable_components: missing,
  precheck: missing,
  stage: missing,
  validate: missing,
  install: missing,
  stage_and_install: missing,
  rollback() {
    throw notNow('update.nothing_to_roll_back', 'No update has failed.')
  },
})

export const updateStaged = service('com.vmware.appliance.update.staged', {
  get() {
    throw notNow('update.nothing_staged', 'No update is staged.')
  },
  delete: () => undefined,
})

/** Where the appliance looks for updates by itself. */
const DEFAULT_URL = 'https://vapp-updates.vmware.com/vai-catalog/valm/vmw/'
const CATALOG = '8d167796-34d5-4899-be0a-6daade4005a3'

export const updatePolicy = service('com.vmware.appliance.update.policy', {
  get(call) {
    const { custom_URL, username, check_schedule, auto_stage, certificate_check } =
      applianceOf(call).updatePolicy
    const { version } = call.sandbox.services.identity
    return {
      ...(custom_URL !== undefined && { custom_URL }),
      ...(username !== undefined && { username }),
      default_URL: `${DEFAULT_URL}${CATALOG}/${APPLIANCE_RELEASES[version as IdentityVersion].version}/`,
      check_schedule,
      auto_stage,
      auto_update: false,
      manual_control: true,
      certificate_check: certificate_check ?? true,
    }
  },
  /** The password is taken and never shown. */
  set(call, { policy: { password: _, ...policy } }) {
    if (policy.custom_URL !== undefined) checkUrl('custom_URL', policy.custom_URL)
    for (const [at, { hour, minute }] of policy.check_schedule.entries()) {
      checkRange(`check_schedule[${at}].hour`, hour, 0, 23)
      checkRange(`check_schedule[${at}].minute`, minute, 0, 59)
    }
    changeAppliance(call, () => ({ updatePolicy: policy }))
  },
})

function checkUrl(path: string, text: string): void {
  if (!URL.canParse(text) || !/^(https?|ftp):/i.test(text)) throw invalid(path, `'${text}' is no URL.`)
}
