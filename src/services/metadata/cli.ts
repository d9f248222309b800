import type {
  VapiMetadataCliCommandIdentity,
  VapiMetadataCliCommandInfo,
  VapiMetadataCliNamespaceIdentity,
  VapiMetadataCliNamespaceInfo,
} from '#vapi/generated/types.js'
import type { Operation } from '#vapi/types.js'
import { service } from '../core/service.js'
import { catalogueOf } from './catalogue.js'
import { formatterOf, optionsOf, outputsOf } from './cli-options.js'
import { found } from './errors.js'
import { constantFingerprint } from './fingerprint.js'
import { metadataSources } from './sources.js'

type CommandIdentity = VapiMetadataCliCommandIdentity
type NamespaceIdentity = VapiMetadataCliNamespaceIdentity

/** `com.vmware.cis.tagging.tag_association` -> `com.vmware.cis.tagging.tagassociation` (deviation 77). */
const namespaceOf = (service: string) => service.replaceAll('_', '').toLowerCase()
const commandOf = (operation: string) => operation.replaceAll(/[_$]/g, '').toLowerCase()

const split = (whole: string): NamespaceIdentity => {
  const at = whole.lastIndexOf('.')
  return { path: whole.slice(0, Math.max(at, 0)), name: whole.slice(at + 1) }
}
const joined = ({ path, name }: NamespaceIdentity) => (path === '' ? name : `${path}.${name}`)

interface Commands {
  /** By `path.name`. */
  readonly commands: ReadonlyMap<
    string,
    { readonly identity: CommandIdentity; readonly operation: Operation }
  >
  /** Names of the namespaces within each namespace, both whole. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>
}

const made = new Map<number, Commands>()

/** Every operation is a command, in a namespace named as its service. */
function commandsOf(release: number): Commands {
  const before = made.get(release)
  if (before) return before
  const commands = new Map<string, { identity: CommandIdentity; operation: Operation }>()
  const namespaces = new Map<string, Set<string>>()
  const enter = (whole: string) => {
    if (namespaces.has(whole)) return
    namespaces.set(whole, new Set())
    const { path } = split(whole)
    if (path === '') return
    enter(path)
    namespaces.get(path)?.add(whole)
  }
  for (const { id, operations } of catalogueOf(release).services.values()) {
    const path = namespaceOf(id)
    enter(path)
    for (const operation of operations.values()) {
      const identity = { path, name: commandOf(operation.id) }
      // `clone` and `clone$task` are one command, the one that waits.
      if (!commands.has(joined(identity))) commands.set(joined(identity), { identity, operation })
    }
  }
  const all = { commands, namespaces }
  made.set(release, all)
  return all
}

function commandInfo(
  identity: CommandIdentity,
  operation: Operation,
  release: number,
): VapiMetadataCliCommandInfo {
  const { service: service_id, id: operation_id, output } = operation
  return {
    identity,
    description: '',
    service_id,
    operation_id,
    options: optionsOf(operation, release),
    formatter: formatterOf(output),
    output_field_list: outputsOf(output, release),
  }
}

function namespaceInfo(release: number, whole: string): VapiMetadataCliNamespaceInfo {
  const children = found(commandsOf(release).namespaces.get(whole), 'namespace', whole)
  return { identity: split(whole), description: '', children: [...children].map(split) }
}

const commandFingerprint = (release: number) =>
  constantFingerprint(`commands ${release}`, () =>
    [...commandsOf(release).commands.values()].map((each) =>
      commandInfo(each.identity, each.operation, release),
    ),
  )

const namespaceFingerprint = (release: number) =>
  constantFingerprint(`namespaces ${release}`, () =>
    [...commandsOf(release).namespaces.keys()].map((whole) => namespaceInfo(release, whole)),
  )

/** The operations as commands of a shell, as generic command line clients read them. */
export const cliMetadata = [
  service('com.vmware.vapi.metadata.cli.command', {
    list({ release }, { path }) {
      const { commands, namespaces } = commandsOf(release)
      if (path !== undefined) found(namespaces.get(path), 'namespace', path)
      const all = [...commands.values()].map(({ identity }) => identity)
      return path === undefined ? all : all.filter((each) => each.path === path)
    },
    get({ release }, { identity }) {
      const whole = joined(identity)
      const command = found(commandsOf(release).commands.get(whole), 'command', whole)
      return commandInfo(command.identity, command.operation, release)
    },
    fingerprint: ({ release }) => commandFingerprint(release),
  }),
  service('com.vmware.vapi.metadata.cli.namespace', {
    list: ({ release }) => [...commandsOf(release).namespaces.keys()].map(split),
    get: ({ release }, { identity }) => namespaceInfo(release, joined(identity)),
    fingerprint: ({ release }) => namespaceFingerprint(release),
  }),
  metadataSources('com.vmware.vapi.metadata.cli.source', (release) => [
    commandFingerprint(release),
    namespaceFingerprint(release),
  ]),
]
