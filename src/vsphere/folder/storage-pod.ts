import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'

/** Storage DRS as a new datastore cluster has it: off, with the thresholds that clients show by default. */
const DRS_OFF = data('PodStorageDrsEntry', {
  storageDrsConfig: data('StorageDrsConfigInfo', {
    podConfig: data('StorageDrsPodConfigInfo', {
      enabled: false,
      ioLoadBalanceEnabled: false,
      defaultVmBehavior: 'manual',
      loadBalanceInterval: 480,
      defaultIntraVmAffinity: true,
      spaceLoadBalanceConfig: data('StorageDrsSpaceLoadBalanceConfig', {
        spaceThresholdMode: 'utilization',
        spaceUtilizationThreshold: 80,
        minSpaceUtilizationDifference: 5,
      }),
      ioLoadBalanceConfig: data('StorageDrsIoLoadBalanceConfig', {
        ioLatencyThreshold: 15,
        ioLoadImbalanceThreshold: 5,
      }),
    }),
  }),
})

/** A datastore cluster without datastores in a datastore folder. No event, no check of the name. */
export function createStoragePod(
  ctx: Context,
  folder: ManagedObjectReference,
  name: string,
): ManagedObjectReference {
  return ctx.tx.create('StoragePod', newMoid(ctx.tx, 'group-p'), {
    ...managedEntityDefaults(name, folder),
    childType: Object.freeze(['Datastore']),
    summary: data('StoragePodSummary', { name, capacity: 0, freeSpace: 0 }),
    podStorageDrsEntry: DRS_OFF,
  })
}
