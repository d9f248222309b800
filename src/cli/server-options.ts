import { Command, CommanderError, Option } from 'commander'
import {
  DEFAULT_MAX_BODY_BYTES,
  DEFAULT_PASSWORD,
  DEFAULT_SEED,
  DEFAULT_USERNAME,
  LOG_LEVELS,
  OptionError,
  type RawOptions,
  resolveOptions,
  type Settings,
} from '#app/options.js'
import { Refusal } from '#app/refusal.js'
import { IDENTITY_VERSIONS } from '#vsphere/core/identity.js'

/** One option of the commands that start a server: on the command line, or as a variable. */
interface ServerOption {
  readonly flags: string
  readonly variable: string
  readonly description: string
  /** The name in FauxsphereOptions; undefined for what only the command does. */
  readonly option: keyof RawOptions | 'writeEnv'
}

const SERVER_OPTIONS: readonly ServerOption[] = [
  {
    flags: '--seed <name|file>',
    variable: 'FAUXSPHERE_SEED',
    option: 'seed',
    description: `inventory to start from: a name or a YAML file (default: ${DEFAULT_SEED})`,
  },
  {
    flags: '--set <parameter=value>',
    variable: 'FAUXSPHERE_SET',
    option: 'set',
    description: 'parameter of the seed; may be repeated (as a variable: separated by commas)',
  },
  {
    flags: '--host <address>',
    variable: 'FAUXSPHERE_HOST',
    option: 'host',
    description: 'address to listen on (default: 127.0.0.1)',
  },
  {
    flags: '--port <number>',
    variable: 'FAUXSPHERE_PORT',
    option: 'port',
    description: 'port to listen on, 0 for any free one',
  },
  { flags: '--no-tls', variable: 'FAUXSPHERE_NO_TLS', option: 'tls', description: 'serve plain HTTP' },
  {
    flags: '--data <directory>',
    variable: 'FAUXSPHERE_DATA',
    option: 'data',
    description: 'keep everything in this directory, also through a kill (default: in memory only)',
  },
  {
    flags: '--username <name>',
    variable: 'FAUXSPHERE_USERNAME',
    option: 'username',
    description: `with this or --password, only this account may log in (default: ${DEFAULT_USERNAME}); without both, any name and password that are not empty do`,
  },
  {
    flags: '--password <password>',
    variable: 'FAUXSPHERE_PASSWORD',
    option: 'password',
    description: `the password of that account (default: ${DEFAULT_PASSWORD})`,
  },
  {
    flags: '--vsphere <version>',
    variable: 'FAUXSPHERE_VSPHERE',
    option: 'vsphere',
    description: `release to be: ${IDENTITY_VERSIONS.join(', ')} (default: ${IDENTITY_VERSIONS.at(-1)})`,
  },
  {
    flags: '--pace <pace>',
    variable: 'FAUXSPHERE_PACE',
    option: 'pace',
    description:
      'how long boots and tasks take: instant, real (as long as the real thing), or a factor of that, 0.1 for a tenth (default: instant)',
  },
  {
    flags: '--random-seed <text>',
    variable: 'FAUXSPHERE_RANDOM_SEED',
    option: 'randomSeed',
    description: 'make session tokens and keys reproducible, too: for tests alone',
  },
  {
    flags: '--write-env <file>',
    variable: 'FAUXSPHERE_WRITE_ENV',
    option: 'writeEnv',
    description: 'write variables for clients (GOVC_URL ...) to this file once ready',
  },
  {
    flags: '--max-body-bytes <number>',
    variable: 'FAUXSPHERE_MAX_BODY_BYTES',
    option: 'maxBodyBytes',
    description: `longest request body, in bytes; longer ones are answered with 413 (default: ${DEFAULT_MAX_BODY_BYTES}, 16 MB)`,
  },
  {
    flags: '--log-level <level>',
    variable: 'FAUXSPHERE_LOG_LEVEL',
    option: 'logLevel',
    description: `how much to log: ${LOG_LEVELS.join(', ')} (default: warn)`,
  },
]

export interface ServerCommand {
  readonly settings: Settings
  /** The same, for createFauxsphere. */
  readonly options: RawOptions
  readonly writeEnv: string | undefined
}

/** A command without options. Errors come out as thrown errors, never as an exit. */
export function quietCommand(name: string): Command {
  return new Command(name).exitOverride().configureOutput({ writeErr: () => {} })
}

/** A command that takes the options of a server. */
export function serverCommand(name: string, portDefault: string): Command {
  const command = quietCommand(name)
  for (const { flags, variable, description, option } of SERVER_OPTIONS) {
    const more = option === 'port' ? ` (default: ${portDefault})` : ''
    const declared = new Option(flags, `${description}${more} [${variable}]`)
    if (option === 'set') declared.argParser((pair: string, before: string[] = []) => [...before, pair])
    command.addOption(declared)
  }
  return command
}

/**
 * What the command line and the environment ask for, the command line first. Throws Refusal with one clear line
 * that names the flag or the variable.
 */
export function readServerOptions(
  command: Command,
  environment: NodeJS.ProcessEnv,
  defaults: RawOptions,
): ServerCommand {
  const raw: Record<string, unknown> = {}
  const source: Record<string, string> = {}
  for (const { flags, variable, option } of SERVER_OPTIONS) {
    const fromVariable = environment[variable]
    if (command.getOptionValueSource(option) === 'cli') {
      raw[option] = command.getOptionValue(option)
      source[option] = flags.split(' ')[0] ?? flags
    } else if (fromVariable !== undefined && fromVariable !== '') {
      raw[option] = fromVariable
      source[option] = variable
    }
    if (raw[option] === undefined) continue
    if (option === 'set') raw.set = parameters(raw.set, source.set ?? '')
    if (option === 'tls' && source.tls === 'FAUXSPHERE_NO_TLS') raw.tls = opposite(String(raw.tls))
  }
  const { writeEnv, ...given } = raw
  if (writeEnv === '') throw new Refusal(`${source.writeEnv} must be the name of a file, not ''.`)
  const options: RawOptions = { ...defaults, ...given }
  try {
    return { settings: resolveOptions(options), options, writeEnv: writeEnv as string | undefined }
  } catch (error) {
    if (error instanceof OptionError)
      throw new Refusal(`${source[error.option] ?? error.option} ${error.problem}`)
    throw error
  }
}

/** Parses a command line; undefined when it only asked for help or the version, which has been printed. */
export function parse(command: Command, args: readonly string[]): Command | undefined {
  try {
    return command.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    if (error.code === 'commander.excessArguments')
      throw new Refusal(`unexpected argument '${command.args[0]}' (see fauxsphere --help)`)
    const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
    throw new Refusal(`${message} (see fauxsphere --help)`)
  }
}

function parameters(value: unknown, source: string): Record<string, string> {
  const pairs = Array.isArray(value) ? value : String(value).split(',')
  return Object.fromEntries(
    pairs.map((pair: string) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new Refusal(`${source} must be PARAMETER=VALUE, not '${pair}'.`)
      return [pair.slice(0, at).trim(), pair.slice(at + 1)]
    }),
  )
}

/** `FAUXSPHERE_NO_TLS=1` is `tls: false`; what is neither yes nor no is left for the check to refuse. */
function opposite(word: string): unknown {
  try {
    return !resolveOptions({ tls: word }).tls
  } catch {
    return word
  }
}
