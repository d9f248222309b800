import { enumType } from '#vim25/schema.js'
import { GUEST_NAMES } from './guest-os-names.js'
import { versionOfRelease } from './hardware-version.js'

/** What a host says of a guest operating system; the sizes are the recommended ones. */
export interface GuestOs {
  readonly id: string
  readonly fullName: string
  readonly family: string
  readonly bits: 32 | 64
  /** The oldest hardware version whose hosts know it. */
  readonly sinceHardware: number
  readonly ethernetCards: readonly string[]
  readonly ethernetCard: string
  readonly scsiController: string
  readonly diskController: string
  readonly diskControllers: readonly string[]
  readonly firmware: 'bios' | 'efi'
  readonly memoryMB: number
  readonly diskMB: number
  readonly memoryHotAdd: boolean
  readonly cpuHotAdd: boolean
  readonly secureBoot: boolean
  readonly vbs: boolean
}

/** What guests of one generation have in common. */
interface Profile {
  readonly cards: readonly string[]
  readonly card: string
  readonly scsi: string
  readonly disk?: string
  readonly memoryMB: number
  readonly diskGB: number
  readonly hotAdd?: boolean
  readonly efi?: boolean
  readonly vbs?: boolean
}

const OLD_CARDS = ['VirtualPCNet32', 'VirtualVmxnet', 'VirtualVmxnet2', 'VirtualE1000']
const MIXED_CARDS = [
  'VirtualE1000',
  'VirtualE1000e',
  'VirtualPCNet32',
  'VirtualVmxnet',
  'VirtualVmxnet2',
  'VirtualVmxnet3',
]
const MODERN_CARDS = ['VirtualE1000', 'VirtualE1000e', 'VirtualVmxnet3', 'VirtualSriovEthernetCard']

/** Deviation 1: which cards ESXi guests take is not public; the post's gate holds up to 6.0. */
const ESXI_OLD_CARDS = ['VirtualE1000', 'VirtualE1000e']
const ESXI_CARDS = ['VirtualE1000', 'VirtualE1000e', 'VirtualVmxnet3']

const PVSCSI = 'ParaVirtualSCSIController'
const LSI = 'VirtualLsiLogicController'
const SAS = 'VirtualLsiLogicSASController'
const BUS = 'VirtualBusLogicController'
const IDE = 'VirtualIDEController'
const AHCI = 'VirtualAHCIController'

/** Which profile a guest has: the first pattern that its id matches. */
const PROFILES: readonly (readonly [pattern: RegExp, profile: Profile])[] = [
  [
    /^vmkernel(5|6)?Guest$/,
    { cards: ESXI_OLD_CARDS, card: 'VirtualE1000', scsi: LSI, memoryMB: 4096, diskGB: 40 },
  ],
  [
    /^vmkernel65Guest$/,
    { cards: ESXI_CARDS, card: 'VirtualVmxnet3', scsi: PVSCSI, memoryMB: 4096, diskGB: 40, efi: true },
  ],
  [
    /^vmkernel\d+Guest$/,
    { cards: ESXI_CARDS, card: 'VirtualVmxnet3', scsi: PVSCSI, memoryMB: 8192, diskGB: 142, efi: true },
  ],
  [
    /^(dos|win31|win95|win98|winMe|os2|eComStation|netware|openServer|unixWare|solaris[6-9])/,
    { cards: OLD_CARDS, card: 'VirtualPCNet32', scsi: BUS, disk: IDE, memoryMB: 64, diskGB: 4 },
  ],
  [/^(winNT|win2000)/, { cards: OLD_CARDS, card: 'VirtualPCNet32', scsi: LSI, memoryMB: 256, diskGB: 8 }],
  [/^(winXP|winNet)/, { cards: MIXED_CARDS, card: 'VirtualE1000', scsi: LSI, memoryMB: 1024, diskGB: 16 }],
  [
    /^(winVista|winLonghorn|windows7)/,
    { cards: MODERN_CARDS, card: 'VirtualE1000', scsi: SAS, memoryMB: 2048, diskGB: 40, hotAdd: true },
  ],
  [
    /^(windows8|windowsHyperV)/,
    {
      cards: MODERN_CARDS,
      card: 'VirtualE1000e',
      scsi: SAS,
      memoryMB: 2048,
      diskGB: 40,
      hotAdd: true,
      efi: true,
    },
  ],
  [
    /^windows/,
    {
      cards: MODERN_CARDS,
      card: 'VirtualVmxnet3',
      scsi: SAS,
      memoryMB: 4096,
      diskGB: 90,
      hotAdd: true,
      efi: true,
      vbs: true,
    },
  ],
  [
    /^darwin/,
    {
      cards: ['VirtualE1000', 'VirtualE1000e', 'VirtualVmxnet3'],
      card: 'VirtualE1000e',
      scsi: LSI,
      disk: AHCI,
      memoryMB: 4096,
      diskGB: 60,
      efi: true,
    },
  ],
  [
    /^(rhel[89]|rhel10|centos[89]|oracleLinux[89]|oracleLinux10|sles15|sles16|debian1\d|other[4-7]x|rocky|alma|amazon|flatcar|kylin|prolinux|fusionos|pardus|miracle|asianux[89]|vmwarePhoton|crx)/,
    {
      cards: MODERN_CARDS,
      card: 'VirtualVmxnet3',
      scsi: PVSCSI,
      memoryMB: 2048,
      diskGB: 16,
      hotAdd: true,
      efi: true,
    },
  ],
  [
    /^(rhel[67]|centos[67]|oracleLinux[67]|sles1[12]|debian[6-9]|ubuntu|fedora|coreos|opensuse|other3x|asianux[457])/,
    { cards: MODERN_CARDS, card: 'VirtualVmxnet3', scsi: PVSCSI, memoryMB: 2048, diskGB: 16, hotAdd: true },
  ],
  [
    /^(freebsd1|solaris1)/,
    { cards: MODERN_CARDS, card: 'VirtualE1000', scsi: LSI, memoryMB: 2048, diskGB: 16 },
  ],
  [/./, { cards: MIXED_CARDS, card: 'VirtualE1000', scsi: LSI, memoryMB: 1024, diskGB: 8 }],
]

