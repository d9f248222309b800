import type { Operation } from '../types.js'

/** Operations that share a document: enough for a task, few enough to open at once. */
export interface Area {
  /** File name of the document and its overlay: `openapi/<name>.yaml`. */
  readonly name: string
  /** In the list of documents, where no overlay says another. */
  readonly title: string
  /** What its operations' paths begin with below `/api`; of several areas that fit, the longest beginning decides. */
  readonly paths: readonly string[]
}

const area = (name: string, title: string, paths: string): Area => ({ name, title, paths: paths.split(' ') })

/** In the order of the list: what most clients call comes first. */
export const areas: readonly Area[] = [
  area('session', 'Sessions and the server itself', '/session'),
  area('vcenter-vm', 'Virtual machines', '/vcenter/vm'),
  area('vcenter-vm-hardware', 'Hardware of virtual machines', '/vcenter/vm/{vm}/hardware'),
  area(
    'vcenter-vm-guest',
    'Guests of virtual machines',
    '/vcenter/vm/{vm}/guest /vcenter/vm/{vm}/tools /vcenter/guest',
  ),
  area(
    'vcenter-inventory',
    'Datacenters, clusters, hosts, datastores, networks',
    '/vcenter/datacenter /vcenter/datastore /vcenter/folder /vcenter/network /vcenter/host /vcenter/cluster /vcenter/resource-pool /vcenter/inventory /vcenter/environment-browser /vcenter/evc-modes',
  ),
  area(
    'ovf-and-templates',
    'OVF packages and VM templates',
    '/vcenter/ovf /vcenter/ovfs /vcenter/vm-template /vcenter/iso',
  ),
  area(
    'storage-policies',
    'Storage policies',
    '/vcenter/storage /vcenter/vm/{vm}/storage /vcenter/vm/storage',
  ),
  area('tagging', 'Tags and categories', '/cis/tagging /vcenter/tagging'),
  area('content-library', 'Content libraries', '/content'),
  area('tasks', 'Tasks', '/cis/tasks'),
  area('appliance', 'The appliance', '/appliance'),
  area('appliance-recovery', 'Backup and restore of the appliance', '/appliance/recovery'),
  area(
    'vcenter-system',
    'The vCenter Server: services, topology, deployment',
    '/vcenter/system /vcenter/services /vcenter/system-config /vcenter/topology /vcenter/phm /vcenter/capacity /vcenter/utilization /vcenter/vcha',
  ),
  area(
    'vcenter-deployment',
    'Deployment and life cycle of vCenter Server',
    '/vcenter/deployment /vcenter/lcm',
  ),
  area(
    'authorization',
    'Users, roles and tokens',
    '/vcenter/authorization /vcenter/authentication /vcenter/identity /vcenter/tokenservice /vcenter/registered-tokens',
  ),
  area(
    'certificates-and-keys',
    'Certificates and key providers',
    '/vcenter/certificate-management /vcenter/crypto-manager /vcenter/crypto /vcenter/confidential-computing',
  ),
  area('compute-policies', 'Compute policies and zones', '/vcenter/compute /vcenter/consumption-domains'),
  area(
    'namespaces',
    'Namespaces',
    '/vcenter/namespaces /vcenter/namespaces-user /vcenter/content/registries',
  ),
  area('namespace-management', 'Clusters of namespaces', '/vcenter/namespace-management'),
  area(
    'supervisors',
    'Supervisors',
    '/vcenter/namespace-management/supervisors /vcenter/namespace-management/supervisor-services /vcenter/foundation-load-balancers',
  ),
  area('esx-settings', 'Images: depots, defaults, inventory', '/esx'),
  area('esx-settings-clusters', 'Images and configuration of clusters', '/esx/settings/clusters'),
  area('esx-settings-hosts', 'Images and configuration of hosts', '/esx/settings/hosts'),
  area('esx-settings-repository', 'Images in the repository', '/esx/settings/repository'),
  area('trusted-infrastructure', 'Trusted infrastructure', '/vcenter/trusted-infrastructure'),
  area('vapi-metadata', 'The API about itself', '/vapi'),
]

const beginnings = areas
  .flatMap((each) => each.paths.map((path) => ({ path, area: each })))
  .sort((a, b) => b.path.length - a.path.length)

/** The area of an operation; throws for one that no area takes, so that a new release cannot lose any. */
export function areaOf({ service, id, rest }: Operation): Area {
  const path = rest?.path ?? ''
  const found = beginnings.find((each) => path === each.path || path.startsWith(`${each.path}/`))
  if (!found) throw new Error(`No area of the contract takes ${service}/${id} (${path}).`)
  return found.area
}
