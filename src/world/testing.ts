import { createInventory } from '#inventory/inventory.js'
import { createModel } from '#inventory/model.js'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { VirtualDevice, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { type DiskImage, setImage } from './disk-image.js'
import { type Machine, machineOfVm, machines, machinesByAddress, machinesByVm } from './machine.js'
import { finishBoot, finishInstallation, SIGNALS, vmPowered, type WorldContext } from './nested.js'
import { guestsByAddress, hostsByVmkAddress, type Subnet, subnetId, subnets } from './subnet.js'

/** What a VM of a test is made of; everything has a default that ESXi 8.0.3 runs on. */
export interface TestVm {
  readonly cpus?: number
  readonly memoryMB?: number
  readonly diskGB?: number
  /** What its disk holds. */
  readonly disk?: DiskImage
  /** What the ISO in its drive holds. */
  readonly iso?: DiskImage
  readonly guestinfo?: Readonly<Record<string, string>>
  readonly connected?: boolean
  readonly uuid?: string
}

/** The world alone: machines, VMs as far as it looks at them, and time in seconds that passes when it is told to. */
export function createBareWorld(subnet?: Partial<Subnet>) {
  const inventory = createInventory(
    createModel([machinesByAddress, machinesByVm, guestsByAddress, hostsByVmkAddress], []),
  )
  const signals: string[] = []
  let now = 0

  const change = <R>(act: (ctx: WorldContext) => R): R =>
    inventory.transact((tx) => act({ tx, now: now * 1000, services: { pace: 1 } }))

  const run = (ctx: WorldContext, kind: string, refs: Readonly<Record<string, unknown>>) => {
    if (kind === SIGNALS.installed) finishInstallation(ctx, refs)
    else if (kind === SIGNALS.booted) finishBoot(ctx, refs)
    else signals.push(refs.reason === undefined ? kind : `${kind}: ${String(refs.reason)}`)
  }

  change(({ tx }) => {
    tx.create(subnets, subnetId('VM Network'), {
      network: 'VM Network',
      netmask: '255.255.255.0',
      gateway: '192.168.10.1',
      first: '192.168.10.200',
      last: '192.168.10.201',
      domain: 'lab.local',
      ...subnet,
    })
  })

  return {
    inventory,
    change,
    /** Adds or changes a VM; it is off. */
    vm(name: string, made: TestVm = {}): void {
      change(({ tx }) => {
        const config = configOf(name, made)
        if (tx.entity(name)) tx.set('VirtualMachine', name, { config })
        else tx.create('VirtualMachine', name, { config, runtime: { powerState: 'poweredOff' } } as never)
        if (made.disk) setImage(tx, 'datastore-1', `${name}.vmdk`, made.disk)
        if (made.iso) setImage(tx, 'datastore-1', `${name}.iso`, made.iso)
      })
    },
    power(name: string, on: boolean): void {
      change((ctx) => {
        ctx.tx.set('VirtualMachine', name, {
          runtime: { powerState: on ? 'poweredOn' : 'poweredOff' },
        } as never)
        vmPowered(ctx, name, on)
      })
    },
    /** Lets seconds pass and gives the signals of that time. */
    pass(seconds: number): readonly string[] {
      const until = now + seconds
      for (;;) {
        const next = inventory.root.agenda[0]
        if (!next || next.due > until * 1000) break
        now = next.due / 1000
        change((ctx) => {
          ctx.tx.unschedule(next.number)
          run(ctx, next.kind, next.refs)
        })
      }
      now = until
      return signals.splice(0)
    },
    /** The machine that a VM is. */
    machine(name: string): Machine | undefined {
      const id = machineOfVm(inventory.read, name)
      return id === undefined ? undefined : inventory.read.get(machines, id)
    },
  }
}

function configOf(name: string, made: TestVm): VirtualMachineConfigInfo {
  const on = (fileName: string) => ({ fileName, datastore: { value: 'datastore-1' } })
  const devices = [
    {
      _typeName: 'VirtualDisk',
      backing: on(`[ds] ${name}.vmdk`),
      capacityInKB: (made.diskGB ?? 40) * 2 ** 20,
    },
    ...(made.iso ? [{ _typeName: 'VirtualCdrom', backing: on(`[ds] ${name}.iso`) }] : []),
    {
      _typeName: 'VirtualVmxnet3',
      macAddress: '00:50:56:80:12:34',
      backing: { deviceName: 'VM Network' },
      connectable: { connected: made.connected ?? true },
    },
  ]
  return {
    _typeName: 'VirtualMachineConfigInfo',
    name,
    uuid: made.uuid ?? '4201b7a6-5f62-4ee0-edf6-05098f74aff3',
    firmware: 'efi',
    nestedHVEnabled: true,
    hardware: {
      _typeName: 'VirtualHardware',
      numCPU: made.cpus ?? 4,
      numCoresPerSocket: 1,
      memoryMB: made.memoryMB ?? 16_384,
      device: devices as unknown as readonly VirtualDevice[],
    },
    extraConfig: Object.entries(made.guestinfo ?? {}).map(([key, value]) =>
      data('OptionValue', { key: `guestinfo.${key}`, value: boxedString(value) }),
    ),
  } as unknown as VirtualMachineConfigInfo
}