const families: readonly (readonly [RegExp, string])[] = [
  [/^(win|dos)/, 'windowsGuest'],
  [/^darwin/, 'darwinGuestFamily'],
  [/^netware/, 'netwareGuest'],
  [/^solaris/, 'solarisGuest'],
  [/^(os2|eCom|openServer|unixWare|freebsd|vmkernel|otherGuest)/, 'otherGuestFamily'],
  [/./, 'linuxGuest'],
]

let table: ReadonlyMap<string, GuestOs> | undefined

/** Every guest id of the schema; made on first use. */
export function guestOperatingSystems(): ReadonlyMap<string, GuestOs> {
  table ??= new Map(
    GUEST_NAMES.trim()
      .split('\n')
      .map((line) => {
        const at = line.indexOf(' ')
        const guest = describe(line.slice(0, at), line.slice(at + 1))
        return [guest.id, guest] as const
      }),
  )
  return table
}

/** The guest with this id; undefined for an unknown one. */
export function guestOs(id: string): GuestOs | undefined {
  return guestOperatingSystems().get(id)
}

const identifiers = () => enumType('VirtualMachineGuestOsIdentifier')

function describe(id: string, fullName: string): GuestOs {
  const profile = (PROFILES.find(([pattern]) => pattern.test(id)) as (typeof PROFILES)[number])[1]
  const bits = /64|^vmkernel(5|6|7|8|9|65)|^crx|^windowsHyperV/.test(id) || /64-bit/.test(fullName) ? 64 : 32
  const efi = (profile.efi ?? false) && bits === 64
  const disk = profile.disk ?? profile.scsi
  return {
    id,
    fullName,
    family: (families.find(([pattern]) => pattern.test(id)) as (typeof families)[number])[1],
    bits,
    sinceHardware: versionOfRelease(identifiers()?.sinceOf(id) ?? 0),
    ethernetCards: profile.cards,
    ethernetCard: profile.card,
    scsiController: profile.scsi,
    diskController: disk,
    diskControllers: [...new Set([disk, BUS, LSI, SAS, PVSCSI, IDE, AHCI, 'VirtualNVMEController'])],
    firmware: efi ? 'efi' : 'bios',
    memoryMB: profile.memoryMB,
    diskMB: profile.diskGB * 1024,
    memoryHotAdd: profile.hotAdd ?? false,
    cpuHotAdd: profile.hotAdd ?? false,
    secureBoot: efi,
    vbs: profile.vbs ?? false,
  }
}
