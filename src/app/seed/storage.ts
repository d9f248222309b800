import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { createLocalDatastore, mountOn } from '#vsphere/datastore/build.js'
import { directoryExists, makeDirectory, putFile } from '#vsphere/datastore/files.js'
import { directoryOf } from '#vsphere/datastore/paths.js'
import { createStoragePod } from '#vsphere/folder/storage-pod.js'
import { requireUniqueName, validName } from '#vsphere/managed-entity/entity.js'
import { setImage } from '#world/disk-image.js'
import { blaming, invoke, madeAs, once, type Site } from './builder.js'
import { makeFolder } from './folders.js'
import { releaseFor } from './release.js'
import type { SeedDatastore, SeedHost } from './seed.js'

/** Mounts the datastores that a host lists (all of the datacenter if it lists none); the first host makes them. */
export function mountDatastores(site: Site, seed: SeedHost, host: ManagedObjectReference): void {
  const all = site.seed.datastores ?? []
  for (const [at, name] of (seed.datastores ?? all.map((datastore) => datastore.name)).entries()) {
    const datastore = seed.datastores ? all.find((each) => each.name === name) : all[at]
    if (!datastore) throw site.mistake(`There is no datastore '${name}' in this datacenter.`, seed)
    mount(site, datastore, host)
  }
}

function mount(site: Site, seed: SeedDatastore, host: ManagedObjectReference): void {
  const key = `datastore '${seed.name}'`
  const first = madeAs(site, key) === undefined
  const ref = once(site, key, seed, () => create(site, seed, host))
  if (first) addFiles(site, seed, ref)
  else if (seed.nfs) blaming(site, seed, () => mountExport(site, seed.name, seed.nfs, host))
  else mountOn(site.ctx, ref.value, host.value)
}

function create(site: Site, seed: SeedDatastore, host: ManagedObjectReference): ManagedObjectReference {
  const { ctx } = site
  if (seed.nfs && seed.vmfs) throw site.mistake('A datastore is either nfs or vmfs.', seed)
  const folder = makeFolder(site, 'datastore', '', seed)
  requireUniqueName(ctx.tx, folder.value, validName(seed.name))
  const capacity = Math.round((seed.vmfs?.capacityGB ?? 1024) * 2 ** 30)
  const made = seed.nfs
    ? mountExport(site, seed.name, seed.nfs, host)
    : createLocalDatastore(ctx, host.value, seed.name, `/vmfs/volumes/${seed.name}`, capacity)
  if (site.seed.subfolder !== undefined) ctx.tx.set('Datastore', made.value, { parent: folder })
  return made
}

/** A datastore cluster; those are beside the subfolder. */
export function buildPod(site: Site, seed: { readonly name: string }): void {
  const { ctx } = site
  const { datastoreFolder } = ctx.tx.get('Datacenter', site.datacenter.value)
  blaming(site, seed, () => requireUniqueName(ctx.tx, datastoreFolder.value, validName(seed.name)))
  createStoragePod(ctx, datastoreFolder, validName(seed.name))
}

function mountExport(
  site: Site,
  name: string,
  nfs: SeedDatastore['nfs'],
  host: ManagedObjectReference,
): ManagedObjectReference {
  const { datastoreSystem } = site.ctx.tx.get('HostSystem', host.value).configManager
  if (!nfs || !datastoreSystem) throw new Error(`${host.value} cannot mount '${name}'.`)
  return invoke(site.ctx, datastoreSystem, 'CreateNasDatastore', {
    spec: data('HostNasVolumeSpec', {
      remoteHost: nfs.server,
      remotePath: nfs.path,
      localPath: name,
      accessMode: 'readWrite',
    }),
  })
}

function addFiles(site: Site, seed: SeedDatastore, datastore: ManagedObjectReference): void {
  const { tx, identity } = site.ctx
  for (const file of seed.files ?? [])
    blaming(site, file, () => {
      const directory = directoryOf(file.path)
      if (!directoryExists(tx, datastore.value, directory))
        makeDirectory(tx, datastore.value, directory, true)
      putFile(tx, datastore.value, file.path, {
        type: file.path.endsWith('.iso') ? 'iso' : 'other',
        size: Math.round(file.sizeMB * 2 ** 20),
      })
      if (!file.image) return
      const { kind, version } = file.image
      setImage(tx, datastore.value, file.path, { kind, version: releaseFor(identity, version).version })
    })
}
