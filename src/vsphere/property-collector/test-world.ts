import { inverse } from '#inventory/derivation.js'
import { moRef } from '#inventory/entity.js'
import type { Transaction } from '#inventory/transaction.js'
import type {
  ManagedObjectReference,
  ObjectContent,
  PropertyFilterSpec,
  UpdateSet,
} from '#vim25/generated/types.js'
import { authorizationFamily } from '../authorization/family.js'
import type { Family } from '../core/behaviour.js'
import { type Session, sessionId, sessions } from '../core/context.js'
import { callMethod, Pending } from '../core/dispatch.js'
import { createTestWorld, TEST_TIME, type TestWorld } from '../core/testing.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { managedEntityFamily } from '../managed-entity/family.js'
import { searchIndexFamily } from '../search-index/family.js'
import { sessionFamily } from '../session/family.js'
import { viewFamily } from '../view/family.js'
import { propertyCollectorFamily } from './family.js'

/**
 * A small inventory made by hand, for tests of what reads inventories: folders, one cluster with two hosts, VMs with just
 * enough properties.
 */
export interface SmallWorld extends TestWorld {
  /** Changes the state in one commit. */
  change(act: (tx: Transaction) => void): void
  /** Calls a method as somebody; what waits is a promise. */
  as(token: string, type: string, id: string, method: string, args?: object, options?: CallOptions): unknown
  /** The token of another session of the same user. */
  login(name: string): string
  readonly token: string
}

export interface CallOptions {
  readonly release?: number
  readonly signal?: AbortSignal
}

const relations: Family = {
  name: 'relations of the small world',
  derivations: [
    inverse({
      name: 'vm of host',
      from: 'VirtualMachine',
      path: 'runtime.host',
      to: ['HostSystem'],
      property: 'vm',
    }),
    inverse({
      name: 'vm of pool',
      from: 'VirtualMachine',
      path: 'resourcePool',
      to: ['ResourcePool'],
      property: 'vm',
    }),
    inverse({ name: 'host', from: 'HostSystem', path: 'parent', to: ['ComputeResource'], property: 'host' }),
  ],
}

export const ROOT = moRef('Folder', 'group-d1')
export const VM_FOLDER = moRef('Folder', 'group-v3')
export const HOST_FOLDER = moRef('Folder', 'group-h4')
export const CLUSTER = moRef('ClusterComputeResource', 'domain-c7')
export const POOL = moRef('ResourcePool', 'resgroup-8')
export const HOSTS = [moRef('HostSystem', 'host-9'), moRef('HostSystem', 'host-10')] as const

export function createSmallWorld(vms = 3): SmallWorld {
  const world = createTestWorld({
    families: [
      sessionFamily,
      authorizationFamily,
      managedEntityFamily,
      viewFamily,
      searchIndexFamily,
      propertyCollectorFamily,
      relations,
    ],
    seed({ tx }) {
      for (const [type, id] of SINGLETONS) tx.create(type, id, {} as never)
      addFolder(tx, ROOT.value, 'Datacenters', undefined)
      tx.create('Datacenter', 'datacenter-2', {
        ...managedEntityDefaults('Lab', ROOT),
        vmFolder: VM_FOLDER,
        hostFolder: HOST_FOLDER,
      } as never)
      const datacenter = tx.ref('datacenter-2')
      addFolder(tx, VM_FOLDER.value, 'vm', datacenter)
      addFolder(tx, HOST_FOLDER.value, 'host', datacenter)
      tx.create('ClusterComputeResource', CLUSTER.value, {
        ...managedEntityDefaults('Cluster', HOST_FOLDER),
        resourcePool: POOL,
      } as never)
      tx.create('ResourcePool', POOL.value, {
        ...managedEntityDefaults('Resources', CLUSTER),
        owner: CLUSTER,
      } as never)
      for (const [i, { value }] of HOSTS.entries()) addHost(tx, value, `esx-${i + 1}.lab.local`)
      for (let n = 1; n <= vms; n++) addVm(tx, n)
    },
  })
  const { sandbox } = world
  const token = [...sandbox.inventory.read.ids(sessions)][0]?.slice(sessionId('').length) ?? ''
  return {
    ...world,
    token,
    change: (act) => sandbox.transact({}, ({ tx }) => act(tx)),
    login(name) {
      const { random } = sandbox.services
      const session: Session = {
        ...sandbox.inventory.read.get(sessions, sessionId(token)),
        token: random.hex('token', name),
        key: random.uuid('52', name),
        loginTime: TEST_TIME,
      }
      sandbox.transact({}, ({ tx }) => tx.create(sessions, sessionId(session.token), session))
      return session.token
    },
    as(caller, type, id, method, args = {}, options = {}) {
      const result = callMethod(sandbox, {
        release: options.release ?? sandbox.services.identity.release,
        signal: options.signal && (() => options.signal as AbortSignal),
        token: caller === '' ? undefined : caller,
        type,
        id,
        client: { ip: '127.0.0.1', userAgent: 'test' },
        reply: {},
        method,
        arguments: () => args as Record<string, unknown>,
      })
      return result instanceof Pending ? result.answer : result
    },
  }
}

