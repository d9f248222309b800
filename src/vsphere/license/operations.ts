import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  KeyValue,
  LicenseAssignmentManagerLicenseAssignment,
  LicenseManagerLicenseInfo,
} from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { EVALUATION_LICENSE } from './build.js'
import { decodedLicense, isReadable, withLabel } from './keys.js'

const MANAGER = 'LicenseManager'

/** An entity that has a licence of its own: record `licensed:<entity>`; all others are being evaluated. */
interface Licensed {
  readonly entity: string
  readonly licenseKey: string
}

export const licensed = recordKind<Licensed>('licensed')

const licensedId = (entity: string) => `licensed:${entity}`

export const licenseManagerOperations = operations('LicenseManager', {
  DecodeLicense: (_ctx, _self, { licenseKey }) => decodedLicense(licenseKey),

  /** A key that cannot be read is not kept: the answer says so. One that is there already stays as it is. */
  AddLicense(ctx, _self, { licenseKey, labels }) {
    const known = find(ctx.tx, licenseKey)
    if (known) return known
    const license = decodedLicense(licenseKey, labels)
    if (isReadable(license)) setLicenses(ctx, [...licenses(ctx.tx), license])
    return license
  },

  /** Entities that had it are being evaluated again. */
  RemoveLicense(ctx, _self, { licenseKey }) {
    requireLicense(ctx.tx, licenseKey)
    for (const id of [...ctx.tx.ids(licensed)])
      if (ctx.tx.get(licensed, id).licenseKey === licenseKey) ctx.tx.remove(id)
    setLicenses(
      ctx,
      licenses(ctx.tx).filter((license) => license.licenseKey !== licenseKey),
    )
  },

  /** A vCenter only changes the labels; to put a licence in force is LicenseAssignmentManager's. */
  UpdateLicense: (ctx, _self, { licenseKey, labels }) => relabel(ctx, licenseKey, labels ?? []),

  UpdateLicenseLabel(ctx, _self, { licenseKey, labelKey, labelValue }) {
    relabel(ctx, licenseKey, withLabel(requireLicense(ctx.tx, licenseKey), labelKey, labelValue))
  },

  RemoveLicenseLabel(ctx, _self, { licenseKey, labelKey }) {
    relabel(ctx, licenseKey, withLabel(requireLicense(ctx.tx, licenseKey), labelKey))
  },
})

export const licenseAssignmentOperations = operations('LicenseAssignmentManager', {
  /** The vCenter itself, by its instanceUuid, and every host. */
  QueryAssignedLicenses(ctx, _self, { entityId }) {
    const all = entities(ctx).map((entity) => assignment(ctx, entity))
    return entityId === undefined ? all : all.filter((one) => one.entityId === entityId)
  },

  /** The key is added when it is not there yet, as a vCenter does. */
  UpdateAssignedLicense(ctx, _self, { entity, licenseKey }) {
    if (!isEntity(ctx, entity)) throw fault('LicenseEntityNotFound', { entityId: entity })
    if (licenseKey === EVALUATION_LICENSE.licenseKey) {
      unassign(ctx, entity)
      return EVALUATION_LICENSE
    }
    const license = find(ctx.tx, licenseKey) ?? decodedLicense(licenseKey)
    if (!isReadable(license)) throw fault('InvalidArgument', { invalidProperty: 'licenseKey' })
    if (!find(ctx.tx, licenseKey)) setLicenses(ctx, [...licenses(ctx.tx), license])
    const id = licensedId(entity)
    if (ctx.tx.find(licensed, id)) ctx.tx.set(licensed, id, { licenseKey })
    else ctx.tx.create(licensed, id, { entity, licenseKey })
    return license
  },

  RemoveAssignedLicense(ctx, _self, { entityId }) {
    if (!isEntity(ctx, entityId)) throw fault('LicenseEntityNotFound', { entityId })
    unassign(ctx, entityId)
  },
})

const licenses = (read: Reader) => read.get('LicenseManager', MANAGER).licenses

const find = (read: Reader, licenseKey: string) =>
  licenses(read).find((license) => license.licenseKey === licenseKey)

/** Throws InvalidArgument for a key that is not there, and for that of the evaluation, which nobody changes. */
function requireLicense(read: Reader, licenseKey: string): LicenseManagerLicenseInfo {
  const found = find(read, licenseKey)
  if (!found || licenseKey === EVALUATION_LICENSE.licenseKey)
    throw fault('InvalidArgument', { invalidProperty: 'licenseKey' })
  return found
}

function setLicenses({ tx }: Context, list: readonly LicenseManagerLicenseInfo[]): void {
  tx.set('LicenseManager', MANAGER, { licenses: Object.freeze([...list]) })
}

function relabel(ctx: Context, licenseKey: string, labels: readonly KeyValue[]): LicenseManagerLicenseInfo {
  const license = requireLicense(ctx.tx, licenseKey)
  const changed = patch(license, { labels: labels.length > 0 ? labels : undefined })
  setLicenses(
    ctx,
    licenses(ctx.tx).map((one) => (one === license ? changed : one)),
  )
  return changed
}

function unassign({ tx }: Context, entity: string): void {
  const id = licensedId(entity)
  if (tx.find(licensed, id)) tx.remove(id)
}

interface LicensedEntity {
  readonly id: string
  readonly name: string
}

const entities = ({ tx, identity }: Context): readonly LicensedEntity[] => [
  { id: identity.instanceUuid, name: 'vcenter' },
  ...[...tx.ids('HostSystem')].map((id) => ({ id, name: tx.get('HostSystem', id).name })),
]

const isEntity = ({ tx, identity }: Context, id: string) =>
  id === identity.instanceUuid || tx.find('HostSystem', id) !== undefined

function assignment(ctx: Context, { id, name }: LicensedEntity): LicenseAssignmentManagerLicenseAssignment {
  const own = ctx.tx.find(licensed, licensedId(id))
  return data('LicenseAssignmentManagerLicenseAssignment', {
    entityId: id,
    scope: ctx.identity.instanceUuid,
    entityDisplayName: name,
    assignedLicense: (own && find(ctx.tx, own.licenseKey)) ?? EVALUATION_LICENSE,
  })
}
