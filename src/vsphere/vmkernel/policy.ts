import { data, patch } from '#vim25/data.js'
import type {
  DynamicData,
  HostNetOffloadCapabilities,
  HostNetworkPolicy,
  HostNicTeamingPolicy,
} from '#vim25/generated/types.js'

export const offloadCapabilities: HostNetOffloadCapabilities = data('HostNetOffloadCapabilities', {
  csumOffload: true,
  tcpSegmentation: true,
  zeroCopyXmit: true,
})

const security = data('HostNetworkSecurityPolicy', {
  allowPromiscuous: false,
  macChanges: true,
  forgedTransmits: true,
})

const shapingPolicy = data('HostNetworkTrafficShapingPolicy', {
  enabled: false,
  averageBandwidth: 0,
  peakBandwidth: 0,
  burstSize: 0,
})

const failureCriteria = data('HostNicFailureCriteria', {
  checkSpeed: 'minimum',
  speed: 10,
  checkDuplex: false,
  fullDuplex: false,
  checkErrorPercent: false,
  percentage: 0,
  checkBeacon: false,
})

/** The policy of a fresh standard switch (Networking guide: promiscuous mode rejected, the other two accepted). */
export function defaultPolicy(uplinks: readonly string[]): HostNetworkPolicy {
  return data('HostNetworkPolicy', {
    security,
    nicTeaming: data('HostNicTeamingPolicy', {
      policy: 'loadbalance_srcid',
      reversePolicy: true,
      notifySwitches: true,
      rollingOrder: false,
      failureCriteria,
      nicOrder: data('HostNicOrderPolicy', { activeNic: uplinks }),
    }),
    offloadPolicy: offloadCapabilities,
    shapingPolicy,
  })
}

/** A port group that leaves everything to its switch. */
export const inheritedPolicy: HostNetworkPolicy = data('HostNetworkPolicy', {
  security: data('HostNetworkSecurityPolicy', {}),
  nicTeaming: data('HostNicTeamingPolicy', {}),
  offloadPolicy: data('HostNetOffloadCapabilities', {}),
  shapingPolicy: data('HostNetworkTrafficShapingPolicy', {}),
})

const computed = new WeakMap<HostNetworkPolicy, WeakMap<HostNetworkPolicy, HostNetworkPolicy>>()

/** Pure: what a port group's ports obey: its own members over those of its switch, member by member; once for each pair. */
export function computedPolicy(base: HostNetworkPolicy, own: HostNetworkPolicy): HostNetworkPolicy {
  let onBase = computed.get(base)
  if (!onBase) {
    onBase = new WeakMap()
    computed.set(base, onBase)
  }
  let policy = onBase.get(own)
  if (!policy) {
    policy = overlay(base, own)
    onBase.set(own, policy)
  }
  return policy
}

/** Pure: a switch's policy after a spec with some members. */
export function mergedPolicy(
  present: HostNetworkPolicy,
  spec: HostNetworkPolicy | undefined,
): HostNetworkPolicy {
  return spec ? overlay(present, spec) : present
}

const isData = (value: unknown): value is DynamicData =>
  typeof value === 'object' && value !== null && '_typeName' in value

function overlay<T extends DynamicData>(base: T, own: T): T {
  const present = base as unknown as Record<string, unknown>
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(own)) {
    if (name === '_typeName') continue
    const below = present[name]
    // The order of the uplinks is one decision: a spec that names it replaces it whole.
    changes[name] =
      isData(value) && isData(below) && value._typeName !== 'HostNicOrderPolicy'
        ? overlay(below, value)
        : value
  }
  return patch(base, changes as Partial<Omit<T, '_typeName'>>)
}

/** Pure: the uplinks in a teaming policy that carry traffic now; all of the switch's when it names none. */
export function activeUplinks(
  teaming: HostNicTeamingPolicy | undefined,
  uplinks: readonly string[],
): readonly string[] {
  const named = teaming?.nicOrder?.activeNic?.filter((device) => uplinks.includes(device)) ?? []
  return named.length > 0 ? named : uplinks
}

/** Pure: the teaming order after the switch's uplinks changed: gone ones dropped, new ones active. */
export function reordered(policy: HostNetworkPolicy, uplinks: readonly string[]): HostNetworkPolicy {
  const order = policy.nicTeaming?.nicOrder
  const keep = (devices: readonly string[] | undefined) =>
    (devices ?? []).filter((device) => uplinks.includes(device))
  const standby = keep(order?.standbyNic)
  const active = keep(order?.activeNic)
  const fresh = uplinks.filter((device) => !standby.includes(device) && !active.includes(device))
  const nicOrder = data('HostNicOrderPolicy', { activeNic: [...active, ...fresh], standbyNic: standby })
  const nicTeaming = data('HostNicTeamingPolicy', { ...policy.nicTeaming, nicOrder })
  return data('HostNetworkPolicy', { ...policy, nicTeaming })
}
