import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { DoorWorld } from './door-world.js'

/** One thing that somebody does to a world, with two numbers to choose what to do it to. */
export interface Step {
  readonly name: string
  readonly a: number
  readonly b: number
}

interface Request {
  readonly type: string
  readonly id: string
  readonly method: string
  readonly args?: object
}

type Deed = (world: Chooser, a: number, b: number) => Request | undefined

interface Chooser {
  readonly read: Reader
  /** The id of an object of a type; undefined when there is none. */
  pick(type: string, number: number, suits?: (id: string) => boolean): string | undefined
}

const on =
  (type: string, method: string, args?: (world: Chooser, a: number, b: number) => object | undefined): Deed =>
  (world, a, b) => {
    const id = world.pick(type, a)
    const given = args ? args(world, a, b) : {}
    return id === undefined || given === undefined ? undefined : { type, id, method, args: given }
  }

const vm = (method: string, args?: (world: Chooser, a: number, b: number) => object | undefined) =>
  on('VirtualMachine', method, args)

const reference = (type: string, value: string | undefined): ManagedObjectReference | undefined =>
  value === undefined ? undefined : { _typeName: 'ManagedObjectReference', value, type }

const reconfigure = (of: (b: number) => object) =>
  vm('ReconfigVM_Task', (_world, _a, b) => ({ spec: data('VirtualMachineConfigSpec', of(b)) }))

const cluster = (of: (b: number) => object) =>
  on('ClusterComputeResource', 'ReconfigureComputeResource_Task', (_world, _a, b) => ({
    spec: data('ClusterConfigSpecEx', of(b)),
    modify: true,
  }))

const odd = (number: number) => number % 2 === 1
const ftPeer = (world: Chooser, a: number) => {
  const id = world.pick('VirtualMachine', a)
  const info = id === undefined ? undefined : world.read.find('VirtualMachine', id)?.config?.ftInfo
  const [secondary] =
    (info as { secondaries?: readonly ManagedObjectReference[] } | undefined)?.secondaries ?? []
  return secondary && { vm: secondary }
}
const allocation = (reservation: number, expandableReservation: boolean) =>
  data('ResourceAllocationInfo', { reservation, limit: -1, expandableReservation })
const poolSpec = (b: number) =>
  data('ResourceConfigSpec', {
    cpuAllocation: allocation(0, true),
    memoryAllocation: allocation(b * 10, odd(b)),
  })
const hostPart = (type: string, method: string, args: (world: Chooser, a: number, b: number) => object) =>
  on(type, method, args)

const SERVICES = ['vmotion', 'faultToleranceLogging'] as const

