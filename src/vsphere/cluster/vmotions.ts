import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Context } from '../core/context.js'

/** How often running VMs moved between hosts of a cluster; a private record `vmotions:<cluster>`. */
export interface Vmotions {
  readonly cluster: string
  readonly count: number
}

export const vmotions = recordKind<Vmotions>('vmotions')

export const vmotionsId = (cluster: string) => `vmotions:${cluster}`

export const vmotionCount = (read: Reader, cluster: string): number =>
  read.find(vmotions, vmotionsId(cluster))?.count ?? 0

/** A running VM moves: it counts for the cluster that it stays in (ClusterComputeResourceSummary.numVmotions). */
export function countVmotion({ tx }: Context, from: string, to: string): void {
  const cluster = tx.find('HostSystem', from)?.parent?.value
  if (cluster === undefined || from === to || cluster !== tx.find('HostSystem', to)?.parent?.value) return
  if (!tx.find('ClusterComputeResource', cluster)) return
  const id = vmotionsId(cluster)
  const counted = tx.find(vmotions, id)
  if (counted) tx.set(vmotions, id, { count: counted.count + 1 })
  else tx.create(vmotions, id, { cluster, count: 1 })
}
