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

/** The folder at a path below the datacenter's folder of a kind, made where it is missing; `part` asks for it. */
export function makeFolder(site: Site, kind: Kind, path: string, part: object): ManagedObjectReference {
  const { tx } = site.ctx
  const { vmFolder, hostFolder, datastoreFolder, networkFolder } = tx.get('Datacenter', site.datacenter.value)
  let here = { vm: vmFolder, host: hostFolder, datastore: datastoreFolder, network: networkFolder }[kind]
  for (const name of path.split('/').filter((step) => step !== '')) {
    const parent = here
    here = blaming(site, part, () => {
      const known = childrenNamed(tx, parent.value, validName(name)).find((id) => tx.find('Folder', id))
      return known ? tx.ref(known) : invoke(site.ctx, parent, 'CreateFolder', { name })
    })
  }
  return here
}
