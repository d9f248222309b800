import { type ErrorType, message, VapiError, vapiError } from '#vapi/error.js'
import type {
  VcenterHostConnectionState,
  VcenterHostCreateSpec,
  VcenterHostFilterSpec,
  VcenterHostPowerState,
  VcenterHostSummary,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import { VimFault } from '#vim25/fault.js'
import type { DataTypes } from '#vim25/generated/types.js'
import { clusterOfHost } from '#vsphere/cluster/config.js'
import type { ServiceCall } from '../core/call.js'
import { cause } from '../core/cause.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { ancestorOf } from '../core/tree.js'
import { requireFolder } from './placement.js'

const CONNECTION_STATES = {
  connected: 'CONNECTED',
  disconnected: 'DISCONNECTED',
  notResponding: 'NOT_RESPONDING',
} as const satisfies Record<string, VcenterHostConnectionState>

const POWER_STATES: Readonly<Record<string, VcenterHostPowerState>> = {
  poweredOn: 'POWERED_ON',
  poweredOff: 'POWERED_OFF',
  standBy: 'STANDBY',
}

/** A host lies in the folder of its compute resource (deviation 61). */
const list = createList<'HostSystem', VcenterHostFilterSpec, VcenterHostSummary>({
  type: 'HostSystem',
  resource: 'host',
  plural: 'hosts',
  most: 2500,
  ids: ({ hosts }) => hosts,
  matches(read, { id, value: { name, runtime } }, filter) {
    const cluster = () => clusterOfHost(read, id)
    return (
      among(filter.names, () => name) &&
      among(filter.connection_states, () => CONNECTION_STATES[runtime.connectionState]) &&
      (filter.standalone === undefined || filter.standalone === (cluster() === undefined)) &&
      among(filter.clusters, cluster) &&
      among(filter.folders, () => ancestorOf(read, id, 'Folder')) &&
      among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter'))
    )
  },
  summary({ id, value: { name, runtime } }) {
    const power_state = runtime.connectionState === 'connected' ? POWER_STATES[runtime.powerState] : undefined
    return {
      host: id,
      name,
      connection_state: CONNECTION_STATES[runtime.connectionState],
      ...(power_state && { power_state }),
    }
  },
})

export const host = service('com.vmware.vcenter.host', {
  list: (call, { filter }) => list(call, filter),

  async create(call, { spec }) {
    const folder = requireFolder(call, spec.folder, 'host', 'INVALID_ELEMENT_TYPE')
    const sslThumbprint = thumbprintFor(call, folder, spec)
    const parent = await reach('UNAUTHENTICATED', () =>
      call.task('Folder', folder, 'AddStandaloneHost_Task', {
        spec: data('HostConnectSpec', { ...accessOf(spec), sslThumbprint, force: spec.force_add ?? false }),
        addConnected: true,
      }),
    )
    return call.read.get('ComputeResource', parent.value).host?.[0]?.value ?? ''
  },

  async delete(call, { host: id }) {
    const { parent } = requireObject(call, 'HostSystem', id)
    if (!parent || clusterOfHost(call.read, id) !== undefined)
      throw vapiError(
        'RESOURCE_IN_USE',
        'com.vmware.api.vcenter.host.in_cluster',
        "Host with identifier '{0}' is part of a cluster.",
        [`${id}:${call.sandbox.services.identity.instanceUuid}`],
      )
    await call.task('ComputeResource', parent.value, 'Destroy_Task', {})
  },

  async connect(call, { host: id }) {
    requireOther(call, id, 'connected')
    await reach('ERROR', () => call.task('HostSystem', id, 'ReconnectHost_Task', {}))
  },

  async disconnect(call, { host: id }) {
    requireOther(call, id, 'disconnected')
    await call.task('HostSystem', id, 'DisconnectHost_Task', {})
  },
})

const accessOf = ({ hostname, port = 443, user_name, password }: VcenterHostCreateSpec) => ({
  hostName: hostname,
  port,
  userName: user_name,
  password,
})

/**
 * The thumbprint to trust: the one that the client gives or, if it wants none verified, the one that the host shows. That is
 * in the SSLVerifyFault of a connection that trusts nothing, as clients of vim25 find it out. Undefined when nothing answers:
 * then adding the host tells why.
 */
function thumbprintFor(call: ServiceCall, folder: string, spec: VcenterHostCreateSpec): string | undefined {
  if (spec.thumbprint_verification !== 'NONE') return spec.thumbprint
  const datacenter = ancestorOf(call.read, folder, 'Datacenter') ?? ''
  const { hostName, userName, ...access } = accessOf(spec)
  try {
    call.vim('Datacenter', datacenter, 'QueryConnectionInfo', {
      ...access,
      hostname: hostName,
      username: userName,
    })
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
    return (error.fault as Partial<DataTypes['SSLVerifyFault']>).thumbprint
  }
  return undefined
}

/** The host, not this server, refuses the name or password: said with an error that the operation documents for it. */
async function reach<R>(refused: ErrorType, work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof VimFault) || error.fault._typeName !== 'InvalidLogin') throw error
    throw new VapiError(refused, [
      message(
        'com.vmware.api.vcenter.host.invalid_credentials',
        'The host does not accept the user name and password.',
      ),
      cause(error),
    ])
  }
}

function requireOther(call: ServiceCall, id: string, state: 'connected' | 'disconnected'): void {
  const { runtime } = requireObject(call, 'HostSystem', id)
  if (runtime.connectionState === state)
    throw vapiError(
      'ALREADY_IN_DESIRED_STATE',
      `com.vmware.api.vcenter.host.already_${state}`,
      `Host is already ${state}.`,
    )
}
