import { type Derivation, derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  DatastoreProperties,
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineConfigInfoDatastoreUrlPair,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { datastoreNamed } from '../datastore/volumes.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { browserFor } from './build.js'
import { disabledMethods } from './disabled-methods.js'
import { memo } from './share.js'
import { usageOf, vmsWithFilesIn } from './storage.js'
import { summaryOf } from './summary.js'

type Vm = VirtualMachineProperties

/** The configuration's name is the entity's. */
const configName = derivation<Vm>({
  name: 'VirtualMachine.config.name',
  type: 'VirtualMachine',
  outputs: ['config.name'],
  own: ['name'],
  compute: ({ name, config }) => (config ? { 'config.name': name } : {}),
})

const browser = derivation<Vm>({
  name: 'VirtualMachine.environmentBrowser',
  type: 'VirtualMachine',
  outputs: ['environmentBrowser'],
  own: ['resourcePool', 'runtime.host'],
  compute: ({ runtime, environmentBrowser }, read) => ({
    environmentBrowser: browserFor(read, runtime.host) ?? environmentBrowser,
  }),
})

const refLists = memo<readonly ManagedObjectReference[]>()

/** Most VMs are on the same few datastores and networks. */
const shareRefs = (refs: readonly ManagedObjectReference[]) =>
  refLists(refs.map(({ value }) => value).join(), () => Object.freeze(refs))

/** Datastores of the configuration file and of every file behind a device, each once, in this order. */
export function datastoresOfVm(
  read: Reader,
  vm: string,
  config: VirtualMachineConfigInfo | undefined,
): readonly ManagedObjectReference[] {
  const found = new Map<string, ManagedObjectReference>()
  const add = (id: string | undefined) => {
    if (id !== undefined && !found.has(id) && read.find('Datastore', id)) found.set(id, read.ref(id))
  }
  if (!config) return []
  const inDevices = (config.hardware.device ?? []).flatMap((device) => {
    const backing = device.backing as { datastore?: ManagedObjectReference } | undefined
    return backing?.datastore ? [backing.datastore.value] : []
  })
  const name = splitDatastorePath(config.files.vmPathName)?.datastore
  // Most VMs keep their configuration beside a disk: no search by name then.
  const beside = inDevices.find((id) => read.find('Datastore', id)?.name === name)
  const datacenter = beside === undefined && name !== undefined ? datacenterOf(read, vm) : undefined
  add(beside ?? (datacenter === undefined ? undefined : datastoreNamed(read, datacenter, name ?? '')))
  for (const id of inDevices) add(id)
  const metadata = splitDatastorePath(config.files.ftMetadataDirectory)?.datastore
  const owner = metadata === undefined || metadata === name ? undefined : datacenterOf(read, vm)
  if (owner !== undefined) add(datastoreNamed(read, owner, metadata ?? ''))
  return shareRefs([...found.values()])
}

const datastore = derivation<Vm>({
  name: 'VirtualMachine.datastore',
  type: 'VirtualMachine',
  outputs: ['datastore'],
  own: ['config.files', 'config.hardware.device'],
  compute: ({ config }, read, id) => ({ datastore: datastoresOfVm(read, id, config) }),
})

const network = derivation<Vm>({
  name: 'VirtualMachine.network',
  type: 'VirtualMachine',
  outputs: ['network'],
  own: ['config.hardware.device'],
  compute: ({ config }, read) => ({ network: networksOf(read, config) }),
})

interface CardBacking {
  readonly network?: ManagedObjectReference | undefined
  readonly port?: { readonly portgroupKey?: string | undefined } | undefined
}

function networksOf(read: Reader, config: VirtualMachineConfigInfo | undefined) {
  const ids = new Set<string>()
  for (const device of config?.hardware.device ?? []) {
    if (!isA(device._typeName, 'VirtualEthernetCard')) continue
    const backing = device.backing as CardBacking | undefined
    const id = backing?.network?.value ?? backing?.port?.portgroupKey
    if (id !== undefined && read.find('Network', id)) ids.add(id)
  }
  return shareRefs([...ids].map((id) => read.ref(id)))
}

const urlLists = memo<readonly VirtualMachineConfigInfoDatastoreUrlPair[]>()

export function datastoreUrls(
  read: Reader,
  datastores: readonly ManagedObjectReference[],
): readonly VirtualMachineConfigInfoDatastoreUrlPair[] {
  const found = datastores.flatMap(({ value }) => read.find('Datastore', value)?.summary ?? [])
  return urlLists(found.map(({ name, url }) => `${name} ${url}`).join(), () =>
    Object.freeze(
      found.map(({ name, url }) =>
        data('VirtualMachineConfigInfoDatastoreUrlPair', { name, url: url ?? '' }),
      ),
    ),
  )
}

const ofDatastore = ({ vm }: DatastoreProperties) => (vm ?? []).map(({ value }) => value)

const datastoreUrl = derivation<Vm>({
  name: 'VirtualMachine.config.datastoreUrl',
  type: 'VirtualMachine',
  outputs: ['config.datastoreUrl'],
  own: ['datastore'],
  via: [{ type: 'Datastore', paths: ['summary.name', 'summary.url'], targets: ofDatastore }],
  compute: ({ datastore: refs, config }, read) => {
    const urls = config ? datastoreUrls(read, refs ?? []) : []
    return urls.length > 0 ? { 'config.datastoreUrl': urls } : {}
  },
})

const storage = derivation<Vm>({
  name: 'VirtualMachine.storage',
  type: 'VirtualMachine',
  outputs: ['storage'],
  own: ['config.files', 'config.hardware.device', 'config.modified', 'datastore'],
  via: [{ type: 'directory', paths: ['files'], targets: vmsWithFilesIn }],
  compute: ({ config, datastore: refs }, read) => ({
    storage: config && usageOf(read, config, refs ?? []),
  }),
})

const resourceConfig = derivation<Vm>({
  name: 'VirtualMachine.resourceConfig',
  type: 'VirtualMachine',
  outputs: ['resourceConfig'],
  own: ['config.cpuAllocation', 'config.memoryAllocation', 'config.changeVersion'],
  compute: ({ config }, read, id) => ({
    resourceConfig:
      config?.cpuAllocation && config.memoryAllocation
        ? data('ResourceConfigSpec', {
            entity: read.ref(id),
            changeVersion: config.changeVersion,
            cpuAllocation: config.cpuAllocation,
            memoryAllocation: config.memoryAllocation,
          })
        : undefined,
  }),
})

const rootSnapshot = derivation<Vm>({
  name: 'VirtualMachine.rootSnapshot',
  type: 'VirtualMachine',
  outputs: ['rootSnapshot'],
  own: ['snapshot'],
  compute: ({ snapshot }) => ({
    rootSnapshot: shareRefs((snapshot?.rootSnapshotList ?? []).map((tree) => tree.snapshot)),
  }),
})

const disabledMethod = derivation<Vm>({
  name: 'VirtualMachine.disabledMethod',
  type: 'VirtualMachine',
  outputs: ['disabledMethod'],
  own: ['runtime.powerState', 'runtime.connectionState', 'config.template', 'snapshot'],
  compute: (vm) => ({ disabledMethod: disabledMethods(vm) }),
})

const summary = derivation<Vm>({
  name: 'VirtualMachine.summary',
  type: 'VirtualMachine',
  outputs: ['summary'],
  own: ['config', 'runtime', 'guest', 'guestHeartbeatStatus', 'overallStatus', 'customValue', 'storage'],
  compute: (vm, read, id) => ({ summary: summaryOf(vm, read.ref(id)) }),
})

export const vmDerivations: readonly Derivation[] = [
  configName,
  browser,
  datastore,
  network,
  datastoreUrl,
  storage,
  resourceConfig,
  rootSnapshot,
  disabledMethod,
  summary,
]
