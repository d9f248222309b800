import { data } from '#vim25/data.js'
import type {
  Description,
  VirtualDevice,
  VirtualDeviceFileBackingInfo,
  VirtualDisk,
  VirtualEthernetCard,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
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

const shared = new Map<string, Description>()

/** Label and summary as vCenter makes them (`Hard disk 1`, `4,194,304 KB`); `number` from `labelNumber`. */
export function describe(device: VirtualDevice, number: number): Description {
  const label = (classOf(device._typeName)?.label ?? device._typeName).replace('#', String(number))
  const summary = summaryOf(device) ?? SUMMARIES[device._typeName] ?? label
  const key = `${label}\0${summary}`
  let description = shared.get(key)
  if (!description) {
    description = data('Description', { label, summary })
    if (shared.size > 5_000) shared.clear()
    shared.set(key, description)
  }
  return description
}

function summaryOf(device: VirtualDevice): string | undefined {
  if (device._typeName === 'VirtualDisk')
    return `${Number((device as VirtualDisk).capacityInKB).toLocaleString('en-US')} KB`
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