/** What clients really do, by name: each is legal sometimes and refused at others. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  powerOn: vm('PowerOnVM_Task'),
  powerOff: vm('PowerOffVM_Task'),
  reset: vm('ResetVM_Task'),
  suspend: vm('SuspendVM_Task'),
  shutdownGuest: vm('ShutdownGuest'),
  snapshot: vm('CreateSnapshot_Task', (_w, _a, b) => ({ name: `s${b}`, memory: odd(b), quiesce: false })),
  removeSnapshots: vm('RemoveAllSnapshots_Task'),
  revert: vm('RevertToCurrentSnapshot_Task'),
  memory: reconfigure((b) => ({ memoryMB: 512 + 4 * (b % 512) })),
  vcpus: reconfigure((b) => ({ numCPUs: 1 + (b % 8) })),
  reserve: reconfigure((b) => ({ memoryAllocation: data('ResourceAllocationInfo', { reservation: b }) })),
  nestedHv: reconfigure((b) => ({ nestedHVEnabled: odd(b) })),
  annotate: reconfigure((b) => ({ annotation: `note ${b}` })),
  addNic: reconfigure(() => ({
    deviceChange: [
      data('VirtualDeviceConfigSpec', {
        operation: 'add',
        device: data('VirtualVmxnet3', {
          key: -1,
          backing: data('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
        }) as never,
      }),
    ],
  })),
  addDisk: reconfigure((b) => ({
    deviceChange: [
      data('VirtualDeviceConfigSpec', {
        operation: 'add',
        fileOperation: 'create',
        device: data('VirtualDisk', {
          key: -1,
          controllerKey: 1000,
          capacityInKB: 2 ** 20,
          backing: data('VirtualDiskFlatVer2BackingInfo', {
            fileName: '',
            diskMode: 'persistent',
            thinProvisioned: odd(b),
          }),
        }) as never,
      }),
    ],
  })),
  rename: vm('Rename_Task', (_w, _a, b) => ({ newName: `vm ${b}` })),
  unregister: vm('UnregisterVM'),
  destroyVm: vm('Destroy_Task'),
  template: vm('MarkAsTemplate'),
  createVm(world, a, b) {
    const pool = reference('ResourcePool', world.pick('ResourcePool', b))
    const folder = world.pick(
      'Folder',
      a,
      (id) => world.read.get('Folder', id).childType?.includes('VirtualMachine') ?? false,
    )
    if (!pool || folder === undefined) return undefined
    const config = data('VirtualMachineConfigSpec', {
      name: `new ${a}`,
      guestId: 'otherGuest64',
      numCPUs: 1 + (b % 4),
      memoryMB: 256,
      files: data('VirtualMachineFileInfo', { vmPathName: '[nfs-shared]' }),
    })
    return { type: 'Folder', id: folder, method: 'CreateVM_Task', args: { pool, config } }
  },
  turnOnFt(world, a) {
    const plain = (id: string) => world.read.get('VirtualMachine', id).config?.nestedHVEnabled !== true
    const id = world.pick('VirtualMachine', a, plain)
    return id === undefined ? undefined : { type: 'VirtualMachine', id, method: 'CreateSecondaryVMEx_Task' }
  },
  turnOffFt: vm('TurnOffFaultToleranceForVM_Task'),
  failOver: vm('MakePrimaryVM_Task', ftPeer),
  suspendFt: vm('DisableSecondaryVM_Task', ftPeer),
  resumeFt: vm('EnableSecondaryVM_Task', ftPeer),
  restartSecondary: vm('TerminateFaultTolerantVM_Task', ftPeer),
  maintenance: on('HostSystem', 'EnterMaintenanceMode_Task', (_w, _a, b) => ({
    timeout: 0,
    evacuatePoweredOffVms: odd(b),
  })),
  endMaintenance: on('HostSystem', 'ExitMaintenanceMode_Task', () => ({ timeout: 0 })),
  disconnect: on('HostSystem', 'DisconnectHost_Task'),
  reconnect: on('HostSystem', 'ReconnectHost_Task', () => ({})),
  reboot: on('HostSystem', 'RebootHost_Task', () => ({ force: true })),
  removeHost: on('HostSystem', 'Destroy_Task'),
  reconfigureAgent: on('HostSystem', 'ReconfigureHostForDAS_Task'),
  select: hostPart('HostVirtualNicManager', 'SelectVnicForNicType', (_w, _a, b) => ({
    nicType: SERVICES[b % 2],
    device: `vmk${(b >> 1) % 2}`,
  })),
  deselect: hostPart('HostVirtualNicManager', 'DeselectVnicForNicType', (_w, _a, b) => ({
    nicType: SERVICES[b % 2],
    device: `vmk${(b >> 1) % 2}`,
  })),
  addPortGroup: hostPart('HostNetworkSystem', 'AddPortGroup', (_w, _a, b) => ({
    portgrp: data('HostPortGroupSpec', {
      name: `pg ${b % 5}`,
      vlanId: b % 4095,
      vswitchName: 'vSwitch0',
      policy: data('HostNetworkPolicy', {}),
    }),
  })),
  removePortGroup: hostPart('HostNetworkSystem', 'RemovePortGroup', (_w, _a, b) => ({
    pgName: `pg ${b % 5}`,
  })),
  removeVmk: hostPart('HostNetworkSystem', 'RemoveVirtualNic', () => ({ device: 'vmk1' })),
  ha: cluster((b) => ({ dasConfig: data('ClusterDasConfigInfo', { enabled: odd(b) }) })),
  admission: cluster((b) => ({
    dasConfig: data('ClusterDasConfigInfo', { admissionControlEnabled: odd(b) }),
  })),
  drs: cluster((b) => ({ drsConfig: data('ClusterDrsConfigInfo', { enabled: b % 4 !== 0 }) })),
  createPool: on('ResourcePool', 'CreateResourcePool', (_w, _a, b) => ({
    name: `pool ${b % 9}`,
    spec: poolSpec(b),
  })),
  updatePool: on('ResourcePool', 'UpdateConfig', (_w, _a, b) => ({
    name: `pool ${b % 9}`,
    config: poolSpec(b),
  })),
  destroyPool: on('ResourcePool', 'Destroy_Task'),
  intoPool: on('ResourcePool', 'MoveIntoResourcePool', (world, _a, b) => {
    const moved = reference('VirtualMachine', world.pick('VirtualMachine', b))
    return moved && { list: [moved] }
  }),
  createFolder: on('Folder', 'CreateFolder', (_w, _a, b) => ({ name: `folder ${b % 9}` })),
  intoFolder: on('Folder', 'MoveIntoFolder_Task', (world, _a, b) => {
    const moved = reference('VirtualMachine', world.pick('VirtualMachine', b))
    return moved && { list: [moved] }
  }),
  renameDatastore: on('Datastore', 'RenameDatastore', (_w, _a, b) => ({ newName: `store ${b % 5}` })),
}

/** Does one step; the fault or error type that it ended with, `done`, or `nothing` when there was nothing to do it to. */
export function take(world: DoorWorld, { name, a, b }: Step): string {
  const { read } = world.sandbox.inventory
  const chooser: Chooser = {
    read,
    pick(type, number, suits = () => true) {
      const ids = [...read.ids(type as 'Folder')].filter(suits)
      return ids[number % Math.max(1, ids.length)]
    },
  }
  if (name === 'wait') {
    world.sandbox.clock.advance(1000 * (b % 1200))
    // Whoever waits for longer than half an hour is logged out.
    world.call('ServiceInstance', 'ServiceInstance', 'CurrentTime')
    return 'done'
  }
  const request = DEEDS[name]?.(chooser, a, b)
  if (!request) return 'nothing'
  try {
    const result = world.call(request.type, request.id, request.method, request.args ?? {}) as
      | ManagedObjectReference
      | undefined
    const info =
      result?.type === 'Task' ? world.sandbox.inventory.read.find('Task', result.value)?.info : undefined
    return info?.error?.fault._typeName ?? 'done'
  } catch (error) {
    const type = (error as { fault?: { _typeName: string } }).fault?._typeName
    if (type === undefined) throw error
    return type
  }
}
