import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionValue } from '#vim25/generated/types.js'
import { type Context, later } from '../core/context.js'

/** Per nic type the devices (`vmk1`) that carry it, in the order of their selection. */
export type Selections = Readonly<Record<string, readonly string[]>>

/** Which vmkernel adapters of a host carry which service; record `vnicSelections:<host moid>`. */
export interface VnicSelections {
  readonly host: string
  readonly selected: Selections
}

export const vnicSelections = recordKind<VnicSelections>('vnicSelections')
export const selectionsId = (host: string) => `vnicSelections:${host}`

/** What a fresh ESXi has selected. */
export const FRESH_SELECTIONS: Selections = Object.freeze({ management: Object.freeze(['vmk0']) })

const none: Selections = Object.freeze({})
const nothing: readonly string[] = Object.freeze([])

export function selectionsOf(read: Reader, host: string): Selections {
  return read.find(vnicSelections, selectionsId(host))?.selected ?? none
}

/** The devices of a host that carry a service. */
export function selectedFor(read: Reader, host: string, nicType: string): readonly string[] {
  return selectionsOf(read, host)[nicType] ?? nothing
}

export function isSelected(read: Reader, host: string, nicType: string): boolean {
  return selectedFor(read, host, nicType).length > 0
}

/** Replaces a host's selections; services without a device are dropped. */
export function setSelections(ctx: Context, host: string, selections: Selections): void {
  const selected = Object.freeze(
    Object.fromEntries(
      Object.entries(selections)
        .filter(([, devices]) => devices.length > 0)
        .map(([nicType, devices]) => [nicType, Object.freeze([...devices])]),
    ),
  )
  const id = selectionsId(host)
  if (ctx.tx.find(vnicSelections, id)) ctx.tx.set(vnicSelections, id, { selected })
  else ctx.tx.create(vnicSelections, id, { host, selected })
  // Fault-tolerant VMs that wait for such a host are tried again.
  if (!ctx.quiet) later(ctx, 0, 'vmkernel.selected', { host })
}

/** Pure: a device more for a service; where only one may carry it, it takes the place of the present one. */
export function withSelected(
  selections: Selections,
  nicType: string,
  device: string,
  several: boolean,
): Selections {
  const present = several ? (selections[nicType] ?? nothing) : nothing
  return { ...selections, [nicType]: [...present.filter((other) => other !== device), device] }
}

/** Pure: a device less, for one service or for all of them. */
export function withoutDevice(selections: Selections, device: string, nicType?: string): Selections {
  return Object.fromEntries(
    Object.entries(selections).map(([type, devices]) => [
      type,
      nicType === undefined || nicType === type ? devices.filter((other) => other !== device) : devices,
    ]),
  )
}

/**
 * The advanced options that name selected adapters (fact sheet F.3), for HostSystem.config.option and its OptionManager:
 * the newest selection of the service, or the empty text.
 */
export function networkOptions(selections: Selections): readonly OptionValue[] {
  return [
    data('OptionValue', {
      key: 'FT.Vmknic',
      value: boxedString(selections.faultToleranceLogging?.at(-1) ?? ''),
    }),
    data('OptionValue', { key: 'Migrate.Vmknic', value: boxedString(selections.vmotion?.at(-1) ?? '') }),
  ]
}
