import { data, patch } from '#vim25/data.js'
import type {
  ImportSpec,
  ManagedObjectReference,
  OvfCreateImportSpecParams,
  OvfCreateImportSpecResult,
  OvfFileItem,
  OvfImportParams,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { deploymentOption, provisioningOf } from './choices.js'
import { readDescriptor } from './descriptor.js'
import type { OvfCollection, OvfContent } from './envelope.js'
import type { Problems } from './problems.js'
import { propertyInfos } from './properties.js'
import { type SystemWishes, systemSpec } from './system-spec.js'
import { backingOn, poolTarget } from './target.js'
import { vAppMembers } from './v-app.js'

export interface ImportRequest {
  readonly ovfDescriptor: string
  readonly resourcePool: ManagedObjectReference
  readonly datastore: ManagedObjectReference
  readonly cisp: OvfCreateImportSpecParams
}

/**
 * What would be deployed: a spec for ImportVApp and the files to send. What is wrong with the package stands in the
 * result's lists; then there is no spec. Throws InvalidDatastore, InvalidArgument and ManagedObjectNotFound for places.
 */
export function createImportSpec(ctx: Context, request: ImportRequest): OvfCreateImportSpecResult {
  const { tx } = ctx
  const { cisp, resourcePool, datastore } = request
  const target = poolTarget(ctx, resourcePool, datastore, cisp.hostSystem)
  const mapped = new Map(
    (cisp.networkMapping ?? []).map(({ name, network }) => [name, backingOn(tx, network)]),
  )
  const { envelope, problems } = readDescriptor(request.ovfDescriptor, cisp.msgBundle)
  if (!envelope) return failed(problems)
  const [first] = target.networks
  const datastores = new Map(
    ((cisp as OvfImportParams).datastoreMappings ?? []).map(
      (each) => [each.diskId, tx.get('Datastore', each.datastore.value).name] as const,
    ),
  )
  const content = envelope.content
  const name = cisp.entityName || content.name || content.id
  const files: OvfFileItem[] = []
  const wishes: SystemWishes = {
    envelope,
    name,
    path: name,
    datastore: tx.get('Datastore', datastore.value).name,
    newest: target.newest,
    configuration: deploymentOption(envelope, cisp.deploymentOption, problems),
    provisioning: provisioningOf(cisp, problems),
    params: cisp,
    diskDatastore: (disk) => datastores.get(disk),
    // Without a mapping, the first network of the host.
    network: (wanted) => mapped.get(wanted) ?? (first && backingOn(tx, first)),
  }
  const importSpec = specOf(content, { ...wishes, pool: resourcePool, problems, files })
  if (problems.errors.length > 0 || !importSpec) return failed(problems)
  return data('OvfCreateImportSpecResult', {
    importSpec,
    fileItem: files,
    warning: [...problems.warnings],
  })
}

const failed = ({ errors, warnings }: Problems) =>
  data('OvfCreateImportSpecResult', { warning: [...warnings], error: [...errors] })

interface Wishes extends SystemWishes {
  readonly pool: ManagedObjectReference
  readonly problems: Problems
  readonly files: OvfFileItem[]
}

function specOf(content: OvfContent, wishes: Wishes): ImportSpec | undefined {
  if (content.kind === 'collection') return collectionSpec(content, wishes)
  const spec = systemSpec(content, wishes, wishes.problems)
  if (!spec) return undefined
  wishes.files.push(...spec.files)
  return data('VirtualMachineImportSpec', { configSpec: spec.configSpec, resPoolEntity: wishes.pool })
}

/** A vApp with what is in it; the order of starting goes with each child. */
function collectionSpec(collection: OvfCollection, wishes: Wishes): ImportSpec {
  const { params, configuration, problems } = wishes
  const values = params.propertyMapping ?? []
  const properties = propertyInfos(collection.products, { configuration, values }, problems)
  const child = collection.children.flatMap((each) => {
    const name = each.name || each.id
    const spec = specOf(each, { ...wishes, name, path: `${wishes.path}/${name}` })
    if (!spec) return []
    const startup = collection.startup.find(({ id }) => id === each.id)
    if (!startup) return [spec]
    const { id: _id, order, ...rest } = startup
    return [
      patch(spec, {
        entityConfig: data('VAppEntityConfigInfo', { tag: each.id, startOrder: order, ...rest }),
      }),
    ]
  })
  return data('VirtualAppImportSpec', {
    name: wishes.name,
    vAppConfigSpec: data('VAppConfigSpec', {
      ...vAppMembers(collection, properties, params),
      annotation: collection.annotation,
    }),
    resourcePoolSpec: data('ResourceConfigSpec', {
      cpuAllocation: UNLIMITED,
      memoryAllocation: UNLIMITED,
    }),
    child,
  })
}

const UNLIMITED = data('ResourceAllocationInfo', {
  reservation: 0,
  expandableReservation: true,
  limit: -1,
  shares: data('SharesInfo', { shares: 0, level: 'normal' }),
})
