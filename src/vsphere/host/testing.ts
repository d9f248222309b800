import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { thumbprintOf } from '#world/installation.js'
import { type Hardware, type Installation, machines } from '#world/machine.js'
import { clusterFamily } from '../cluster/family.js'
import type { Family } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import type { IdentityVersion } from '../core/identity.js'
import { createTestWorld, type TestWorld } from '../core/testing.js'
import { createDatacenter } from '../datacenter/build.js'
import { datacenterFamily } from '../datacenter/family.js'
import { datastoreFamily } from '../datastore/family.js'
import { dvsFamily } from '../dvs/family.js'
import { eventFamily } from '../event/family.js'
import { createRootFolder } from '../folder/build.js'
import { folderFamily } from '../folder/family.js'
import { managedEntityFamily } from '../managed-entity/family.js'
import { nestedEsxiFamily } from '../nested-esxi/family.js'
import { networkFamily } from '../network/family.js'
import { taskFamily } from '../task/family.js'
import { vmkernelFamily } from '../vmkernel/family.js'
import { hostFamily } from './family.js'

/** A server: 16 cores, 128 GB, two 10 Gb NICs, one disk. */
export function server(name: string): Hardware {
  const serial = name.length.toString(16).padStart(4, '0')
  return {
    vendor: 'Dell Inc.',
    model: 'PowerEdge R650',
    cpuModel: 'Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz',
    cpuVendor: 'intel',
    evcModeKey: 'intel-icelake',
    mhz: 2000,
    packages: 2,
    cores: 16,
    threads: 32,
    memoryBytes: 128 * 2 ** 30,
    uuid: `4c4c4544-0051-3510-8054-${Buffer.from(name.slice(0, 6).padEnd(6)).toString('hex')}`,
    serial: `SN${serial}${name}`,
    firmware: 'efi',
    nics: [0, 1].map((at) => ({
      mac: `24:6e:96:00:00:0${at}`,
      driver: 'i40en',
      pci: `0000:3b:00.${at}`,
      speedMb: 10_000,
      linkUp: true,
    })),
    disks: [
      {
        canonicalName: 'naa.5000c500a1b2c3d4',
        capacityBytes: 480e9,
        local: true,
        ssd: true,
        file: undefined,
      },
    ],
    hv: true,
    hwMmu: true,
    nested: false,
  }
}

const BUILDS: Readonly<Record<string, string>> = {
  '6.0.0': '2494585',
  '6.7.0': '8169922',
  '8.0.3': '24022510',
}

/** A machine with ESXi that answers at `<name>.lab.local`. */
export function addMachine(
  ctx: Context,
  name: string,
  address: string,
  changes: Partial<Installation> = {},
): string {
  const id = `machine:${ctx.tx.next('machine')}`
  const version = changes.version ?? '8.0.3'
  ctx.tx.create(machines, id, {
    name,
    hardware: server(name),
    power: 'on',
    state: 'up',
    bootTime: ctx.now - 3_600_000,
    boots: 1,
    esxi: {
      version,
      build: BUILDS[version] ?? '0',
      hostName: `${name}.lab.local`,
      address,
      netmask: '255.255.255.0',
      gateway: '192.168.10.1',
      user: 'root',
      password: 'VMware1!',
      uuid: server(name).uuid,
      thumbprint: thumbprintOf(name),
      ...changes,
    },
  })
  return id
}

export const labFamilies: readonly Family[] = [
  managedEntityFamily,
  folderFamily,
  datacenterFamily,
  hostFamily,
  clusterFamily,
  datastoreFamily,
  networkFamily,
  dvsFamily,
  vmkernelFamily,
  nestedEsxiFamily,
  taskFamily,
  eventFamily,
]

export interface Lab extends TestWorld {
  readonly datacenter: string
  readonly hostFolder: string
  readonly vmFolder: string
}

/** A datacenter `Lab` and whatever `seed` adds; machines `esx1` ... `esx3` that nobody manages yet. */
export function createLab(
  options: { version?: IdentityVersion; families?: readonly Family[]; seed?: (ctx: Context) => void } = {},
): Lab {
  let datacenter: ManagedObjectReference | undefined
  const world = createTestWorld({
    families: options.families ?? labFamilies,
    version: options.version ?? '8.0.3',
    seed(ctx) {
      datacenter = createDatacenter(ctx, createRootFolder(ctx), 'Lab')
      for (const number of [1, 2, 3]) addMachine(ctx, `esx${number}`, `192.168.10.1${number}`)
      options.seed?.(ctx)
    },
  })
  const id = datacenter?.value ?? ''
  const { hostFolder, vmFolder } = world.sandbox.inventory.read.get('Datacenter', id)
  return Object.assign(world, { datacenter: id, hostFolder: hostFolder.value, vmFolder: vmFolder.value })
}

/** How to reach a lab machine; right in everything unless changed. */
export function connectSpec(name: string, changes: object = {}) {
  return {
    _typeName: 'HostConnectSpec',
    hostName: `${name}.lab.local`,
    port: 443,
    userName: 'root',
    password: 'VMware1!',
    sslThumbprint: thumbprintOf(name),
    force: false,
    ...changes,
  }
}
