import type { Dispatch, HttpMethod } from './types.js'

export interface ApiForm {
  readonly method: HttpMethod
  /** Below `/api`, without the query. */
  readonly path: string
  readonly dispatch: readonly Dispatch[]
}

/**
 * Classic operations whose `/api` form does not follow from the one on `/rest`, as the descriptions that vCenter
 * 7.0.3 and 8.0.2 serve of themselves have it. The two of the 8.0 namespace templates go with their older twins.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'appliance.local_accounts/create': 'POST /appliance/local-accounts',
  'appliance.networking.dns.domains/add': 'POST /appliance/networking/dns/domains',
  'appliance.networking.dns.servers/add': 'POST /appliance/networking/dns/servers',
  'appliance.recovery.backup.schedules/create': 'POST /appliance/recovery/backup/schedules',
  'appliance.recovery.backup.schedules/update': 'PATCH /appliance/recovery/backup/schedules/{schedule}',
  'appliance.recovery.backup.system_name/list': 'POST /appliance/recovery/backup/system-name?action=list',
  'appliance.recovery.backup.system_name.archive/list':
    'POST /appliance/recovery/backup/system-name/{system_name}/archives?action=list',
  'appliance.recovery.backup.system_name.archive/get':
    'POST /appliance/recovery/backup/system-name/{system_name}/archives/{archive}?action=get',
  'cis.tasks/list': 'POST /cis/tasks?action=list',
  'vcenter.guest.customization_specs/import_specification':
    'POST /vcenter/guest/customization-specs?action=import',
  'vcenter.guest.customization_specs/set': 'PUT /vcenter/guest/customization-specs/{name}',
  'vcenter.namespaces.namespace_templates/create_v2':
    'POST /vcenter/namespaces/namespace-templates/supervisors/{supervisor}',
  'vcenter.namespaces.namespace_templates/get':
    'GET /vcenter/namespaces/namespace-templates/clusters/{cluster}/{template}',
  'vcenter.namespaces.namespace_templates/get_v2':
    'GET /vcenter/namespaces/namespace-templates/supervisors/{supervisor}/{template}',
  'vcenter.namespaces.namespace_templates/update':
    'PATCH /vcenter/namespaces/namespace-templates/clusters/{cluster}/{template}',
  'vcenter.namespaces.namespace_templates/update_v2':
    'PATCH /vcenter/namespaces/namespace-templates/supervisors/{supervisor}/{template}',
  'vcenter.system_config.deployment_type/reconfigure': 'PUT /vcenter/system-config/deployment-type',
}

const kebab = (operation: string) =>
  operation
    .replace(/\$task$/, '')
    .replaceAll('_', '-')
    .toLowerCase()

/** `action=start&vmw-task=true`, `file_name` */
function dispatchOf(query: string | undefined): readonly Dispatch[] {
  if (!query) return []
  return query.split('&').map((part) => {
    const [name = '', value] = part.split('=')
    return { name, ...(value === undefined ? {} : { value }) }
  })
}

/** Reads `POST /vcenter/vm?action=clone`. */
export function parseForm(text: string): ApiForm {
  const space = text.indexOf(' ')
  const [path = '', query] = text.slice(space + 1).split('?')
  return { method: text.slice(0, space) as HttpMethod, path, dispatch: dispatchOf(query) }
}

/**
 * How `/api` reaches an operation of the service `service` (without `com.vmware.`). The definitions of classic
 * operations give the form below `/rest`, which ends in the action's name (`/power/start`,
 * `/hardware/action/upgrade`) or leaves it out; `/api` has it in the query (rest-wire 1.4).
 */
export function apiForm(definition: string, classic: boolean, service: string, operation: string): ApiForm {
  const given = parseForm(definition)
  if (!classic) return given
  const exception = EXCEPTIONS[`${service}/${operation}`]
  if (exception) return parseForm(exception)
  const action = kebab(operation)
  if (
    given.method !== 'POST' ||
    action === 'create' ||
    given.dispatch.some(({ name }) => name === 'action')
  ) {
    return given
  }
  const ending = [`/action/${action}`, `/${action}`].find((text) => given.path.endsWith(text)) ?? ''
  return {
    ...given,
    path: given.path.slice(0, given.path.length - ending.length),
    dispatch: [{ name: 'action', value: action }, ...given.dispatch],
  }
}
