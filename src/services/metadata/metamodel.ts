import type { Operation, Structure, Type } from '#vapi/types.js'
import { service } from '../core/service.js'
import { type Catalogue, catalogueOf } from './catalogue.js'
import { found } from './errors.js'
import { constantFingerprint } from './fingerprint.js'
import {
  componentInfo,
  enumerationInfo,
  operationInfo,
  packageInfo,
  serviceInfo,
  structureInfo,
} from './metamodel-info.js'
import { metadataSources } from './sources.js'

/** What the API consists of with all its types, as generic clients read it, told from the definitions that serve it. */
export const metamodel = [
  service('com.vmware.vapi.metadata.metamodel.component', {
    list: ({ release }) => [...catalogueOf(release).components.keys()],
    get: ({ release }, { component_id }) => ({
      info: component(release, component_id),
      fingerprint: fingerprint(release, component_id),
    }),
    fingerprint: ({ release }, { component_id }) => fingerprint(release, component_id),
  }),
  service('com.vmware.vapi.metadata.metamodel.package', {
    list: ({ release }) => [...catalogueOf(release).packages.keys()],
    get: ({ release }, { package_id }) =>
      packageInfo(found(catalogueOf(release).packages.get(package_id), 'package', package_id), release),
  }),
  service('com.vmware.vapi.metadata.metamodel.service', {
    list: ({ release }) => [...catalogueOf(release).services.keys()],
    get: ({ release }, { service_id }) => serviceInfo(requiredService(release, service_id), release),
  }),
  /** Nothing that the server answers is hidden. */
  service('com.vmware.vapi.metadata.metamodel.service.hidden', { list: () => [] }),
  service('com.vmware.vapi.metadata.metamodel.service.operation', {
    list: ({ release }, { service_id }) => [...requiredService(release, service_id).operations.keys()],
    get({ release }, { service_id, operation_id }) {
      const operation = requiredService(release, service_id).operations.get(operation_id)
      return operationInfo(found(operation, 'operation', operation_id), release)
    },
  }),
  service('com.vmware.vapi.metadata.metamodel.structure', {
    list: ({ release }) => [...catalogueOf(release).structures.keys()],
    get: ({ release }, { structure_id }) =>
      structureInfo(
        found(catalogueOf(release).structures.get(structure_id), 'structure', structure_id),
        release,
      ),
  }),
  service('com.vmware.vapi.metadata.metamodel.enumeration', {
    list: ({ release }) => [...catalogueOf(release).enumerations.keys()],
    get: ({ release }, { enumeration_id }) =>
      enumerationInfo(
        found(catalogueOf(release).enumerations.get(enumeration_id), 'enumeration', enumeration_id),
        release,
      ),
  }),
  service('com.vmware.vapi.metadata.metamodel.resource', {
    list: ({ release }) => [...resourcesOf(release)],
  }),
  service('com.vmware.vapi.metadata.metamodel.resource.model', {
    list({ release }, { resource_id }) {
      found(resourcesOf(release).has(resource_id) || undefined, 'resource', resource_id)
      return [...catalogueOf(release).structures.values()]
        .filter((structure) => isModelOf(structure, resource_id))
        .map(({ name }) => name)
    },
  }),
  metadataSources('com.vmware.vapi.metadata.metamodel.source', (release) =>
    [...catalogueOf(release).components.keys()].map((id) => fingerprint(release, id)),
  ),
]

function component(release: number, id: string) {
  const packages = found(catalogueOf(release).components.get(id), 'component', id)
  return componentInfo(id, packages, release)
}

function fingerprint(release: number, id: string): string {
  found(catalogueOf(release).components.get(id), 'component', id)
  return constantFingerprint(`metamodel ${release} ${id}`, () => component(release, id))
}

const requiredService = (release: number, id: string) =>
  found(catalogueOf(release).services.get(id), 'service', id)

/** Every type of resource that an identifier of the release is of. */
function resourcesOf(release: number): ReadonlySet<string> {
  const { services, structures } = catalogueOf(release)
  const named = new Set<string>()
  const operations = [...services.values()].flatMap((each) => [...each.operations.values()])
  for (const type of [...structures.values(), ...operations.map(({ input }) => input)].flatMap(fieldTypes))
    for (const resource of resourcesIn(type)) named.add(resource)
  for (const { output } of operations as readonly Operation[])
    for (const resource of resourcesIn(output)) named.add(resource)
  return new Set([...named].sort())
}

const fieldTypes = ({ fields }: Catalogued): readonly Type[] => fields.map(({ type }) => type)
type Catalogued = Catalogue['structures'] extends ReadonlyMap<string, infer S> ? S : never

function resourcesIn(type: Type): readonly string[] {
  switch (type.kind) {
    case 'id':
      return type.resources
    case 'optional':
    case 'list':
    case 'set':
      return resourcesIn(type.of)
    case 'map':
      return [...resourcesIn(type.key), ...resourcesIn(type.value)]
    default:
      return []
  }
}

const isModelOf = ({ isModel, modelKeys, byName }: Structure, resource: string): boolean =>
  isModel &&
  modelKeys.some((key) => {
    const field = byName.get(key)
    return field !== undefined && resourcesIn(field.type).includes(resource)
  })
