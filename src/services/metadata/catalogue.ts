import { known } from '#vapi/known.js'
import { enumerationNames, serviceIds, service as serviceOf, structureNames } from '#vapi/schema.js'
import type { Enumeration, Operation, Structure } from '#vapi/types.js'

/** A service of the release, and the types that are declared within it. */
export interface CataloguedService {
  readonly id: string
  readonly deprecated?: number
  readonly operations: ReadonlyMap<string, Operation>
  readonly structures: ReadonlyMap<string, Structure>
  readonly enumerations: ReadonlyMap<string, Enumeration>
}

export interface CataloguedPackage {
  readonly name: string
  readonly services: ReadonlyMap<string, CataloguedService>
  readonly structures: ReadonlyMap<string, Structure>
  readonly enumerations: ReadonlyMap<string, Enumeration>
}

/** What a release's API consists of, by the places where it is declared. */
export interface Catalogue {
  readonly components: ReadonlyMap<string, ReadonlyMap<string, CataloguedPackage>>
  readonly packages: ReadonlyMap<string, CataloguedPackage>
  readonly services: ReadonlyMap<string, CataloguedService>
  readonly structures: ReadonlyMap<string, Structure>
  readonly enumerations: ReadonlyMap<string, Enumeration>
  /** Enumerations that are declared within a structure, by its name. */
  readonly within: ReadonlyMap<string, ReadonlyMap<string, Enumeration>>
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : T[K] }

/** `com.vmware.vcenter.vm.power` -> `com.vmware.vcenter.vm` */
const parentOf = (name: string) => name.slice(0, name.lastIndexOf('.'))

/** A component is what begins with the same three words, `com.vmware.vcenter` (deviation 77). */
const componentOf = (name: string) => name.split('.', 3).join('.')

/**
 * The definitions' names tell where a type is declared: `com.vmware.vcenter.VM.summary` in the service
 * `com.vmware.vcenter.VM`, which is in the package `com.vmware.vcenter`. Where a service and a package share a name, the
 * service has the types.
 */
function build(release: number): Catalogue {
  const packages = new Map<string, Mutable<CataloguedPackage>>()
  const services = new Map<string, Mutable<CataloguedService>>()
  const structures = new Map<string, Structure>()
  const enumerations = new Map<string, Enumeration>()
  const within = new Map<string, Map<string, Enumeration>>()
  const packageOf = (name: string) =>
    required(packages, name, () => ({
      name,
      services: new Map(),
      structures: new Map(),
      enumerations: new Map(),
    }))

  for (const id of serviceIds) {
    const definition = serviceOf(id)
    const operations = [...(definition?.operations.values() ?? [])].filter(({ since }) => since <= release)
    if (operations.length === 0) continue
    const service: Mutable<CataloguedService> = {
      id,
      ...(definition?.deprecated === undefined ? {} : { deprecated: definition.deprecated }),
      operations: new Map(operations.map((each) => [each.id, each])),
      structures: new Map(),
      enumerations: new Map(),
    }
    services.set(id, service)
    packageOf(parentOf(id)).services.set(id, service)
  }
  for (const name of structureNames) {
    const structure = known.structure(name)
    if (structure.since > release) continue
    structures.set(name, structure)
    ;(services.get(parentOf(name)) ?? packageOf(parentOf(name))).structures.set(name, structure)
  }
  for (const name of enumerationNames) {
    const enumeration = known.enumeration(name)
    if (enumeration.since > release) continue
    enumerations.set(name, enumeration)
    const parent = parentOf(name)
    if (structures.has(parent)) required(within, parent, () => new Map()).set(name, enumeration)
    else (services.get(parent) ?? packageOf(parent)).enumerations.set(name, enumeration)
  }
  const components = new Map<string, Map<string, CataloguedPackage>>()
  for (const [name, each] of packages)
    required(components, componentOf(name), () => new Map()).set(name, each)
  return { components, packages, services, structures, enumerations, within }
}

function required<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}

const catalogues = new Map<number, Catalogue>()

/** The catalogue of a release (an index into RELEASES); made when a client first asks. */
export function catalogueOf(release: number): Catalogue {
  let catalogue = catalogues.get(release)
  if (!catalogue) {
    catalogue = build(release)
    catalogues.set(release, catalogue)
  }
  return catalogue
}
