import { message } from '#vapi/error.js'
import type {
  ApplianceServicesInfo,
  VcenterServicesServiceInfo,
  VcenterServicesServiceStartupType,
} from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { notFound, notNow } from './errors.js'
import { type Appliance, applianceOf, changeAppliance } from './record.js'
import { SYSTEM_SERVICES, VCENTER_SERVICES } from './service-table.js'

/** Settings that say whether a service of the operating system runs: it and the setting are one. */
const SETTINGS: Readonly<Record<string, 'ssh' | 'dcui'>> = { sshd: 'ssh', 'getty@tty2': 'dcui' }

/** Services of the operating system; starting what runs and stopping what does not changes nothing, as recorded. */
export const applianceServices = service('com.vmware.appliance.services', {
  list(call) {
    const appliance = applianceOf(call)
    return Object.fromEntries(Object.keys(SYSTEM_SERVICES).map((id) => [id, systemInfo(appliance, id)]))
  },
  get: (call, { service }) => systemInfo(applianceOf(call), service),
  start: (call, { service }) => turn(call, service, true),
  stop: (call, { service }) => turn(call, service, false),
  /** Starts a service that does not run. */
  restart: (call, { service }) => turn(call, service, true),
})

function systemInfo(appliance: Appliance, id: string): ApplianceServicesInfo {
  const known = Object.hasOwn(SYSTEM_SERVICES, id) ? SYSTEM_SERVICES[id] : undefined
  if (!known) throw notFound('service', id)
  const runs = typeof known.runs === 'function' ? known.runs(appliance) : known.runs
  return {
    description: known.description,
    state: (appliance.services[id] ?? runs) ? 'STARTED' : 'STOPPED',
  }
}

function turn(call: ServiceCall, id: string, on: boolean): void {
  systemInfo(applianceOf(call), id)
  const setting = SETTINGS[id]
  changeAppliance(call, ({ services }) =>
    setting ? { [setting]: on } : { services: { ...services, [id]: on } },
  )
}

/** Services of vCenter Server. Stopping one takes nothing away from what this server answers (deviation 68). */
export const vcenterServices = service('com.vmware.vcenter.services.service', {
  list_details(call) {
    const appliance = applianceOf(call)
    return Object.fromEntries(Object.keys(VCENTER_SERVICES).map((id) => [id, vcenterInfo(appliance, id)]))
  },
  get: (call, { service }) => vcenterInfo(applianceOf(call), service),
  start: (call, { service }) => turnVcenter(call, service, true),
  stop: (call, { service }) => turnVcenter(call, service, false),
  restart: (call, { service }) => turnVcenter(call, service, true),
  update(call, { service, spec: { startup_type } }) {
    vcenterInfo(applianceOf(call), service)
    if (startup_type === undefined) return
    changeAppliance(call, (appliance) => ({
      startupTypes: { ...appliance.startupTypes, [service]: startup_type },
      // What runs goes on running, and what does not stays away, until somebody starts or stops it.
      services: { ...appliance.services, [service]: vcenterRuns(appliance, service) },
    }))
  },
})

function vcenterInfo(appliance: Appliance, id: string): VcenterServicesServiceInfo {
  const known = Object.hasOwn(VCENTER_SERVICES, id) ? VCENTER_SERVICES[id] : undefined
  if (!known) throw notFound('service', id)
  const info = {
    name_key: `cis.${id}.ServiceName`,
    description_key: `cis.${id}.ServiceDescription`,
    startup_type: startupType(appliance, id),
  }
  if (!vcenterRuns(appliance, id)) return { ...info, state: 'STOPPED' }
  const health_messages = known.healthy.map(([key, text, ...args]) => message(key, text, args))
  return { ...info, state: 'STARTED', health: 'HEALTHY', health_messages }
}

const startupType = ({ startupTypes }: Appliance, id: string): VcenterServicesServiceStartupType =>
  startupTypes[id] ?? VCENTER_SERVICES[id]?.startup ?? 'DISABLED'

function vcenterRuns(appliance: Appliance, id: string): boolean {
  return appliance.services[id] ?? startupType(appliance, id) === 'AUTOMATIC'
}

function turnVcenter(call: ServiceCall, id: string, on: boolean): void {
  const appliance = applianceOf(call)
  vcenterInfo(appliance, id)
  if (on && startupType(appliance, id) === 'DISABLED')
    throw notNow('service.disabled', 'Service {0} is disabled', [id])
  changeAppliance(call, ({ services }) => ({ services: { ...services, [id]: on } }))
}

/** Services of vCenter Server that should run and do not. */
export function missingServices(appliance: Appliance): readonly string[] {
  return Object.keys(VCENTER_SERVICES).filter(
    (id) => startupType(appliance, id) === 'AUTOMATIC' && !vcenterRuns(appliance, id),
  )
}
