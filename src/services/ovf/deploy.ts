import type {
  VcenterOvfLibraryItemDeploymentResult as DeploymentResult,
  VcenterOvfLibraryItemResourcePoolDeploymentSpec as DeploymentSpec,
  VcenterOvfLibraryItemDeploymentTarget as DeploymentTarget,
} from '#vapi/generated/types.js'
import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import { VimFault } from '#vim25/fault.js'
import type {
  ImportSpec,
  ManagedObjectReference,
  OvfFileItem,
  OvfImportParams,
  VirtualMachineImportSpec,
} from '#vim25/generated/types.js'
import { fillLease } from '#vsphere/nfc/fill.js'
import { type OvfEnvelope, systemsOf } from '#vsphere/ovf/envelope.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { type Choices, choicesOf } from './additional-params.js'
import { type Package, packageOf } from './package-of.js'
import { checkTarget, roomiestDatastore } from './placement.js'
import { faultEntry, inputEntry, problemEntries, resultInfo } from './result-info.js'

/**
 * Makes a virtual machine of a package, through the methods that every client has: what goes wrong stands in the result, but
 * for things that are not there and rights that are missing.
 */
export async function deploy(
  call: ServiceCall,
  id: string,
  target: DeploymentTarget,
  spec: DeploymentSpec,
): Promise<DeploymentResult> {
  const found = await packageOf(call, id)
  checkTarget(call, target)
  const { envelope, problems, file } = found
  if (!envelope) return failure(problemEntries(problems.errors, file.name))
  const refused = refusals(envelope, spec)
  if (refused.length > 0) return failure(refused)
  const name = spec.name || envelope.content.name || found.item.name
  try {
    return deployed(call, { ...found, envelope }, target, { ...spec, name })
  } catch (error) {
    if (!(error instanceof VimFault) || THROWN.has(error.fault._typeName)) throw error
    return failure([faultEntry(error, name)])
  }
}

/** Faults that are errors of the operation itself. */
const THROWN: ReadonlySet<string> = new Set([
  'NoPermission',
  'NotAuthenticated',
  'ManagedObjectNotFound',
  'NotImplemented',
])

const failure = (errors: Parameters<typeof resultInfo>[0]): DeploymentResult => ({
  succeeded: false,
  error: resultInfo(errors),
})

/** Choices that cannot be granted. */
function refusals(envelope: OvfEnvelope, spec: DeploymentSpec) {
  const eulas = [envelope.content, ...systemsOf(envelope.content)].flatMap((each) => each.eulas)
  const networks = Object.keys(spec.network_mappings ?? {}).filter(
    (name) => !envelope.networks.some((network) => network.name === name),
  )
  return [
    ...(eulas.length > 0 && !spec.accept_all_EULA
      ? [inputEntry('accept_all_EULA', 'false', 'The package has licenses that must be accepted.')]
      : []),
    ...networks.map((name) =>
      inputEntry('network_mappings', name, "The package has no network '{0}' that could be mapped."),
    ),
    ...(spec.vm_config_spec
      ? [
          inputEntry(
            'vm_config_spec',
            spec.vm_config_spec.provider,
            'A configuration in XML is not supported.',
          ),
        ]
      : []),
  ]
}

function deployed(
  call: ServiceCall,
  found: Package & { readonly envelope: OvfEnvelope },
  target: DeploymentTarget,
  spec: DeploymentSpec & { readonly name: string },
): DeploymentResult {
  const { read } = call
  const choices = choicesOf(spec.additional_parameters)
  const { home, params } = importParams(call, found.envelope, target, spec, choices)
  const planned = call.vim('OvfManager', 'OvfManager', 'CreateImportSpec', {
    ovfDescriptor: found.text,
    resourcePool: read.ref(target.resource_pool_id),
    datastore: read.ref(home),
    cisp: params,
  })
  const errors = problemEntries(planned.error, found.file.name)
  const warnings = problemEntries(planned.warning, found.file.name)
  if (!planned.importSpec || errors.length > 0)
    return { succeeded: false, error: resultInfo(errors, warnings) }
  const missing = missingFiles(found, planned.fileItem ?? [])
  if (missing.length > 0) return { succeeded: false, error: resultInfo(missing, warnings) }
  const lease = call.vim('ResourcePool', target.resource_pool_id, 'ImportVApp', {
    spec: adjusted(planned.importSpec, spec, choices),
    folder: target.folder_id === undefined ? undefined : read.ref(target.folder_id),
    host: target.host_id === undefined ? undefined : read.ref(target.host_id),
  })
  const entity = bring(call, lease, found, planned.fileItem ?? [])
  return {
    succeeded: true,
    resource_id: { type: entity.type, id: entity.value },
    error: resultInfo([], warnings),
  }
}

