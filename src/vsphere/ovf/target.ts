import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualDeviceBackingInfo } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { hostsOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { isAccessibleOn } from '../datastore/volumes.js'
import { isUsable } from '../ha/capacity.js'
import { newestVersion } from '../vm/hardware-version.js'

/** Where a package is to be deployed: what its machines can have there. */
export interface Target {
  readonly read: Reader
  /** Hosts that could take the machines. */
  readonly hosts: readonly string[]
  /** The newest hardware that they run. */
  readonly newest: number
  /** Networks that VMs can be on, those of the first host first. */
  readonly networks: readonly ManagedObjectReference[]
}

/** The target that hosts are. */
export function targetOf(ctx: Context, hosts: readonly string[]): Target {
  const { tx, identity } = ctx
  const versions = hosts.map((id) =>
    newestVersion(tx.get('HostSystem', id).config?.product.version ?? identity.productVersion),
  )
  const networks = hosts.flatMap((id) => tx.get('HostSystem', id).network ?? [])
  return {
    read: tx,
    hosts,
    newest: versions.length > 0 ? Math.max(...versions) : newestVersion(identity.productVersion),
    networks: networks.filter(({ value }, at) => networks.findIndex((each) => each.value === value) === at),
  }
}

/**
 * Hosts of a pool that can take a VM on the datastore; `wanted` alone if it is given. Throws InvalidArgument for a host of
 * another compute resource and InvalidDatastore when none of them has the datastore.
 */
export function poolTarget(
  ctx: Context,
  pool: ManagedObjectReference,
  datastore: ManagedObjectReference | undefined,
  wanted: ManagedObjectReference | undefined,
): Target {
  const { tx } = ctx
  const all = hostsOf(tx, tx.get('ResourcePool', pool.value).owner.value)
  if (wanted && !all.includes(wanted.value))
    throw fault('InvalidArgument', { invalidProperty: 'cisp.hostSystem' })
  const asked = wanted ? [wanted.value] : all
  const usable = asked.filter((id) => isUsable(tx.get('HostSystem', id)))
  const able = datastore ? usable.filter((id) => isAccessibleOn(tx, datastore.value, id)) : usable
  if (datastore && able.length === 0)
    throw fault('InvalidDatastore', { datastore, name: tx.get('Datastore', datastore.value).name })
  return targetOf(ctx, able)
}

/** The backing of a card on a network. Throws ManagedObjectNotFound. */
export function backingOn(read: Reader, network: ManagedObjectReference): VirtualDeviceBackingInfo {
  const found = read.entity(network.value)
  if (!found?.ref || !isA(found.type, 'Network')) throw fault('ManagedObjectNotFound', { obj: network })
  if (found.type !== 'DistributedVirtualPortgroup') {
    const { name } = read.get('Network', network.value)
    return data('VirtualEthernetCardNetworkBackingInfo', { deviceName: name, network: found.ref })
  }
  const { config } = read.get('DistributedVirtualPortgroup', network.value)
  const { distributedVirtualSwitch, key } = config
  const uuid =
    distributedVirtualSwitch && read.find('DistributedVirtualSwitch', distributedVirtualSwitch.value)?.uuid
  return data('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
    port: data('DistributedVirtualSwitchPortConnection', { switchUuid: uuid ?? '', portgroupKey: key }),
  })
}
