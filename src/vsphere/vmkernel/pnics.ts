import { data } from '#vim25/data.js'
import type { PhysicalNic, PhysicalNicLinkInfo, PhysicalNicSpec } from '#vim25/generated/types.js'
import type { Nic } from '#world/machine.js'
import { memo } from '../vm/share.js'

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
    spec: specWith(linkSpeed),
    wakeOnLanSupported: false,
    mac: nic.mac,
    fcoeConfiguration: data('FcoeConfig', {
      priorityClass: 3,
      sourceMac: nic.mac,
      vlanRange: NO_VLANS,
      capabilities: FCOE,
      fcoeActive: false,
    }),
    vmDirectPathGen2Supported: false,
    resourcePoolSchedulerAllowed: true,
    autoNegotiateSupported: !virtual,
    enhancedNetworkingStackSupported: false,
  })
}

/** Fibre Channel over Ethernet as an idle NIC shows it: recorded (vim25 inventory of a nested ESXi). */
const NO_VLANS = Object.freeze([data('FcoeConfigVlanRange', { vlanLow: 0, vlanHigh: 0 })])
const FCOE = data('FcoeConfigFcoeCapabilities', {
  priorityClass: false,
  sourceMacAddress: false,
  vlanRange: true,
})

const NO_ADDRESS = data('HostIpConfig', { dhcp: false, ipAddress: '', subnetMask: '' })

const links = memo<PhysicalNicLinkInfo>()
const link = (speedMb: number, duplex = true) =>
  links(`${speedMb} ${duplex}`, () => data('PhysicalNicLinkInfo', { speedMb, duplex }))

const specs = memo<PhysicalNicSpec>()
const specWith = (linkSpeed: PhysicalNicLinkInfo | undefined) =>
  specs(`${linkSpeed?.speedMb}`, () =>
    data('PhysicalNicSpec', { ip: NO_ADDRESS, linkSpeed, enableEnhancedNetworkingStack: false }),
  )
