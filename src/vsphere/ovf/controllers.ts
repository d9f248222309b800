import { data } from '#vim25/data.js'
import type { VirtualController } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { classOf } from '../vm/devices/classes.js'
import { guestOs } from '../vm/guest-os.js'
import { wholeNumber } from './elements.js'
import type { OvfItem } from './envelope.js'
import { RESOURCE } from './resource-types.js'

/** A controller that a descriptor asks for. */
export interface Controller {
  /** Its handle in the spec. */
  readonly key: number
  readonly type: string
  readonly bus: number
  readonly device: VirtualController
  /** Units that are taken. */
  readonly used: Set<number>
}

const SUBTYPES: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  [RESOURCE.scsi]: {
    lsilogic: 'VirtualLsiLogicController',
    lsilogicsas: 'VirtualLsiLogicSASController',
    buslogic: 'VirtualBusLogicController',
    virtualscsi: 'ParaVirtualSCSIController',
    pvscsi: 'ParaVirtualSCSIController',
  },
  [RESOURCE.storage]: {
    'vmware.sata.ahci': 'VirtualAHCIController',
    ahci: 'VirtualAHCIController',
    'vmware.nvme.controller': 'VirtualNVMEController',
    'vmware.nvdimm.controller': 'VirtualNVDIMMController',
  },
  [RESOURCE.usb]: {
    'vmware.usb.ehci': 'VirtualUSBController',
    'vmware.usb.pci': 'VirtualUSBController',
    'vmware.usb.xhci': 'VirtualUSBXHCIController',
  },
}

/** The controller of an item; undefined for a kind that there is not, and for one too many. */
export function controllerOf(
  item: OvfItem,
  about: { readonly present: readonly Controller[]; readonly guestId: string; readonly key: number },
): Controller | undefined {
  const type = typeOf(item, about.guestId)
  if (type === undefined) return undefined
  const base = FAMILIES.find((each) => isA(type, each)) ?? type
  const buses = new Set(about.present.filter((each) => isA(each.type, base)).map(({ bus }) => bus))
  const wanted = wholeNumber(item.address ?? '')
  const most = classOf(type)?.max ?? 1
  const free = (bus: number) => bus < most && !buses.has(bus)
  const bus =
    wanted !== undefined && free(wanted) ? wanted : Array.from({ length: most }, (_, at) => at).find(free)
  if (bus === undefined) return undefined
  const { key } = about
  return { key, type, bus, device: made(type, key, bus, item), used: new Set() }
}

function typeOf({ resourceType, subTypes }: OvfItem, guestId: string): string | undefined {
  if (resourceType === RESOURCE.ide) return 'VirtualIDEController'
  if (subTypes.length === 0) {
    if (resourceType === RESOURCE.scsi) return guestOs(guestId)?.scsiController ?? 'VirtualLsiLogicController'
    if (resourceType === RESOURCE.usb) return 'VirtualUSBController'
  }
  const known = SUBTYPES[resourceType] ?? {}
  return subTypes.map((each) => known[each.toLowerCase()]).find((each) => each !== undefined)
}

/** Controllers of one family share their bus numbers. */
const FAMILIES = [
  'VirtualIDEController',
  'VirtualSCSIController',
  'VirtualSATAController',
  'VirtualNVMEController',
  'VirtualUSBController',
  'VirtualUSBXHCIController',
]

function made(type: string, key: number, busNumber: number, item: OvfItem): VirtualController {
  const place = { key, busNumber }
  if (isA(type, 'VirtualSCSIController'))
    return data(type as 'VirtualLsiLogicController', { ...place, sharedBus: 'noSharing' })
  if (type === 'VirtualUSBController') {
    const ehci = item.config.find((option) => option.key === 'ehciEnabled')?.value
    return data('VirtualUSBController', {
      ...place,
      autoConnectDevices: false,
      ehciEnabled: ehci === undefined ? true : ehci === 'true',
    })
  }
  return data(type as 'VirtualAHCIController', place)
}

/** The unit for a device: the one asked for, else the first that is free; undefined when there is none. */
export function diskPlace(
  { used }: Controller,
  wanted: string | undefined,
  count: number,
  reserved: number | undefined,
): number | undefined {
  const free = (unit: number) => unit < count && unit !== reserved && !used.has(unit)
  const asked = wholeNumber(wanted ?? '')
  if (asked !== undefined && free(asked)) return asked
  for (let unit = 0; unit < count; unit++) if (free(unit)) return unit
  return undefined
}

/** How an import names a disk or drive: `/vm/VirtualLsiLogicController0:0` (public logs of OVF deployments). */
export const importKey = (
  path: string,
  { type, bus }: Pick<Controller, 'type' | 'bus'>,
  unit: number,
): string => `/${path}/${type}${bus}:${unit}`
