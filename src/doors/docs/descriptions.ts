import { isA } from '#vim25/schema.js'
import { lineage } from '#vsphere/core/registry.js'
import { accessDescriptions } from './descriptions/access.js'
import { clusterDescriptions } from './descriptions/cluster.js'
import type { Description, Descriptions } from './descriptions/description.js'
import { faultToleranceDescriptions } from './descriptions/fault-tolerance.js'
import { hostDescriptions } from './descriptions/host.js'
import { hostNetworkDescriptions } from './descriptions/host-network.js'
import { inventoryDescriptions } from './descriptions/inventory.js'
import { queryDescriptions } from './descriptions/query.js'
import { requestIn } from './descriptions/request.js'
import { storageDescriptions } from './descriptions/storage.js'
import { virtualMachineDescriptions } from './descriptions/virtual-machine.js'
import type { World } from './world.js'

/** What we say about each implemented method, as `Type.Method`. */
export const descriptions: Descriptions = {
  ...accessDescriptions,
  ...queryDescriptions,
  ...inventoryDescriptions,
  ...hostDescriptions,
  ...hostNetworkDescriptions,
  ...storageDescriptions,
  ...clusterDescriptions,
  ...virtualMachineDescriptions,
  ...faultToleranceDescriptions,
}

/** The description of a method for objects of a type: its own, or the nearest base type's. */
export function descriptionOf(type: string, method: string): Description | undefined {
  for (const name of lineage(type)) {
    const found = descriptions[`${name}.${method}`]
    if (found) return found
  }
  return undefined
}

/** An example in terms of the world as it is: what to send to which object. */
export interface Example {
  readonly id: string
  /** Undefined for a method without parameters. */
  readonly body: object | undefined
  /** What to know before trying it. */
  readonly note: string
}

/** The example of a method for objects of a type; undefined when there is none, or not in this world. */
export function exampleFor(type: string, description: Description, world: World): Example | undefined {
  const { example } = description
  if (!example) return undefined
  const request = requestIn(world, example)
  if (!request || !isA(request.on.type, type)) return undefined
  const name = world.nameOf(request.on)
  const notes = [
    name === undefined ? '' : `The example is for ${type} "${name}".`,
    example.first
      ? `Before it: ${example.first.map((key) => `\`${key}\``).join(', ')}, as in their examples.`
      : '',
    example.stale ? `Put in what your server gave you: ${example.stale}.` : '',
  ]
  return { id: request.on.value, body: request.body, note: notes.filter((note) => note !== '').join(' ') }
}