/** The files of the package go the short way: they are on this server already. */
function bring(
  call: ServiceCall,
  lease: ManagedObjectReference,
  { item }: Package,
  files: readonly OvfFileItem[],
): ManagedObjectReference {
  const entity = call.transact((ctx) =>
    fillLease(ctx, lease, (importKey) => {
      const path = files.find(({ deviceId }) => deviceId === importKey)?.path
      return item.files.find(({ name }) => name === path)
    }),
  )
  call.vim('HttpNfcLease', lease.value, 'HttpNfcLeaseComplete', {})
  return entity
}

function missingFiles({ item }: Package, wanted: readonly OvfFileItem[]) {
  return wanted
    .filter(({ path }) => !item.files.some(({ name, cached }) => name === path && cached))
    .map(({ path }) =>
      inputEntry(
        'missing_file',
        path,
        'The file {0}, which the descriptor refers to, is not in the library item.',
      ),
    )
}

function importParams(
  call: ServiceCall,
  envelope: OvfEnvelope,
  target: DeploymentTarget,
  spec: DeploymentSpec & { readonly name: string },
  choices: Choices,
): { readonly home: string; readonly params: OvfImportParams } {
  const { read } = call
  const mappings = new Map(Object.entries(spec.storage_mappings ?? {}))
  const datastoreOf = (group: string | undefined) => mappings.get(group ?? '')?.datastore_id
  const [system] = systemsOf(envelope.content)
  const [any] = [...mappings.values()].flatMap(({ datastore_id }) => datastore_id ?? [])
  const home =
    datastoreOf(system?.storageGroup) ?? spec.default_datastore_id ?? any ?? roomiestDatastore(call, target)
  const disks = (system?.hardware[0]?.items ?? []).flatMap(
    ({ hostResource: [resource = ''], storageGroup }) => {
      const diskId = /disk\/(.+)$/.exec(resource)?.[1]
      const datastore = datastoreOf(storageGroup)
      return diskId === undefined || datastore === undefined ? [] : [{ diskId, datastore }]
    },
  )
  for (const id of [home, ...disks.map(({ datastore }) => datastore)]) requireObject(call, 'Datastore', id)
  for (const id of Object.values(spec.network_mappings ?? {})) requireObject(call, 'Network', id)
  const provisioning =
    spec.storage_provisioning ?? [...mappings.values()].find((each) => each.provisioning)?.provisioning
  const params = data('OvfImportParams', {
    locale: spec.locale ?? '',
    deploymentOption: choices.deploymentOption,
    importOption: spec.flags ? [...spec.flags] : undefined,
    entityName: spec.name,
    hostSystem: target.host_id === undefined ? undefined : read.ref(target.host_id),
    networkMapping: Object.entries(spec.network_mappings ?? {}).map(([name, network]) =>
      data('OvfNetworkMapping', { name, network: read.ref(network) }),
    ),
    ipAllocationPolicy: choices.ipAllocationPolicy,
    ipProtocol: choices.ipProtocol,
    propertyMapping: choices.properties.map((each) => data('KeyValue', each)),
    diskProvisioning: provisioning,
    datastoreMappings: disks.map(({ diskId, datastore }) =>
      data('OvfDatastoreMapping', { diskId, datastore: read.ref(datastore) }),
    ),
  })
  return { home, params }
}

/** The annotation and the options that the caller wants. */
function adjusted(planned: ImportSpec, { annotation }: DeploymentSpec, choices: Choices): ImportSpec {
  if (planned._typeName !== 'VirtualMachineImportSpec') return planned
  const spec = planned as VirtualMachineImportSpec
  const more = new Map(choices.extraConfig.map(({ key, value }) => [key, value]))
  const kept = (spec.configSpec.extraConfig ?? []).filter(
    ({ key }) => !more.has(key) && !choices.withoutExtraConfig.has(key),
  )
  const added = [...more].map(([key, value]) => data('OptionValue', { key, value: boxedString(value) }))
  return patch(spec, {
    configSpec: patch(spec.configSpec, {
      annotation: annotation || spec.configSpec.annotation,
      extraConfig: [...kept, ...added],
    }),
  })
}
