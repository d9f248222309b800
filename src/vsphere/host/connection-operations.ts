import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { validName } from '../managed-entity/entity.js'
import { connectInfo } from './connect-info.js'
import { hostConnectionId, hostConnections } from './connection.js'
import { removeHost } from './join.js'
import { hasFaultTolerantVms, portOf, reachHost } from './rules.js'
import { connect, disconnect, requireConnected } from './status.js'

/** Connecting, disconnecting and removing managed hosts. */
export const connectionOperations = operations('HostSystem', {
  DisconnectHost_Task: {
    seconds: 2,
    run(ctx, self) {
      const { name, runtime } = ctx.tx.get('HostSystem', self.value)
      if (!runtime.inMaintenanceMode && hasFaultTolerantVms(ctx.tx, self.value))
        throw fault('CannotDisconnectHostWithFaultToleranceVm', { hostName: name })
      disconnect(ctx, self.value)
    },
  },

  ReconnectHost_Task: {
    seconds: 5,
    run(ctx, self, { cnxSpec }) {
      const { runtime } = ctx.tx.get('HostSystem', self.value)
      if (runtime.connectionState === 'connected') throw fault('InvalidState', {})
      if (cnxSpec?.hostName !== undefined) validName(cnxSpec.hostName, self)
      const id = hostConnectionId(self.value)
      const known = ctx.tx.get(hostConnections, id)
      const machine = reachHost(ctx.tx, ctx.identity, {
        hostName: cnxSpec?.hostName ?? known.address,
        port: cnxSpec?.port ?? known.port,
        sslThumbprint: cnxSpec?.sslThumbprint ?? known.thumbprint,
        userName: cnxSpec?.userName ?? known.user,
        password: cnxSpec?.password ?? known.password,
        force: cnxSpec?.force ?? false,
      })
      if (machine !== machineOfHost(ctx.tx, self.value))
        throw fault('NoHost', { name: cnxSpec?.hostName ?? known.address })
      const { esxi } = ctx.tx.get(machines, machine)
      ctx.tx.set(hostConnections, id, {
        address: cnxSpec?.hostName ?? known.address,
        port: portOf({ port: cnxSpec?.port ?? known.port }),
        user: esxi?.user ?? known.user,
        password: esxi?.password ?? known.password,
      })
      connect(ctx, self.value)
    },
    failed(ctx, self, _args, error) {
      if (ctx.tx.find('HostSystem', self.value)) emit(ctx, failureEvent(error.name), { entity: self })
    },
  },

  QueryHostConnectionInfo(ctx, self) {
    requireConnected(ctx.tx, self.value)
    return connectInfo(ctx.tx, machineFor(ctx, self))
  },

  Destroy_Task: {
    seconds: 2,
    run(ctx, self) {
      requireRemovable(ctx, self.value)
      removeHost(ctx, self.value)
    },
  },
})

function machineFor(ctx: Context, host: ManagedObjectReference): string {
  const machine = machineOfHost(ctx.tx, host.value)
  if (machine === undefined) throw fault('HostNotReachable', {})
  return machine
}

/** A host leaves a cluster only when it is disconnected (or silent) or in maintenance mode; a standalone one any time. */
export function requireRemovable(ctx: Context, host: string): void {
  const { runtime, parent } = ctx.tx.get('HostSystem', host)
  const inCluster = parent && ctx.tx.entity(parent.value)?.type === 'ClusterComputeResource'
  if (inCluster && runtime.connectionState === 'connected' && !runtime.inMaintenanceMode)
    throw fault('InvalidState', {})
}

/** What the event log says when a reconnection fails with a fault. */
function failureEvent(fault: string) {
  switch (fault) {
    case 'NoHost':
      return 'HostCnxFailedNoConnectionEvent'
    case 'InvalidLogin':
      return 'HostCnxFailedBadUsernameEvent'
    case 'NotSupportedHost':
      return 'HostCnxFailedBadVersionEvent'
    default:
      return 'HostReconnectionFailedEvent'
  }
}
