import { data } from '#vim25/data.js'
import type {
  Description,
  VirtualDevice,
  VirtualDeviceFileBackingInfo,
  VirtualDisk,
  VirtualEthernetCard,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { memo } from '../share.js'
import { networkOf } from './cards.js'
import { classOf } from './classes.js'

/** What a controller's summary calls it, where that is not its label. */
const SUMMARIES: Readonly<Record<string, string>> = {
  ParaVirtualSCSIController: 'VMware paravirtual SCSI',
  VirtualLsiLogicController: 'LSI Logic',
  VirtualLsiLogicSASController: 'LSI Logic SAS',
  VirtualBusLogicController: 'BusLogic',
  VirtualAHCIController: 'AHCI',
  VirtualNVMEController: 'NVME Controller',
  VirtualUSBController: 'Auto connect Disabled',
  VirtualUSBXHCIController: 'USB xHCI controller',
  VirtualTPM: 'Trusted Platform Module',
}

/** `Hard disk 1`: what a device of this type is called; `number` from `labelNumber`. */
export function labelOf(type: string, number: number): string {
  return (classOf(type)?.label ?? type).replace('#', String(number))
}

/** Label and summary as vCenter makes them (`Hard disk 1`, `4,194,304 KB`). */
export function describe(device: VirtualDevice, label: string): Description {
  const summary = summaryOf(device) ?? SUMMARIES[device._typeName] ?? label
  return descriptions(`${label}\0${summary}`, () => data('Description', { label, summary }))
}

const descriptions = memo<Description>()

/** 4194304 -> 4,194,304; a hundred times faster than the locale's own way. */
const grouped = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',')

function summaryOf(device: VirtualDevice): string | undefined {
  if (device._typeName === 'VirtualDisk') return `${grouped(Number((device as VirtualDisk).capacityInKB))} KB`
  if (isA(device._typeName, 'VirtualEthernetCard')) return networkOf(device as VirtualEthernetCard)
  const { backing } = device
  if (!backing) return undefined
  if (isA(backing._typeName, 'VirtualDeviceFileBackingInfo')) {
    const { fileName } = backing as VirtualDeviceFileBackingInfo
    return `${backing._typeName === 'VirtualCdromIsoBackingInfo' ? 'ISO' : 'File'} ${fileName}`
  }
  if (isA(backing._typeName, 'VirtualDeviceRemoteDeviceBackingInfo')) return 'Remote device'
  return undefined
}

/**
 * The number in a device's label: a controller's bus, a card's place, for others the lowest that no device of the kind
 * has.
 */
export function labelNumber(device: VirtualDevice, others: readonly VirtualDevice[]): number {
  const kind = classOf(device._typeName)
  if (!kind) return 0
  if (kind.kind === 'controller') return (device as { busNumber?: number }).busNumber ?? 0
  if (kind.type === 'VirtualEthernetCard') return device.key - kind.key + 1
  const [before = '', after = ''] = kind.label.split('#')
  const taken = new Set(
    others
      .map((other) => other.deviceInfo?.label)
      .filter((label): label is string => label?.startsWith(before) === true && label.endsWith(after))
      .map((label) => Number(label.slice(before.length, label.length - after.length || undefined))),
  )
  let number = 1
  while (taken.has(number)) number++
  return number
}
