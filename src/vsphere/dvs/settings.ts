import { data } from '#vim25/data.js'
import type {
  DVPortSetting,
  DVSCapability,
  DVSNameArrayUplinkPortPolicy,
  DVSUplinkPortPolicy,
} from '#vim25/generated/types.js'

const flag = (value: boolean, inherited = false) => data('BoolPolicy', { inherited, value })
const text = (value: string) => data('StringPolicy', { inherited: false, value })
const number = (value: number) => data('IntPolicy', { inherited: false, value })
const long = (value: number) => data('LongPolicy', { inherited: false, value })

const shaping = data('DVSTrafficShapingPolicy', {
  inherited: false,
  enabled: flag(false),
  averageBandwidth: long(100_000_000),
  peakBandwidth: long(100_000_000),
  burstSize: long(104_857_600),
})

/** Uplink names of a fresh distributed switch, as the client makes it. */
export const UPLINKS: readonly string[] = Object.freeze(['Uplink 1', 'Uplink 2', 'Uplink 3', 'Uplink 4'])

/** Names of a switch's uplinks, which are as many on each member host. */
export const uplinkNames = (policy: DVSUplinkPortPolicy): readonly string[] =>
  (policy as DVSNameArrayUplinkPortPolicy).uplinkPortName ?? UPLINKS

const teaming = data('VmwareUplinkPortTeamingPolicy', {
  inherited: false,
  policy: text('loadbalance_srcid'),
  reversePolicy: flag(true),
  notifySwitches: flag(true),
  rollingOrder: flag(false),
  failureCriteria: data('DVSFailureCriteria', {
    inherited: false,
    checkSpeed: text('minimum'),
    speed: number(10),
    checkDuplex: flag(false),
    fullDuplex: flag(false),
    checkErrorPercent: flag(false),
    percentage: number(0),
    checkBeacon: flag(false),
  }),
  uplinkPortOrder: data('VMwareUplinkPortOrderPolicy', { inherited: false, activeUplinkPort: UPLINKS }),
})

/** The security policy of a fresh distributed switch rejects all three (Networking guide). */
const security = data('DVSSecurityPolicy', {
  inherited: false,
  allowPromiscuous: flag(false),
  macChanges: flag(false),
  forgedTransmits: flag(false),
})

const macManagement = data('DVSMacManagementPolicy', {
  inherited: false,
  allowPromiscuous: false,
  macChanges: false,
  forgedTransmits: false,
  macLearningPolicy: data('DVSMacLearningPolicy', {
    inherited: false,
    enabled: false,
    allowUnicastFlooding: true,
    limit: 4096,
    limitPolicy: 'DROP',
  }),
})

/** What a fresh port group's ports are set to; an uplink group carries every VLAN. */
export function portSetting(vlanId: number | 'trunk'): DVPortSetting {
  return data('VMwareDVSPortSetting', {
    blocked: flag(false),
    vmDirectPathGen2Allowed: flag(false),
    inShapingPolicy: shaping,
    outShapingPolicy: shaping,
    vendorSpecificConfig: data('DVSVendorSpecificConfig', { inherited: false }),
    networkResourcePoolKey: text('-1'),
    filterPolicy: data('DvsFilterPolicy', { inherited: false }),
    vlan:
      vlanId === 'trunk'
        ? data('VmwareDistributedVirtualSwitchTrunkVlanSpec', {
            inherited: false,
            vlanId: [data('NumericRange', { start: 0, end: 4094 })],
          })
        : data('VmwareDistributedVirtualSwitchVlanIdSpec', { inherited: false, vlanId }),
    qosTag: number(-1),
    uplinkTeamingPolicy: teaming,
    securityPolicy: security,
    ipfixEnabled: flag(false),
    txUplink: flag(false),
    lacpPolicy: data('VMwareUplinkLacpPolicy', {
      inherited: false,
      enable: flag(false),
      mode: text('passive'),
    }),
    macManagementPolicy: macManagement,
  })
}

/** Checks of VLANs and teaming, off until somebody wants them. */
export const HEALTH_CHECKS = Object.freeze([
  data('VMwareDVSVlanMtuHealthCheckConfig', { enable: false, interval: 1 }),
  data('VMwareDVSTeamingHealthCheckConfig', { enable: false, interval: 1 }),
])

/** What may be set differently on a single port. */
export function portgroupPolicy(uplink: boolean) {
  return data('VMwareDVSPortgroupPolicy', {
    blockOverrideAllowed: true,
    shapingOverrideAllowed: false,
    vendorConfigOverrideAllowed: false,
    livePortMovingAllowed: false,
    portConfigResetAtDisconnect: !uplink,
    networkResourcePoolOverrideAllowed: false,
    trafficFilterOverrideAllowed: false,
    vlanOverrideAllowed: uplink,
    uplinkTeamingOverrideAllowed: false,
    securityPolicyOverrideAllowed: false,
    ipfixOverrideAllowed: false,
    macManagementOverrideAllowed: false,
  })
}

const hostProduct = (version: string) =>
  data('DistributedVirtualSwitchHostProductSpec', { productLineId: 'embeddedEsx', version })

export const dvsCapability: DVSCapability = data('DVSCapability', {
  dvsOperationSupported: true,
  dvPortGroupOperationSupported: true,
  dvPortOperationSupported: true,
  compatibleHostComponentProductInfo: [hostProduct('7.0.0+'), hostProduct('8.0.0+')],
  featuresSupported: data('VMwareDVSFeatureCapability', {
    networkResourceManagementSupported: true,
    vmDirectPathGen2Supported: true,
    nicTeamingPolicy: [
      'loadbalance_ip',
      'loadbalance_srcmac',
      'loadbalance_srcid',
      'failover_explicit',
      'loadbalance_loadbased',
    ],
    networkResourcePoolHighShareValue: 100,
    networkResourceManagementCapability: data('DVSNetworkResourceManagementCapability', {
      networkResourceManagementSupported: true,
      networkResourcePoolHighShareValue: 100,
      qosSupported: true,
      userDefinedNetworkResourcePoolsSupported: true,
      networkResourceControlVersion3Supported: true,
    }),
    healthCheckCapability: data('VMwareDVSHealthCheckCapability', {
      vlanMtuSupported: true,
      teamingSupported: true,
    }),
    rollbackCapability: data('DVSRollbackCapability', { rollbackSupported: true }),
    backupRestoreCapability: data('DVSBackupRestoreCapability', { backupRestoreSupported: true }),
    networkFilterSupported: true,
    macLearningSupported: true,
    vspanSupported: true,
    lldpSupported: true,
    ipfixSupported: true,
    multicastSnoopingSupported: true,
    lacpCapability: data('VMwareDvsLacpCapability', {
      lacpSupported: true,
      multiLacpGroupSupported: true,
      lacpFastModeSupported: true,
    }),
    nsxSupported: true,
  }),
})
