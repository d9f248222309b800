import { data } from '#vim25/data.js'
import type { HostGraphicsInfo, HostPciDevice, HostPciPassthruInfo } from '#vim25/generated/types.js'
import type { Hardware, Nic } from '#world/machine.js'
import { memo } from '../vm/share.js'

type Row = readonly [
  id: string,
  classId: number,
  vendor: number,
  device: number,
  vendorName: string,
  name: string,
  sub?: number,
]

const BRIDGE = 0x0604
const ETHERNET = 0x0200
const DISPLAY = 0x0300
const INTEL = 0x8086
const VMWARE = 0x15ad

/** The chipset of a VM: recorded (vim25 inventory of a nested ESXi), 440BX and 32 PCI Express root ports. */
const VIRTUAL: readonly Row[] = [
  ['0000:00:00.0', 0x0600, INTEL, 0x7190, 'Intel Corporation', 'Virtual Machine Chipset', 0x1976],
  ['0000:00:01.0', BRIDGE, INTEL, 0x7191, 'Intel Corporation', '440BX/ZX/DX - 82443BX/ZX/DX AGP bridge'],
  ['0000:00:07.0', 0x0601, INTEL, 0x7110, 'Intel Corporation', 'Virtual Machine Chipset', 0x1976],
  [
    '0000:00:07.1',
    0x0101,
    INTEL,
    0x7111,
    'Intel Corporation',
    'PIIX4 for 430TX/440BX/MX IDE Controller',
    0x1976,
  ],
  ['0000:00:07.3', 0x0680, INTEL, 0x7113, 'Intel Corporation', 'Virtual Machine Chipset', 0x1976],
  ['0000:00:07.7', 0x0880, VMWARE, 0x0740, 'VMware', 'Virtual Machine Communication Interface', 0x0740],
  ['0000:00:0f.0', DISPLAY, VMWARE, 0x0405, 'VMware', 'SVGA II Adapter', 0x0405],
  ['0000:00:11.0', BRIDGE, VMWARE, 0x0790, 'VMware', 'PCI bridge'],
  ...Array.from({ length: 32 }, (_, at): Row => {
    const port = `0000:00:${(0x15 + (at >> 3)).toString(16)}.${at % 8}`
    return [port, BRIDGE, VMWARE, 0x07a0, 'VMware', 'PCI Express Root Port']
  }),
  ['0000:03:00.0', 0x0107, VMWARE, 0x07c0, 'VMware', 'PVSCSI SCSI Controller', 0x07c0],
]

/** Chipset and controllers of a server of the Ice Lake generation: devices and ids as the PCI ID repository names them. */
const PHYSICAL: readonly Row[] = [
  ['0000:00:00.0', 0x0880, INTEL, 0x09a2, 'Intel Corporation', 'Ice Lake Memory Map/VT-d', 0],
  ['0000:00:00.1', 0x0880, INTEL, 0x09a4, 'Intel Corporation', 'Ice Lake Mesh 2 PCIe', 0],
  ['0000:00:00.2', 0x0880, INTEL, 0x09a3, 'Intel Corporation', 'Ice Lake RAS', 0],
  ['0000:00:11.5', 0x0106, INTEL, 0xa1d2, 'Intel Corporation', 'Lewisburg SATA AHCI Controller', 0],
  ['0000:00:14.0', 0x0c03, INTEL, 0xa1af, 'Intel Corporation', 'Lewisburg USB 3.0 xHCI Controller', 0],
  ['0000:00:14.2', 0x1180, INTEL, 0xa1b1, 'Intel Corporation', 'Lewisburg Thermal Subsystem', 0],
  ['0000:00:16.0', 0x0780, INTEL, 0xa1ba, 'Intel Corporation', 'Lewisburg CSME: HECI #1', 0],
  ['0000:00:1c.0', BRIDGE, INTEL, 0xa190, 'Intel Corporation', 'Lewisburg PCI Express Root Port #1'],
  ['0000:00:1f.0', 0x0601, INTEL, 0xa1c8, 'Intel Corporation', 'Lewisburg LPC Controller', 0],
  ['0000:00:1f.4', 0x0c05, INTEL, 0xa1a3, 'Intel Corporation', 'Lewisburg SMBus', 0],
  ['0000:02:00.0', BRIDGE, 0x1556, 0xbe00, 'PLDA', 'PCI Express Bridge'],
  [
    '0000:03:00.0',
    DISPLAY,
    0x102b,
    0x0536,
    'Matrox Electronics Systems Ltd.',
    'Integrated Matrox G200eW3 Graphics Controller',
    0,
  ],
  ['0000:16:02.0', BRIDGE, INTEL, 0x347a, 'Intel Corporation', 'Ice Lake PCIe Root Port A'],
  ['0000:16:04.0', BRIDGE, INTEL, 0x347c, 'Intel Corporation', 'Ice Lake PCIe Root Port C'],
  ['0000:17:00.0', 0x0107, 0x1000, 0x0097, 'Broadcom / LSI', 'SAS3008 PCI-Express Fusion-MPT SAS-3', 0x3090],
]

