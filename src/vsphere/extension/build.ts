import { data } from '#vim25/data.js'
import type { Extension } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'

/** Extensions that every vCenter brings along, by their keys, as `govc extension.info` shows them; the labels are ours. */
const BROUGHT_ALONG = [
  ['VirtualCenter', 'VirtualCenter', 'vCenter Server'],
  ['hostdiag', 'hostdiag', 'Host diagnostics'],
  ['com.vmware.ovf', 'OVF', 'Imported virtual machines and vApps'],
  ['com.vmware.rbd', 'Auto Deploy', 'Stateless hosts'],
  ['com.vmware.vcIntegrity', 'vSphere Lifecycle Manager', 'Patches and images of hosts'],
  ['com.vmware.vim.eam', 'ESX Agent Manager', 'Agents on hosts'],
  ['com.vmware.vim.sms', 'Storage Monitoring Service', 'Storage providers'],
  ['com.vmware.vim.sps', 'Profile-Driven Storage', 'Storage policies'],
  ['com.vmware.vim.vsm', 'Service Manager', 'vServices'],
  ['com.vmware.vim.vcha', 'vCenter High Availability', 'A second vCenter Server'],
  ['com.vmware.vsan.health', 'vSAN Health', 'Health of vSAN'],
] as const

/** The extensions of a fresh vCenter; they speak once, when the world begins. */
export function ownExtensions({ identity, time }: Context): readonly Extension[] {
  const list = BROUGHT_ALONG.map(([key, label, summary]) =>
    data('Extension', {
      description: data('Description', { label, summary }),
      key,
      company: 'VMware, Inc.',
      version: identity.productVersion,
      lastHeartbeatTime: time,
    }),
  )
  return Object.freeze(list)
}
