import { timestamp } from '#ports/clock.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import { service } from '../core/service.js'
import { invalid } from './errors.js'
import { applianceOf, began, changeAppliance } from './record.js'
import { APPLIANCE_RELEASES, APPLIANCE_TYPE } from './releases.js'

export const version = service('com.vmware.appliance.system.version', {
  get({ read, sandbox }) {
    const { build, version } = sandbox.services.identity
    const release = APPLIANCE_RELEASES[version as IdentityVersion]
    return {
      version: release.version,
      product: release.product,
      build,
      type: APPLIANCE_TYPE,
      summary: release.summary,
      releasedate: release.releaseDate,
      install_time: timestamp(began(read)),
    }
  },
})

export const uptime = service('com.vmware.appliance.system.uptime', {
  /** Seconds since the last boot. */
  get: (call) => (call.now - applianceOf(call).booted) / 1000,
})

export const time = service('com.vmware.appliance.system.time', {
  /** The clock of the world in the appliance's time zone, in the recorded form: `Tue 05-18-2021`, `11:58:15 PM`. */
  get(call) {
    const { timezone } = applianceOf(call)
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: true,
    })
    const part = Object.fromEntries(format.formatToParts(call.now).map(({ type, value }) => [type, value]))
    return {
      seconds_since_epoch: call.now / 1000,
      date: `${part.weekday} ${part.month}-${part.day}-${part.year}`,
      time: `${part.hour}:${part.minute}:${part.second} ${part.dayPeriod}`,
      timezone: timezone === 'Etc/UTC' ? 'UTC' : timezone,
    }
  },
})

export const timezone = service('com.vmware.appliance.system.time.timezone', {
  get: (call) => applianceOf(call).timezone,
  set(call, { name }) {
    if (!isTimeZone(name)) throw invalid('name', `'${name}' is no time zone.`)
    changeAppliance(call, () => ({ timezone: name }))
  },
})

function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/i.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const globalFips = service('com.vmware.appliance.system.security.global_fips', {
  get: (call) => ({ enabled: applianceOf(call).fips }),
  /** The appliance boots when the mode changes, as the real one does. */
  update(call, { spec: { enabled } }) {
    changeAppliance(call, ({ fips }) =>
      enabled === undefined || enabled === fips ? {} : { fips: enabled, booted: call.now, services: {} },
    )
  },
})

/** Partitions by the number of their disk (VMware KB 2126276, vCenter Server 7.0 and later). */
const PARTITIONS = [
  ['1', 'root'],
  ['3', 'swap'],
  ['4', 'core'],
  ['5', 'log'],
  ['6', 'db'],
  ['7', 'dblog'],
  ['8', 'seat'],
  ['9', 'netdump'],
  ['10', 'autodeploy'],
  ['11', 'imagebuilder'],
  ['12', 'updatemgr'],
  ['13', 'archive'],
  ['14', 'vtsdb'],
  ['15', 'vtsdblog'],
  ['16', 'lifecycle'],
] as const

export const storage = service('com.vmware.appliance.system.storage', {
  list: () => PARTITIONS.map(([disk, partition]) => ({ disk, partition })),
  /** No disk has grown, so nothing has (deviation 67). */
  resize: () => undefined,
  resize_ex: () => ({}),
})
