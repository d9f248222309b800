/** The services that a vmkernel adapter can carry (HostVirtualNicManagerNicType), with the first ESXi that has them. */
const NIC_TYPES: readonly (readonly [nicType: string, since: string])[] = [
  ['faultToleranceLogging', '4.0'],
  ['management', '4.0'],
  ['nvmeRdma', '7.0.3'],
  ['nvmeTcp', '7.0.3'],
  ['ptp', '7.0'],
  ['vSphereBackupNFC', '7.0'],
  ['vSphereProvisioning', '6.0'],
  ['vSphereReplication', '4.0'],
  ['vSphereReplicationNFC', '4.0'],
  ['vmotion', '4.0'],
  ['vsan', '4.0'],
  ['vsanWitness', '6.5'],
]

const known = new Map<string, readonly string[]>()

/** The nic types of an ESXi release, sorted as it lists them (fact sheet F.1, F.2): 12 on 8.0.3, 7 on 6.0. */
export function nicTypesOf(version: string): readonly string[] {
  let types = known.get(version)
  if (!types) {
    types = Object.freeze(
      NIC_TYPES.filter(([, since]) => !isOlder(version, since)).map(([nicType]) => nicType),
    )
    known.set(version, types)
  }
  return types
}

/** Whether several adapters may carry the service at once: all but PTP (fact sheet F.2, deviation 26). */
export function multiSelectAllowed(nicType: string): boolean {
  return nicType !== 'ptp'
}

/** vSAN traffic is chosen through HostVsanSystem, unless the host says that its nic manager may (fact sheet F.1). */
export function ownedByVsan(nicType: string): boolean {
  return nicType === 'vsan' || nicType === 'vsanWitness'
}

/** TCP/IP stacks whose adapters serve one nic type only, and always do. */
export const STACK_SERVICE: Readonly<Record<string, string>> = {
  vmotion: 'vmotion',
  vSphereProvisioning: 'vSphereProvisioning',
}

export const DEFAULT_STACK = 'defaultTcpipStack'

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
