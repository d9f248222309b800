import { fault } from '#vim25/fault.js'
import type { HostConnectInfo } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { destroyDatacenter } from '../folder/destroy.js'
import { connectInfo } from '../host/connect-info.js'
import { type Access, reachHost } from '../host/rules.js'

/** What a host would bring along; nothing is changed. Throws what connecting to it would. */
function query(ctx: Context, access: Access): HostConnectInfo {
  if (!access.hostName) throw fault('InvalidArgument', { invalidProperty: 'hostname' })
  return connectInfo(ctx.tx, reachHost(ctx.tx, ctx.identity, access))
}

export const datacenterOperations = operations('Datacenter', {
  QueryConnectionInfo: (ctx, _self, { hostname, port, username, password, sslThumbprint }) =>
    query(ctx, { hostName: hostname, port, userName: username, password, sslThumbprint, force: false }),

  QueryConnectionInfoViaSpec: (ctx, _self, { spec }) => query(ctx, spec),

  Destroy_Task: {
    seconds: 2,
    run: (ctx, self) => destroyDatacenter(ctx, self.value),
  },
})
