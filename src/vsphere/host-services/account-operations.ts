import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { HostAccountSpec } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { connectedHost, invalid } from './config.js'

/** A user of a host's own that somebody made; record `hostAccount:<host>/<user>`. */
interface HostAccount {
  readonly host: string
  readonly id: string
  readonly description: string
  readonly password: string
}

export const hostAccounts = recordKind<HostAccount>('hostAccount')
const accountId = (host: string, user: string) => `hostAccount:${host}/${user}`

/** Users that ESXi comes with, and what they are for. */
const BUILT_IN: Readonly<Record<string, string>> = {
  root: 'Administrator',
  dcui: 'DCUI User',
  vpxuser: 'VMware VirtualCenter administration account',
}

/** Users of a host: those that it came with, then those that were made. */
export function accountsOf(read: Reader, host: string): readonly { id: string; description: string }[] {
  const made = [...read.ids(hostAccounts)]
    .map((id) => read.get(hostAccounts, id))
    .filter((account) => account.host === host)
  return [...Object.entries(BUILT_IN).map(([id, description]) => ({ id, description })), ...made]
}

/** What ESXi takes as a user's name. */
const NAME = /^[a-z_][a-z0-9_.-]{0,31}$/i

export const accountOperations = operations('HostLocalAccountManager', {
  CreateUser(ctx, self, { user }) {
    const host = connectedHost(ctx, self)
    if (!NAME.test(user.id)) throw invalid('user.id')
    if (!user.password) throw invalid('user.password')
    if (accountsOf(ctx.tx, host).some(({ id }) => id === user.id))
      throw fault('AlreadyExists', { name: user.id })
    const { id, password, description = '' } = user
    ctx.tx.create(hostAccounts, accountId(host, id), { host, id, password, description })
    tell(ctx, host, 'AccountCreatedEvent', user)
  },

  /** root's new password is the one with which the host can be added or connected again. */
  UpdateUser(ctx, self, { user }) {
    const host = connectedHost(ctx, self)
    const { id, password, description } = user
    const account = ctx.tx.find(hostAccounts, accountId(host, id))
    if (account)
      ctx.tx.set(hostAccounts, accountId(host, id), {
        password: password ?? account.password,
        description: description ?? account.description,
      })
    else if (!(id in BUILT_IN)) throw fault('UserNotFound', { principal: id, unresolved: true })
    else if (id === 'root' && password) setRootPassword(ctx, host, password)
    tell(ctx, host, 'AccountUpdatedEvent', user)
  },

  RemoveUser(ctx, self, { userName }) {
    const host = connectedHost(ctx, self)
    if (userName in BUILT_IN) throw invalid('userName')
    if (!ctx.tx.find(hostAccounts, accountId(host, userName)))
      throw fault('UserNotFound', { principal: userName, unresolved: true })
    ctx.tx.remove(accountId(host, userName))
    emit(ctx, 'AccountRemovedEvent', { entity: ctx.tx.ref(host), account: userName, group: false })
  },

  ChangePassword(ctx, self, { user, oldPassword, newPassword }) {
    const host = connectedHost(ctx, self)
    const account = ctx.tx.find(hostAccounts, accountId(host, user))
    if ((account?.password ?? passwordOfRoot(ctx, host, user)) !== oldPassword)
      throw fault('InvalidLogin', {})
    if (newPassword === '') throw invalid('newPassword')
    if (account) ctx.tx.set(hostAccounts, accountId(host, user), { password: newPassword })
    else setRootPassword(ctx, host, newPassword)
  },
})

function passwordOfRoot({ tx }: Context, host: string, user: string): string | undefined {
  const machine = user === 'root' ? machineOfHost(tx, host) : undefined
  return machine && tx.get(machines, machine).esxi?.password
}

function setRootPassword({ tx }: Context, host: string, password: string): void {
  const machine = machineOfHost(tx, host)
  if (machine) tx.update(machines, machine, ({ esxi }) => (esxi ? { esxi: { ...esxi, password } } : {}))
}

/** Events never show a password. */
function tell(
  ctx: Context,
  host: string,
  event: 'AccountCreatedEvent' | 'AccountUpdatedEvent',
  { _typeName, id, description }: HostAccountSpec,
): void {
  const spec: HostAccountSpec = { _typeName, id, ...(description !== undefined && { description }) }
  emit(ctx, event, { entity: ctx.tx.ref(host), spec, group: false })
}
