import type {
  VcenterResourcePoolResourceAllocationCreateSpec,
  VcenterResourcePoolResourceAllocationInfo,
  VcenterResourcePoolSharesInfoLevel,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { ResourceAllocationInfo, SharesLevel } from '#vim25/generated/types.js'

const LEVELS: Readonly<Record<VcenterResourcePoolSharesInfoLevel, SharesLevel>> = {
  LOW: 'low',
  NORMAL: 'normal',
  HIGH: 'high',
  CUSTOM: 'custom',
}

const levelOf = (level: SharesLevel): VcenterResourcePoolSharesInfoLevel =>
  (Object.entries(LEVELS) as [VcenterResourcePoolSharesInfoLevel, SharesLevel][]).find(
    ([, theirs]) => theirs === level,
  )?.[0] ?? 'NORMAL'

/**
 * An allocation (MHz or MB) as vim25 takes it. What is unset gets the default also in an update, as documented: nothing
 * reserved, expandable, no limit, normal shares.
 */
export function toAllocation(
  spec: VcenterResourcePoolResourceAllocationCreateSpec = {},
): ResourceAllocationInfo {
  const { reservation = 0, expandable_reservation = true, limit = -1, shares } = spec
  return data('ResourceAllocationInfo', {
    reservation,
    expandableReservation: expandable_reservation,
    limit,
    shares: data('SharesInfo', { shares: shares?.shares ?? 0, level: LEVELS[shares?.level ?? 'NORMAL'] }),
  })
}

/** The number of shares is told only of a custom level (recorded from vCenter 7.0). */
export function fromAllocation(info: ResourceAllocationInfo): VcenterResourcePoolResourceAllocationInfo {
  const { level = 'normal', shares = 0 } = info.shares ?? {}
  return {
    reservation: Number(info.reservation ?? 0),
    expandable_reservation: info.expandableReservation ?? false,
    limit: Number(info.limit ?? -1),
    shares: { level: levelOf(level), ...(level === 'custom' && { shares }) },
  }
}
