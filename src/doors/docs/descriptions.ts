import { isA } from '#vim25/schema.js'
import { lineage } from '#vsphere/core/registry.js'
import { accessDescriptions } from './descriptions/access.js'
import { clusterDescriptions } from './descriptions/cluster.js'
import { customFieldDescriptions } from './descriptions/custom-fields.js'
import { customizationDescriptions } from './descriptions/customization.js'
import type { Description, Descriptions, Lab } from './descriptions/description.js'
import { distributedSwitchDescriptions } from './descriptions/distributed-switch.js'
import { esxcliDescriptions } from './descriptions/esxcli.js'
import { extensionDescriptions } from './descriptions/extension.js'
import { faultToleranceDescriptions } from './descriptions/fault-tolerance.js'
import { fileDescriptions } from './descriptions/files.js'
import { historyDescriptions } from './descriptions/history.js'
import { hostDescriptions } from './descriptions/host.js'
import { hostNetworkDescriptions } from './descriptions/host-network.js'
import { hostServiceDescriptions } from './descriptions/host-services.js'
import { hostSettingsDescriptions } from './descriptions/host-settings.js'
import { inventoryDescriptions } from './descriptions/inventory.js'
import { ipPoolDescriptions } from './descriptions/ip-pool.js'
import { labOf, NotThere, sketch } from './descriptions/lab.js'
import { licenseDescriptions } from './descriptions/license.js'
import { ovfDescriptions } from './descriptions/ovf.js'
import { performanceDescriptions } from './descriptions/performance.js'
import { queryDescriptions } from './descriptions/query.js'
import { storageDescriptions } from './descriptions/storage.js'
import { virtualMachineDescriptions } from './descriptions/virtual-machine.js'
import type { World } from './world.js'

/** What we say about each implemented method, as `Type.Method`. */
export const descriptions: Descriptions = {
  ...accessDescriptions,
  ...customFieldDescriptions,
  ...extensionDescriptions,
  ...licenseDescriptions,
  ...ipPoolDescriptions,
  ...queryDescriptions,
  ...historyDescriptions,
  ...inventoryDescriptions,
  ...hostDescriptions,
  ...hostNetworkDescriptions,
  ...hostSettingsDescriptions,
  ...hostServiceDescriptions,
  ...esxcliDescriptions,
  ...distributedSwitchDescriptions,
  ...storageDescriptions,
  ...fileDescriptions,
  ...clusterDescriptions,
  ...virtualMachineDescriptions,
  ...customizationDescriptions,
  ...ovfDescriptions,
  ...performanceDescriptions,
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

/** The example of a method for objects of a type; undefined where it is for another type, or names what is not there. */
export function exampleFor(type: string, { example }: Description, world: World): Example | undefined {
  const lab = example.first ? eitherOf(labOf(world), sketch) : labOf(world)
  try {
    const on = example.on(lab)
    if (!isA(on.type, type)) return undefined
    const name = world.read(on, 'name')
    const notes = [
      typeof name === 'string' ? `The example is for "${name}".` : '',
      example.first ? `Before it, run the example of ${example.first.map(code).join(', ')}.` : '',
      example.stale ? `Put in what your server gave you: ${example.stale}.` : '',
    ]
    return { id: on.value, body: example.body?.(lab), note: notes.filter((note) => note !== '').join(' ') }
  } catch (error) {
    if (error instanceof NotThere) return undefined
    throw error
  }
}

const code = (key: string) => `\`${key}\``

/** What the first lab does not have comes from the second. */
function eitherOf(first: Lab, second: Lab): Lab {
  const attempt = <T>(inFirst: () => T, inSecond: () => T): T => {
    try {
      return inFirst()
    } catch (error) {
      if (error instanceof NotThere) return inSecond()
      throw error
    }
  }
  return {
    ref: (...at) =>
      attempt(
        () => first.ref(...at),
        () => second.ref(...at),
      ),
    text: (...at) =>
      attempt(
        () => first.text(...at),
        () => second.text(...at),
      ),
    thumbprint: (name) =>
      attempt(
        () => first.thumbprint(name),
        () => second.thumbprint(name),
      ),
  }
}
