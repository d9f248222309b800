import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type { ClusterDasAdvancedRuntimeInfo, DasHeartbeatDatastoreInfo } from '#vim25/generated/types.js'
import { clusterConfig } from '../cluster/config.js'
import { heartbeatsOf } from './heartbeat.js'
import { haInput, standing } from './state.js'

/** What RetrieveDasAdvancedRuntimeInfo answers; undefined while HA is off (fact sheet E.3, E.7). */
export function advancedRuntimeInfo(
  read: Reader,
  cluster: string,
): ClusterDasAdvancedRuntimeInfo | undefined {
  const config = clusterConfig(read, cluster)
  if (!config?.dasConfig.enabled) return undefined
  const common = {
    vmcpSupported: data('ClusterDasAdvancedRuntimeInfoVmcpCapabilityInfo', {
      storageAPDSupported: true,
      storagePDLSupported: true,
    }),
    heartbeatDatastoreInfo: heartbeatInfo(read, cluster),
  }
  const input = haInput(read, cluster)
  const now = standing(config, input)
  if (now.policy !== 'slots') return data('ClusterDasAdvancedRuntimeInfo', common)
  const { account } = now
  return data('ClusterDasFailoverLevelAdvancedRuntimeInfo', {
    ...common,
    slotInfo: data('ClusterDasFailoverLevelAdvancedRuntimeInfoSlotInfo', {
      numVcpus: 1,
      cpuMHz: account.slot.cpuMHz,
      memoryMB: account.slot.memoryMB,
    }),
    totalSlots: account.total,
    usedSlots: account.used,
    unreservedSlots: account.unreserved,
    totalVms: input.vms.length,
    totalHosts: input.hosts.length,
    totalGoodHosts: account.hosts.length,
    hostSlots: account.hosts.map(({ id, slots }) =>
      data('ClusterDasFailoverLevelAdvancedRuntimeInfoHostSlots', { host: read.ref(id), slots }),
    ),
    vmsRequiringMultipleSlots: account.multiple.map(({ vm, slots }) =>
      data('ClusterDasFailoverLevelAdvancedRuntimeInfoVmSlots', { vm: read.ref(vm), slots }),
    ),
  })
}

function heartbeatInfo(read: Reader, cluster: string): readonly DasHeartbeatDatastoreInfo[] {
  const hosts = new Map<string, string[]>()
  for (const [host, stores] of heartbeatsOf(read, cluster))
    for (const store of stores) hosts.set(store, [...(hosts.get(store) ?? []), host])
  return [...hosts].map(([store, ids]) =>
    data('DasHeartbeatDatastoreInfo', {
      datastore: read.ref(store),
      hosts: ids.map((id) => read.ref(id)),
    }),
  )
}
