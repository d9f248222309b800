import { instant, timestamp } from '#ports/clock.js'
import { vapiError } from '#vapi/error.js'
import type {
  ApplianceLocalAccountsConfig,
  ApplianceLocalAccountsInfo,
  ApplianceLocalAccountsPolicyInfo,
  ApplianceLocalAccountsUpdateConfig,
} from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { checkRange } from './check.js'
import { invalid, notFound } from './errors.js'
import { applianceOf, changeAppliance } from './record.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** No limit; longer ageing than this is none. */
const NEVER = -1
const LONGEST_DAYS = 99_999

const ROLES: readonly string[] = ['operator', 'admin', 'superAdmin']

/** The account that is always there. */
const ROOT = 'root'

export const localAccounts = service('com.vmware.appliance.local_accounts', {
  list: (call) => Object.keys(applianceOf(call).accounts),
  get: (call, { username }) => requireAccount(call, username),
  create(call, { username, config }) {
    if (!/^[a-z_][a-z0-9_-]{0,31}$/i.test(username))
      throw invalid('username', `'${username}' is no user name.`)
    checkConfig(config)
    const { accounts } = applianceOf(call)
    if (Object.hasOwn(accounts, username))
      throw vapiError(
        'ALREADY_EXISTS',
        'com.vmware.appliance.user.already_exists',
        'User {0} already exists',
        [username],
      )
    store(call, username, { ...fresh(call), ...changed(call, config) })
  },
  /** Everything that is not said goes back to what a new account has. */
  set(call, { username, config }) {
    requireAccount(call, username)
    checkConfig(config)
    store(call, username, { ...fresh(call), ...changed(call, config) })
  },
  update(call, { username, config }) {
    const before = requireAccount(call, username)
    checkConfig(config)
    store(call, username, { ...before, ...changed(call, config) })
  },
  delete(call, { username }) {
    requireAccount(call, username)
    if (username === ROOT) throw invalid('username', `User ${ROOT} cannot be removed.`)
    changeAppliance(call, ({ accounts: { [username]: _, ...accounts } }) => ({ accounts }))
  },
})

function requireAccount(call: ServiceCall, username: string): ApplianceLocalAccountsInfo {
  const { accounts } = applianceOf(call)
  const account = Object.hasOwn(accounts, username) ? accounts[username] : undefined
  if (!account) throw notFound('user', username)
  return account
}

function store(call: ServiceCall, username: string, account: ApplianceLocalAccountsInfo): void {
  changeAppliance(call, ({ accounts }) => ({ accounts: { ...accounts, [username]: account } }))
}

/** An account without roles, whose password ages by the policy. */
function fresh(call: ServiceCall): ApplianceLocalAccountsInfo {
  const { max_days = NEVER, min_days = NEVER, warn_days = NEVER } = applianceOf(call).passwordPolicy
  return {
    roles: [],
    enabled: true,
    has_password: false,
    ...(max_days >= 0 && { password_expires_at: timestamp(call.now + max_days * DAY_MS) }),
    min_days_between_password_change: min_days,
    max_days_between_password_change: max_days,
    warn_days_before_password_expiration: warn_days,
  }
}

/** What a configuration sets. */
function changed(
  call: ServiceCall,
  config: ApplianceLocalAccountsUpdateConfig,
): Partial<ApplianceLocalAccountsInfo> {
  const { full_name, email, roles, enabled, password_expires, password_expires_at } = config
  const expires = password_expires === false ? undefined : password_expires_at
  const days = config.days_after_password_expiration
  const info = {
    fullname: full_name,
    email,
    roles,
    enabled,
    ...(config.password !== undefined && { has_password: true, last_password_change: timestamp(call.now) }),
    password_expires_at: expires,
    inactive_at:
      config.inactive_after_password_expiration && expires !== undefined && days !== undefined
        ? timestamp(instant(expires) + days * DAY_MS)
        : undefined,
    min_days_between_password_change: config.min_days_between_password_change,
    max_days_between_password_change: config.max_days_between_password_change,
    warn_days_before_password_expiration: config.warn_days_before_password_expiration,
  }
  const set = Object.entries(info).filter(([, value]) => value !== undefined)
  return {
    ...(Object.fromEntries(set) as Partial<ApplianceLocalAccountsInfo>),
    ...(password_expires === false && { password_expires_at: undefined }),
  }
}

function checkConfig(config: ApplianceLocalAccountsConfig | ApplianceLocalAccountsUpdateConfig): void {
  if (config.password === '') throw invalid('password', 'The password is empty.')
  const unknown = config.roles?.find((role) => !ROLES.includes(role))
  if (unknown !== undefined) throw invalid('roles', `'${unknown}' is none of ${ROLES.join(', ')}.`)
  for (const name of [
    'days_after_password_expiration',
    'min_days_between_password_change',
    'max_days_between_password_change',
    'warn_days_before_password_expiration',
  ] as const)
    checkRange(name, config[name] ?? NEVER, NEVER, LONGEST_DAYS)
}

export const localAccountsPolicy = service('com.vmware.appliance.local_accounts.policy', {
  get: (call) => applianceOf(call).passwordPolicy,
  /** Holds for accounts that are made from now on; what is not said stays. */
  set(call, { policy }) {
    for (const name of ['max_days', 'min_days', 'warn_days'] as const)
      checkRange(name, policy[name] ?? NEVER, NEVER, LONGEST_DAYS)
    const set = Object.entries(policy).filter(([, value]) => value !== undefined)
    changeAppliance(call, ({ passwordPolicy }) => ({
      passwordPolicy: { ...passwordPolicy, ...(Object.fromEntries(set) as ApplianceLocalAccountsPolicyInfo) },
    }))
  },
})
