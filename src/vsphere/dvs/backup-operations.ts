import { data, patch } from '#vim25/data.js'
import { fault, localizedFault, VimFault } from '#vim25/fault.js'
import type {
  DVPortgroupSelection,
  DVSSelection,
  EntityBackupConfig,
  ManagedObjectReference,
  SelectionSet,
} from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { groupBackup, keptGroup, keptSwitch, readBackup, rollback, switchBackup } from './backup.js'
import { createDvPortgroup, createDvs } from './build.js'
import { switchWithUuid } from './connect.js'
import { groupOf, reconfigureGroup } from './portgroup-operations.js'
import { applySettings, reconfigureSwitch } from './reconfigure.js'

/** The backups of what a selection names. Throws NotFound. */
function backupsOf(ctx: Context, selection: SelectionSet): readonly EntityBackupConfig[] {
  const { dvsUuid } = selection as DVSSelection
  const dvs = dvsUuid === undefined ? undefined : switchWithUuid(ctx.tx, dvsUuid)
  if (dvs === undefined) throw fault('NotFound', {})
  if (selection._typeName !== 'DVPortgroupSelection') return [switchBackup(ctx, dvs)]
  return (selection as DVPortgroupSelection).portgroupKey.map((key) => {
    groupOf(ctx, dvs, key)
    return groupBackup(ctx, key)
  })
}

type Imported = { readonly dvs?: ManagedObjectReference; readonly group?: ManagedObjectReference }

/** Brings a backup back: as a new switch or port group, or over the one that it is of. */
function importOne(ctx: Context, backup: EntityBackupConfig, importType: string): Imported {
  const kept = readBackup(backup)
  if (!kept)
    throw fault('BackupBlobReadFailure', {
      entityName: backup.name ?? '',
      entityType: backup.entityType,
      fault: localizedFault('InvalidFormat', {}),
    })
  const over = importType === 'applyToEntitySpecified'
  return kept.kind === 'fauxsphere.dvs'
    ? { dvs: over ? overSwitch(ctx, backup) : newSwitch(ctx, backup) }
    : { group: over ? overGroup(ctx, backup) : newGroup(ctx, backup) }
}

function overSwitch(ctx: Context, backup: EntityBackupConfig): ManagedObjectReference {
  const dvs = switchWithUuid(ctx.tx, backup.key ?? '')
  const kept = readBackup(backup)
  if (dvs === undefined || !kept) throw fault('NotFound', {})
  reconfigureSwitch(ctx, dvs, keptSwitch(kept))
  emit(ctx, 'DvsRestoreEvent', { entity: ctx.tx.ref(dvs) })
  return ctx.tx.ref(dvs)
}

function newSwitch(ctx: Context, backup: EntityBackupConfig): ManagedObjectReference {
  const kept = readBackup(backup)
  const folder = backup.container
  if (!kept || !folder || !ctx.tx.find('Folder', folder.value)) throw fault('NotFound', {})
  const spec = keptSwitch(kept)
  const name = backup.name ?? spec.name ?? ''
  unused(ctx, folder.value, name)
  const self = createDvs(ctx, folder, name, [], kept.version === undefined ? {} : { version: kept.version })
  applySettings(ctx, self.value, patch(spec, { name: undefined }))
  emit(ctx, 'DvsImportEvent', { entity: self, importType: 'createEntityWithNewIdentifier' })
  return self
}

/** Importing declares faults of switches only. */
function unused({ tx }: Context, folder: string, name: string): void {
  try {
    requireUniqueName(tx, folder, validName(name))
  } catch (error) {
    if (error instanceof VimFault) throw fault('DvsFault', {}, error.message)
    throw error
  }
}

function overGroup(ctx: Context, backup: EntityBackupConfig): ManagedObjectReference {
  const kept = readBackup(backup)
  if (!kept || !ctx.tx.find('DistributedVirtualPortgroup', backup.key ?? '')) throw fault('NotFound', {})
  const self = ctx.tx.ref(backup.key ?? '')
  reconfigureGroup(ctx, self.value, keptGroup(kept))
  emit(ctx, 'DvpgRestoreEvent', { entity: self })
  return self
}

function newGroup(ctx: Context, backup: EntityBackupConfig): ManagedObjectReference {
  const kept = readBackup(backup)
  const dvs = backup.container
  const owner = dvs && ctx.tx.find('DistributedVirtualSwitch', dvs.value)
  if (!kept || !dvs || !owner) throw fault('NotFound', {})
  const spec = keptGroup(kept)
  const name = backup.name ?? spec.name ?? ''
  unused(ctx, owner.parent?.value ?? '', name)
  const self = createDvPortgroup(ctx, dvs, name, {
    setting: spec.defaultPortConfig,
    numPorts: spec.numPorts,
    spec,
  })
  emit(ctx, 'DvpgImportEvent', { entity: self, importType: 'createEntityWithNewIdentifier' })
  return self
}

export const dvsBackupOperations = operations('DistributedVirtualSwitchManager', {
  DVSManagerExportEntity_Task: {
    run: (ctx, _self, { selectionSet }) => selectionSet.flatMap((selection) => backupsOf(ctx, selection)),
  },

  DVSManagerImportEntity_Task: {
    run(ctx, _self, { entityBackup, importType }) {
      const made = entityBackup.map((backup) => importOne(ctx, backup, importType))
      return data('DistributedVirtualSwitchManagerImportResult', {
        distributedVirtualSwitch: made.flatMap(({ dvs }) => dvs ?? []),
        distributedVirtualPortgroup: made.flatMap(({ group }) => group ?? []),
      })
    },
  },
})

export const dvsRollbackOperations = operations('DistributedVirtualSwitch', {
  DVSRollback_Task: {
    run(ctx, self, { entityBackup }) {
      const { name, uuid, config } = ctx.tx.get('DistributedVirtualSwitch', self.value)
      const about = { name, type: self.type, key: uuid, configVersion: config.configVersion }
      return rollback(about, entityBackup, 'fauxsphere.dvs', keptSwitch)
    },
  },
})

export const portgroupRollbackOperations = operations('DistributedVirtualPortgroup', {
  DVPortgroupRollback_Task: {
    run(ctx, self, { entityBackup }) {
      const { name, key, config } = ctx.tx.get('DistributedVirtualPortgroup', self.value)
      const about = { name, type: self.type, key, configVersion: config.configVersion }
      return rollback(about, entityBackup, 'fauxsphere.dvportgroup', keptGroup)
    },
  },
})