const SINGLETONS = [
  ['PropertyCollector', 'propertyCollector'],
  ['ViewManager', 'ViewManager'],
  ['SearchIndex', 'SearchIndex'],
  ['SessionManager', 'SessionManager'],
] as const

export function addFolder(
  tx: Transaction,
  id: string,
  name: string,
  parent: ManagedObjectReference | undefined,
): ManagedObjectReference {
  return tx.create('Folder', id, { ...managedEntityDefaults(name, parent), childType: [] } as never)
}

export function addHost(tx: Transaction, id: string, name: string): void {
  tx.create('HostSystem', id, {
    ...managedEntityDefaults(name, CLUSTER),
    hardware: {
      _typeName: 'HostHardwareInfo',
      systemInfo: { _typeName: 'HostSystemInfo', uuid: `4c4c4544-${id}` },
    },
    config: {
      _typeName: 'HostConfigInfo',
      network: {
        _typeName: 'HostNetworkInfo',
        dnsConfig: { _typeName: 'HostDnsConfig', hostName: name.split('.')[0], domainName: 'lab.local' },
        vnic: [
          {
            _typeName: 'HostVirtualNic',
            key: 'key-vim.host.VirtualNic-vmk0',
            device: 'vmk0',
            spec: {
              _typeName: 'HostVirtualNicSpec',
              ip: { _typeName: 'HostIpConfig', dhcp: false, ipAddress: `10.0.0.${id.split('-')[1]}` },
            },
          },
        ],
      },
    },
  } as never)
}

export const vmRef = (n: number) => moRef('VirtualMachine', `vm-${n}`)

export function addVm(
  tx: Transaction,
  n: number,
  name = `vm${n}`,
  folder = VM_FOLDER,
): ManagedObjectReference {
  return tx.create('VirtualMachine', `vm-${n}`, {
    ...managedEntityDefaults(name, folder),
    resourcePool: POOL,
    config: vmConfig(n, [device(4000, 'VM Network'), disk(2000, `[ds] ${name}/${name}.vmdk`)]),
    runtime: {
      _typeName: 'VirtualMachineRuntimeInfo',
      host: HOSTS[n % 2],
      connectionState: 'connected',
      powerState: 'poweredOff',
    },
    guest: {
      _typeName: 'GuestInfo',
      toolsStatus: 'toolsOk',
      hostName: `${name}.guest.local`,
      ipAddress: `192.168.1.${n}`,
    },
  } as never)
}

export function vmConfig(n: number, devices: readonly object[]): object {
  return {
    _typeName: 'VirtualMachineConfigInfo',
    uuid: `4200aaaa-0000-0000-0000-${String(n).padStart(12, '0')}`,
    instanceUuid: `5000AAAA-0000-0000-0000-${String(n).padStart(12, '0')}`,
    files: { _typeName: 'VirtualMachineFileInfo', vmPathName: `[ds] vm${n}/vm${n}.vmx` },
    hardware: { _typeName: 'VirtualHardware', numCPU: 2, memoryMB: 1024, device: devices },
    extraConfig: [option('answer', String(n))],
  }
}

export function option(key: string, value: string): object {
  return { _typeName: 'OptionValue', key, value: { _typeName: 'string', _value: value } }
}

