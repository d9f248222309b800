import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { HostConnectSpec, ManagedObjectReference } from '#vim25/generated/types.js'
import { createStandalone } from '../cluster/build.js'
import { haEnabled, hostsOf } from '../cluster/config.js'
import { mostHosts } from '../cluster/limits.js'
import { reconfigureStandalone } from '../cluster/reconfigure.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { kindOf } from '../folder/rules.js'
import { datacenterOf, requireUniqueName, validName } from '../managed-entity/entity.js'
import { joinHost } from './join.js'
import { moveHost } from './membership.js'
import { type Home, hasFaultTolerantVms, portOf, reachHost, requireUnmanaged } from './rules.js'

function requireRoom(ctx: Context, cluster: string, more: number): void {
  if (hostsOf(ctx.tx, cluster).length + more > mostHosts(ctx.identity)) throw fault('TooManyHosts', {})
}

interface Joining {
  readonly machine: string
  readonly name: string
  readonly port: number
}

/** Everything that a new host must pass, in the order in which vCenter finds out. Changes nothing. */
function admit(ctx: Context, spec: HostConnectSpec, parent: string, home: Home): Joining {
  if (!spec.hostName) throw fault('InvalidArgument', { invalidProperty: 'spec.hostName' })
  const name = validName(spec.hostName)
  requireUniqueName(ctx.tx, parent, name)
  const machine = reachHost(ctx.tx, ctx.identity, spec)
  requireUnmanaged(ctx.tx, machine, home, spec.force)
  return { machine, name, port: portOf(spec) }
}

const hostNameOf = (spec: HostConnectSpec) => spec.hostName ?? ''

export const folderHostOperations = operations('Folder', {
  AddStandaloneHost_Task: {
    seconds: 8,
    before(ctx, self) {
      if (kindOf(ctx.tx, self) !== 'host') throw fault('NotSupported', {})
    },
    run(ctx, self, { spec, compResSpec, addConnected }) {
      const joining = admit(ctx, spec, self.value, { haEnabled: false })
      const parent = createStandalone(ctx, self, joining.name)
      if (compResSpec) reconfigureStandalone(ctx, parent, compResSpec, true)
      joinHost(ctx, { ...joining, parent, connected: addConnected })
      return parent
    },
    failed(ctx, self, { spec }) {
      emit(ctx, 'HostAddFailedEvent', { entity: self, hostname: hostNameOf(spec) })
    },
  },
})

export const clusterHostOperations = operations('ClusterComputeResource', {
  AddHost_Task: {
    seconds: 8,
    run(ctx, self, { spec, asConnected }) {
      const home = { cluster: self.value, haEnabled: haEnabled(ctx.tx, self.value) }
      const joining = admit(ctx, spec, self.value, home)
      requireRoom(ctx, self.value, 1)
      return joinHost(ctx, { ...joining, parent: self, connected: asConnected })
    },
    failed(ctx, self, { spec }) {
      emit(ctx, 'HostAddFailedEvent', { entity: self, hostname: hostNameOf(spec) })
    },
  },

  MoveInto_Task: {
    seconds: 2,
    run(ctx, self, { host: hosts }) {
      const members = new Set(hostsOf(ctx.tx, self.value))
      for (const { value: host } of hosts) {
        const { name } = ctx.tx.get('HostSystem', host)
        if (members.has(host)) throw fault('DuplicateName', { name, object: ctx.tx.ref(host) })
        members.add(host)
      }
      moveInto(ctx, self, hosts)
    },
  },

  MoveHostInto_Task: {
    seconds: 2,
    before(ctx, self, { resourcePool }) {
      if (resourcePool && ctx.tx.get('ResourcePool', resourcePool.value).owner.value !== self.value)
        throw fault('InvalidArgument', { invalidProperty: 'resourcePool' })
    },
    run(ctx, self, { host, resourcePool }) {
      const from = ctx.tx.get('HostSystem', host.value).parent
      if (from?.value === self.value) throw fault('InvalidArgument', { invalidProperty: 'host' })
      // The pool is for the VMs of a standalone host: one that leaves a cluster brings no pools along.
      const standalone = from?.type === 'ComputeResource'
      moveInto(ctx, self, [host])
      if (resourcePool && standalone) moveVms(ctx, host, resourcePool)
    },
  },
})

/** All of them or none (deviation 36). */
function moveInto(
  ctx: Context,
  cluster: ManagedObjectReference,
  hosts: readonly ManagedObjectReference[],
): void {
  const { tx } = ctx
  for (const { value: host } of hosts) {
    if (datacenterOf(tx, host) !== datacenterOf(tx, cluster.value))
      throw fault('InvalidArgument', { invalidProperty: 'host' })
    requireMovable(tx, host)
    requireUniqueName(tx, cluster.value, tx.get('HostSystem', host).name)
  }
  requireRoom(ctx, cluster.value, hosts.length)
  for (const host of hosts) moveHost(ctx, host.value, cluster)
}

/** A host leaves a cluster in maintenance mode only, and never with fault-tolerant VMs (fact sheet A.1). */
export function requireMovable(read: Reader, host: string): void {
  const { parent, runtime } = read.get('HostSystem', host)
  if (hasFaultTolerantVms(read, host)) throw fault('CannotMoveHostWithFaultToleranceVm', {})
  if (runtime.connectionState === 'notResponding') throw fault('HostNotReachable', {})
  const inCluster = parent && read.entity(parent.value)?.type === 'ClusterComputeResource'
  if (inCluster && !runtime.inMaintenanceMode) throw fault('InvalidState', {})
}

function moveVms(ctx: Context, host: ManagedObjectReference, resourcePool: ManagedObjectReference): void {
  for (const vm of ctx.tx.get('HostSystem', host.value).vm ?? [])
    if (ctx.tx.get('VirtualMachine', vm.value).resourcePool)
      ctx.tx.set('VirtualMachine', vm.value, { resourcePool })
}
