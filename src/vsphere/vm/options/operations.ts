import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ComputeResourceProperties,
  ManagedObjectReference,
  VirtualMachineConfigOption,
} from '#vim25/generated/types.js'
import { hostsOf } from '../../cluster/config.js'
import { operations } from '../../core/behaviour.js'
import type { Context } from '../../core/context.js'
import { limitsFor } from '../config/check.js'
import { versionNumber } from '../hardware-version.js'
import { configOption, descriptors } from './config-option.js'
import { configTarget } from './config-target.js'

/** Compute resources by their environment browser. */
export const ownersByBrowser = index<ComputeResourceProperties>({
  name: 'environmentBrowser.owner',
  type: 'ComputeResource',
  inputs: ['environmentBrowser'],
  keys: ({ environmentBrowser }) => [environmentBrowser?.value],
})

/** The hosts that a browser speaks for: all of its compute resource, or the one that is asked for. */
function hostsFor(
  read: Reader,
  self: ManagedObjectReference,
  host: ManagedObjectReference | undefined,
): readonly string[] {
  const owner = read.lookup(ownersByBrowser, self.value)[0]
  const hosts = owner === undefined ? [] : hostsOf(read, owner)
  if (!host) return hosts
  if (!hosts.includes(host.value)) throw fault('InvalidArgument', { invalidProperty: 'host' })
  return [host.value]
}

/** The newest hardware that one of the hosts runs; without hosts, vCenter's own. */
function newestOf(ctx: Context, hosts: readonly string[]): number {
  const { productVersion } = ctx.identity
  if (hosts.length === 0) return limitsFor(ctx.tx, undefined, productVersion).newest
  return Math.max(...hosts.map((host) => limitsFor(ctx.tx, ctx.tx.ref(host), productVersion).newest))
}

/** The options of a hardware version, default the newest; throws InvalidArgument for one that the hosts do not have. */
function query(
  ctx: Context,
  self: ManagedObjectReference,
  key: string | undefined,
  host: ManagedObjectReference | undefined,
): VirtualMachineConfigOption {
  const newest = newestOf(ctx, hostsFor(ctx.tx, self, host))
  const hardware = key === undefined || key === '' ? newest : versionNumber(key)
  if (hardware === undefined || hardware > newest) throw fault('InvalidArgument', { invalidProperty: 'key' })
  return configOption(hardware)
}

export const environmentBrowserOperations = operations('EnvironmentBrowser', {
  QueryConfigOption: (ctx, self, { key, host }) => query(ctx, self, key, host),

  QueryConfigOptionEx(ctx, self, { spec }) {
    const option = query(ctx, self, spec?.key, spec?.host)
    const wanted = spec?.guestId
    if (!wanted?.length) return option
    return patch(option, {
      guestOSDescriptor: option.guestOSDescriptor.filter(({ id }) => wanted.includes(id)),
      guestOSDefaultIndex: 0,
    })
  },

  QueryConfigOptionDescriptor(ctx, self) {
    const hosts = hostsFor(ctx.tx, self, undefined)
    const refs = hosts.map((host) => ctx.tx.ref(host))
    return descriptors(newestOf(ctx, hosts)).map((each) => patch(each, { host: refs }))
  },

  QueryTargetCapabilities(ctx, self, { host }) {
    const [first] = hostsFor(ctx.tx, self, host)
    return first === undefined ? undefined : ctx.tx.get('HostSystem', first).capability
  },

  QueryConfigTarget(ctx, self, { host }) {
    const hosts = hostsFor(ctx.tx, self, host)
    const owner = ctx.tx.lookup(ownersByBrowser, self.value)[0]
    const pool = owner === undefined ? undefined : ctx.tx.get('ComputeResource', owner).resourcePool
    return configTarget(ctx.tx, hosts, pool)
  },
})
