import type {
  VapiMetadataLifecycleInfo,
  VapiMetadataMetamodelComponentInfo,
  VapiMetadataMetamodelEnumerationInfo,
  VapiMetadataMetamodelFieldInfo,
  VapiMetadataMetamodelOperationInfo,
  VapiMetadataMetamodelPackageInfo,
  VapiMetadataMetamodelServiceInfo,
  VapiMetadataMetamodelStructureInfo,
} from '#vapi/generated/types.js'
import type { Enumeration, Operation, Structure } from '#vapi/types.js'
import type { CataloguedPackage, CataloguedService } from './catalogue.js'
import { catalogueOf } from './catalogue.js'
import { fieldMetadata, fieldType, resultMetadata, typeInfo } from './metamodel-types.js'

/** Nothing is written about anything: the definitions are facts only (deviation 77). */
const PLAIN = { metadata: {}, documentation: '' } as const

/** The values of a map, told each by `tell`, under the same keys. */
export const mapped = <T, R>(items: ReadonlyMap<string, T> | undefined, tell: (item: T) => R) =>
  Object.fromEntries([...(items ?? [])].map(([name, item]) => [name, tell(item)]))

type Aged = { readonly deprecated?: number }

function lifecycle({ deprecated }: Aged, release: number): { lifecycle?: VapiMetadataLifecycleInfo } {
  return deprecated !== undefined && deprecated <= release ? { lifecycle: { deprecated: true } } : {}
}

function fieldInfos(structure: Structure, release: number): readonly VapiMetadataMetamodelFieldInfo[] {
  return structure.fields
    .filter(({ since }) => since <= release)
    .map((field) => ({
      name: field.name,
      type: typeInfo(fieldType(field)),
      metadata: fieldMetadata(field, structure),
      documentation: '',
      ...lifecycle(field, release),
    }))
}

export function enumerationInfo(
  enumeration: Enumeration,
  release: number,
): VapiMetadataMetamodelEnumerationInfo {
  return {
    name: enumeration.name,
    values: enumeration.values
      .filter(({ since }) => since <= release)
      .map((value) => ({ value: value.name, ...PLAIN, ...lifecycle(value, release) })),
    ...PLAIN,
    ...lifecycle(enumeration, release),
  }
}

export function structureInfo(structure: Structure, release: number): VapiMetadataMetamodelStructureInfo {
  const { name, isError, isModel } = structure
  return {
    name,
    type: isError ? 'ERROR' : 'STRUCTURE',
    enumerations: mapped(catalogueOf(release).within.get(name), (each) => enumerationInfo(each, release)),
    constants: {},
    fields: fieldInfos(structure, release),
    ...PLAIN,
    ...(isModel ? { metadata: { Model: { elements: {} } } } : {}),
    ...lifecycle(structure, release),
  }
}

export function operationInfo(operation: Operation, release: number): VapiMetadataMetamodelOperationInfo {
  const { id, input, output, errors } = operation
  return {
    name: id,
    params: fieldInfos(input, release),
    output: { type: typeInfo(output), metadata: resultMetadata(output), documentation: '' },
    errors: errors.map((structure_id) => ({ structure_id, documentation: '' })),
    ...PLAIN,
    ...lifecycle(operation, release),
  }
}

const types = (owner: CataloguedService | CataloguedPackage, release: number) => ({
  structures: mapped(owner.structures, (each) => structureInfo(each, release)),
  enumerations: mapped(owner.enumerations, (each) => enumerationInfo(each, release)),
})

export function serviceInfo(service: CataloguedService, release: number): VapiMetadataMetamodelServiceInfo {
  return {
    name: service.id,
    operations: mapped(service.operations, (each) => operationInfo(each, release)),
    ...types(service, release),
    constants: {},
    ...PLAIN,
    ...lifecycle(service, release),
  }
}

export function packageInfo(each: CataloguedPackage, release: number): VapiMetadataMetamodelPackageInfo {
  return {
    name: each.name,
    ...types(each, release),
    services: mapped(each.services, (service) => serviceInfo(service, release)),
    ...PLAIN,
  }
}

export function componentInfo(
  name: string,
  packages: ReadonlyMap<string, CataloguedPackage>,
  release: number,
): VapiMetadataMetamodelComponentInfo {
  return { name, packages: mapped(packages, (each) => packageInfo(each, release)), ...PLAIN }
}
