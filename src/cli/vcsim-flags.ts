import { DEFAULT_VSPHERE, type FauxsphereOptions } from '#app/options.js'
import { Refusal } from '#app/refusal.js'
import { createIdentity, IDENTITY_VERSIONS, type IdentityVersion } from '#vsphere/core/identity.js'
import type { GoFlags, GoFlagValues } from './go-flags.js'

const count = (usage: string, value: number) => ({ type: 'int', usage, value }) as const
const text = (usage: string, value = '') => ({ type: 'string', usage, value }) as const
const truth = (usage: string, value: boolean) => ({ type: 'bool', usage, value }) as const

/** The flags of govmomi's vcsim with their defaults. */
export const VCSIM_FLAGS = {
  E: text('Output variables to the given file or fifo, or to stdout', '-'),
  'api-version': text('API version', createIdentity(DEFAULT_VSPHERE, '').apiVersion),
  app: count('Number of virtual apps per cluster', 0),
  autostart: truth('Autostart model created VMs', true),
  cluster: count('Number of clusters', 1),
  dc: count('Number of datacenters', 1),
  delay: count('Method response delay across all methods, in milliseconds', 0),
  'delay-jitter': {
    type: 'float',
    usage: 'Delay jitter coefficient of variation (0.5 is a good start)',
    value: 0,
  },
  ds: count('Number of local datastores', 1),
  esx: truth('Simulate standalone ESX', false),
  folder: count('Number of folders', 0),
  host: count('Number of hosts per cluster', 3),
  l: text('Listen address', '127.0.0.1:8989'),
  load: text("Load model from a directory that 'govc object.save' wrote"),
  'method-delay': text("Delay per method in the form 'method1:delay1,method2:delay2...'"),
  nsx: count('Number of NSX backed opaque networks', 0),
  password: text('Login password, or a file that holds it (any password allowed by default)'),
  pg: count('Number of port groups', 1),
  'pg-nsx': count('Number of NSX backed port groups', 0),
  pod: count('Number of storage pods per datacenter', 0),
  pool: count('Number of resource pools per cluster', 0),
  'standalone-host': count('Number of standalone hosts', 1),
  stdinexit: truth('Press any key to exit', false),
  tls: truth('Enable TLS', true),
  tlscert: text('Path to TLS certificate file'),
  tlskey: text('Path to TLS key file'),
  trace: truth('Trace SOAP to -trace-file', false),
  'trace-file': text('Trace output file (defaults to stderr)'),
  tunnel: count('SDK tunnel port', -1),
  username: text('Login username, or a file that holds it (any username allowed by default)'),
  vm: count('Number of virtual machines per resource pool', 2),
} as const satisfies GoFlags

export type VcsimFlags = GoFlagValues<typeof VCSIM_FLAGS>

/** What the flags ask for. */
export interface VcsimRequest {
  readonly options: FauxsphereOptions
  /** As they stand in GOVC_URL. */
  readonly user: string
  readonly password: string
  /** One line for each flag that does less than the original's. */
  readonly remarks: readonly string[]
}

/** `secret` reads a flag that may name a file. Throws Refusal. */
export function vcsimRequest(
  flags: VcsimFlags,
  given: ReadonlySet<string>,
  secret: (value: string) => string,
): VcsimRequest {
  const remarks: string[] = []
  const user = secret(flags.username)
  const password = secret(flags.password)
  if (user !== '' && password === '')
    throw new Refusal('-username needs -password: nobody logs in with an empty password here.')
  if (user === '' && password !== '') remarks.push('-password has no effect without -username.')
  if (flags.tunnel >= 0)
    remarks.push('-tunnel does nothing yet: there is no SDK tunnel here. Everything else is as asked.')
  if (flags.tls && (flags.tlscert === '') !== (flags.tlskey === ''))
    throw new Refusal('-tlscert and -tlskey belong together.')
  const options: FauxsphereOptions = {
    ...addressOf(flags.l),
    ...worldOf(flags, given, remarks),
    tls: flags.tls,
    certificate:
      flags.tls && flags.tlscert !== '' ? { certificate: flags.tlscert, key: flags.tlskey } : undefined,
    username: user === '' ? undefined : user,
    password: user === '' ? undefined : password,
    vsphere: given.has('api-version') ? releaseFor(flags['api-version'], remarks) : undefined,
    latency: latencyOf(flags),
    trace: flags['trace-file'] !== '' ? flags['trace-file'] : flags.trace ? '-' : undefined,
    setByExtraConfig: true,
  }
  const anyone = user === ''
  return { options, user: anyone ? 'user' : user, password: anyone ? 'pass' : password, remarks }
}

