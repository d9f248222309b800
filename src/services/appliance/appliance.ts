import type { ServiceTable } from '../core/service.js'
import { consolecli, dcui, shell, ssh } from './access.js'
import { ntp, timesync } from './clock-sync.js'
import { dnsServers, domains, hostname } from './dns.js'
import { health, healthDatabase, healthItems, healthSettings, healthSystem } from './health.js'
import { interfaces, ipv4, ipv6 } from './interfaces.js'
import { localAccounts, localAccountsPolicy } from './local-accounts.js'
import { monitoring } from './monitoring.js'
import { networking } from './networking.js'
import { firewallInbound, noProxy, proxy } from './proxy.js'
import { applianceServices, vcenterServices } from './services.js'
import { shutdown } from './shutdown.js'
import { globalFips, storage, time, timezone, uptime, version } from './system.js'
import { update, updatePending, updatePolicy, updateStaged } from './update.js'

/** The services of the appliance that vCenter Server runs on. */
export const appliance: readonly ServiceTable[] = [
  ...[consolecli, dcui, shell, ssh],
  ...[health, healthDatabase, ...healthItems, healthSettings, healthSystem],
  ...[localAccounts, localAccountsPolicy],
  monitoring,
  ...[networking, domains, hostname, dnsServers, firewallInbound, interfaces, ipv4, ipv6, noProxy, proxy],
  ...[ntp, timesync],
  ...[applianceServices, vcenterServices],
  shutdown,
  ...[globalFips, storage, time, timezone, uptime, version],
  ...[update, updatePending, updatePolicy, updateStaged],
]
