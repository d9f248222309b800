import type { Reader } from '#inventory/reader.js'
import { plus } from '#inventory/sums.js'
import { data } from '#vim25/data.js'
import type {
  ClusterComputeResourceProperties,
  ClusterDasAdmissionControlInfo,
  ClusterUsageSummary,
  ComputeResourceProperties,
  ComputeResourceSummary,
} from '#vim25/generated/types.js'
import { hostPoolCapacity, isUsable, rootPoolCapacity } from '../ha/capacity.js'
import { failoverHostStatus } from '../ha/failover-hosts.js'
import { haInput, isGood, type Standing, standing } from '../ha/state.js'
import { hostLoads } from '../resource-pool/loads.js'
import { configOf, hostsOf, runningOn } from './config.js'
import { vmotionCount } from './vmotions.js'

const MB = 2 ** 20

/** The sums over a compute resource's hosts: all of them, and those that can run VMs. */
export function hostTotals(
  read: Reader,
  id: string,
  value: Pick<ComputeResourceProperties, 'overallStatus'>,
): Omit<ComputeResourceSummary, '_typeName'> {
  let [totalCpu, totalMemory, numCpuCores, numCpuThreads] = [0, 0, 0, 0]
  let [effectiveCpu, effectiveMemory, numHosts, numEffectiveHosts] = [0, 0, 0, 0]
  for (const hostId of hostsOf(read, id)) {
    const host = read.find('HostSystem', hostId)
    if (!host) continue
    numHosts++
    const { cpuInfo, memorySize } = host.hardware ?? {}
    const cores = cpuInfo?.numCpuCores ?? 0
    totalCpu += Math.round(Number(cpuInfo?.hz ?? 0) / 1e6) * cores
    totalMemory += Number(memorySize ?? 0)
    numCpuCores += cores
    numCpuThreads += cpuInfo?.numCpuThreads ?? 0
    if (!isUsable(host)) continue
    numEffectiveHosts++
    const capacity = hostPoolCapacity(host.hardware)
    effectiveCpu += capacity.cpuMHz
    effectiveMemory += capacity.memoryBytes
  }
  return {
    totalCpu,
    totalMemory,
    numCpuCores,
    numCpuThreads,
    effectiveCpu,
    effectiveMemory: Math.floor(effectiveMemory / MB),
    numHosts,
    numEffectiveHosts,
    overallStatus: value.overallStatus,
  }
}

/** ClusterComputeResource.summary: totals, HA's standing, DRS' score and use. */
export function clusterSummary(read: Reader, id: string, value: ClusterComputeResourceProperties) {
  const config = configOf(value)
  const drs = config.drsConfig.enabled ?? false
  const now = config.dasConfig.enabled ? standing(config, haInput(read, id)) : undefined
  const running = hostsOf(read, id).reduce((count, host) => count + runningOn(read, host).length, 0)
  return data('ClusterComputeResourceSummary', {
    ...hostTotals(read, id, value),
    currentFailoverLevel: now?.policy === 'slots' ? now.account.currentLevel : 0,
    admissionControlInfo: admissionInfo(read, config.dasConfig.admissionControlPolicy?._typeName, now),
    numVmotions: vmotionCount(read, id),
    drsScore: drs ? 100 : undefined,
    // Nothing contends for anything here: every running VM is in the best bucket.
    numVmsPerDrsScoreBucket: drs ? [0, 0, 0, 0, running] : undefined,
    usageSummary: drs ? usage(read, id) : undefined,
  })
}

function admissionInfo(
  read: Reader,
  policy: string | undefined,
  now: Standing | undefined,
): ClusterDasAdmissionControlInfo | undefined {
  switch (policy) {
    case 'ClusterFailoverResourcesAdmissionControlPolicy':
      return data('ClusterFailoverResourcesAdmissionControlInfo', {
        currentCpuFailoverResourcesPercent: now?.policy === 'percentage' ? now.account.cpuPercent : 0,
        currentMemoryFailoverResourcesPercent: now?.policy === 'percentage' ? now.account.memoryPercent : 0,
      })
    case 'ClusterFailoverHostAdmissionControlPolicy':
      return data('ClusterFailoverHostAdmissionControlInfo', {
        hostStatus: (now?.policy === 'hosts' ? now.failoverHosts : []).flatMap((host) => {
          const value = read.find('HostSystem', host)
          if (!value) return []
          const status = failoverHostStatus({ good: isGood(value), running: runningOn(read, host).length })
          return [
            data('ClusterFailoverHostAdmissionControlInfoHostStatus', {
              host: read.ref(host),
              status,
            }),
          ]
        }),
      })
    default:
      return data('ClusterFailoverLevelAdmissionControlInfo', {
        currentFailoverLevel: now?.policy === 'slots' ? now.account.currentLevel : 0,
      })
  }
}

function usage(read: Reader, id: string): ClusterUsageSummary {
  const pool = rootPoolCapacity(read, id)
  const load = hostsOf(read, id).reduce(
    (sum, host) => plus(sum, read.total(hostLoads, host), 1),
    hostLoads.none,
  )
  const inMB = (bytes: number) => Math.floor(bytes / MB)
  return data('ClusterUsageSummary', {
    totalCpuCapacityMhz: pool.cpuMHz,
    totalMemCapacityMB: inMB(pool.memoryBytes),
    cpuReservationMhz: load.runningCpuMHz,
    memReservationMB: inMB(load.runningMemoryBytes),
    poweredOffCpuReservationMhz: load.otherCpuMHz,
    poweredOffMemReservationMB: inMB(load.otherMemoryBytes),
    cpuDemandMhz: load.runningCpuMHz,
    memDemandMB: load.runningMB,
    statsGenNumber: 1,
    cpuEntitledMhz: load.runningCpuMHz,
    memEntitledMB: load.runningMB,
    poweredOffVmCount: load.others,
    totalVmCount: load.vms,
  })
}
