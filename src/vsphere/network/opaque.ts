import { recordKind } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, NetworkSummary, OpaqueNetworkSummary } from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { emptySummary } from './summary.js'

/** What an opaque network is to the one who looks after it. */
export interface OpaqueNetwork {
  /** OpaqueNetworkSummary.opaqueNetworkId. */
  readonly networkId: string
}

export const opaqueNetworks = recordKind<OpaqueNetwork>('opaque-network')

export const opaqueNetworkId = (network: string) => `opaque-network:${network}`

const CAPABILITY = data('OpaqueNetworkCapability', { networkReservationSupported: false })

/** A network that something else than vCenter looks after, NSX for one, on some hosts. No event, no check of the name. */
export function createOpaqueNetwork(
  ctx: Context,
  folder: ManagedObjectReference,
  about: OpaqueNetwork & { readonly name: string; readonly hosts: readonly string[] },
): ManagedObjectReference {
  const { name, networkId, hosts } = about
  const id = newMoid(ctx.tx, 'network-o')
  ctx.tx.create(opaqueNetworks, opaqueNetworkId(id), { networkId })
  const self = ctx.tx.create('OpaqueNetwork', id, {
    ...managedEntityDefaults(name, folder),
    summary: opaqueSummary(emptySummary(name), { networkId }),
    capability: CAPABILITY,
  })
  for (const host of hosts)
    ctx.tx.update('HostSystem', host, ({ network }) => ({
      network: Object.freeze([...(network ?? []), self]),
    }))
  return self
}

export function opaqueSummary(summary: NetworkSummary, { networkId }: OpaqueNetwork): OpaqueNetworkSummary {
  const { _typeName: _, ...members } = summary
  return data('OpaqueNetworkSummary', {
    ...members,
    opaqueNetworkId: networkId,
    opaqueNetworkType: 'nsx.LogicalSwitch',
  })
}
