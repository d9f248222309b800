import { data, patch } from '#vim25/data.js'
import type {
  VAppOvfSectionInfo,
  VAppPropertyInfo,
  VmConfigInfo,
  VmConfigSpec,
} from '#vim25/generated/types.js'
import { updatedArray } from './array-update.js'
import { badArgument } from './faults.js'
import { overlay } from './overlay.js'
import { propertyProblem } from './v-app-property.js'

const NONE = data('VmConfigInfo', {
  ipAssignment: data('VAppIPAssignmentInfo', { ipAllocationPolicy: 'fixedPolicy', ipProtocol: 'IPv4' }),
  installBootRequired: false,
  installBootStopDelay: 0,
})

const PATH = 'vAppConfig'

/**
 * VirtualMachineConfigInfo.vAppConfig after a change: products, properties and OVF sections by their keys, the rest by
 * replacement. Throws InvalidArgument for bad keys and names, and VAppPropertyFault subtypes for properties.
 */
export function vAppConfig(before: VmConfigInfo | undefined, spec: VmConfigSpec): VmConfigInfo {
  const old = before ?? NONE
  const property = updatedArray(old.property, spec.property, `${PATH}.property`, mergedProperty)
  requireOwnNames(property ?? [])
  return patch(old, {
    product: updatedArray(old.product, spec.product, `${PATH}.product`),
    property,
    ipAssignment: overlay(old.ipAssignment, spec.ipAssignment) ?? old.ipAssignment,
    eula: replacedTexts(old.eula, spec.eula),
    ovfSection: updatedArray(old.ovfSection, withKeys(old.ovfSection, spec.ovfSection), `${PATH}.ovfSection`),
    ovfEnvironmentTransport: replacedTexts(old.ovfEnvironmentTransport, spec.ovfEnvironmentTransport),
    installBootRequired: spec.installBootRequired ?? old.installBootRequired,
    installBootStopDelay: spec.installBootStopDelay ?? old.installBootStopDelay,
  })
}

/** A property has a name from the start, and shows no password. */
function mergedProperty(
  info: VAppPropertyInfo,
  old: VAppPropertyInfo | undefined,
  at: string,
): VAppPropertyInfo {
  const merged = old ? patch(old, info) : info
  if (!merged.id || /\s/.test(merged.id)) throw badArgument(`${at}.id`)
  const problem = propertyProblem(merged, old)
  if (problem) throw problem
  return merged.type?.startsWith('password') ? patch(merged, { value: '', defaultValue: '' }) : merged
}

/** `[classId.]id[.instanceId]` is what the OVF environment calls a property. */
function requireOwnNames(properties: readonly VAppPropertyInfo[]): void {
  const names = properties.map(({ classId, id, instanceId }) =>
    [classId, id, instanceId].filter((part) => part).join('.'),
  )
  if (new Set(names).size < names.length) throw badArgument(`${PATH}.property`)
}

/** Sections that are added may come without a key. */
function withKeys(
  before: readonly VAppOvfSectionInfo[] | undefined,
  updates: VmConfigSpec['ovfSection'],
): VmConfigSpec['ovfSection'] {
  let next = Math.max(-1, ...(before ?? []).map(({ key }) => key ?? -1)) + 1
  return updates?.map((update) =>
    update.operation === 'add' && update.info && update.info.key === undefined
      ? patch(update, { info: patch(update.info, { key: next++ }) })
      : update,
  )
}

/** A list that is set replaces the old one, an empty one changes nothing, one empty text alone removes all. */
function replacedTexts(
  before: readonly string[] | undefined,
  wanted: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!wanted?.length) return before
  return wanted.length === 1 && wanted[0] === '' ? undefined : wanted
}
