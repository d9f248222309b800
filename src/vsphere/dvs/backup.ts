import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { DVPortgroupConfigSpec, DVSConfigSpec, EntityBackupConfig } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'

/** What a backup holds: the settings of a switch or port group as a specification would name them. */
interface Kept {
  readonly kind: 'fauxsphere.dvs' | 'fauxsphere.dvportgroup'
  readonly spec: Readonly<Record<string, unknown>>
  /** Switch only: its version. */
  readonly version?: string | undefined
  /** Port group only: the UUID of its switch. */
  readonly dvsUuid?: string | undefined
}

const SWITCH_MEMBERS = [
  'name',
  'numStandalonePorts',
  'maxPorts',
  'uplinkPortPolicy',
  'defaultPortConfig',
  'extensionKey',
  'description',
  'policy',
  'contact',
  'switchIpAddress',
  'defaultProxySwitchMaxNumPorts',
  'networkResourceControlVersion',
  'infrastructureTrafficResourceConfig',
  'maxMtu',
  'linkDiscoveryProtocolConfig',
  'ipfixConfig',
  'lacpApiVersion',
  'multicastFilteringMode',
] as const

const GROUP_MEMBERS = [
  'name',
  'numPorts',
  'portNameFormat',
  'defaultPortConfig',
  'description',
  'type',
  'backingType',
  'scope',
  'policy',
  'autoExpand',
] as const

const picked = (value: object, names: readonly string[]) =>
  Object.fromEntries(
    names
      .map((name) => [name, (value as Record<string, unknown>)[name]] as const)
      .filter(([, member]) => member !== undefined),
  )

const base64 = (kept: Kept) => Buffer.from(JSON.stringify(kept)).toString('base64')

/** A backup of a switch, without its port groups and hosts. */
export function switchBackup({ tx }: Context, dvs: string): EntityBackupConfig {
  const { uuid, name, config, parent } = tx.get('DistributedVirtualSwitch', dvs)
  const spec = picked(config, SWITCH_MEMBERS)
  return data('EntityBackupConfig', {
    entityType: 'distributedVirtualSwitch',
    configBlob: base64({ kind: 'fauxsphere.dvs', spec, version: config.productInfo.version }),
    key: uuid,
    name,
    container: parent,
    configVersion: config.configVersion,
  })
}

/** A backup of a port group. */
export function groupBackup({ tx }: Context, group: string): EntityBackupConfig {
  const { key, name, config } = tx.get('DistributedVirtualPortgroup', group)
  const dvs = config.distributedVirtualSwitch
  const dvsUuid = dvs && tx.get('DistributedVirtualSwitch', dvs.value).uuid
  return data('EntityBackupConfig', {
    entityType: 'distributedVirtualPortgroup',
    configBlob: base64({ kind: 'fauxsphere.dvportgroup', spec: picked(config, GROUP_MEMBERS), dvsUuid }),
    key,
    name,
    container: dvs,
    configVersion: config.configVersion,
  })
}

/** What a backup holds; undefined for bytes that are none of ours. */
export function readBackup({ configBlob }: EntityBackupConfig): Kept | undefined {
  try {
    const kept = JSON.parse(Buffer.from(configBlob, 'base64').toString('utf8')) as Kept
    return kept.kind === 'fauxsphere.dvs' || kept.kind === 'fauxsphere.dvportgroup' ? kept : undefined
  } catch {
    return undefined
  }
}

export const keptSwitch = ({ spec }: Kept): DVSConfigSpec => data('VMwareDVSConfigSpec', spec)
export const keptGroup = ({ spec }: Kept): DVPortgroupConfigSpec => data('DVPortgroupConfigSpec', spec)

/**
 * The specification that takes a switch or port group back to a backup, for the client to send. Throws RollbackFailure
 * without one, for one of something else, and for one that cannot be read.
 */
export function rollback<T extends DVSConfigSpec | DVPortgroupConfigSpec>(
  about: {
    readonly name: string
    readonly type: string
    readonly key: string
    readonly configVersion: string | undefined
  },
  backup: EntityBackupConfig | undefined,
  kind: Kept['kind'],
  read: (kept: Kept) => T,
): T {
  const kept = backup && readBackup(backup)
  if (!kept || kept.kind !== kind || (backup?.key !== undefined && backup.key !== about.key))
    throw fault('RollbackFailure', { entityName: about.name, entityType: about.type })
  return patch(read(kept), { configVersion: about.configVersion } as never)
}
