import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { instant } from '#ports/clock.js'
import type {
  ApplianceHealthCheckSettingsSettingSpec,
  ApplianceLocalAccountsInfo,
  ApplianceLocalAccountsPolicyInfo,
  ApplianceNetworkingDnsServersDNSServerMode,
  ApplianceNetworkingFirewallInboundRule,
  ApplianceNetworkingInterfacesIpv4Config,
  ApplianceNetworkingInterfacesIpv6Config,
  ApplianceNetworkingProxyConfig,
  ApplianceTimesyncTimeSyncMode,
  ApplianceUpdatePolicyConfig,
  VcenterServicesServiceStartupType,
} from '#vapi/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { initialAppliance } from './initial.js'

/** What the appliance that vCenter Server runs on remembers; passwords are not kept. Its name is vim25's (host-name.ts). */
export interface Appliance {
  readonly dnsMode: ApplianceNetworkingDnsServersDNSServerMode
  readonly dnsServers: readonly string[]
  readonly domains: readonly string[]
  readonly ipv4: ApplianceNetworkingInterfacesIpv4Config
  /** Absent while IPv6 is off. */
  readonly ipv6: ApplianceNetworkingInterfacesIpv6Config | undefined
  /** By protocol (`HTTP`); absent where none is set. */
  readonly proxies: Readonly<Record<string, ApplianceNetworkingProxyConfig>>
  readonly noProxy: readonly string[]
  readonly firewall: readonly ApplianceNetworkingFirewallInboundRule[]
  readonly ntp: readonly string[]
  readonly timesync: ApplianceTimesyncTimeSyncMode
  readonly timezone: string
  readonly ssh: boolean
  readonly dcui: boolean
  readonly consolecli: boolean
  /** The Bash shell is open until then, milliseconds since the epoch; absent while it is shut. */
  readonly shell: { readonly timeout: number; readonly until: number } | undefined
  readonly fips: boolean
  /** Services that are not as they are after a boot, by name; true: running. */
  readonly services: Readonly<Record<string, boolean>>
  /** How services of vCenter Server start, where somebody has changed it. */
  readonly startupTypes: Readonly<Record<string, VcenterServicesServiceStartupType>>
  readonly accounts: Readonly<Record<string, ApplianceLocalAccountsInfo>>
  readonly passwordPolicy: ApplianceLocalAccountsPolicyInfo
  readonly healthChecks: ApplianceHealthCheckSettingsSettingSpec
  readonly updatePolicy: Omit<ApplianceUpdatePolicyConfig, 'password'>
  /** When updates were last looked for, milliseconds since the epoch. */
  readonly updatesQueried: number
  /** A planned shutdown; over when it is due. */
  readonly shutdown: Shutdown | undefined
  /** The last boot before any that `shutdown` brings, milliseconds since the epoch. */
  readonly booted: number
}

export interface Shutdown {
  readonly action: 'poweroff' | 'reboot'
  readonly reason: string
  /** Milliseconds since the epoch. */
  readonly due: number
}

/** What somebody has changed; all else is as in a new world, so that there is nothing to make before. */
const appliances = recordKind<Partial<Appliance>>('appliance')
const ID = 'appliance'

/** When the world began, milliseconds since the epoch: the appliance was installed and booted then. */
export const began = (read: Reader): number =>
  instant(read.get('ServiceInstance', 'ServiceInstance').serverClock)

/** The appliance as it is now: a shutdown that has fallen due has happened. */
export function applianceOf(call: Pick<ServiceCall, 'read' | 'now'>): Appliance {
  const { read, now } = call
  const appliance = { ...initialAppliance(read, began(read)), ...read.find(appliances, ID) }
  const { shutdown, shell } = appliance
  const open = shell && shell.until > now ? shell : undefined
  if (!shutdown || shutdown.due > now) return { ...appliance, shell: open }
  return { ...appliance, shell: undefined, shutdown: undefined, booted: shutdown.due, services: {} }
}

/** Changes some members, as a function of the present ones. */
export function changeAppliance(
  call: ServiceCall,
  change: (appliance: Appliance) => Partial<Appliance>,
): void {
  call.transact((ctx) => changeIn(ctx, change))
}

/** The same in a transaction that is under way. */
export function changeIn(
  { tx, now }: Pick<Context, 'tx' | 'now'>,
  change: (appliance: Appliance) => Partial<Appliance>,
): void {
  const before = applianceOf({ read: tx, now })
  const { booted, shutdown, services, shell } = before
  const changes = { booted, shutdown, services, shell, ...change(before) }
  if (tx.find(appliances, ID)) tx.set(appliances, ID, changes)
  else tx.create(appliances, ID, changes)
}
