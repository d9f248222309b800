import { data } from '#vim25/data.js'
import { poolShares, type Resource } from './allocation.js'

const option = (resource: Resource) =>
  data('ResourceAllocationOption', {
    sharesOption: data('SharesOption', {
      sharesOption: data('IntOption', {
        valueIsReadonly: false,
        min: 0,
        max: 1_000_000,
        defaultValue: poolShares(resource, undefined).shares,
      }),
      defaultLevel: 'normal',
    }),
  })

/** What the allocations of pools and VMs can be. */
export const RESOURCE_OPTION = data('ResourceConfigOption', {
  cpuAllocationOption: option('cpu'),
  memoryAllocationOption: option('memory'),
})
