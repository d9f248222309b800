import type { Context } from '#vsphere/core/context.js'
import { toNumber, toText } from '#world/address.js'
import { thumbprintOf } from '#world/installation.js'
import { type Hardware, machines, machinesByAddress } from '#world/machine.js'
import type { Site } from './builder.js'
import { releaseFor } from './release.js'
import type { SeedMachine } from './seed.js'

/**
 * A physical machine of a seed: powered on, its ESXi up since the world began. `known` are the machines by name so far; gives
 * the id of its record.
 */
export function createSeedMachine(
  ctx: Context,
  seed: SeedMachine,
  known: Map<string, string>,
  mistake: Site['mistake'],
): string {
  const { tx, services } = ctx
  if (known.has(seed.name)) throw mistake(`There is a machine '${seed.name}' already.`, seed)
  const number = tx.next('machine')
  const id = `machine:${number}`
  const address = seed.esxi.address ?? addressOf(number)
  for (const taken of [address, seed.esxi.hostName.toLowerCase()])
    if (tx.lookup(machinesByAddress, taken).length > 0)
      throw mistake(`There is a machine that answers as '${taken}' already.`, seed)
  known.set(seed.name, id)
  const uuid = services.random.uuid('', 'machine', seed.name)
  const { version, build } = releaseFor(ctx.identity, seed.esxi.version)
  tx.create(machines, id, {
    name: seed.name,
    hardware: hardwareOfSeed(ctx, seed, uuid),
    power: 'on',
    state: 'up',
    boots: 1,
    bootTime: ctx.now,
    esxi: {
      version,
      build,
      hostName: seed.esxi.hostName,
      address,
      netmask: seed.esxi.netmask ?? '255.255.255.0',
      gateway: seed.esxi.gateway,
      user: 'root',
      password: seed.esxi.password ?? 'VMware1!',
      uuid,
      thumbprint: thumbprintOf(`${uuid} ${seed.esxi.hostName}`),
    },
  })
  return id
}

/** An address for a machine whose seed names none: in the half of 10.0.0.0/8 that guests have none in. */
function addressOf(machine: number): string {
  return toText(toNumber('10.128.0.0') + machine)
}

/** A two-socket server of the Ice Lake generation unless the seed says otherwise. */
const USUAL = {
  model: 'Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz',
  evcMode: 'intel-icelake',
  mhz: 2000,
  packages: 2,
  cores: 16,
} as const

function hardwareOfSeed(ctx: Context, seed: SeedMachine, uuid: string): Hardware {
  const cpu = { ...USUAL, ...seed.cpu }
  const nics = seed.nics ?? [{}]
  const disks = seed.disks ?? [{ capacityGB: 32, ssd: true }]
  return {
    vendor: 'Fauxsphere',
    model: 'Bare Metal',
    cpuModel: cpu.model,
    cpuVendor: seed.cpu?.vendor ?? 'intel',
    evcModeKey: cpu.evcMode,
    mhz: cpu.mhz,
    packages: cpu.packages,
    cores: cpu.cores,
    threads: cpu.cores * (seed.cpu?.hyperThreading ? 2 : 1),
    memoryBytes: Math.round(seed.memoryGB * 2 ** 30),
    uuid,
    serial: uuid.slice(0, 8).toUpperCase(),
    firmware: 'efi',
    nics: nics.map((nic, at) => ({
      mac: macOf(ctx.services.random.hex('nic', seed.name, at)),
      driver: nic.driver ?? 'ixgben',
      pci: `0000:${(0x18 + at).toString(16)}:00.0`,
      speedMb: nic.speedMb ?? 10_000,
      linkUp: nic.linkUp ?? true,
    })),
    disks: disks.map((disk, at) => ({
      canonicalName: `naa.${ctx.services.random.hex('disk', seed.name, at).slice(0, 16)}`,
      capacityBytes: Math.round(disk.capacityGB * 2 ** 30),
      local: true,
      ssd: disk.ssd ?? false,
    })),
    hv: true,
    hwMmu: true,
    nested: false,
  }
}

/** A locally administered address, so that it is nobody's. */
function macOf(hex: string): string {
  return ['02', ...(hex.slice(0, 10).match(/../g) ?? [])].join(':')
}
