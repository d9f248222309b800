import { data } from '#vim25/data.js'
import type { Event, ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { requireConnected } from '../host/status.js'
import { invalid } from './config.js'

/** Logs of a vCenter and of a host: key, file, who writes it, what it is called. */
const VCENTER_LOGS = [
  ['vpxd:vpxd.log', '/var/log/vmware/vpxd/vpxd.log', 'vpxd', 'vCenter Server log'],
] as const
const HOST_LOGS = [
  ['hostd', '/var/log/hostd.log', 'hostd', 'Server log'],
  ['vmkernel', '/var/log/vmkernel.log', 'vmkernel', 'vmkernel log'],
  ['vpxa', '/var/log/vpxa.log', 'vpxa', 'vCenter agent log'],
] as const

/** The most lines that one answer gives. */
const MOST_LINES = 1000

const logsOf = (host: ManagedObjectReference | undefined) => (host ? HOST_LOGS : VCENTER_LOGS)

export const diagnosticOperations = operations('DiagnosticManager', {
  QueryDescriptions(ctx, _self, { host }) {
    if (host) requireConnected(ctx.tx, host.value)
    return logsOf(host).map(([key, fileName, creator, label]) =>
      data('DiagnosticManagerLogDescriptor', {
        key,
        fileName,
        creator,
        format: 'plain',
        mimeType: 'text/plain',
        info: data('Description', { label, summary: label }),
      }),
    )
  },

  /** What happened, as the log of a server tells it: one line for each event of the host, or of the vCenter. */
  BrowseDiagnosticLog(ctx, _self, { host, key, start = 1, lines = MOST_LINES }) {
    if (host) requireConnected(ctx.tx, host.value)
    if (!logsOf(host).some(([known]) => known === key)) throw invalid('key')
    if (lines < 0) throw invalid('lines')
    const all = linesOf(ctx, host, key)
    const first = Math.max(1, start)
    const lineText = all.slice(first - 1, first - 1 + Math.min(lines, MOST_LINES))
    return data('DiagnosticManagerLogHeader', {
      lineStart: first,
      lineEnd: lineText.length === 0 ? all.length : first + lineText.length - 1,
      lineText,
    })
  },
})

function linesOf(
  { read, services }: Context,
  host: ManagedObjectReference | undefined,
  key: string,
): readonly string[] {
  if (host && key !== 'hostd' && key !== 'vpxa') return []
  const line = ({ createdTime, key: number, fullFormattedMessage }: Event) =>
    `${createdTime} info ${host ? key : 'vpxd'}[${services.identity.build}] [Originator@6876 sub=vimsvc.EventManager opID=${number}] Event ${number} : ${fullFormattedMessage ?? ''}`
  return [...read.events()].flatMap((event) =>
    host === undefined || event.host?.host.value === host.value ? [line(event)] : [],
  )
}
