import type { Operation } from '#vapi/types.js'
import { type CataloguedPackage, type CataloguedService, catalogueOf } from './catalogue.js'
import { found } from './errors.js'
import { constantFingerprint } from './fingerprint.js'

/** What one kind of metadata says of operations, and of what holds them; unset: nothing. */
export interface Telling<O, S, P> {
  /** `privilege`; for fingerprints and messages. */
  readonly kind: string
  operation(operation: Operation): O | undefined
  service(operations: Readonly<Record<string, O>>): S
  package(services: Readonly<Record<string, S>>): P
}

/** A kind of metadata by component, package, service and operation; what nothing is said of is not there. */
export function layersOf<O, S, P>({ kind, operation, service, package: packageOf }: Telling<O, S, P>) {
  const serviceInfo = ({ operations }: CataloguedService): S | undefined => {
    const told = some(operations, operation)
    return told && service(told)
  }
  const packageInfo = ({ services }: CataloguedPackage): P | undefined => {
    const told = some(services, serviceInfo)
    return told && packageOf(told)
  }
  const componentInfo = (packages: ReadonlyMap<string, CataloguedPackage>) => {
    const told = some(packages, packageInfo)
    return told && { packages: told }
  }
  const component = (release: number, id: string) => {
    const packages = catalogueOf(release).components.get(id)
    return found(packages && componentInfo(packages), 'component', id)
  }
  const fingerprint = (release: number, id: string) => {
    const info = component(release, id)
    return constantFingerprint(`${kind} ${release} ${id}`, () => info)
  }
  const serviceOf = (release: number, id: string) => {
    const definition = catalogueOf(release).services.get(id)
    return found(definition && serviceInfo(definition) && definition, 'service', id)
  }
  return {
    components: (release: number) => named(catalogueOf(release).components, componentInfo),
    component: (release: number, id: string) => ({
      info: component(release, id),
      fingerprint: fingerprint(release, id),
    }),
    fingerprint,
    /** Fingerprints of all components. */
    fingerprints: (release: number) =>
      named(catalogueOf(release).components, componentInfo).map((id) => fingerprint(release, id)),
    packages: (release: number) => named(catalogueOf(release).packages, packageInfo),
    package(release: number, id: string): P {
      const definition = catalogueOf(release).packages.get(id)
      return found(definition && packageInfo(definition), 'package', id)
    },
    services: (release: number) => named(catalogueOf(release).services, serviceInfo),
    service: (release: number, id: string): S => found(serviceInfo(serviceOf(release, id)), 'service', id),
    operations: (release: number, id: string) => named(serviceOf(release, id).operations, operation),
    operation(release: number, serviceId: string, id: string): O {
      const definition = serviceOf(release, serviceId).operations.get(id)
      return found(definition && operation(definition), 'operation', id)
    },
  }
}

/** What there is to tell of the items, by their names; undefined for nothing at all. */
function some<T, R>(
  items: ReadonlyMap<string, T>,
  tell: (item: T) => R | undefined,
): Readonly<Record<string, R>> | undefined {
  const told = [...items].flatMap(([name, item]) => {
    const info = tell(item)
    return info === undefined ? [] : [[name, info] as const]
  })
  return told.length === 0 ? undefined : Object.fromEntries(told)
}

/** Names of the items that there is something to tell of. */
const named = <T>(items: ReadonlyMap<string, T>, tell: (item: T) => unknown): readonly string[] =>
  [...items].filter(([, item]) => tell(item) !== undefined).map(([name]) => name)