/** Network cards by driver: vendor, device, names. */
const NICS: Readonly<Record<string, readonly [number, number, string, string]>> = {
  nvmxnet3: [VMWARE, 0x07b0, 'VMware Inc.', 'vmxnet3 Virtual Ethernet Controller'],
  vmxnet3: [VMWARE, 0x07b0, 'VMware Inc.', 'vmxnet3 Virtual Ethernet Controller'],
  ne1000: [INTEL, 0x10d3, 'Intel Corporation', '82574L Gigabit Network Connection'],
  e1000e: [INTEL, 0x10d3, 'Intel Corporation', '82574L Gigabit Network Connection'],
  e1000: [INTEL, 0x100f, 'Intel Corporation', '82545EM Gigabit Ethernet Controller (Copper)'],
  ixgben: [INTEL, 0x1563, 'Intel Corporation', 'Ethernet Controller 10G X550T'],
}
const OTHER_NIC = [INTEL, 0x1572, 'Intel Corporation', 'Ethernet Controller X710 for 10GbE SFP+'] as const

const signedByte = (value: number) => (value > 127 ? value - 256 : value)
const signedShort = (value: number) => (value > 0x7fff ? value - 0x1_0000 : value)

function pciDevice(
  [id, classId, vendorId, deviceId, vendorName, deviceName, sub]: Row,
  nested: boolean,
): HostPciDevice {
  const [, bus = '0', slot = '0', fn = '0'] = /^\w+:(\w+):(\w+)\.(\w)$/.exec(id) ?? []
  const number = Number.parseInt(bus, 16)
  return data('HostPciDevice', {
    id,
    classId,
    bus: signedByte(number),
    slot: signedByte(Number.parseInt(slot, 16)),
    function: signedByte(Number.parseInt(fn, 16)),
    vendorId: signedShort(vendorId),
    subVendorId: sub === undefined ? 0 : signedShort(nested ? VMWARE : vendorId),
    vendorName,
    deviceId: signedShort(deviceId),
    subDeviceId: signedShort(sub ?? 0),
    parentBridge: parentOf(number, nested),
    deviceName,
  })
}

const PHYSICAL_PARENTS: Readonly<Record<number, string>> = {
  2: '0000:00:1c.0',
  3: '0000:02:00.0',
  23: '0000:16:02.0',
}

/** The port above a bus. A VM's buses 03, 0b, 13 and 1b are below the first functions of its ports 15 to 18, 04, 0c ... below the second. */
function parentOf(bus: number, nested: boolean): string | undefined {
  if (bus < 2) return undefined
  if (nested) return `0000:00:${(0x15 + ((bus - 3) >> 3)).toString(16)}.${(bus - 3) % 8}`
  return PHYSICAL_PARENTS[bus] ?? (bus > 0x16 ? '0000:16:04.0' : undefined)
}

function nicRow(nic: Nic): Row {
  const [vendor, device, vendorName, name] = NICS[nic.driver] ?? OTHER_NIC
  return [nic.pci, ETHERNET, vendor, device, vendorName, name, device]
}

const keyOf = ({ nested, nics }: Hardware) =>
  `${nested} ${nics.map(({ pci, driver }) => `${pci} ${driver}`).join(' ')}`

const devicesKnown = memo<readonly HostPciDevice[]>()

/** HostHardwareInfo.pciDevice: chipset, controllers and network cards, sorted by address. */
export function pciDevices(hardware: Hardware): readonly HostPciDevice[] {
  return devicesKnown(keyOf(hardware), () => {
    const { nested, nics } = hardware
    const rows = [...(nested ? VIRTUAL : PHYSICAL), ...nics.map(nicRow)]
    return Object.freeze(rows.map((row) => pciDevice(row, nested)).sort((a, b) => (a.id < b.id ? -1 : 1)))
  })
}

const passthruKnown = memo<readonly HostPciPassthruInfo[]>()

/** HostConfigInfo.pciPassthruInfo and HostPciPassthruSystem's: none is passed through yet; what is no bridge could be. */
export function pciPassthru(hardware: Hardware): readonly HostPciPassthruInfo[] {
  return passthruKnown(keyOf(hardware), () =>
    Object.freeze(
      pciDevices(hardware).map(({ id, classId }) =>
        data('HostPciPassthruInfo', {
          id,
          dependentDevice: id,
          passthruEnabled: false,
          passthruCapable: !hardware.nested && classId !== BRIDGE && classId !== DISPLAY,
          passthruActive: false,
          hardwareLabel: '',
        }),
      ),
    ),
  )
}

const graphicsKnown = memo<readonly HostGraphicsInfo[]>()

/** HostConfigInfo.graphicsInfo: the adapter that draws the console. */
export function graphicsInfo(hardware: Hardware): readonly HostGraphicsInfo[] {
  return graphicsKnown(`${hardware.nested}`, () =>
    Object.freeze(
      pciDevices(hardware)
        .filter(({ classId }) => classId === DISPLAY)
        .map(({ id, deviceName, vendorName }) =>
          data('HostGraphicsInfo', {
            deviceName,
            vendorName,
            pciId: id,
            graphicsType: 'basic',
            memorySizeInKB: hardware.nested ? 4096 : 16_384,
          }),
        ),
    ),
  )
}
