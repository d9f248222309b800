import { data, patch } from '#vim25/data.js'
import { fault, VimFault } from '#vim25/fault.js'
import type {
  DVSConfigSpec,
  DVSCreateSpec,
  ManagedObjectReference,
  VMwareDVSConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { kindOf } from '../folder/rules.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { createDvs } from './build.js'
import { changedList } from './change-list.js'
import { memberOf, syncProxies } from './members.js'
import { portgroupsBySwitch } from './ports.js'
import { compareReleases, productSpec, switchVersions } from './products.js'
import {
  applyMembers,
  applySettings,
  isCompatible,
  onHost,
  privilegesFor,
  reconfigureSwitch,
  renameSwitch,
} from './reconfigure.js'
import { destroySwitch } from './remove.js'
import { uplinkNames } from './settings.js'

export const dvsFolderOperations = operations('Folder', {
  CreateDVS_Task: {
    seconds: 2,
    before(ctx, self) {
      if (kindOf(ctx.tx, self) !== 'network') throw fault('NotSupported', {})
    },
    run: (ctx, self, { spec }) => createSwitch(ctx, self, spec),
  },
})

/** A switch with its uplink port group and its first members. Throws what CreateDVS_Task declares. */
function createSwitch(
  ctx: Context,
  folder: ManagedObjectReference,
  { configSpec, productInfo }: DVSCreateSpec,
): ManagedObjectReference {
  const { tx } = ctx
  const name = validName(configSpec.name ?? '', folder)
  requireUniqueName(tx, folder.value, name)
  const version = productInfo?.version || undefined
  if (version !== undefined && !switchVersions(ctx.identity.productVersion).includes(version))
    throw fault('InvalidArgument', { invalidProperty: 'spec.productInfo.version' })
  const uplinks = configSpec.uplinkPortPolicy && uplinkNames(configSpec.uplinkPortPolicy)
  const self = createDvs(ctx, folder, configSpec.name ?? '', [], {
    ...(version === undefined ? {} : { version }),
    ...(uplinks?.length ? { uplinks } : {}),
  })
  emit(ctx, 'DvsCreatedEvent', {
    entity: self,
    parent: data('FolderEventArgument', { name: tx.get('Folder', folder.value).name, folder }),
  })
  const [uplinkGroup] = tx.lookup(portgroupsBySwitch, self.value)
  if (uplinkGroup !== undefined) tellOfGroup(ctx, tx.ref(uplinkGroup))
  applySettings(ctx, self.value, configSpec)
  for (const member of configSpec.host ?? []) joining(ctx, self.value, member)
  return self
}

/** Creating a switch declares no fault of hosts but the one that gathers them. */
function joining(ctx: Context, dvs: string, member: NonNullable<DVSConfigSpec['host']>[number]): void {
  try {
    applyMembers(ctx, dvs, [member])
  } catch (error) {
    if (error instanceof VimFault && !isA(error.name, 'DvsFault') && !isA(error.name, 'RuntimeFault'))
      throw onHost(member.host, error)
    throw error
  }
}

export const tellOfGroup = (ctx: Context, group: ManagedObjectReference) =>
  emit(ctx, 'DVPortgroupCreatedEvent', { entity: group })

export const dvsOperations = operations('DistributedVirtualSwitch', {
  ReconfigureDvs_Task: {
    seconds: 2,
    before(ctx, self, { spec }) {
      for (const privilege of privilegesFor(spec)) requirePrivilege(ctx.tx, ctx.session, self, privilege)
    },
    run(ctx, self, { spec }) {
      reconfigureSwitch(ctx, self.value, spec)
      emit(ctx, 'DvsReconfiguredEvent', { entity: self, configSpec: spec })
    },
  },

  Rename_Task: {
    before: (ctx, self) => requirePrivilege(ctx.tx, ctx.session, self, 'DVSwitch.Modify'),
    run: (ctx, self, { newName }) => renameSwitch(ctx, self.value, newName),
  },

  Destroy_Task: {
    before: (ctx, self) => requirePrivilege(ctx.tx, ctx.session, self, 'DVSwitch.Delete'),
    run: (ctx, self) => destroySwitch(ctx, self.value),
  },

  UpdateDVSHealthCheckConfig_Task: {
    run(ctx, self, { healthCheckConfig }) {
      ctx.tx.update('DistributedVirtualSwitch', self.value, ({ config }) => ({
        config: patch(config, {
          healthCheckConfig: (config.healthCheckConfig ?? []).map(
            (check) => healthCheckConfig.find(({ _typeName }) => _typeName === check._typeName) ?? check,
          ),
        }),
      }))
    },
  },

  UpdateDvsCapability(ctx, self, { capability }) {
    ctx.tx.update('DistributedVirtualSwitch', self.value, (present) => ({
      capability: patch(present.capability, capability),
    }))
  },

  PerformDvsProductSpecOperation_Task: {
    seconds: 5,
    run: (ctx, self, { operation, productSpec: wanted }) =>
      productOperation(ctx, self, operation, wanted?.version),
  },

  /** Hosts never drift from their switch here: there is nothing to put right but whether they are members. */
  RectifyDvsHost_Task: {
    run(ctx, self, { hosts = [] }) {
      const { config } = ctx.tx.get('DistributedVirtualSwitch', self.value)
      for (const { value } of hosts) if (!memberOf(config, value)) throw fault('NotFound', {})
      syncProxies(ctx, self.value)
    },
  },
})

export const vmwareDvsOperations = operations('VmwareDistributedVirtualSwitch', {
  UpdateDVSLacpGroupConfig_Task: {
    run(ctx, self, { lacpGroupSpec }) {
      const where = 'lacpGroupSpec'
      ctx.tx.update('DistributedVirtualSwitch', self.value, ({ config: present }) => {
        const config = present as VMwareDVSConfigInfo
        if (config.lacpApiVersion !== 'multipleLag')
          throw fault('InvalidArgument', { invalidProperty: where })
        const changes = lacpGroupSpec.map(({ operation, lacpGroupConfig }) => {
          const known = config.lacpGroupConfig?.find(({ key }) => key === lacpGroupConfig.key)
          const key = operation === 'add' ? `lag${ctx.tx.next(`lags ${self.value}`)}` : lacpGroupConfig.key
          const uplinkNum = lacpGroupConfig.uplinkNum ?? known?.uplinkNum ?? 2
          const name = lacpGroupConfig.name ?? known?.name ?? key
          const entry = data('VMwareDvsLacpGroupConfig', {
            mode: 'passive',
            loadbalanceAlgorithm: 'srcDestIpTcpUdpPortVlan',
            timeoutMode: 'slow',
            ...known,
            ...lacpGroupConfig,
            key,
            name,
            uplinkNum,
            uplinkName: Array.from({ length: uplinkNum }, (_, at) => `${name}-${at}`),
          })
          return { operation, entry }
        })
        return {
          config: patch(config, {
            lacpGroupConfig: changedList(config.lacpGroupConfig ?? [], changes, ({ key = '' }) => key, where),
          }),
        }
      })
    },
  },
})

/**
 * `upgrade` and its steps to a newer version. InvalidState for a version that is no step up, or that a member host is
 * too old for.
 */
function productOperation(
  ctx: Context,
  self: ManagedObjectReference,
  operation: string,
  version: string | undefined,
): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualSwitch', self.value)
  const present = config.productInfo.version ?? ''
  if (operation === 'cancelUpgrade') throw fault('InvalidState', {})
  if (
    !['upgrade', 'preInstall', 'notifyAvailableUpgrade', 'proceedWithUpgrade', 'updateBundleInfo'].includes(
      operation,
    )
  )
    throw fault('InvalidArgument', { invalidProperty: 'operation' })
  const [newest = present] = switchVersions(ctx.identity.productVersion)
  const wanted = version || newest
  if (!switchVersions(ctx.identity.productVersion).includes(wanted))
    throw fault('InvalidArgument', { invalidProperty: 'productSpec.version' })
  if (operation !== 'upgrade' && operation !== 'proceedWithUpgrade') return
  const hosts = (config.host ?? []).flatMap((member) =>
    member.config.host ? [member.config.host.value] : [],
  )
  if (compareReleases(wanted, present) <= 0 || !hosts.every((host) => isCompatible(ctx, host, wanted)))
    throw fault('InvalidState', {})
  const productInfo = productSpec(ctx.identity, wanted)
  tx.set('DistributedVirtualSwitch', self.value, {
    config: patch(config, {
      productInfo,
      configVersion: String(Number(config.configVersion) + 1),
      host: (config.host ?? []).map((member) => patch(member, { productInfo })),
    }),
  })
  emit(ctx, 'DvsUpgradedEvent', { entity: self, productInfo })
}
