import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const manager = (lab: Lab) => lab.ref('IpPoolManager')
const dc = (lab: Lab) => lab.ref('Datacenter')

const config = data('IpPoolIpPoolConfigInfo', {
  subnetAddress: '192.0.2.0',
  netmask: '255.255.255.0',
  gateway: '192.0.2.1',
  range: '192.0.2.10#50',
  ipPoolEnabled: true,
})
const config6 = data('IpPoolIpPoolConfigInfo', { range: '2001:db8::10#50', ipPoolEnabled: true })
const pool = data('IpPool', { name: 'lab', ipv4Config: config, ipv6Config: config6 })
/** The first pool of a world. */
const ID = 1
const created = ['IpPoolManager.CreateIpPool']
const allocated = [...created, 'IpPoolManager.AllocateIpv4Address']
const about = (lab: Lab) => ({ dc: dc(lab), poolId: ID, allocationId: 'web-1' })

export const ipPoolDescriptions: Descriptions = {
  'IpPoolManager.CreateIpPool': {
    summary: 'Makes a pool of IP addresses',
    text: '`range` lists first addresses and how many follow: `192.0.2.10#50, 192.0.2.100#1`. They have to be in the subnet.',
    example: { on: manager, body: (lab) => ({ dc: dc(lab), pool }) },
  },
  'IpPoolManager.QueryIpPools': {
    summary: 'Lists the pools of a datacenter',
    text: 'With how many of their addresses are free.',
    example: { on: manager, first: created, body: (lab) => ({ dc: dc(lab) }) },
  },
  'IpPoolManager.UpdateIpPool': {
    summary: 'Changes a pool',
    text: 'What is left out stays. Addresses that somebody holds have to stay in the range.',
    example: {
      on: manager,
      first: created,
      body: (lab) => ({ dc: dc(lab), pool: data('IpPool', { id: ID, dnsDomain: 'lab.local' }) }),
    },
  },
  'IpPoolManager.DestroyIpPool': {
    summary: 'Removes a pool',
    text: 'While somebody holds an address of it only with `force`: else `InvalidState`.',
    example: { on: manager, first: created, body: (lab) => ({ dc: dc(lab), id: ID, force: false }) },
  },
  'IpPoolManager.AllocateIpv4Address': {
    summary: 'Takes an IPv4 address from a pool',
    text: 'The lowest that is free; the same one again for the same `allocationId`.',
    example: { on: manager, first: created, body: about },
  },
  'IpPoolManager.AllocateIpv6Address': {
    summary: 'Takes an IPv6 address from a pool',
    text: 'The lowest that is free; the same one again for the same `allocationId`.',
    example: { on: manager, first: created, body: about },
  },
  'IpPoolManager.ReleaseIpAllocation': {
    summary: 'Gives addresses back to a pool',
    text: 'Of both kinds, by the id that they were taken with.',
    example: { on: manager, first: allocated, body: about },
  },
  'IpPoolManager.QueryIPAllocations': {
    summary: 'Tells which addresses somebody holds',
    text: '`extensionKey` is the id that they were taken with.',
    example: {
      on: manager,
      first: allocated,
      body: (lab) => ({ dc: dc(lab), poolId: ID, extensionKey: 'web-1' }),
    },
  },
  'TenantTenantManager.MarkServiceProviderEntities': {
    summary: "Marks objects as the service provider's",
    example: { on: (lab) => lab.ref('TenantTenantManager'), body: (lab) => ({ entity: [dc(lab)] }) },
  },
  'TenantTenantManager.UnmarkServiceProviderEntities': {
    summary: "Takes the service provider's mark from objects",
    example: { on: (lab) => lab.ref('TenantTenantManager'), body: (lab) => ({ entity: [dc(lab)] }) },
  },
  'TenantTenantManager.RetrieveServiceProviderEntities': {
    summary: "Lists the service provider's objects",
    example: { on: (lab) => lab.ref('TenantTenantManager') },
  },
}
