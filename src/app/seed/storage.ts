import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { createLocalDatastore, mountNfs, mountOn } from '#vsphere/datastore/build.js'
import { directoryExists, makeDirectory, putFile } from '#vsphere/datastore/files.js'
import { directoryOf } from '#vsphere/datastore/paths.js'
import { setImage } from '#world/disk-image.js'
import { blaming, once, type Site } from './builder.js'
import type { SeedDatastore, SeedHost } from './seed.js'

/** Mounts the datastores that a host lists (all of the datacenter if it lists none); the first host makes them. */
export function mountDatastores(site: Site, seed: SeedHost, host: ManagedObjectReference): void {
  const all = site.seed.datastores ?? []
  for (const name of seed.datastores ?? all.map((datastore) => datastore.name)) {
    const datastore = all.find((each) => each.name === name)
    if (!datastore) throw site.mistake(`There is no datastore '${name}' in this datacenter.`, seed)
    blaming(site, datastore, () => mount(site, datastore, host))
  }
}

function mount(site: Site, seed: SeedDatastore, host: ManagedObjectReference): void {
  const { ctx } = site
  const key = `datastore ${seed.name}`
  const first = !site.made.has(key)
  const ref = once(site, key, seed, () =>
    seed.nfs
      ? mountNfs(ctx, host.value, { remoteHost: seed.nfs.server, remotePath: seed.nfs.path, name: seed.name })
      : createLocalDatastore(
          ctx,
          host.value,
          seed.name,
          `/vmfs/volumes/${seed.name}`,
          Math.round((seed.vmfs?.capacityGB ?? 1024) * 2 ** 30),
        ),
  )
  if (first) addFiles(site, seed, ref)
  else if (seed.nfs)
    mountNfs(ctx, host.value, { remoteHost: seed.nfs.server, remotePath: seed.nfs.path, name: seed.name })
  else mountOn(ctx, ref.value, host.value)
}

function addFiles(site: Site, seed: SeedDatastore, datastore: ManagedObjectReference): void {
  const { tx } = site.ctx
  for (const file of seed.files ?? []) {
    const directory = directoryOf(file.path)
    if (!directoryExists(tx, datastore.value, directory)) makeDirectory(tx, datastore.value, directory, true)
    putFile(tx, datastore.value, file.path, {
      type: file.path.endsWith('.iso') ? 'iso' : 'other',
      size: Math.round(file.sizeMB * 2 ** 20),
    })
    if (file.image) setImage(tx, datastore.value, file.path, file.image)
  }
}
