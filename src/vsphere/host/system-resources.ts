import { data } from '#vim25/data.js'
import type { HostSystemResourceInfo, ResourceAllocationInfo } from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'

const NORMAL_CPU = data('SharesInfo', { shares: 1000, level: 'normal' })

const unlimited = (shares: number, reservation: number): ResourceAllocationInfo =>
  data('ResourceAllocationInfo', {
    reservation,
    expandableReservation: true,
    limit: -1,
    shares: shares === 1000 ? NORMAL_CPU : data('SharesInfo', { shares, level: 'custom' }),
  })

const group = (
  key: string,
  cpu: ResourceAllocationInfo,
  memory: ResourceAllocationInfo,
  child?: readonly HostSystemResourceInfo[],
) =>
  data('HostSystemResourceInfo', {
    key,
    config: data('ResourceConfigSpec', { cpuAllocation: cpu, memoryAllocation: memory }),
    child,
  })

const CHILDREN = Object.freeze([
  group('host/user', unlimited(9000, 0), unlimited(500, 0)),
  group('host/iofilters', unlimited(1000, 0), unlimited(1000, 0)),
  group('host/vim', unlimited(500, 0), unlimited(500, 0)),
  group('host/system', unlimited(500, 0), unlimited(500, 0)),
])

const known = new Map<string, HostSystemResourceInfo>()

/** HostSystem.systemResources: ESXi's own resource groups, the same object for hosts of one size. */
export function systemResources(hardware: Hardware): HostSystemResourceInfo {
  const megahertz = hardware.cores * hardware.mhz
  const megabytes = Math.floor(hardware.memoryBytes / 2 ** 20)
  const key = `${megahertz} ${megabytes}`
  let made = known.get(key)
  if (!made) {
    const fixed = (amount: number) =>
      data('ResourceAllocationInfo', {
        reservation: amount,
        expandableReservation: false,
        limit: amount,
        shares: NORMAL_CPU,
      })
    made = group('host', fixed(megahertz), fixed(megabytes), CHILDREN)
    known.set(key, made)
  }
  return made
}
