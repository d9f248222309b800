import type { Entity } from '#inventory/entity.js'
import { instant } from '#ports/clock.js'
import { data, patch } from '#vim25/data.js'
import type { HostListSummary, HostSystemProperties } from '#vim25/generated/types.js'
import { projection } from '../core/behaviour.js'
import type { ReadContext } from '../core/context.js'
import { totalUsage } from '../vm/total-usage.js'
import { hostOfManager } from './managers.js'
import { OPTION_DEFINITIONS } from './options.js'

/** What ESXi itself uses, MB and MHz (ours). */
export const IDLE_MEMORY_MB = 1400
export const IDLE_CPU_MHZ = 120

/** HostSystem.summary with the statistics of now: usage from the VMs that run, uptime from the clock. */
const summary = projection<HostSystemProperties>('HostSystem', 'summary', (ctx, host, _entity, stored) =>
  withStats(ctx, host, stored as HostListSummary),
)

function withStats(
  ctx: ReadContext,
  host: Readonly<HostSystemProperties>,
  stored: HostListSummary,
): HostListSummary {
  const { runtime } = host
  if (runtime.connectionState !== 'connected' || runtime.bootTime === undefined) return stored
  const { overallCpuUsage, hostMemoryUsage } = totalUsage(
    ctx.read,
    (host.vm ?? []).map(({ value }) => value),
    ctx.now,
  )
  // VMs may have been promised more than there is; used can only be what there is.
  const mostMB = Number(stored.hardware?.memorySize ?? Number.POSITIVE_INFINITY) / 2 ** 20
  return patch(stored, {
    quickStats: data('HostListSummaryQuickStats', {
      overallCpuUsage: IDLE_CPU_MHZ + overallCpuUsage,
      overallMemoryUsage: Math.floor(Math.min(IDLE_MEMORY_MB + hostMemoryUsage, mostMB)),
      distributedCpuFairness: 0,
      distributedMemoryFairness: 0,
      availablePMemCapacity: 0,
      uptime: Math.max(0, Math.floor((ctx.now - instant(runtime.bootTime)) / 1000)),
    }),
  })
}

/** A host's OptionManager shows config.option; vCenter's own has its settings stored. */
const setting = projection('OptionManager', 'setting', (ctx: ReadContext, _value, entity: Entity, stored) =>
  entity.id.startsWith('EsxHostAdvSettings-')
    ? ctx.read.find('HostSystem', hostOfManager(entity.id))?.config?.option
    : stored,
)

const supportedOption = projection(
  'OptionManager',
  'supportedOption',
  (_ctx: ReadContext, _value, entity: Entity, stored) =>
    entity.id.startsWith('EsxHostAdvSettings-') ? OPTION_DEFINITIONS : stored,
)

export const hostProjections = [summary, setting, supportedOption]
