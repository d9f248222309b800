import { moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type { HostConnectInfo, HostListSummary, NetworkSummary } from '#vim25/generated/types.js'
import { hardwareOf } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { clusterOfHost, haEnabled } from '../cluster/config.js'
import { networkOfMachine } from '../vmkernel/build.js'
import { initialRuntime } from './build.js'
import { capabilityOf } from './capability.js'
import { configInfo } from './config.js'
import { hostOnMachine } from './connection.js'
import { SERVER_IP, summaryOf } from './derive.js'
import { hardwareInfo } from './hardware-info.js'

/** What vCenter learns of an ESXi before (or while) it manages it. */
export function connectInfo(read: Reader, machine: string): HostConnectInfo {
  const host = hostOnMachine(read, machine)
  return host === undefined ? ofStranger(read, machine) : ofManaged(read, host)
}

function ofManaged(read: Reader, host: string): HostConnectInfo {
  const { summary, vm, network, datastore, capability } = read.get('HostSystem', host)
  return data('HostConnectInfo', {
    serverIp: SERVER_IP,
    inDasCluster: haEnabled(read, clusterOfHost(read, host)),
    host: summary,
    vm: (vm ?? []).map((ref) => read.get('VirtualMachine', ref.value).summary),
    vimAccountNameRequired: false,
    clusterSupported: true,
    network: (network ?? []).map((ref) =>
      data('HostConnectInfoNetworkInfo', { summary: read.get('Network', ref.value).summary }),
    ),
    datastore: (datastore ?? []).map((ref) =>
      data('HostDatastoreConnectInfo', { summary: read.get('Datastore', ref.value).summary }),
    ),
    capability,
  })
}

function ofStranger(read: Reader, id: string): HostConnectInfo {
  const machine = read.get(machines, id)
  const { esxi } = machine
  if (!esxi) throw new Error(`${id} has no ESXi.`)
  const hardware = hardwareOf(read, id)
  const network = networkOfMachine(read, id)
  const summary: HostListSummary = summaryOf(
    {
      name: esxi.hostName,
      runtime: initialRuntime(machine, esxi, hardware, true),
      hardware: hardwareInfo(hardware, esxi.version),
      config: configInfo(moRef('HostSystem', ''), esxi, hardware, network),
      overallStatus: 'gray',
      customValue: undefined,
    },
    undefined,
    { port: 443, thumbprint: esxi.thumbprint, maxEVCModeKey: hardware.evcModeKey },
  )
  return data('HostConnectInfo', {
    serverIp: esxi.managedBy,
    inDasCluster: false,
    host: patch(summary, { managementServerIp: esxi.managedBy }),
    vimAccountNameRequired: true,
    clusterSupported: true,
    network: (network.portgroup ?? [])
      .filter(({ spec }) => !(network.vnic ?? []).some((vnic) => vnic.portgroup === spec.name))
      .map(({ spec }) => data('HostNewNetworkConnectInfo', { summary: newNetwork(spec.name) })),
    capability: capabilityOf(esxi.version, hardware),
  })
}

function newNetwork(name: string): NetworkSummary {
  return data('NetworkSummary', { name, accessible: true, ipPoolName: '' })
}
