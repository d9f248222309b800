import type { Context } from '#vsphere/core/context.js'

/** Managed types of the tagging service, as they stand in URNs (rest-wire 2.3). */
export type UrnType = 'InventoryServiceCategory' | 'InventoryServiceTag'

/** A new identifier: `urn:vmomi:InventoryServiceTag:<UUID>:GLOBAL`. */
export function newUrn(ctx: Context, type: UrnType): string {
  const number = ctx.tx.next('tagging')
  return `urn:vmomi:${type}:${ctx.services.random.uuid('', type, number)}:GLOBAL`
}

/** Whether a client's own identifier is one of this type. */
export function isUrn(text: string, type: UrnType): boolean {
  return new RegExp(`^urn:vmomi:${type}:[\\w.-]{1,128}:[\\w.-]{1,128}$`).test(text)
}
