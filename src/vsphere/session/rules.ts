/** The SSO domain that a name without one belongs to. */
export const DEFAULT_DOMAIN = 'VSPHERE.LOCAL'

/** A session without a call on any door for this long ends on all of them (soap-wire 3.7, deviation 3). */
export const IDLE_TIMEOUT_MS = 30 * 60_000

/**
 * The name that UserSession shows, as the real thing normalises it (soap-wire 3.3): `administrator@vsphere.local`,
 * `vsphere.local\administrator` and `Administrator` are all `VSPHERE.LOCAL\Administrator`. `root`, an account of the
 * appliance's operating system, has no domain.
 */
export function normalisedUserName(name: string): string {
  const { domain, user } = partsOf(name.trim())
  if (domain === undefined)
    return user.toLowerCase() === 'root' ? 'root' : `${DEFAULT_DOMAIN}\\${cased(user)}`
  return `${domain.toUpperCase()}\\${domain.toUpperCase() === DEFAULT_DOMAIN ? cased(user) : user}`
}

function partsOf(name: string): { domain: string | undefined; user: string } {
  const slash = name.indexOf('\\')
  if (slash > 0) return { domain: name.slice(0, slash), user: name.slice(slash + 1) }
  const at = name.lastIndexOf('@')
  if (at > 0 && at < name.length - 1) return { domain: name.slice(at + 1), user: name.slice(0, at) }
  return { domain: undefined, user: name }
}

const cased = (user: string) => (user.toLowerCase() === 'administrator' ? 'Administrator' : user)

/** UserSession.fullName: an account's first and last name; SSO's administrator is called after its domain. */
export function fullNameOf(userName: string): string {
  const { domain, user } = partsOf(userName)
  return domain === DEFAULT_DOMAIN && user === 'Administrator'
    ? `Administrator ${domain.toLowerCase()}`
    : user
}

/** `Administrator@vsphere.local`: how the Automation API writes the same name (rest-wire 1.2). */
export function principalName(userName: string): string {
  const { domain, user } = partsOf(userName)
  return `${user}@${domain === undefined ? 'localos' : domain.toLowerCase()}`
}

export const sameUser = (a: string, b: string) =>
  normalisedUserName(a).toLowerCase() === normalisedUserName(b).toLowerCase()

export const DEFAULT_LOCALE = 'en'

/** Languages that messages exist in. */
export const MESSAGE_LOCALES: readonly string[] = Object.freeze(['en'])

/** Languages that a session may ask for; messages then come in the nearest of MESSAGE_LOCALES. */
export const SUPPORTED_LOCALES: readonly string[] = Object.freeze([
  'de',
  'en',
  'es',
  'fr',
  'it',
  'ja',
  'ko',
  'pt',
  'ru',
  'zh',
])

/** The locale as a session keeps it (`en_US`, `en-us` -> `en_US`); undefined for one that is not supported. */
export function knownLocale(locale: string | undefined): string | undefined {
  if (!locale) return DEFAULT_LOCALE
  const parts = /^([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2,4}))?(?:\.[\w-]+)?$/.exec(locale)
  const language = parts?.[1]?.toLowerCase()
  if (!parts || !language || !SUPPORTED_LOCALES.includes(language)) return undefined
  return parts[2] ? `${language}_${parts[2].toUpperCase()}` : language
}

export function messageLocaleOf(locale: string): string {
  return MESSAGE_LOCALES.find((known) => locale.startsWith(known)) ?? DEFAULT_LOCALE
}
