import { isMoRef, moRef } from '#inventory/entity.js'
import type { World } from '../world.js'
import type { Lab } from './description.js'

/** The world lacks an object that an example speaks of. */
export class NotThere extends Error {}

/** The world as examples see it; throws NotThere. */
export function labOf(world: World): Lab {
  const ref: Lab['ref'] = (type, name, property) => {
    const found = world.find(type, name)
    if (!found) throw new NotThere(`There is no ${type} ${name ?? ''}.`)
    if (property === undefined) return found
    const inside = world.read(found, property)
    if (!isMoRef(inside)) throw new NotThere(`${type} ${name ?? ''} has no ${property}.`)
    return inside
  }
  return {
    ref,
    text(type, name, property) {
      const found = world.read(ref(type, name), property)
      if (typeof found !== 'string') throw new NotThere(`${type} ${name ?? ''} has no ${property}.`)
      return found
    },
    thumbprint(hostName) {
      const found = world.thumbprint(hostName)
      if (found === undefined) throw new NotThere(`There is no ESXi ${hostName}.`)
      return found
    },
  }
}

/** The same for a reader: what earlier examples will make stands there as a placeholder. */
export const sketch: Lab = {
  ref: (type, name) => moRef(type, `id of the ${type}${name === undefined ? '' : ` ${name}`}`),
  text: (type, _name, property) => `${property} of the ${type}`,
  thumbprint: (hostName) => `thumbprint of ${hostName}`,
}
