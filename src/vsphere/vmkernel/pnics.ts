import { data } from '#vim25/data.js'
import type { PhysicalNic } from '#vim25/generated/types.js'
import type { Nic } from '#world/machine.js'

/** Speeds that a NIC of a speed can be set to besides its own, Mb/s; a vmxnet3 adapter has its own only (fact sheet G.4). */
const LOWER_SPEEDS: Readonly<Record<number, readonly number[]>> = {
  1000: [100, 10],
  10000: [1000],
  25000: [10_000, 1000],
}

/** Pure: the `at`-th NIC of a machine as its ESXi shows it. */
export function physicalNic(nic: Nic, at: number): PhysicalNic {
  const device = `vmnic${at}`
  const virtual = /vmxnet3$/.test(nic.driver)
  const link = (speedMb: number, duplex = true) => data('PhysicalNicLinkInfo', { speedMb, duplex })
  const lower = virtual ? [] : (LOWER_SPEEDS[nic.speedMb] ?? [])
  const linkSpeed = nic.linkUp ? link(nic.speedMb) : undefined
  return data('PhysicalNic', {
    key: `key-vim.host.PhysicalNic-${device}`,
    device,
    pci: nic.pci,
    driver: nic.driver,
    linkSpeed,
    validLinkSpecification: [
      link(nic.speedMb),
      ...lower.flatMap((speed) => (speed >= 1000 ? [link(speed)] : [link(speed, false), link(speed)])),
    ],
    spec: data('PhysicalNicSpec', {
      ip: data('HostIpConfig', { dhcp: false, ipAddress: '', subnetMask: '' }),
      linkSpeed,
      enableEnhancedNetworkingStack: false,
    }),
    wakeOnLanSupported: false,
    mac: nic.mac,
    vmDirectPathGen2Supported: false,
    resourcePoolSchedulerAllowed: true,
    autoNegotiateSupported: !virtual,
    enhancedNetworkingStackSupported: false,
  })
}