export function device(key: number, network: string, connected = true): object {
  return {
    _typeName: 'VirtualVmxnet3',
    key,
    backing: { _typeName: 'VirtualEthernetCardNetworkBackingInfo', deviceName: network },
    connectable: {
      _typeName: 'VirtualDeviceConnectInfo',
      startConnected: true,
      allowGuestControl: true,
      connected,
    },
  }
}

export function disk(key: number, fileName: string): object {
  return {
    _typeName: 'VirtualDisk',
    key,
    backing: { _typeName: 'VirtualDiskFlatVer2BackingInfo', fileName, diskMode: 'persistent' },
    capacityInKB: 1024,
  }
}

/** A specSet member: properties of a type, from starts. */
export function filterSpec(
  type: string,
  pathSet: readonly string[] | 'all',
  ...objectSet: readonly object[]
): PropertyFilterSpec {
  const what = pathSet === 'all' ? { all: true } : { pathSet }
  return {
    _typeName: 'PropertyFilterSpec',
    propSet: [{ _typeName: 'PropertySpec', type, ...what }],
    objectSet,
  } as PropertyFilterSpec
}

export const start = (obj: ManagedObjectReference, ...selectSet: readonly object[]) => ({
  _typeName: 'ObjectSpec',
  obj,
  ...(selectSet.length > 0 && { skip: true, selectSet }),
})

export const traversal = (type: string, path: string, ...selectSet: readonly object[]) => ({
  _typeName: 'TraversalSpec',
  type,
  path,
  ...(selectSet.length > 0 && { selectSet }),
})

export const viewStart = (view: ManagedObjectReference) => start(view, traversal(view.type, 'view'))

/** `{name: val}` of an object's content, per object. */
export function table(contents: readonly ObjectContent[]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    contents.map(({ obj, propSet }) => [
      obj.value,
      Object.fromEntries((propSet ?? []).map(({ name, val }) => [name, plain(val)])),
    ]),
  )
}

/** An update set in short: `['enter vm-1 name=vm1', 'leave vm-2']`. */
export function lines(update: unknown): readonly string[] {
  return ((update as UpdateSet | undefined)?.filterSet ?? []).flatMap(({ objectSet, missingSet }) => [
    ...(missingSet ?? []).map(({ obj, fault }) => `missing ${obj.value} ${fault.fault._typeName}`),
    ...(objectSet ?? []).map(({ kind, obj, changeSet }) =>
      [
        `${kind} ${obj.value}`,
        ...(changeSet ?? []).map(
          ({ name, op, val }) =>
            `${op === 'assign' ? '' : `${op} `}${name}${val === undefined ? '' : `=${JSON.stringify(plain(val)).replaceAll('"', '')}`}`,
        ),
      ].join(' '),
    ),
  ])
}

export function plain(val: unknown): unknown {
  return typeof val === 'object' && val !== null && '_value' in val ? val._value : val
}

/** Gives the administrator of the small world a role on an entity and below, in place of his own. */
export function permit(tx: Transaction, entity: ManagedObjectReference, roleId: number): void {
  tx.set(entity.type as 'Folder', entity.value, {
    permission: [
      {
        _typeName: 'Permission',
        entity,
        principal: 'VSPHERE.LOCAL\\Administrator',
        group: false,
        roleId,
        propagate: true,
      },
    ],
  })
}

/** The collector that every session has. */
export const PC = ['PropertyCollector', 'propertyCollector'] as const

export const createFilter = (world: SmallWorld, spec: object, partialUpdates = false) =>
  world.call(...PC, 'CreateFilter', { spec, partialUpdates }) as ManagedObjectReference

/** What has changed since a version, without waiting. */
export const now = (world: SmallWorld, version?: string, options: object = {}) =>
  world.call(...PC, 'WaitForUpdatesEx', {
    version,
    options: { _typeName: 'WaitOptions', maxWaitSeconds: 0, ...options },
  }) as UpdateSet | undefined

/** The fault of the same. */
export const faultAt = (world: SmallWorld, version: string | undefined, options: object = {}) =>
  world.fault(...PC, 'WaitForUpdatesEx', { version, options: { maxWaitSeconds: 0, ...options } })

export const setVm = (world: SmallWorld, n: number, changes: object) =>
  world.change((tx) => tx.set('VirtualMachine', `vm-${n}`, changes as never))
