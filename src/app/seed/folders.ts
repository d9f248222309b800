import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import { childrenNamed, validName } from '#vsphere/managed-entity/entity.js'
import { blaming, invoke, type Site } from './builder.js'
import type { SeedDatacenter } from './seed.js'

export function createDatacenter(
  ctx: Context,
  parent: ManagedObjectReference,
  name: string,
): ManagedObjectReference {
  return invoke(ctx, parent, 'CreateDatacenter', { name })
}

type Kind = NonNullable<SeedDatacenter['folders']>[number]['kind']

/** The folder of datacenters at a path below the root folder. */
export function datacenterFolder(
  ctx: Context,
  root: ManagedObjectReference,
  path: string,
): ManagedObjectReference {
  return descend(ctx, root, path)
}

/** The folder at a path below the datacenter's folder of a kind, made where it is missing; `part` asks for it. */
export function makeFolder(site: Site, kind: Kind, path: string, part: object): ManagedObjectReference {
  const { vmFolder, hostFolder, datastoreFolder, networkFolder } = site.ctx.tx.get(
    'Datacenter',
    site.datacenter.value,
  )
  const top = { vm: vmFolder, host: hostFolder, datastore: datastoreFolder, network: networkFolder }[kind]
  return blaming(site, part, () => descend(site.ctx, top, `${site.seed.subfolder ?? ''}/${path}`))
}

function descend(ctx: Context, top: ManagedObjectReference, path: string): ManagedObjectReference {
  const { tx } = ctx
  let here = top
  for (const name of path.split('/').filter((step) => step !== '')) {
    const known = childrenNamed(tx, here.value, validName(name)).find((id) => tx.find('Folder', id))
    here = known ? tx.ref(known) : invoke(ctx, here, 'CreateFolder', { name })
  }
  return here
}
