import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { World } from '../world.js'
import type { ExampleCall, Locate } from './description.js'

/** The world lacks an object that an example speaks of. */
class NotThere extends Error {}

export interface ExampleRequest {
  readonly on: ManagedObjectReference
  readonly body: object | undefined
}

/** An example as a request to this world; undefined when an object that it names is not there. */
export function requestIn(world: World, example: ExampleCall): ExampleRequest | undefined {
  const at: Locate = (type, name, property) => {
    const found = world.at(type, name, property)
    if (!found) throw new NotThere()
    return found
  }
  try {
    return { on: example.on(at), body: example.body?.(at) }
  } catch (error) {
    if (error instanceof NotThere) return undefined
    throw error
  }
}
