import { data } from '#vim25/data.js'
import type {
  ClusterComputeResourceSummary,
  ClusterConfigInfoEx,
  ComputeResourceConfigInfo,
  ComputeResourceSummary,
} from '#vim25/generated/types.js'

/** HA of a fresh cluster: off, but with admission control for one host failure (fact sheet E.1). */
export const DEFAULT_DAS = data('ClusterDasConfigInfo', {
  enabled: false,
  vmMonitoring: 'vmMonitoringDisabled',
  hostMonitoring: 'enabled',
  vmComponentProtecting: 'disabled',
  failoverLevel: 1,
  admissionControlPolicy: data('ClusterFailoverLevelAdmissionControlPolicy', { failoverLevel: 1 }),
  admissionControlEnabled: true,
  defaultVmSettings: data('ClusterDasVmSettings', {
    restartPriority: 'medium',
    restartPriorityTimeout: 600,
    isolationResponse: 'none',
    vmToolsMonitoringSettings: data('ClusterVmToolsMonitoringSettings', {
      enabled: false,
      vmMonitoring: 'vmMonitoringDisabled',
      clusterSettings: true,
      failureInterval: 30,
      minUpTime: 120,
      maxFailures: 3,
      maxFailureWindow: -1,
    }),
    vmComponentProtectionSettings: data('ClusterVmComponentProtectionSettings', {
      vmStorageProtectionForAPD: 'disabled',
      enableAPDTimeoutForHosts: false,
      vmTerminateDelayForAPDSec: 180,
      vmReactionOnAPDCleared: 'none',
      vmStorageProtectionForPDL: 'disabled',
    }),
  }),
  hBDatastoreCandidatePolicy: 'allFeasibleDsWithUserPreference',
})

export const DEFAULT_DRS = data('ClusterDrsConfigInfo', {
  enabled: false,
  enableVmBehaviorOverrides: true,
  defaultVmBehavior: 'fullyAutomated',
  vmotionRate: 3,
  scaleDescendantsShares: 'disabled',
})

const DEFAULT_DPM = data('ClusterDpmConfigInfo', {
  enabled: false,
  defaultDpmBehavior: 'automated',
  hostPowerActionRate: 3,
})

/** What a cluster is configured to be until someone says otherwise; shared by all of them. */
export const DEFAULT_CLUSTER_CONFIG: ClusterConfigInfoEx = data('ClusterConfigInfoEx', {
  vmSwapPlacement: 'vmDirectory',
  spbmEnabled: false,
  dasConfig: DEFAULT_DAS,
  drsConfig: DEFAULT_DRS,
  orchestration: data('ClusterOrchestrationInfo', {
    defaultVmReadiness: data('ClusterVmReadiness', { readyCondition: 'none', postReadyDelay: 0 }),
  }),
  dpmConfigInfo: DEFAULT_DPM,
  vsanConfigInfo: data('VsanClusterConfigInfo', { enabled: false }),
  infraUpdateHaConfig: data('ClusterInfraUpdateHaConfigInfo', {
    enabled: false,
    behavior: 'Manual',
    moderateRemediation: 'QuarantineMode',
    severeRemediation: 'QuarantineMode',
  }),
  proactiveDrsConfig: data('ClusterProactiveDrsConfigInfo', { enabled: false }),
  cryptoConfig: data('ClusterCryptoConfigInfo', { cryptoMode: 'onDemand' }),
})

/** A standalone host's compute resource has nothing but the swap policy. */
export const DEFAULT_STANDALONE_CONFIG: ComputeResourceConfigInfo = data('ComputeResourceConfigInfo', {
  vmSwapPlacement: 'vmDirectory',
  spbmEnabled: false,
})

const nothing = {
  totalCpu: 0,
  totalMemory: 0,
  numCpuCores: 0,
  numCpuThreads: 0,
  effectiveCpu: 0,
  effectiveMemory: 0,
  numHosts: 0,
  numEffectiveHosts: 0,
  overallStatus: 'green' as const,
}

/** Until the first commit derives it. */
export const EMPTY_SUMMARY: ComputeResourceSummary = data('ComputeResourceSummary', nothing)
export const EMPTY_CLUSTER_SUMMARY: ClusterComputeResourceSummary = data('ClusterComputeResourceSummary', {
  ...nothing,
  currentFailoverLevel: 0,
  numVmotions: 0,
})