/** `host:port` as Go's net package splits it; without a host all addresses. */
function addressOf(listen: string): { host: string; port: number } {
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(listen) ?? []
  const host = bracketed ?? plain
  if (host === undefined || Number(port) > 65_535)
    throw new Refusal(`-l must be an address and a port such as 127.0.0.1:8989, not '${listen}'.`)
  return { host: host === '' ? '0.0.0.0' : host, port: Number(port) }
}

/** Counts of the model that only a vCenter Server has. */
const VCENTER_COUNTS = [
  'dc',
  'cluster',
  'host',
  'standalone-host',
  'pool',
  'app',
  'pod',
  'pg',
  'pg-nsx',
  'nsx',
  'folder',
] as const

function worldOf(
  flags: VcsimFlags,
  given: ReadonlySet<string>,
  remarks: string[],
): Pick<FauxsphereOptions, 'seed' | 'set'> {
  const counts = [...VCENTER_COUNTS, 'vm', 'ds'] as const
  if (flags.load !== '') {
    const idle = [...counts, 'autostart', 'esx'].filter((name) => given.has(name))
    if (idle.length > 0)
      remarks.push(
        `-load brings its own inventory: ${idle.map((name) => `-${name}`).join(', ')} did nothing.`,
      )
    return { seed: flags.load }
  }
  const number = (name: (typeof counts)[number]) => [name, Math.max(0, flags[name])] as const
  const common = { ...Object.fromEntries([number('vm'), number('ds')]), autostart: flags.autostart }
  if (flags.esx) return { seed: 'esx', set: common }
  return {
    seed: 'vcsim',
    set: {
      ...Object.fromEntries(counts.map(number)),
      ...common,
      // More folders than datacenters are as many.
      folder: Math.min(Math.max(0, flags.folder), Math.max(0, flags.dc)),
    },
  }
}

/** The release that has an API version, or the nearest that there is. */
function releaseFor(asked: string, remarks: string[]): IdentityVersion {
  const known = IDENTITY_VERSIONS.map((version) => ({
    version,
    apiVersion: createIdentity(version, '').apiVersion,
  }))
  const exact = known.find(({ apiVersion }) => apiVersion === asked)
  if (exact) return exact.version
  const numbers = asked.split('.').map(Number)
  if (!/^\d+(\.\d+)*$/.test(asked)) throw new Refusal(`-api-version must be like 8.0.3.0, not '${asked}'.`)
  const least = ({ apiVersion }: { apiVersion: string }) => {
    const own = apiVersion.split('.').map(Number)
    return own.slice(0, 2).findIndex((part, i) => part !== (numbers[i] ?? 0))
  }
  const nearest =
    known.findLast((each) => least(each) < 0) ??
    known.findLast(({ apiVersion }) => apiVersion.localeCompare(asked, 'en', { numeric: true }) < 0) ??
    known[0]
  const { version = DEFAULT_VSPHERE, apiVersion = '' } = nearest ?? {}
  remarks.push(`-api-version ${asked} is none that this server speaks; it is ${apiVersion}.`)
  return version
}

function latencyOf(flags: VcsimFlags): FauxsphereOptions['latency'] {
  const methods: Record<string, number> = {}
  for (const part of flags['method-delay'].split(',').filter((each) => each.trim() !== '')) {
    const [, name, delay] = /^\s*(\w+):(\d+)\s*$/.exec(part) ?? []
    if (name === undefined)
      throw new Refusal(
        `-method-delay must be METHOD:MILLISECONDS, separated by commas, not '${part.trim()}'.`,
      )
    methods[name] = Number(delay)
  }
  if (flags.delay <= 0 && Object.keys(methods).length === 0) return undefined
  return { ms: Math.max(0, flags.delay), methods, jitter: Math.max(0, flags['delay-jitter']) }
}
