import type { Reader } from '#inventory/reader.js'
import { timestamp } from '#ports/clock.js'
import { networkPart, prefixLength, toNumber, toText } from '#world/address.js'
import { subnets } from '#world/subnet.js'
import { hostName } from './host-name.js'
import type { Appliance } from './record.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** Where the appliance is when the world says nothing of subnets. */
const NOWHERE = { netmask: '255.255.255.0', gateway: '192.168.10.1', domain: undefined }

/** The number of the appliance's address in its subnet (deviation 65). */
const HOST_NUMBER = 10

/** Ageing of passwords on a new appliance, in days (root's password expires after 90, vCenter Server 7.0 and later). */
export const PASSWORD_DAYS = { max_days: 90, min_days: 0, warn_days: 7 } as const

/** The appliance of a new world: at a fixed address of the first subnet that has a gateway, which is DNS server as well. */
export function initialAppliance(read: Reader, began: number): Appliance {
  const { netmask, gateway, domain } = siteOf(read)
  return {
    dnsMode: 'is_static',
    dnsServers: [gateway],
    domains: [domain ?? hostName(read).split('.').slice(1).join('.')].filter((name) => name !== ''),
    ipv4: {
      mode: 'STATIC',
      address: toText(toNumber(networkPart(gateway, netmask)) + HOST_NUMBER),
      prefix: prefixLength(netmask),
      default_gateway: gateway,
    },
    ipv6: undefined,
    proxies: {},
    noProxy: [],
    firewall: [],
    ntp: [gateway],
    timesync: 'NTP',
    timezone: 'Etc/UTC',
    ssh: false,
    dcui: true,
    consolecli: true,
    shell: undefined,
    fips: false,
    services: {},
    startupTypes: {},
    accounts: {
      root: {
        fullname: 'root',
        roles: ['superAdmin'],
        enabled: true,
        has_password: true,
        last_password_change: timestamp(began),
        password_expires_at: timestamp(began + PASSWORD_DAYS.max_days * DAY_MS),
        min_days_between_password_change: PASSWORD_DAYS.min_days,
        max_days_between_password_change: PASSWORD_DAYS.max_days,
        warn_days_before_password_expiration: PASSWORD_DAYS.warn_days,
      },
    },
    passwordPolicy: PASSWORD_DAYS,
    healthChecks: {
      db_health_check_state_manual_backup: true,
      db_health_check_state_scheduled_backup: true,
    },
    updatePolicy: { check_schedule: [], auto_stage: false, certificate_check: true },
    updatesQueried: began,
    shutdown: undefined,
    booted: began,
  }
}

function siteOf(read: Reader) {
  for (const id of read.ids(subnets)) {
    const { gateway, netmask, domain } = read.get(subnets, id)
    if (gateway) return { gateway, netmask, domain }
  }
  return NOWHERE
}
