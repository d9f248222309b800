import { data } from '#vim25/data.js'
import type { HostNetworkInfo, ManagedObjectReference, VirtualDevice } from '#vim25/generated/types.js'
import type { TaskBehaviour } from '#vsphere/core/behaviour.js'
import { putFile } from '#vsphere/datastore/files.js'
import { createFtLab, type FtLab } from '#vsphere/fault-tolerance/testing.js'
import { connectSpec } from '#vsphere/host/testing.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { startTask } from '#vsphere/task/task.js'
import { spec, usual } from '#vsphere/vm/testing.js'
import { machineOfHost } from '#world/hardware.js'
import { type Installation, machines } from '#world/machine.js'

/**
 * The world in which methods are refused: the datacenter `Lab`; the cluster `C` with HA and DRS, three hosts ready for
 * FT and the NFS datastore `nfs` on all; the VM `demo` running on the first host, the VM `idle` powered off; the machines
 * `esx1` to `esx3`, which nobody manages yet.
 */
export interface FaultLab extends FtLab {
  readonly idle: string
  ref(id: string): ManagedObjectReference
  nameOf(id: string): string
  /** The host on which a VM is registered. */
  hostOf(vm: string): string
  /** A manager of a host (default: the first) by the prefix of its moid. */
  manager(prefix: string, host?: string): string
  network(host?: string): HostNetworkInfo
  /** Calls a method that is to succeed, and gives its result, a task's too. */
  done<T = string>(type: string, id: string, method: string, args?: object): T
  /** The machine becomes a host in a compute resource of its own; the compute resource's moid. */
  standalone(machine: string, changes?: object): string
  hostIn(computeResource: string): string
  /** vCenter lets go of the VM's host. */
  disconnect(vm: string): void
  maintain(host: string): void
  /** Changes what is installed on a host's machine; the inventory learns it when it connects the host again. */
  reinstall(host: string, changes: Partial<Installation>): void
  /** Nothing more than `left` bytes fits on the datastore `nfs`. */
  fill(left?: number): void
  /** A task that is at work on the entity. */
  busy(entity: string): ManagedObjectReference
  device(vm: string, type: string | number): VirtualDevice
}

export function createFaultLab(): FaultLab {
  const lab = createFtLab()
  const idle = lab.create({ name: 'idle', deviceChange: usual() })
  const [first = ''] = lab.hosts
  lab.act(createServiceObjects)
  const now = () => lab.sandbox.inventory.read
  const done = <T>(type: string, id: string, method: string, args: object = {}): T => {
    const result = lab.call(type, id, method, args) as ManagedObjectReference | undefined
    if (result?.type !== 'Task') return result as T
    const { info } = now().get('Task', result.value)
    if (info.error) throw new Error(`${method} failed: ${info.error.localizedMessage}`)
    return info.result as T
  }
  const hostOf = (vm: string) => now().get('VirtualMachine', vm).runtime.host?.value ?? ''
  return Object.assign(lab, {
    idle,
    done,
    hostOf,
    ref: (id: string) => now().ref(id),
    nameOf: (id: string) => now().get('ManagedEntity', id).name,
    manager: (prefix: string, host = first) => `${prefix}-${host.slice('host-'.length)}`,
    network: (host = first) => now().get('HostSystem', host).config?.network as HostNetworkInfo,
    standalone(machine: string, changes: object = {}) {
      const args = { spec: connect(machine, changes), addConnected: true }
      return done<ManagedObjectReference>('Folder', lab.hostFolder, 'AddStandaloneHost_Task', args).value
    },
    hostIn: (computeResource: string) => now().get('ComputeResource', computeResource).host?.[0]?.value ?? '',
    disconnect: (vm: string) => done<void>('HostSystem', hostOf(vm), 'DisconnectHost_Task'),
    maintain: (host: string) => done<void>('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 }),
    reinstall(host: string, changes: Partial<Installation>) {
      lab.act(({ tx }) => {
        const machine = machineOfHost(tx, host) as string
        const { esxi } = tx.get(machines, machine)
        tx.set(machines, machine, { esxi: esxi && Object.freeze({ ...esxi, ...changes }) })
      })
    },
    fill(left = 0) {
      lab.act(({ tx }) => {
        const { freeSpace } = tx.get('Datastore', lab.datastore).summary
        putFile(tx, lab.datastore, 'full.iso', { type: 'iso', size: Number(freeSpace) - left })
      })
    },
    busy(entity: string) {
      const key = 'ManagedEntity.Rename_Task'
      const behaviour = lab.sandbox.registry.behaviour('ManagedEntity', 'Rename_Task') as TaskBehaviour
      return lab.sandbox.transact({}, (ctx) => {
        const self = ctx.tx.ref(entity)
        return startTask(ctx, { key, self, args: {}, behaviour, descriptionId: key, entity: self })
      })
    },
    device(vm: string, type: string | number) {
      const devices = lab.config(vm).hardware.device ?? []
      const found = devices.find(({ key, _typeName }) => key === type || _typeName === type)
      if (!found) throw new Error(`${vm} has no ${type}.`)
      return found
    },
  })
}

/** How to reach one of the machines; right in everything unless changed. */
export const connect = (machine: string, changes: object = {}) =>
  data('HostConnectSpec', { ...connectSpec(machine), force: false, ...changes })

/** A VM of a spec that CreateVM_Task accepts unless it is changed. */
export const newVm = (lab: FaultLab, changes: Parameters<typeof spec>[0] = {}, more: object = {}) => ({
  config: spec({ name: 'new', ...changes }),
  pool: lab.pool,
  ...more,
})

/** A reservation, MB or MHz. */
export const reserved = (reservation: number) => data('ResourceAllocationInfo', { reservation })
