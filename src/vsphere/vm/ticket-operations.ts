import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineMksTicket } from '#vim25/generated/types.js'
import { enumType } from '#vim25/schema.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireOperable, requirePowerState } from './admit.js'
import { homeOf } from './files.js'

/** Which right each kind of ticket asks for (API reference of AcquireTicket); the others as the console. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  device: 'VirtualMachine.Interact.DeviceConnection',
  guestControl: 'VirtualMachine.Interact.GuestControl',
  guestIntegrity: 'VirtualMachine.Interact.GuestControl',
}
const CONSOLE = 'VirtualMachine.Interact.ConsoleInteract'

/** Consoles in browsers are reached where the host's web pages are, all others at the host's own console port. */
const WEB = new Set(['webmks', 'webRemoteDevice'])

/** A pass for one connection to the host of a running VM. Nothing here redeems it (deviation 55). */
function ticketFor(ctx: Context, self: ManagedObjectReference, port: number): VirtualMachineMksTicket {
  const { tx, services } = ctx
  requireOperable(tx, self.value)
  requirePowerState(tx, self.value, ['poweredOn'], 'poweredOn')
  const { runtime } = tx.get('VirtualMachine', self.value)
  const host = runtime.host && tx.find('HostSystem', runtime.host.value)
  return data('VirtualMachineMksTicket', {
    ticket: services.random.uuid('52', 'vm.ticket', tx.next('vmTicket')),
    cfgFile: hostPath(ctx, self.value),
    host: host?.name,
    port,
    sslThumbprint: host?.summary.config.sslThumbprint,
  })
}

/** Where the host finds the vmx file: `/vmfs/volumes/<datastore>/demo/demo.vmx`. */
function hostPath({ tx }: Context, vm: string): string {
  const home = homeOf(tx, vm)
  if (!home) throw fault('InvalidState', {})
  const { url } = tx.get('Datastore', home.datastore).info
  return `${url.replace(/^ds:\/\//, '').replace(/\/$/, '')}/${home.vmx}`
}

export const vmTicketOperations = operations('VirtualMachine', {
  AcquireTicket(ctx, self, { ticketType }) {
    if (!enumType('VirtualMachineTicketType')?.values.includes(ticketType))
      throw fault('InvalidArgument', { invalidProperty: 'ticketType' })
    requirePrivilege(ctx.tx, ctx.session, self, PRIVILEGES[ticketType] ?? CONSOLE)
    const web = WEB.has(ticketType)
    const { ticket, cfgFile, host, port, sslThumbprint } = ticketFor(ctx, self, web ? 443 : 902)
    emit(ctx, 'VmAcquiredTicketEvent', { entity: self, template: false, ticketType })
    const url = web && host !== undefined ? `wss://${host}:443/ticket/${ticket}` : undefined
    return data('VirtualMachineTicket', { ticket, cfgFile, host, port, sslThumbprint, url })
  },

  AcquireMksTicket(ctx, self) {
    const ticket = ticketFor(ctx, self, 902)
    emit(ctx, 'VmAcquiredMksTicketEvent', { entity: self, template: false })
    return ticket
  },
})
