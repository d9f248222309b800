import { data } from '#vim25/data.js'
import type { GuestOsDescriptor } from '#vim25/generated/types.js'
import { type GuestOs, guestOperatingSystems } from '../guest-os.js'
import { limitsOf } from '../hardware-version.js'
import { bool, int } from './option-types.js'

const byHardware = new Map<number, readonly GuestOsDescriptor[]>()

/** The guests that hosts with this hardware version know, in the schema's order. */
export function guestDescriptors(hardware: number): readonly GuestOsDescriptor[] {
  let list = byHardware.get(hardware)
  if (!list) {
    list = Object.freeze(
      [...guestOperatingSystems().values()]
        .filter((guest) => guest.sinceHardware <= hardware)
        .map((guest) => describe(guest, hardware)),
    )
    byHardware.set(hardware, list)
  }
  return list
}

/** Cards that older hardware does not have (fact sheet G.4). */
const CARD_SINCE: Readonly<Record<string, number>> = { VirtualVmxnet3: 7, VirtualE1000e: 8 }

function describe(guest: GuestOs, hardware: number): GuestOsDescriptor {
  const most = limitsOf(hardware)
  const is64 = guest.bits === 64
  const cards = guest.ethernetCards.filter((card) => (CARD_SINCE[card] ?? 0) <= hardware)
  return data('GuestOsDescriptor', {
    id: guest.id,
    family: guest.family,
    fullName: guest.fullName,
    supportedMaxCPUs: is64 ? most.vcpus : Math.min(most.vcpus, 32),
    numSupportedPhysicalSockets: is64 ? Math.min(most.vcpus, 256) : 32,
    numSupportedCoresPerSocket: is64 ? Math.min(most.vcpus, 256) : 32,
    supportedMinMemMB: Math.min(guest.memoryMB, 512),
    supportedMaxMemMB: is64 ? most.memoryMB : 65_536,
    recommendedMemMB: guest.memoryMB,
    recommendedColorDepth: 24,
    supportedDiskControllerList: guest.diskControllers,
    recommendedSCSIController: guest.scsiController,
    recommendedDiskController: guest.diskController,
    supportedNumDisks: 16,
    recommendedDiskSizeMB: guest.diskMB,
    recommendedCdromController: is64 && hardware >= 10 ? 'VirtualAHCIController' : 'VirtualIDEController',
    supportedEthernetCard: cards,
    recommendedEthernetCard: cards.includes(guest.ethernetCard) ? guest.ethernetCard : 'VirtualE1000',
    supportsSlaveDisk: true,
    smcRequired: guest.family === 'darwinGuestFamily',
    supportsWakeOnLan: true,
    supportsVMI: false,
    supportsMemoryHotAdd: guest.memoryHotAdd,
    supportsCpuHotAdd: guest.cpuHotAdd,
    supportsCpuHotRemove: false,
    supportedFirmware: is64 ? ['bios', 'efi'] : ['bios'],
    recommendedFirmware: guest.firmware,
    supportedUSBControllerList: ['VirtualUSBController', 'VirtualUSBXHCIController'],
    recommendedUSBController: is64 ? 'VirtualUSBXHCIController' : 'VirtualUSBController',
    supports3D: is64,
    recommended3D: false,
    smcRecommended: guest.family === 'darwinGuestFamily',
    ich7mRecommended: guest.family === 'darwinGuestFamily',
    usbRecommended: guest.family === 'windowsGuest',
    supportLevel: guest.family === 'darwinGuestFamily' ? 'unsupported' : 'supported',
    supportedForCreate: true,
    vRAMSizeInKB: int(1024, 262_144, 4096),
    numSupportedFloppyDevices: 2,
    wakeOnLanEthernetCard: cards,
    supportsPvscsiControllerForBoot: guest.scsiController === 'ParaVirtualSCSIController',
    diskUuidEnabled: false,
    supportsHotPlugPCI: guest.memoryHotAdd,
    supportsSecureBoot: guest.secureBoot,
    defaultSecureBoot: guest.vbs,
    persistentMemorySupported: false,
    numRecommendedPhysicalSockets: 1,
    numRecommendedCoresPerSocket: 1,
    vvtdSupported: bool(is64),
    vbsSupported: bool(guest.vbs),
    vsgxSupported: bool(guest.secureBoot),
    supportsTPM20: guest.secureBoot,
    recommendedTPM20: guest.id === 'windows11_64Guest',
    vwdtSupported: guest.secureBoot,
  })
}
