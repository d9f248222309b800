import { moRef } from '#inventory/entity.js'
import { dateTime } from '#ports/clock.js'
import { boxedInt, boxedLong } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type {
  HostLicensableResourceInfo,
  HostListSummary,
  HostRuntimeInfo,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { hardwareOf, hostLinkId, hostLinks } from '#world/hardware.js'
import { type Hardware, type Installation, type Machine, machines } from '#world/machine.js'
import type { Context } from '../core/context.js'
import { firstMoid } from '../core/well-known.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { share } from '../vm/share.js'
import { networkOfMachine } from '../vmkernel/build.js'
import { capabilityOf } from './capability.js'
import { configInfo } from './config.js'
import { hostConnectionId, hostConnections } from './connection.js'
import { hardwareInfo } from './hardware-info.js'
import { healthOf } from './health.js'
import { createManagers } from './managers.js'
import { asOf, releaseOf } from './release.js'

export interface HostRequest {
  /** Id of the machine record whose ESXi becomes a host. */
  readonly machine: string
  /** Its cluster or standalone compute resource. */
  readonly parent: ManagedObjectReference
  /** Name in the inventory; default: the installation's host name. */
  readonly name?: string | undefined
  /** Default true; false leaves it disconnected. */
  readonly connected?: boolean | undefined
  readonly port?: number | undefined
}

const none: readonly never[] = Object.freeze([])

/**
 * A HostSystem with everything that belongs to it: managers, datastore browser, link to its machine. No event and no
 * check. Its network objects and local datastores are made by their families (see join.ts). Throws an Error when the
 * machine has no ESXi.
 */
export function addHostObject(ctx: Context, request: HostRequest): ManagedObjectReference {
  const { tx } = ctx
  const machine = tx.get(machines, request.machine)
  const { esxi } = machine
  if (!esxi) throw new Error(`${request.machine} has no ESXi that could be a host.`)
  const hardware = hardwareOf(tx, request.machine)
  const id = firstMoid(ctx, 'host')
  const self = moRef('HostSystem', id)
  const config = configInfo(self, esxi, hardware, networkOfMachine(tx, request.machine))
  const connected = request.connected ?? true
  tx.create(hostLinks, hostLinkId(id), { machine: request.machine })
  tx.create(hostConnections, hostConnectionId(id), {
    host: id,
    address: request.name ?? esxi.hostName,
    port: request.port ?? 443,
    thumbprint: esxi.thumbprint,
    user: esxi.user,
    password: esxi.password,
    boots: machine.boots,
    maxEVCModeKey: hardware.evcModeKey,
  })
  return tx.create('HostSystem', id, {
    ...managedEntityDefaults(request.name ?? esxi.hostName, request.parent),
    runtime: initialRuntime(machine, esxi, hardware, connected),
    summary: PLACEHOLDER,
    hardware: hardwareInfo(hardware, esxi.version),
    capability: capabilityOf(esxi.version, hardware),
    licensableResource: licensable(hardware),
    ...createManagers(ctx, self, config),
    config,
    systemResources: config.systemResources,
    network: none,
  })
}

/** Replaced by the derivation of `summary` at the commit. */
const PLACEHOLDER: HostListSummary = data('HostListSummary', {
  config: data('HostConfigSummary', {
    name: '',
    port: 443,
    vmotionEnabled: false,
    faultToleranceEnabled: false,
  }),
  quickStats: data('HostListSummaryQuickStats', {}),
  overallStatus: 'gray',
  rebootRequired: false,
})

/** 62 TB, the largest virtual disk. */
const LARGEST_DISK = 68_169_720_922_112

const NO_VSAN = data('VsanHostRuntimeInfo', { accessGenNo: 0 })
const NO_FLASH = data('HostVFlashManagerVFlashResourceRunTimeInfo', {
  usage: 0,
  capacity: 0,
  accessible: false,
  capacityForVmCache: 0,
  freeForVmCache: 0,
})
const NOT_ENCRYPTED = data('HostRuntimeInfoStateEncryptionInfo', {
  protectionMode: 'none',
  requireSecureBoot: false,
  requireExecInstalledOnly: false,
})

/** Runtime of a host that vCenter begins to manage. */
export function initialRuntime(
  machine: Machine,
  esxi: Installation,
  hardware: Hardware,
  connected: boolean,
): HostRuntimeInfo {
  const info = asOf(
    data('HostRuntimeInfo', {
      connectionState: connected ? 'connected' : 'disconnected',
      powerState: connected ? 'poweredOn' : 'unknown',
      standbyMode: 'none',
      inMaintenanceMode: false,
      inQuarantineMode: false,
      bootTime: machine.bootTime === undefined ? undefined : dateTime(machine.bootTime),
      healthSystemRuntime: healthOf(hardware, esxi),
      vsanRuntimeInfo: NO_VSAN,
      vFlashResourceRuntimeInfo: NO_FLASH,
      hostMaxVirtualDiskCapacity: LARGEST_DISK,
      cryptoState: 'incapable',
      statelessNvdsMigrationReady: 'unknown',
      stateEncryption: NOT_ENCRYPTED,
    }),
    releaseOf(esxi.version),
  )
  return share(info)
}

const licensables = new Map<string, HostLicensableResourceInfo>()

/** What licences count on a host of this size, the same object for equal hosts. */
export function licensable(hardware: Hardware): HostLicensableResourceInfo {
  const memoryKB = Math.floor(hardware.memoryBytes / 1024)
  const key = `${hardware.packages} ${hardware.cores} ${memoryKB}`
  let made = licensables.get(key)
  if (!made) {
    const resource = (name: string, value: ReturnType<typeof boxedInt>) =>
      data('KeyAnyValue', { key: name, value })
    made = data('HostLicensableResourceInfo', {
      resource: [
        resource('numCpuPackages', boxedInt(hardware.packages)),
        resource('numCpuCores', boxedInt(hardware.cores)),
        resource('memorySize', boxedLong(memoryKB)),
        resource('memoryForVms', boxedLong(memoryKB)),
        resource('numVmsStarted', boxedInt(0)),
        resource('numVmsStarting', boxedInt(0)),
      ],
    })
    licensables.set(key, made)
  }
  return made
}
