import { createClock } from '#ports/clock.js'
import { silentLog } from '#ports/log.js'
import { createRandom } from '#ports/random.js'
import { theRegistry } from '#services/world-registry.js'
import { scratchBlobs } from '#store/blobs.js'
import { createIdentity, type IdentityVersion } from '#vsphere/core/identity.js'
import { createSandbox } from '#vsphere/core/sandbox.js'
import { buildSeed } from './build.js'
import type { LoadedSeed } from './load.js'

/** The state that a seed makes, after all that it sets going. */
export function built(loaded: LoadedSeed, version: IdentityVersion = '8.0.3') {
  const random = createRandom('test', true)
  const sandbox = createSandbox({
    registry: theRegistry(),
    services: {
      identity: createIdentity(version, random.uuid('', 'instance'), loaded.seed.product),
      random,
      log: silentLog,
      pace: 0,
      accounts: undefined,
      blobs: scratchBlobs(),
      volatile: new Map(),
    },
    clock: createClock({ at: 0, rate: 0 }),
    strict: true,
    seed: (ctx) => buildSeed(ctx, loaded),
  })
  sandbox.close()
  return sandbox.inventory.read
}

type Read = ReturnType<typeof built>

export const hosts = (read: Read) => [...read.ids('HostSystem')].map((id) => read.get('HostSystem', id))
export const vms = (read: Read) => [...read.ids('VirtualMachine')].map((id) => read.get('VirtualMachine', id))

/** Two physical hosts, one of a cluster and one on its own; `more` adds to it at the marked places. */
export interface More {
  readonly exports?: string
  readonly subnets?: string
  readonly machines?: string
  readonly datastores?: string
  readonly member?: string
  readonly cluster?: string
  readonly clusters?: string
  readonly hosts?: string
  readonly vms?: string
  readonly datacenter?: string
  readonly datacenters?: string
}

export function lab(more: More = {}): string {
  return [
    'world:',
    '  exports:',
    '    - { server: nas, path: /a, capacityGB: 100 }',
    more.exports,
    '  subnets:',
    '    - { network: VM Network, netmask: 255.255.255.0, first: 10.0.0.200, last: 10.0.0.250 }',
    more.subnets,
    '  machines:',
    '    - { name: m1, memoryGB: 64, esxi: { hostName: m1.lab, address: 10.0.0.1 } }',
    '    - { name: m2, memoryGB: 64, esxi: { hostName: m2.lab, address: 10.0.0.2 } }',
    more.machines,
    'datacenters:',
    '  - name: DC',
    '    datastores:',
    '      - { name: ds, nfs: { server: nas, path: /a }, files: [{ path: iso/x.iso, sizeMB: 1 }] }',
    more.datastores,
    '    clusters:',
    '      - name: C',
    '        drs: { enabled: true }',
    more.cluster,
    '        hosts:',
    '          - machine: m1',
    more.member,
    more.clusters,
    '    hosts:',
    '      - { machine: m2 }',
    more.hosts,
    '    vms:',
    '      - { name: first, cluster: C }',
    more.vms,
    more.datacenter,
    more.datacenters,
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

/** Members of a VM that is a nested host. */
export const NESTED =
  'cpus: 4, memoryMB: 8192, nestedHV: true, disks: [{ sizeGB: 40, image: { kind: esxi } }], nics: [{ network: VM Network }], power: "on"'
