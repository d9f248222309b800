import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { hasPrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { datastorePathOf, locate } from '../datastore/paths.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { childNamed, entityAtPath } from './inventory-path.js'
import { hostKeys, pathKey, type SearchKey, searchKey, virtualMachineKeys } from './keys.js'

type Ref = ManagedObjectReference

/** The first is answered with when several match: which one is not promised (they are in order of creation). */
export const searchIndexOperations = operations('SearchIndex', {
  FindByUuid(ctx, _self, { datacenter, uuid, vmSearch, instanceUuid }) {
    return find(ctx, datacenter, vmSearch, uuidKey(vmSearch, instanceUuid), uuid)[0]
  },
  FindAllByUuid(ctx, _self, { datacenter, uuid, vmSearch, instanceUuid }) {
    return find(ctx, datacenter, vmSearch, uuidKey(vmSearch, instanceUuid), uuid)
  },

  FindByIp(ctx, _self, { datacenter, ip, vmSearch }) {
    return find(ctx, datacenter, vmSearch, 'ip', ip)[0]
  },
  FindAllByIp(ctx, _self, { datacenter, ip, vmSearch }) {
    return find(ctx, datacenter, vmSearch, 'ip', ip)
  },

  FindByDnsName(ctx, _self, { datacenter, dnsName, vmSearch }) {
    return find(ctx, datacenter, vmSearch, 'name', dnsName)[0]
  },
  FindAllByDnsName(ctx, _self, { datacenter, dnsName, vmSearch }) {
    return find(ctx, datacenter, vmSearch, 'name', dnsName)
  },

  FindByDatastorePath(ctx, _self, { datacenter, path }) {
    ctx.tx.get('Datacenter', datacenter.value)
    const place = locate(ctx.tx, datacenter.value, path)
    const ids = ctx.tx.lookup(virtualMachineKeys, pathKey(datastorePathOf(ctx.tx, place)))
    return visible(ctx, within(ctx, ids, datacenter))[0]
  },

  FindByInventoryPath(ctx, _self, { inventoryPath }) {
    const id = entityAtPath(ctx.tx, inventoryPath)
    return id === undefined ? undefined : visible(ctx, [id])[0]
  },

  FindChild(ctx, _self, { entity, name }) {
    ctx.tx.get('ManagedEntity', entity.value)
    const id = childNamed(ctx.tx, entity.value, name)
    return id === undefined ? undefined : visible(ctx, [id])[0]
  },
})

/** Hosts have one UUID only, whatever the caller asks for. */
const uuidKey = (vmSearch: boolean, instanceUuid: boolean | undefined): SearchKey =>
  vmSearch && instanceUuid ? 'instance' : 'uuid'

function find(
  ctx: Context,
  datacenter: Ref | undefined,
  vmSearch: boolean,
  kind: SearchKey,
  value: string,
): Ref[] {
  if (datacenter) ctx.tx.get('Datacenter', datacenter.value)
  const ids = ctx.tx.lookup(vmSearch ? virtualMachineKeys : hostKeys, searchKey(kind, value))
  return visible(ctx, within(ctx, ids, datacenter))
}

function within(ctx: Context, ids: readonly string[], datacenter: Ref | undefined): readonly string[] {
  return datacenter ? ids.filter((id) => datacenterOf(ctx.tx, id) === datacenter.value) : ids
}

/** What the caller may not even see is not found. */
function visible(ctx: Context, ids: readonly string[]): Ref[] {
  return ids.filter((id) => hasPrivilege(ctx.tx, ctx.session, id, 'System.View')).map((id) => ctx.tx.ref(id))
}
