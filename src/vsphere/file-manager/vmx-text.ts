import type { Reader } from '#inventory/reader.js'
import type {
  VirtualDevice,
  VirtualDeviceFileBackingInfo,
  VirtualEthernetCard,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { DatastoreFile } from '../datastore/files.js'
import type { Place } from '../datastore/paths.js'
import type { VmxContent } from '../vm/files.js'
import { vmOfVmx } from './transfer.js'

/** The configuration that a vmx file stands for: of the VM that is registered with it, or what was kept of one. */
export function configIn(
  read: Reader,
  place: Place,
  file: DatastoreFile,
): VirtualMachineConfigInfo | undefined {
  const vm = vmOfVmx(read, place)
  if (vm !== undefined) return read.get('VirtualMachine', vm).config
  return (file.content as VmxContent | undefined)?.config
}

/** Pure: a configuration as a vmx file, its chief lines. */
export function vmxText(config: VirtualMachineConfigInfo): string {
  const lines: [string, string | number | boolean | undefined][] = [
    ['.encoding', 'UTF-8'],
    ['config.version', '8'],
    ['virtualHW.version', config.version.replace(/^vmx-0*/, '')],
    ['displayName', config.name],
    ['guestOS', config.guestId.replace(/Guest$/, '').toLowerCase()],
    ['memSize', config.hardware.memoryMB],
    ['numvcpus', config.hardware.numCPU],
    ['cpuid.coresPerSocket', config.hardware.numCoresPerSocket],
    ['firmware', config.firmware],
    ['uuid.bios', spaced(config.uuid)],
    ['vc.uuid', spaced(config.instanceUuid)],
    ['annotation', config.annotation || undefined],
  ]
  const devices = config.hardware.device ?? []
  for (const device of devices) lines.push(...deviceLines(device, devices))
  const known = new Set(lines.map(([key]) => key))
  for (const { key, value } of config.extraConfig ?? []) if (!known.has(key)) lines.push([key, text(value)])
  return lines
    .map(([key, value]) => (value === undefined ? '' : `${key} = "${escaped(String(value))}"\n`))
    .join('')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped.
const UNWRITABLE = /["|\u0000-\u001f]/g

/** Quotes, bars and what is no plain character, as vmx files write them: `|22`. */
const escaped = (value: string) =>
  value.replace(UNWRITABLE, (each) => `|${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

const text = (value: unknown) =>
  typeof value === 'object' && value !== null && '_value' in value ? String(value._value) : String(value)

/** `56 4d ..-..` as uuid.bios has it. */
function spaced(uuid: string | undefined): string | undefined {
  const pairs = uuid?.replaceAll('-', '').match(/../g)
  return pairs ? `${pairs.slice(0, 8).join(' ')}-${pairs.slice(8).join(' ')}` : undefined
}

type Line = readonly [string, string | number | boolean | undefined]

const BUSES: readonly (readonly [type: string, bus: string, virtualDev?: string])[] = [
  ['ParaVirtualSCSIController', 'scsi', 'pvscsi'],
  ['VirtualLsiLogicSASController', 'scsi', 'lsisas1068'],
  ['VirtualLsiLogicController', 'scsi', 'lsilogic'],
  ['VirtualBusLogicController', 'scsi', 'buslogic'],
  ['VirtualNVMEController', 'nvme'],
  ['VirtualSATAController', 'sata'],
  ['VirtualIDEController', 'ide'],
]

function deviceLines(device: VirtualDevice, all: readonly VirtualDevice[]): [string, Line[1]][] {
  if (isA(device._typeName, 'VirtualController')) {
    const found = BUSES.find(([type]) => isA(device._typeName, type))
    const number = (device as unknown as { busNumber: number }).busNumber
    if (!found || found[1] === 'ide') return []
    const name = `${found[1]}${number}`
    return [
      [`${name}.present`, 'TRUE'],
      [`${name}.virtualDev`, found[2]],
    ]
  }
  if (isA(device._typeName, 'VirtualEthernetCard')) return cardLines(device as VirtualEthernetCard, all)
  if (device._typeName === 'VirtualDisk' || device._typeName === 'VirtualCdrom')
    return mediumLines(device, all)
  return []
}

function cardLines(card: VirtualEthernetCard, all: readonly VirtualDevice[]): [string, Line[1]][] {
  const cards = all.filter((device) => isA(device._typeName, 'VirtualEthernetCard'))
  const name = `ethernet${cards.indexOf(card)}`
  return [
    [`${name}.present`, 'TRUE'],
    [`${name}.virtualDev`, card._typeName.replace(/^Virtual/, '').toLowerCase()],
    [`${name}.networkName`, (card.backing as { deviceName?: string } | undefined)?.deviceName],
    [`${name}.addressType`, card.addressType === 'manual' ? 'static' : 'vpx'],
    [card.addressType === 'manual' ? `${name}.address` : `${name}.generatedAddress`, card.macAddress],
  ]
}

function mediumLines(device: VirtualDevice, all: readonly VirtualDevice[]): [string, Line[1]][] {
  const controller = all.find(({ key }) => key === device.controllerKey)
  const bus = controller && BUSES.find(([type]) => isA(controller._typeName, type))?.[1]
  if (!controller || !bus) return []
  const name = `${bus}${(controller as unknown as { busNumber: number }).busNumber}:${device.unitNumber ?? 0}`
  const file = (device.backing as Partial<VirtualDeviceFileBackingInfo> | undefined)?.fileName
  return [
    [`${name}.present`, 'TRUE'],
    [`${name}.deviceType`, device._typeName === 'VirtualDisk' ? `${bus}-hardDisk` : 'cdrom-image'],
    // A file beside the configuration goes by its name alone.
    [`${name}.fileName`, file?.replace(/^.*\//, '')],
  ]
}
