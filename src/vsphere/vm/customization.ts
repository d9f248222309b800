import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type {
  CustomizationFixedIp,
  CustomizationFixedName,
  CustomizationIPSettings,
  CustomizationLinuxPrep,
  CustomizationName,
  CustomizationPrefixName,
  CustomizationSpec,
  CustomizationSysprep,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Work } from '../core/behaviour.js'
import { type Context, later } from '../core/context.js'
import { emit } from '../event/emit.js'
import { guestOs } from './guest-os.js'

/** The identity that a customization specification gives to a guest; record `customization:<vm>`. */
export interface Customization {
  /** Undefined: the guest keeps its name. */
  readonly hostName: string | undefined
  readonly domain: string | undefined
  readonly dnsServers: readonly string[]
  readonly dnsSuffixes: readonly string[]
  /** By network card, in order. */
  readonly adapters: readonly Adapter[]
  /** Done when the VM is powered on for the first time. */
  readonly pending: boolean
  /** When the guest began to take it, and when it was done. */
  readonly started?: string | undefined
  readonly ended?: string | undefined
}

export interface Adapter {
  /** Undefined: by DHCP. */
  readonly address: string | undefined
  readonly netmask: string | undefined
}

const customizations = recordKind<Customization>('customization')
const customizationId = (vm: string) => `customization:${vm}`

export function customizationOf(read: Reader, vm: string): Customization | undefined {
  return read.find(customizations, customizationId(vm))
}

/**
 * Notes what the guest is to become at the next power-on. Throws CustomizationFault subtypes: UncustomizableGuest,
 * NoDisksToCustomize, NicSettingMismatch, IpHostnameGeneratorError, CustomizationPending.
 */
export function requestCustomization(ctx: Context, vm: string, spec: CustomizationSpec): void {
  const { tx } = ctx
  const { config } = tx.get('VirtualMachine', vm)
  if (!config) throw fault('InvalidState', {})
  const known = customizationOf(tx, vm)
  if (known?.pending) throw fault('CustomizationPending', {})
  const wanted = identityOf(vm, config, spec)
  if (known) tx.set(customizations, customizationId(vm), { ...wanted, started: undefined, ended: undefined })
  else tx.create(customizations, customizationId(vm), wanted)
}

/** Pure: what a specification makes of a VM's guest. */
export function identityOf(
  vm: string,
  config: VirtualMachineConfigInfo,
  { identity, globalIPSettings, nicSettingMap }: CustomizationSpec,
): Customization {
  requireGuest(config, identity._typeName)
  const devices = config.hardware.device ?? []
  if (!devices.some(({ _typeName }) => _typeName === 'VirtualDisk')) throw fault('NoDisksToCustomize', {})
  const cards = devices.filter(({ _typeName }) => isA(_typeName, 'VirtualEthernetCard')).length
  const adapters = (nicSettingMap ?? []).map(({ adapter }) => adapter)
  if (adapters.length !== cards)
    throw fault('NicSettingMismatch', { numberOfNicsInSpec: adapters.length, numberOfNicsInVM: cards })
  const { name, domain } = nameIn(identity)
  return {
    hostName: name && hostName(vm, config, name),
    domain: domain || undefined,
    dnsServers: [
      ...new Set([
        ...(globalIPSettings.dnsServerList ?? []),
        ...adapters.flatMap(({ dnsServerList }) => dnsServerList ?? []),
      ]),
    ],
    dnsSuffixes: globalIPSettings.dnsSuffixList ?? [],
    adapters: adapters.map(adapterOf),
    pending: true,
  }
}

/** Each kind of identity is for guests of one family; with or without VMware Tools in it (deviation 41). */
const FAMILIES: Readonly<Record<string, string>> = {
  CustomizationLinuxPrep: 'linuxGuest',
  CustomizationSysprep: 'windowsGuest',
  CustomizationSysprepText: 'windowsGuest',
  CustomizationCloudinitPrep: 'linuxGuest',
}

