import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

/** vesxi-03 runs nothing: it may come and go. */
const spare = (lab: Lab) => lab.ref('HostSystem', 'vesxi-03.lab.local')

const MAINTENANCE = 'HostSystem.EnterMaintenanceMode_Task'

/** The example that removes vesxi-03, so that others can add it. */
export const REMOVED = 'HostSystem.Destroy_Task'

/** How to reach and trust a host of the lab. */
export const connectTo = (lab: Lab, hostName: string) =>
  data('HostConnectSpec', {
    hostName,
    sslThumbprint: lab.thumbprint(hostName),
    userName: 'root',
    password: 'VMware1!',
    force: false,
  })

export const hostDescriptions: Descriptions = {
  'HostSystem.EnterMaintenanceMode_Task': {
    summary: 'Empties a host and keeps it empty',
    text: 'In a fully automated cluster DRS moves its VMs away; elsewhere the task waits for whoever does, up to `timeout` seconds (0: without end).',
    example: { on: spare, body: () => ({ timeout: 0, evacuatePoweredOffVms: false }) },
  },
  'HostSystem.ExitMaintenanceMode_Task': {
    summary: 'Lets a host run VMs again',
    example: { on: spare, first: [MAINTENANCE], body: () => ({ timeout: 0 }) },
  },
  'HostSystem.DisconnectHost_Task': {
    summary: 'Lets go of a host that stays in the inventory',
    text: 'Its VMs run on, unseen. A host with a fault-tolerant VM refuses.',
    example: { on: spare },
  },
  'HostSystem.ReconnectHost_Task': {
    summary: 'Takes a disconnected host back',
    text: 'Without a specification with the address and password that it was added with.',
    example: { on: spare, first: ['HostSystem.DisconnectHost_Task'], body: () => ({}) },
  },
  'HostSystem.RebootHost_Task': {
    summary: 'Restarts a host',
    text: 'Without `force` it must be in maintenance mode. A nested host is a VM that restarts: this server sees it go and come back.',
    example: { on: spare, first: [MAINTENANCE], body: () => ({ force: false }) },
  },
  'HostSystem.ShutdownHost_Task': {
    summary: 'Switches a host off',
    text: 'Power its VM on again to get a nested one back.',
    example: { on: spare, first: [MAINTENANCE], body: () => ({ force: false }) },
  },
  'HostSystem.Destroy_Task': {
    summary: 'Takes a host out of the inventory',
    text: 'It must be in maintenance mode or disconnected; a standalone host goes with its compute resource. The machine itself stays as it is.',
    example: { on: spare, first: [MAINTENANCE] },
  },
  'HostSystem.QueryHostConnectionInfo': {
    summary: 'Tells what a host is: product, hardware, VMs, datastores',
    example: { on: spare },
  },
  'HostSystem.ReconfigureHostForDAS_Task': {
    summary: 'Sets the HA agent of a host up anew',
    example: { on: spare },
  },
}
