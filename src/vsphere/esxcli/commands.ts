import { type Command, namespaceOf } from './command.js'
import { hardwareCommands } from './commands/hardware.js'
import { networkCommands } from './commands/network.js'
import { systemCommands } from './commands/system.js'
import { vmCommands } from './commands/vms.js'

/** Every command, by its path. */
export const COMMANDS: readonly Command[] = [
  ...hardwareCommands,
  ...networkCommands,
  ...systemCommands,
  ...vmCommands,
].sort((a, b) => (a.path < b.path ? -1 : 1))

const byPath = new Map(COMMANDS.map((command) => [command.path, command]))

export const findCommand = (path: string): Command | undefined => byPath.get(path)

/** Namespaces that have commands, in order. */
export const NAMESPACES: readonly string[] = [
  ...new Set(COMMANDS.map(({ path }) => namespaceOf(path))),
].sort()

export const commandsIn = (namespace: string): readonly Command[] =>
  COMMANDS.filter(({ path }) => namespaceOf(path) === namespace)