function requireGuest({ guestId, guestFullName }: VirtualMachineConfigInfo, kind: string): void {
  const family = guestOs(guestId)?.family
  const wanted = FAMILIES[kind]
  const fits = wanted === undefined ? family !== 'otherGuestFamily' : family === wanted
  if (!fits) throw fault('UncustomizableGuest', { uncustomizableGuestOS: guestFullName })
}

function nameIn(identity: CustomizationSpec['identity']): {
  name: CustomizationName | undefined
  domain: string | undefined
} {
  switch (identity._typeName) {
    case 'CustomizationLinuxPrep': {
      const { hostName: name, domain } = identity as CustomizationLinuxPrep
      return { name, domain }
    }
    case 'CustomizationSysprep': {
      const { userData, identification } = identity as CustomizationSysprep
      return { name: userData.computerName, domain: identification.joinDomain }
    }
    default:
      return { name: undefined, domain: undefined }
  }
}

/** Names that need somebody to ask, or a script on the server, have nobody to give them here. */
function hostName(vm: string, config: VirtualMachineConfigInfo, wanted: CustomizationName): string {
  const clean = (name: string) => name.replace(/[^A-Za-z0-9-]/g, '-')
  switch (wanted._typeName) {
    case 'CustomizationFixedName':
      return (wanted as CustomizationFixedName).name
    case 'CustomizationPrefixName':
      return clean(`${(wanted as CustomizationPrefixName).base}-${/\d+$/.exec(vm)?.[0] ?? '0'}`)
    case 'CustomizationVirtualMachineName':
      return clean(config.name)
    default:
      throw fault('IpHostnameGeneratorError', {})
  }
}

function adapterOf({ ip, subnetMask }: CustomizationIPSettings): Adapter {
  switch (ip._typeName) {
    case 'CustomizationFixedIp':
      return { address: (ip as CustomizationFixedIp).ipAddress, netmask: subnetMask }
    case 'CustomizationDhcpIpGenerator':
      return { address: undefined, netmask: undefined }
    default:
      throw fault('IpHostnameGeneratorError', {})
  }
}

/** How long the guest is busy with it, in seconds. */
const SECONDS = 30

/** A VM was powered on: a guest that waits for its identity takes it. */
export function customizeGuest(ctx: Context, vm: string): void {
  if (!customizationOf(ctx.tx, vm)?.pending) return
  ctx.tx.set(customizations, customizationId(vm), { pending: false, started: ctx.time })
  const { runtime } = ctx.tx.get('VirtualMachine', vm)
  emit(ctx, 'CustomizationStartedEvent', about(ctx, vm))
  later(ctx, SECONDS, 'vm.customized', { vm, boot: runtime.bootTime })
}

/** The events name the VM, and where its guest keeps the log of the change. */
function about(ctx: Context, vm: string) {
  const { config } = ctx.tx.get('VirtualMachine', vm)
  const windows = guestOs(config?.guestId ?? '')?.family === 'windowsGuest'
  return {
    entity: ctx.tx.ref(vm),
    template: false,
    logLocation: windows
      ? 'C:\\Windows\\TEMP\\vmware-imc\\guestcust.log'
      : '/var/log/vmware-imc/toolsDeployPkg.log',
  }
}

export const customizationWork = {
  'vm.customized': (ctx, refs) => {
    const vm = String(refs.vm)
    const runtime = ctx.tx.find('VirtualMachine', vm)?.runtime
    if (runtime?.powerState !== 'poweredOn' || runtime.bootTime !== refs.boot) return
    ctx.tx.set(customizations, customizationId(vm), { ended: ctx.time })
    emit(ctx, 'CustomizationSucceeded', about(ctx, vm))
  },
} as const satisfies Readonly<Record<string, Work>>

/** The VM leaves the inventory. */
export function forgetCustomization(ctx: Context, vm: string): void {
  if (customizationOf(ctx.tx, vm)) ctx.tx.remove(customizationId(vm))
}
