import { patch } from '#vim25/data.js'
import type {
  HostNetworkInfo,
  HostSystemConnectionState,
  ManagedObjectReference,
  MethodFault,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { machines } from '#world/machine.js'
import { createCluster } from '../cluster/build.js'
import type { Context } from '../core/context.js'
import { joinHost } from '../host/join.js'
import { createLab, type Lab } from '../host/testing.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'

export interface NetLab extends Lab {
  /** moids of the hosts esx1 and esx2. */
  readonly hosts: readonly [string, string]
  /** Number of esx1, which its managers share. */
  readonly number: string
  network(host?: string): HostNetworkInfo
  /** The fault of a call on esx1's manager; fails when the call changed anything. */
  refused(type: string, method: string, args: object): MethodFault
  /** Calls a method of esx1's manager. */
  on(type: string, method: string, args?: object): unknown
  /** A registered VM on esx1. */
  addVm(name: string, members: object): ManagedObjectReference
  /** Puts hosts (default: both) into a connection state. */
  setConnection(state: HostSystemConnectionState, hosts?: readonly string[]): void
  transact<R>(change: (ctx: Context) => R): R
}

const MANAGERS: Readonly<Record<string, string>> = {
  HostNetworkSystem: 'networkSystem',
  HostVirtualNicManager: 'virtualNicManager',
  HostVMotionSystem: 'vmotionSystem',
  HostDatastoreSystem: 'datastoreSystem',
}

/** The lab with esx1 and esx2 (esx2 may run another release) in one cluster. */
export function createNetLab(options: { second?: string; seed?: (ctx: Context) => void } = {}): NetLab {
  const hosts: string[] = []
  const lab = createLab({
    seed(ctx) {
      options.seed?.(ctx)
      const [datacenter = ''] = ctx.tx.ids('Datacenter')
      const { hostFolder } = ctx.tx.get('Datacenter', datacenter)
      const parent = createCluster(ctx, hostFolder, 'Physical')
      for (const machine of [...ctx.tx.ids(machines)].slice(0, 2)) {
        const { esxi } = ctx.tx.get(machines, machine)
        if (esxi && hosts.length === 1 && options.second)
          ctx.tx.set(machines, machine, { esxi: { ...esxi, version: options.second } })
        hosts.push(joinHost(ctx, { machine, parent }).value)
      }
    },
  })
  const [first = '', second = ''] = hosts
  const number = first.slice('host-'.length)
  const manager = (type: string) => `${MANAGERS[type]}-${number}`
  return Object.assign(lab, {
    hosts: [first, second] as const,
    number,
    network: (host = first) =>
      lab.sandbox.inventory.read.get('HostSystem', host).config?.network as HostNetworkInfo,
    on: (type: string, method: string, args: object = {}) => lab.call(type, manager(type), method, args),
    refused(type: string, method: string, args: object) {
      const before = lab.sandbox.inventory.root
      const found = lab.fault(type, manager(type), method, args)
      if (lab.sandbox.inventory.root.entities !== before.entities)
        throw new Error(`${method} failed and changed something.`)
      return found
    },
    addVm: (name: string, members: object) =>
      lab.sandbox.transact({}, (ctx) =>
        ctx.tx.create('VirtualMachine', `vm-${ctx.tx.next('moid')}`, {
          ...managedEntityDefaults(name, ctx.tx.ref(lab.vmFolder)),
          runtime: { host: ctx.tx.ref(first), powerState: 'poweredOn' },
          ...members,
        } as never),
      ),
    setConnection(connectionState: HostSystemConnectionState, which: readonly string[] = [first, second]) {
      lab.sandbox.transact({}, (ctx) => {
        for (const host of which)
          ctx.tx.update('HostSystem', host, ({ runtime }) => ({
            runtime: patch(runtime, { connectionState }),
          }))
      })
    },
    transact: <R>(change: (ctx: Context) => R) => lab.sandbox.transact({}, change),
  })
}

/** What is wrong with an object's properties by the schema, each with its path. */
export function objectProblems(lab: Lab, type: string, id: string): readonly string[] {
  const value = lab.sandbox.inventory.read.get(type as 'HostSystem', id) as unknown as Record<string, unknown>
  const { properties = [] } = managedType(type) ?? {}
  const unknown = Object.keys(value).filter((name) => !properties.some((property) => property.name === name))
  return [...unknown, ...properties.flatMap((property) => problemsOf(value[property.name], property))]
}

/** The network folder's entities by name and type. */
export function networksOf(lab: Lab): readonly string[] {
  const { read } = lab.sandbox.inventory
  const { networkFolder } = read.get('Datacenter', lab.datacenter)
  return (read.get('Folder', networkFolder.value).childEntity ?? []).map(
    (ref) => read.get('ManagedEntity', ref.value).name,
  )
}
