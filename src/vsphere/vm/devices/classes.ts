import { isA } from '#vim25/schema.js'

/** What a kind of virtual device is and where it may be; the rules below are tables of it. */
export interface DeviceClass {
  /** The vim25 type; its subtypes belong to it. */
  readonly type: string
  readonly kind: 'controller' | 'device'
  /** The first key of the kind (rest-wire 2.3). */
  readonly key: number
  /** Types of the controllers that it can hang on. */
  readonly on: readonly string[]
  /** The controller that it gets when the client names none. */
  readonly parent?: number
  /** Its first unit number on that controller, where the kind has fixed places. */
  readonly unit?: number
  /** How many a VM can have. */
  readonly max: number
  /** Can be added and removed while the VM runs. */
  readonly hot: boolean
  /** Every VM has it, always: an `add` merges with it, it cannot be removed. */
  readonly fixed?: boolean
  /** Oldest hardware version. */
  readonly since?: number
  /** `#` is the number: from 0 for controllers, from 1 for devices. */
  readonly label: string
}

const PCI = 'VirtualPCIController'
const SIO = 'VirtualSIOController'
const PS2 = 'VirtualPS2Controller'
const IDE = 'VirtualIDEController'
const SCSI = 'VirtualSCSIController'
const SATA = 'VirtualSATAController'
const NVME = 'VirtualNVMEController'
const USB = 'VirtualUSBController'
const XHCI = 'VirtualUSBXHCIController'
const NVDIMM = 'VirtualNVDIMMController'

const controller = (
  type: string,
  key: number,
  max: number,
  label: string,
  rest: Partial<DeviceClass> = {},
): DeviceClass => ({ type, kind: 'controller', key, on: [PCI], parent: 100, max, hot: false, label, ...rest })

const device = (
  type: string,
  key: number,
  on: readonly string[],
  max: number,
  label: string,
  rest: Partial<DeviceClass> = {},
): DeviceClass => ({ type, kind: 'device', key, on, max, hot: false, label, ...rest })

/** More derived types before their bases. Maximums: VMware's configuration maximums. */
export const DEVICE_CLASSES: readonly DeviceClass[] = [
  controller(IDE, 200, 2, 'IDE #', { fixed: true, on: [] }),
  controller(PS2, 300, 1, 'PS2 controller #', { fixed: true, on: [] }),
  controller(PCI, 100, 1, 'PCI controller #', { fixed: true, on: [] }),
  controller(SIO, 400, 1, 'SIO controller #', { fixed: true, on: [] }),
  controller(SCSI, 1000, 4, 'SCSI controller #', { unit: 3, hot: true }),
  controller(SATA, 15_000, 4, 'SATA controller #', { unit: 24, hot: true, since: 10 }),
  controller(NVME, 31_000, 4, 'NVME controller #', { unit: 30, hot: true, since: 13 }),
  controller(XHCI, 14_000, 1, 'USB xHCI controller', { unit: 23, hot: true, since: 8 }),
  controller(USB, 7_000, 1, 'USB controller', { unit: 22 }),
  controller(NVDIMM, 26_000, 1, 'NVDIMM controller', { unit: 40, since: 14 }),
  device('VirtualKeyboard', 600, [PS2], 1, 'Keyboard', { parent: 300, unit: 0, fixed: true }),
  device('VirtualPointingDevice', 700, [PS2], 1, 'Pointing device', { parent: 300, unit: 1, fixed: true }),
  device('VirtualMachineVideoCard', 500, [PCI], 1, 'Video card', { parent: 100, unit: 0, fixed: true }),
  device('VirtualMachineVMCIDevice', 12_000, [PCI], 1, 'VMCI device', { parent: 100, unit: 17, fixed: true }),
  device('VirtualDisk', 2_000, [SCSI, SATA, NVME, IDE], 256, 'Hard disk #', { hot: true }),
  device('VirtualCdrom', 3_000, [IDE, SATA, SCSI], 124, 'CD/DVD drive #'),
  device('VirtualSCSIPassthrough', 2_000, [SCSI], 60, 'SCSI device #', { hot: true }),
  device('VirtualEthernetCard', 4_000, [PCI], 10, 'Network adapter #', { parent: 100, unit: 7, hot: true }),
  device('VirtualSoundCard', 5_000, [PCI], 1, 'Sound card', { parent: 100, unit: 2 }),
  device('VirtualFloppy', 8_000, [SIO], 2, 'Floppy drive #', { parent: 400, unit: 0 }),
  device('VirtualSerialPort', 9_000, [SIO], 32, 'Serial port #', { parent: 400, unit: 0 }),
  device('VirtualParallelPort', 10_000, [SIO], 3, 'Parallel port #', { parent: 400, unit: 0 }),
  device('VirtualTPM', 11_000, [PCI], 1, 'Virtual TPM', { parent: 100, unit: 41, since: 14 }),
  device('VirtualPCIPassthrough', 13_000, [PCI], 16, 'PCI device #', { parent: 100, unit: 42 }),
  device('VirtualWDT', 18_000, [PCI], 1, 'Virtual watchdog timer', { parent: 100, unit: 60, since: 17 }),
  device('VirtualPrecisionClock', 19_000, [PCI], 1, 'Precision clock', { parent: 100, unit: 61, since: 17 }),
  device('VirtualUSB', 20_000, [XHCI, USB], 20, 'USB #', { hot: true }),
  device('VirtualNVDIMM', 27_000, [NVDIMM], 64, 'NVDIMM #', { hot: true, since: 14 }),
]

const known = new Map<string, DeviceClass | undefined>()

/** The class of a concrete device type; undefined for what no VM can have. */
export function classOf(type: string): DeviceClass | undefined {
  if (!known.has(type))
    known.set(
      type,
      DEVICE_CLASSES.find((each) => isA(type, each.type)),
    )
  return known.get(type)
}

/** Types that are only bases: nobody can add one. */
const ABSTRACT = new Set([
  'VirtualDevice',
  'VirtualController',
  'VirtualSCSIController',
  'VirtualSATAController',
  'VirtualEthernetCard',
  'VirtualSoundCard',
  'VirtualVmxnet',
])

export const isAbstract = (type: string): boolean => ABSTRACT.has(type)

/** How many devices a controller takes, and the place that it keeps for itself. */
export interface Places {
  readonly count: number
  readonly reserved?: number
}

/** Places on a bus by the controller's type and the VM's hardware version. */
export function placesOn(type: string, hardware: number): Places {
  if (type === 'ParaVirtualSCSIController' && hardware >= 14) return { count: 65, reserved: 7 }
  if (isA(type, SCSI)) return { count: 16, reserved: 7 }
  if (isA(type, SATA)) return { count: 30 }
  if (isA(type, NVME)) return { count: hardware >= 21 ? 64 : 15 }
  if (isA(type, IDE)) return { count: 2 }
  return { count: 64 }
}

/** The key of a disk or drive by its controller's type and bus and its unit (rest-wire 2.3). */
export function storageKey(controllerType: string, bus: number, unit: number): number {
  if (isA(controllerType, IDE)) return 3_000 + bus * 2 + unit
  if (isA(controllerType, SATA)) return 16_000 + bus * 30 + unit
  if (isA(controllerType, NVME)) return 32_000 + bus * 64 + unit
  if (unit >= 16) return 131_072 + bus * 64 + unit
  return 2_000 + bus * 16 + unit
}
