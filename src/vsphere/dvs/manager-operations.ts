import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault, localizedFault } from '#vim25/fault.js'
import type {
  DistributedVirtualSwitchManagerDvsProductSpec,
  DistributedVirtualSwitchProductSpec,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { childrenOf, datacenterOf } from '../managed-entity/entity.js'
import { switchWithUuid } from './connect.js'
import { memberOf, syncProxies } from './members.js'
import { groupOf } from './portgroup-operations.js'
import { portgroupsBySwitch, switchesByHost } from './ports.js'
import { hostProducts, productSpec, switchVersions } from './products.js'
import { isCompatible } from './reconfigure.js'
import { dvsCapability } from './settings.js'

/** The version of a specification, or the newest; undefined for one that this release does not make. */
function versionOf(ctx: Context, spec: DistributedVirtualSwitchProductSpec | undefined): string | undefined {
  const versions = switchVersions(ctx.identity.productVersion)
  return spec?.version ? versions.find((version) => version === spec.version) : versions[0]
}

/** The hosts in a container; without `recursive` those directly in it or in its compute resources. */
function hostsIn(read: Reader, container: ManagedObjectReference, recursive: boolean): readonly string[] {
  if (read.find('HostSystem', container.value)) return [container.value]
  const datacenter = read.find('Datacenter', container.value)
  const start = datacenter ? datacenter.hostFolder.value : container.value
  return childrenOf(read, start).flatMap((id) => {
    if (read.find('HostSystem', id)) return [id]
    const isContainer = read.find('Folder', id) || read.find('Datacenter', id)
    return recursive || (datacenter && !isContainer) || read.find('ComputeResource', id)
      ? hostsIn(read, read.ref(id), recursive)
      : []
  })
}

function compatible(
  ctx: Context,
  container: ManagedObjectReference,
  recursive: boolean,
  version: string | undefined,
): readonly string[] {
  return hostsIn(ctx.tx, container, recursive).filter((host) => isCompatible(ctx, host, version))
}

const refs = ({ tx }: Context, ids: readonly string[]) => ids.map((id) => tx.ref(id))

export const dvsManagerOperations = operations('DistributedVirtualSwitchManager', {
  QueryAvailableDvsSpec(ctx, _self, { recommended }) {
    const versions = switchVersions(ctx.identity.productVersion)
    return (recommended ? versions.slice(0, 1) : versions).map((version) =>
      productSpec(ctx.identity, version),
    )
  },

  QueryCompatibleHostForNewDvs(ctx, _self, { container, recursive, switchProductSpec }) {
    const version = versionOf(ctx, switchProductSpec)
    return version === undefined ? [] : refs(ctx, compatible(ctx, container, recursive, version))
  },

  /** Hosts that could join: those of its datacenter that are new enough, its members left out. */
  QueryCompatibleHostForExistingDvs(ctx, _self, { container, recursive, dvs }) {
    const { config } = ctx.tx.get('DistributedVirtualSwitch', dvs.value)
    const datacenter = datacenterOf(ctx.tx, dvs.value)
    const hosts = compatible(ctx, container, recursive, config.productInfo.version)
    return refs(
      ctx,
      hosts.filter((host) => !memberOf(config, host) && datacenterOf(ctx.tx, host) === datacenter),
    )
  },

  QueryDvsCompatibleHostSpec(ctx, _self, { switchProductSpec }) {
    const version = versionOf(ctx, switchProductSpec)
    return version === undefined ? [] : hostProducts(version)
  },

  QueryDvsFeatureCapability(ctx, _self, { switchProductSpec }) {
    return versionOf(ctx, switchProductSpec) === undefined ? undefined : dvsCapability.featuresSupported
  },

  QueryDvsByUuid(ctx, _self, { uuid }) {
    const found = switchWithUuid(ctx.tx, uuid)
    if (found === undefined) throw fault('NotFound', {})
    return ctx.tx.ref(found)
  },

  DVSManagerLookupDvPortGroup(ctx, _self, { switchUuid, portgroupKey }) {
    const dvs = switchWithUuid(ctx.tx, switchUuid)
    if (dvs === undefined) throw fault('NotFound', {})
    return groupOf(ctx, dvs, portgroupKey)
  },

  QueryDvsConfigTarget(ctx, _self, { host, dvs }) {
    const switches = dvs
      ? [dvs.value]
      : host
        ? ctx.tx.lookup(switchesByHost, host.value)
        : [...ctx.tx.ids('DistributedVirtualSwitch')]
    const wanted = host
      ? switches.filter((id) => ctx.tx.lookup(switchesByHost, host.value).includes(id))
      : switches
    return configTarget(ctx.tx, wanted)
  },

  QueryDvsCheckCompatibility(ctx, _self, { hostContainer, dvsProductSpec }) {
    const { version, known } = wantedVersion(ctx, dvsProductSpec)
    return hostsIn(ctx.tx, hostContainer.container, hostContainer.recursive).map((host) =>
      data('DistributedVirtualSwitchManagerCompatibilityResult', {
        host: ctx.tx.ref(host),
        error:
          known && isCompatible(ctx, host, version)
            ? undefined
            : [
                localizedFault('NotSupportedHostInDvs', {
                  switchProductSpec: productSpec(ctx.identity, version),
                }),
              ],
      }),
    )
  },

  RectifyDvsOnHost_Task: {
    run(ctx, _self, { hosts }) {
      for (const { value } of hosts)
        for (const dvs of ctx.tx.lookup(switchesByHost, value)) syncProxies(ctx, dvs)
    },
  },
})

function wantedVersion(ctx: Context, spec: DistributedVirtualSwitchManagerDvsProductSpec | undefined) {
  const dvs = spec?.distributedVirtualSwitch
  const product = dvs
    ? ctx.tx.get('DistributedVirtualSwitch', dvs.value).config.productInfo
    : spec?.newSwitchProductSpec
  const version = dvs ? product?.version : versionOf(ctx, product)
  return { version: version ?? product?.version ?? '', known: version !== undefined }
}

function configTarget(read: Reader, switches: readonly string[]) {
  return data('DVSManagerDvsConfigTarget', {
    distributedVirtualPortgroup: switches.flatMap((dvs) =>
      read.lookup(portgroupsBySwitch, dvs).map((group) => portgroupInfo(read, dvs, group)),
    ),
    distributedVirtualSwitch: switches.map((dvs) => {
      const { name, uuid } = read.get('DistributedVirtualSwitch', dvs)
      return data('DistributedVirtualSwitchInfo', {
        switchName: name,
        switchUuid: uuid,
        distributedVirtualSwitch: read.ref(dvs),
        networkReservationSupported: true,
      })
    }),
  })
}

/** What a client needs to connect somebody to a port group. */
export function portgroupInfo(read: Reader, dvs: string, group: string) {
  const { name: switchName, uuid } = read.get('DistributedVirtualSwitch', dvs)
  const { name, key, config } = read.get('DistributedVirtualPortgroup', group)
  return data('DistributedVirtualPortgroupInfo', {
    switchName,
    switchUuid: uuid,
    portgroupName: name,
    portgroupKey: key,
    portgroupType: config.type,
    uplinkPortgroup: config.uplink ?? false,
    portgroup: read.ref(group),
    networkReservationSupported: true,
    backingType: config.backingType,
  })
}
