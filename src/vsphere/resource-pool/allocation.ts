import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ResourceAllocationInfo, SharesInfo, SharesLevel } from '#vim25/generated/types.js'

export type Resource = 'cpu' | 'memory'

/** Shares of a resource pool per level (ResourceAllocationInfo's documentation). */
const POOL_SHARES: Readonly<Record<Resource, Readonly<Record<string, number>>>> = {
  cpu: { low: 2_000, normal: 4_000, high: 8_000 },
  memory: { low: 81_920, normal: 163_840, high: 327_680 },
}

/** Shares of a VM per level: for each vCPU, and for each MB of memory. */
const VM_SHARES: Readonly<Record<Resource, Readonly<Record<string, number>>>> = {
  cpu: { low: 500, normal: 1_000, high: 2_000 },
  memory: { low: 5, normal: 10, high: 20 },
}

const sharesKnown = new Map<string, SharesInfo>()

function sharesOf(level: SharesLevel, shares: number): SharesInfo {
  const key = `${level}/${shares}`
  let info = sharesKnown.get(key)
  if (!info) {
    info = data('SharesInfo', { shares, level })
    sharesKnown.set(key, info)
  }
  return info
}

/** A pool's shares: by level, or the custom number (default: normal). */
export function poolShares(resource: Resource, wanted: SharesInfo | undefined): SharesInfo {
  const level = wanted?.level ?? 'normal'
  return sharesOf(level, level === 'custom' ? (wanted?.shares ?? 0) : (POOL_SHARES[resource][level] ?? 0))
}

/** A VM's shares: by level times vCPUs or MB, or the custom number (default: normal). */
export function vmShares(resource: Resource, wanted: SharesInfo | undefined, amount: number): SharesInfo {
  const level = wanted?.level ?? 'normal'
  return sharesOf(
    level,
    level === 'custom' ? (wanted?.shares ?? 0) : (VM_SHARES[resource][level] ?? 0) * amount,
  )
}

const allocationsKnown = new Map<string, ResourceAllocationInfo>()

/** A frozen allocation, the same object for equal ones: most VMs have the same. */
export function allocation(members: {
  reservation: number
  expandableReservation: boolean
  limit: number
  shares: SharesInfo
}): ResourceAllocationInfo {
  const { reservation, expandableReservation, limit, shares } = members
  const key = `${reservation}/${expandableReservation}/${limit}/${shares.level}/${shares.shares}`
  let info = allocationsKnown.get(key)
  if (!info) {
    info = data('ResourceAllocationInfo', members)
    if (allocationsKnown.size > 5_000) allocationsKnown.clear()
    allocationsKnown.set(key, info)
  }
  return info
}

/** Whole numbers: a reservation of at least 0, a limit of -1 (none) or at least the reservation. Throws InvalidArgument. */
export function checkAllocation(info: ResourceAllocationInfo | undefined, path: string): void {
  if (!info) return
  const reservation = Number(info.reservation ?? 0)
  const limit = Number(info.limit ?? -1)
  if (reservation < 0) throw fault('InvalidArgument', { invalidProperty: `${path}.reservation` })
  if (limit < -1 || (limit >= 0 && limit < reservation))
    throw fault('InvalidArgument', { invalidProperty: `${path}.limit` })
  if (info.shares?.level === 'custom' && info.shares.shares < 0)
    throw fault('InvalidArgument', { invalidProperty: `${path}.shares` })
}

/** `wanted` over `old` (default: no reservation, no limit), with the shares that its level means. */
export function mergeAllocation(
  old: ResourceAllocationInfo | undefined,
  wanted: ResourceAllocationInfo | undefined,
  shares: (wanted: SharesInfo | undefined) => SharesInfo,
  expandable: boolean,
): ResourceAllocationInfo {
  const merged = allocation({
    reservation: Number(wanted?.reservation ?? old?.reservation ?? 0),
    expandableReservation: wanted?.expandableReservation ?? old?.expandableReservation ?? expandable,
    limit: Number(wanted?.limit ?? old?.limit ?? -1),
    shares: shares(wanted?.shares ?? old?.shares),
  })
  const overhead = wanted?.overheadLimit ?? old?.overheadLimit
  return overhead === undefined ? merged : patch(merged, { overheadLimit: overhead })
}
