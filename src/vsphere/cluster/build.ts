import { moRef } from '#inventory/entity.js'
import type { Transaction } from '#inventory/transaction.js'
import { data } from '#vim25/data.js'
import type { ClusterConfigSpecEx, ManagedObjectReference } from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { firstMoid } from '../core/well-known.js'
import { createBrowser, datastoreBrowserId } from '../datastore/browser.js'
import { forgetCluster, haReconfigured } from '../ha/reconfigured.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { createRootPool } from '../resource-pool/build.js'
import { applyClusterSpec, legacyConfig } from './apply-spec.js'
import {
  DEFAULT_CLUSTER_CONFIG,
  DEFAULT_STANDALONE_CONFIG,
  EMPTY_CLUSTER_SUMMARY,
  EMPTY_SUMMARY,
} from './defaults.js'
import { vmotionsId } from './vmotions.js'

const none: readonly never[] = Object.freeze([])

/** EVC off: no mode is set and none is offered (the nested lab runs without it). */
const EVC_OFF = data('ClusterEVCManagerEVCState', { supportedEVCMode: none })

/**
 * A cluster in a host folder, with its root resource pool, environment browser and EVC manager. The name is taken as it
 * is and the spec as valid: checks and events are the operation's (operations.ts).
 */
export function createCluster(
  ctx: Context,
  folder: ManagedObjectReference,
  name: string,
  spec?: ClusterConfigSpecEx,
): ManagedObjectReference {
  const id = newMoid(ctx.tx, 'domain-c')
  const self = moRef('ClusterComputeResource', id)
  const config = spec ? applyClusterSpec(DEFAULT_CLUSTER_CONFIG, spec, true) : DEFAULT_CLUSTER_CONFIG
  ctx.tx.create('ClusterComputeResource', id, {
    ...managedEntityDefaults(name, folder),
    summary: EMPTY_CLUSTER_SUMMARY,
    summaryEx: EMPTY_CLUSTER_SUMMARY,
    host: none,
    datastore: none,
    network: none,
    configurationEx: config,
    configuration: legacyConfig(config),
    recommendation: none,
    drsRecommendation: none,
    migrationHistory: none,
    actionHistory: none,
    drsFault: none,
    lifecycleManaged: false,
    configManagerEnabled: false,
  })
  completeComputeResource(ctx, self)
  ctx.tx.create('ClusterEVCManager', evcManagerId(id), {
    value: none,
    availableField: none,
    managedCluster: ctx.tx.ref(id),
    evcState: EVC_OFF,
  })
  haReconfigured(ctx, id, undefined, config)
  return ctx.tx.ref(id)
}

/** The compute resource around a standalone host, in a host folder; its name is the host's. */
export function createStandalone(
  ctx: Context,
  folder: ManagedObjectReference,
  name: string,
): ManagedObjectReference {
  const id = firstMoid(ctx, 'domain-s')
  const self = moRef('ComputeResource', id)
  ctx.tx.create('ComputeResource', id, {
    ...managedEntityDefaults(name, folder),
    summary: EMPTY_SUMMARY,
    host: none,
    datastore: none,
    network: none,
    configurationEx: DEFAULT_STANDALONE_CONFIG,
    lifecycleManaged: false,
    configManagerEnabled: false,
  })
  completeComputeResource(ctx, self)
  return ctx.tx.ref(id)
}

function completeComputeResource(ctx: Context, self: ManagedObjectReference): void {
  const resourcePool = createRootPool(ctx, ctx.tx.ref(self.value))
  const environmentBrowser = ctx.tx.create('EnvironmentBrowser', browserId(self.value), {
    datastoreBrowser: createBrowser(ctx, self.value),
  })
  const type = self.type as 'ComputeResource'
  ctx.tx.set(type, self.value, { resourcePool, environmentBrowser })
}

/** Takes away what `createCluster` or `createStandalone` made; hosts, VMs and pools must be gone before. */
export function removeComputeResource(tx: Transaction, id: string): void {
  const { resourcePool } = tx.get('ComputeResource', id)
  forgetCluster(tx, id)
  const browsers = [browserId(id), datastoreBrowserId(id)]
  for (const part of [resourcePool?.value, ...browsers, evcManagerId(id), vmotionsId(id), id])
    if (part !== undefined && tx.entity(part)) tx.remove(part)
}

const numberOf = (id: string) => id.replace(/^\D+/, '')

/** The parts of a compute resource share its number. */
const browserId = (id: string) => `envbrowser-${numberOf(id)}`
export const evcManagerId = (cluster: string) => `evcmanager-${numberOf(cluster)}`
