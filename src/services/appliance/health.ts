import { timestamp } from '#ports/clock.js'
import { message } from '#vapi/error.js'
import type { ApplianceNotification } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { notFound } from './errors.js'
import { applianceOf, changeAppliance } from './record.js'
import { missingServices } from './services.js'

type Level = 'green' | 'yellow' | 'orange' | 'red'

/** From best to worst. */
const LEVELS: readonly Level[] = ['green', 'yellow', 'orange', 'red']

/** Items whose health is that of services of vCenter Server; the others are always green. */
const ITEM_SERVICES: Readonly<Record<string, readonly string[]>> = {
  load: [],
  mem: [],
  swap: [],
  storage: [],
  'database-storage': ['vmware-vpostgres'],
  applmgmt: ['applmgmt'],
  'software-packages': [],
}

/** Services without which there is no vCenter Server; another one that is missing is a warning (deviation 68). */
const VITAL: ReadonlySet<string> = new Set([
  'vpxd',
  'vmware-vpostgres',
  'sts',
  'lookupsvc',
  'vapi-endpoint',
  'applmgmt',
])

/** The appliance looks at itself at every full minute. */
const CHECK_MS = 60_000

const levelOf = (services: readonly string[]): Level =>
  services.length === 0 ? 'green' : services.some((id) => VITAL.has(id)) ? 'red' : 'yellow'

function itemLevel(call: ServiceCall, item: string): Level {
  const missing = missingServices(applianceOf(call))
  return levelOf(missing.filter((id) => ITEM_SERVICES[item]?.includes(id)))
}

/** The worst of all items, and of the services that should run. */
function systemLevel(call: ServiceCall): Level {
  const levels = Object.keys(ITEM_SERVICES).map((item) => itemLevel(call, item))
  const all = [...levels, levelOf(missingServices(applianceOf(call)))]
  return LEVELS.findLast((level) => all.includes(level)) ?? 'green'
}

const lastCheck = (now: number): string => timestamp(Math.floor(now / CHECK_MS) * CHECK_MS)

export const health = service('com.vmware.appliance.health', {
  /** Why an item is not green. */
  messages(call, { item }) {
    const name = item === 'databasestorage' ? 'database-storage' : item
    if (name !== 'system' && !Object.hasOwn(ITEM_SERVICES, name)) throw notFound('item', item)
    const missing = missingServices(applianceOf(call))
    return missing
      .filter((id) => name === 'system' || ITEM_SERVICES[name]?.includes(id))
      .map((id) => stopped(id, call.now))
  },
})

function stopped(id: string, now: number): ApplianceNotification {
  return {
    id: `com.vmware.appliance.health.service.${id}`,
    time: lastCheck(now),
    message: message('com.vmware.appliance.health.service_stopped', 'Service {0} is not running.', [id]),
    resolution: message('com.vmware.appliance.health.start_service', 'Start service {0}.', [id]),
  }
}

export const healthSystem = service('com.vmware.appliance.health.system', {
  get: systemLevel,
  lastcheck: ({ now }) => lastCheck(now),
})

export const healthDatabase = service('com.vmware.appliance.health.database', {
  get(call) {
    if (!missingServices(applianceOf(call)).includes('vmware-vpostgres'))
      return { status: 'HEALTHY', messages: [] }
    const { message } = stopped('vmware-vpostgres', call.now)
    return { status: 'UNHEALTHY', messages: [{ severity: 'ERROR', message }] }
  },
})

export const healthSettings = service('com.vmware.appliance.health_check_settings', {
  get: (call) => applianceOf(call).healthChecks,
  update(call, { health_settings }) {
    const set = Object.fromEntries(Object.entries(health_settings).filter(([, value]) => value !== undefined))
    changeAppliance(call, ({ healthChecks }) => ({ healthChecks: { ...healthChecks, ...set } }))
  },
})

const get = (item: string) => ({ get: (call: ServiceCall) => itemLevel(call, item) })

export const healthItems = [
  service('com.vmware.appliance.health.applmgmt', get('applmgmt')),
  service('com.vmware.appliance.health.databasestorage', get('database-storage')),
  service('com.vmware.appliance.health.load', get('load')),
  service('com.vmware.appliance.health.mem', get('mem')),
  service('com.vmware.appliance.health.softwarepackages', get('software-packages')),
  service('com.vmware.appliance.health.storage', get('storage')),
  service('com.vmware.appliance.health.swap', get('swap')),
]
