import { data } from '#vim25/data.js'
import type {
  ClusterConfigSpecEx,
  ManagedObjectReference,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { createCluster } from '../cluster/build.js'
import type { Family } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import type { IdentityVersion } from '../core/identity.js'
import { mountNfs } from '../datastore/build.js'
import { putFile } from '../datastore/files.js'
import { families } from '../families.js'
import { joinHost } from '../host/join.js'
import { addMachine, createLab, type Lab } from '../host/testing.js'

export interface VmLab extends Lab {
  readonly cluster: string
  readonly pool: ManagedObjectReference
  readonly hosts: readonly string[]
  readonly datastore: string
  /** Runs a change of the world outside of any call. */
  act<R>(change: (ctx: Context) => R): R
  /** CreateVM_Task with a valid spec, changed by `changes`. */
  create(changes?: Partial<VirtualMachineConfigSpec>): string
  /** ReconfigVM_Task. */
  reconfigure(vm: string, changes: Partial<VirtualMachineConfigSpec>): ReturnType<Lab['task']>
  config(vm: string): VirtualMachineConfigInfo
  device(vm: string, key: number): VirtualDevice | undefined
  /** Every stored object as it is now: to show that a refusal changed nothing (tasks, events and counters aside). */
  objects(): ReadonlyMap<string, object>
  /** Checks every property of the object against the schema; throws an Error that lists what is wrong. */
  expectValid(type: string, id: string): void
}

export interface VmLabOptions {
  readonly spec?: ClusterConfigSpecEx
  /** Versions of the hosts' ESXi. */
  readonly hosts?: readonly string[]
  readonly version?: IdentityVersion
  /** More than vim25's own. */
  readonly families?: readonly Family[]
}

export const spec = (members: Partial<VirtualMachineConfigSpec> = {}): VirtualMachineConfigSpec =>
  data('VirtualMachineConfigSpec', {
    name: 'demo',
    guestId: 'otherGuest64',
    numCPUs: 2,
    memoryMB: 1024,
    files: data('VirtualMachineFileInfo', { vmPathName: '[nfs]' }),
    ...members,
  })

/** A cluster `C` with DRS, hosts with 16 cores and 128 GB, and the NFS datastore `nfs` on all. */
export function createVmLab(options: VmLabOptions = {}): VmLab {
  let cluster = ''
  let datastore = ''
  const hosts: string[] = []
  const lab = createLab({
    families: options.families ?? families,
    version: options.version ?? '8.0.3',
    seed(ctx) {
      const [datacenter = ''] = ctx.tx.ids('Datacenter')
      const { hostFolder } = ctx.tx.get('Datacenter', datacenter)
      const drs = data('ClusterConfigSpecEx', { drsConfig: data('ClusterDrsConfigInfo', { enabled: true }) })
      cluster = createCluster(ctx, hostFolder, 'C', options.spec ?? drs).value
      ;(options.hosts ?? ['8.0.3', '8.0.3']).forEach((version, at) => {
        const machine = addMachine(ctx, `vm${at + 1}`, `192.168.10.3${at + 1}`, { version })
        const host = joinHost(ctx, { machine, parent: ctx.tx.ref(cluster) }).value
        hosts.push(host)
        datastore = mountNfs(ctx, host, {
          remoteHost: 'nas.lab.local',
          remotePath: '/vms',
          name: 'nfs',
        }).value
      })
      putFile(ctx.tx, datastore, 'iso/tools.iso', { type: 'iso', size: 1000 })
    },
  })
  const { sandbox } = lab
  const pool = lab.get<ManagedObjectReference>('ClusterComputeResource', cluster, 'resourcePool')
  const config = (vm: string) =>
    sandbox.inventory.read.get('VirtualMachine', vm).config as VirtualMachineConfigInfo
  return Object.assign(lab, {
    cluster,
    pool,
    hosts,
    datastore,
    config,
    act<R>(change: (ctx: Context) => R): R {
      const result = sandbox.transact({}, change)
      sandbox.settle()
      return result
    },
    create(changes: Partial<VirtualMachineConfigSpec> = {}) {
      const info = lab.task('Folder', lab.vmFolder, 'CreateVM_Task', { config: spec(changes), pool })
      if (info.error) throw new Error(`CreateVM_Task failed: ${JSON.stringify(info.error)}`)
      return (info.result as ManagedObjectReference).value
    },
    reconfigure: (vm: string, changes: Partial<VirtualMachineConfigSpec>) =>
      lab.task('VirtualMachine', vm, 'ReconfigVM_Task', { spec: data('VirtualMachineConfigSpec', changes) }),
    device: (vm: string, key: number) => config(vm).hardware.device?.find((device) => device.key === key),
    objects() {
      const all = new Map<string, object>()
      for (const [id, entity] of sandbox.inventory.root.entities)
        if (!VOLATILE.has(entity.type))
          all.set(id, { ...entity.value, recentTask: undefined, latestEvent: undefined })
      return all
    },
    expectValid(type: string, id: string) {
      const problems = (managedType(type)?.properties ?? []).flatMap((property) =>
        problemsOf(lab.get(type, id, property.name), property),
      )
      if (problems.length > 0) throw new Error(`${type} ${id} is not valid: ${problems.join('; ')}`)
    },
  })
}

/** What a refused call leaves behind all the same. */
const VOLATILE = new Set(['Task', 'taskWork', 'EventManager', 'TaskManager'])

/** `add` of a device of a spec; the key is only a handle. */
export const add = (device: object, fileOperation?: 'create'): VirtualDeviceConfigSpec =>
  data('VirtualDeviceConfigSpec', { operation: 'add', fileOperation, device: device as VirtualDevice })

export const edit = (device: object): VirtualDeviceConfigSpec =>
  data('VirtualDeviceConfigSpec', { operation: 'edit', device: device as VirtualDevice })

export const remove = (device: object, fileOperation?: 'destroy'): VirtualDeviceConfigSpec =>
  data('VirtualDeviceConfigSpec', { operation: 'remove', fileOperation, device: device as VirtualDevice })

export const scsi = (key = -1, busNumber = 0) =>
  data('ParaVirtualSCSIController', { key, busNumber, sharedBus: 'noSharing' })

export const disk = (
  members: {
    key?: number
    controllerKey?: number
    unitNumber?: number
    gb?: number
    file?: string
    mode?: string
  } = {},
) =>
  data('VirtualDisk', {
    key: members.key ?? -10,
    controllerKey: members.controllerKey ?? -1,
    unitNumber: members.unitNumber,
    capacityInKB: (members.gb ?? 4) * 2 ** 20,
    backing: data('VirtualDiskFlatVer2BackingInfo', {
      fileName: members.file ?? '',
      diskMode: members.mode ?? 'persistent',
      thinProvisioned: true,
    }),
  })

export const card = (
  type: 'VirtualVmxnet3' | 'VirtualE1000' | 'VirtualE1000e' = 'VirtualVmxnet3',
  network = 'VM Network',
) =>
  data(type, {
    key: -20,
    backing: data('VirtualEthernetCardNetworkBackingInfo', { deviceName: network }),
  })

/** A disk on a controller of its own, and a network card. */
export const usual = () => [add(scsi()), add(disk(), 'create'), add(card())]
