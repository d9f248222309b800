import { data } from '#vim25/data.js'

/** System traffic, with the shares that network I/O control gives it (Networking guide 8.0), NIOC 3. */
const TRAFFIC: readonly (readonly [key: string, name: string, shares: number])[] = [
  ['management', 'Management Traffic', 50],
  ['faultTolerance', 'Fault Tolerance (FT) Traffic', 50],
  ['vmotion', 'vMotion Traffic', 50],
  ['virtualMachine', 'Virtual Machine Traffic', 100],
  ['iSCSI', 'iSCSI Traffic', 50],
  ['nfs', 'NFS Traffic', 50],
  ['hbr', 'vSphere Replication (VR) Traffic', 50],
  ['vsan', 'vSAN Traffic', 50],
  ['vdp', 'vSphere Data Protection Backup Traffic', 50],
  ['nvmetcp', 'NVMe over TCP Traffic', 50],
  ['backupNfc', 'vSphere Backup NFC Traffic', 50],
]

const sharesOf = (shares: number) =>
  data('SharesInfo', { shares, level: shares === 100 ? 'high' : shares === 50 ? 'normal' : 'custom' })

export const infrastructureTraffic = Object.freeze(
  TRAFFIC.map(([key, description, shares]) =>
    data('DvsHostInfrastructureTrafficResource', {
      key,
      description,
      allocationInfo: data('DvsHostInfrastructureTrafficResourceAllocation', {
        limit: -1,
        shares: sharesOf(shares),
        reservation: 0,
      }),
    }),
  ),
)

/** The same as resource pools, which older clients read. */
export const resourcePools = Object.freeze(
  TRAFFIC.map(([key, name, shares]) =>
    data('DVSNetworkResourcePool', {
      key,
      name,
      description: name,
      configVersion: '0',
      allocationInfo: data('DVSNetworkResourcePoolAllocationInfo', {
        limit: -1,
        shares: sharesOf(shares),
        priorityTag: 0,
      }),
    }),
  ),
)

/** Pools that the switch has by itself: they cannot be removed. */
export const isSystemPool = (key: string): boolean => TRAFFIC.some(([own]) => own === key)
