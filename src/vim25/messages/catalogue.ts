import { faultTolerance } from './fault-tolerance.js'
import { files } from './files.js'
import { general } from './general.js'
import { guest } from './guest.js'
import { highAvailability } from './high-availability.js'
import { hosts } from './hosts.js'
import type { Message, Messages } from './message.js'
import { migration } from './migration.js'
import { ovf } from './ovf.js'
import { resources } from './resources.js'
import { virtualMachines } from './virtual-machines.js'

const AREAS: Readonly<Record<string, Messages>> = {
  general,
  resources,
  highAvailability,
  faultTolerance,
  hosts,
  virtualMachines,
  files,
  migration,
  guest,
  ovf,
}

/** Every sentence, by `FaultType` or `FaultType.reason`. A key that two areas claim is a mistake that shows at load. */
export const CATALOGUE: ReadonlyMap<string, Message> = merge()

function merge(): ReadonlyMap<string, Message> {
  const merged = new Map<string, Message>()
  for (const [area, messages] of Object.entries(AREAS)) {
    for (const [key, message] of Object.entries(messages)) {
      if (!message) continue
      if (merged.has(key)) throw new Error(`${key} has two messages; one of them is in ${area}.`)
      merged.set(key, message)
    }
  }
  return merged
}
