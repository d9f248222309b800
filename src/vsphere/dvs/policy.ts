import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  DVPortSetting,
  DVSConfigInfo,
  DynamicData,
  VMwareDVSConfigInfo,
  VMwareDVSPortSetting,
  VmwareDistributedVirtualSwitchPvlanSpec,
  VmwareDistributedVirtualSwitchTrunkVlanSpec,
  VmwareDistributedVirtualSwitchVlanIdSpec,
} from '#vim25/generated/types.js'
import { dataType, isA } from '#vim25/schema.js'

type Policy = DynamicData & Readonly<Record<string, unknown>>

const isPolicy = (value: unknown): value is Policy =>
  typeof value === 'object' && value !== null && '_typeName' in value

const hasInherited = (value: Policy) => dataType(value._typeName)?.byName.has('inherited') ?? false

const inherited = new WeakMap<object, DynamicData>()

/** Pure: the same policy as something below its owner has it: inherited at every level. */
function asInherited<T extends DynamicData>(policy: T): T {
  const known = inherited.get(policy)
  if (known) return known as T
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(policy)) if (isPolicy(value)) changes[name] = asInherited(value)
  if (hasInherited(policy as unknown as Policy)) changes.inherited = true
  const result = patch(policy, changes as never)
  inherited.set(policy, result)
  return result
}

/**
 * Pure: a setting of a port group or port upon that of what is above it: members that it leaves out or says to inherit
 * are those above, marked so; of a policy of several parts each part counts by itself.
 */
export function settingUpon(above: DVPortSetting, own: DVPortSetting | undefined): DVPortSetting {
  if (!own) return asInherited(above)
  return upon(above as unknown as Policy, own as unknown as Policy) as unknown as DVPortSetting
}

function upon(above: Policy, own: Policy): Policy {
  if (own.inherited === true) return asInherited(above)
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(above)) {
    if (!isPolicy(value)) continue
    const mine = own[name]
    changes[name] = isPolicy(mine) && mine.inherited !== true ? part(value, mine) : asInherited(value)
  }
  for (const [name, value] of Object.entries(own))
    if (!(name in changes) && name !== '_typeName') changes[name] = value
  const merged = patch(above as DynamicData, changes as never) as Policy
  return hasInherited(merged)
    ? (patch(merged as DynamicData, { inherited: false } as never) as Policy)
    : merged
}

/** A policy of another type (a trunk instead of a VLAN) replaces what is above as a whole. */
const part = (above: Policy, own: Policy): Policy =>
  above._typeName === own._typeName ? upon(above, own) : own

/** Pure: changes of a setting that stays at its level: what the change leaves out stays as it is. */
export function changedSetting(present: DVPortSetting, change: DVPortSetting | undefined): DVPortSetting {
  if (!change) return present
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(change)) {
    if (!isPolicy(value)) continue
    const before = (present as unknown as Policy)[name]
    changes[name] =
      isPolicy(before) && before._typeName === value._typeName && value.inherited !== true
        ? patch(before as DynamicData, definedOf(value) as never)
        : value
  }
  return patch(present, changes as never)
}

const definedOf = ({ _typeName, ...members }: Policy) => members

/** VLANs of a switch: 0 is none, 4095 is not for distributed switches (Networking guide 8.0). */
export const HIGHEST_VLAN = 4094

const isVlan = (id: number) => Number.isInteger(id) && id >= 0 && id <= HIGHEST_VLAN

/** Throws InvalidArgument for a VLAN, a trunk or a private VLAN that the switch cannot have. */
export function checkSetting(config: DVSConfigInfo, setting: DVPortSetting | undefined, where: string): void {
  const vlan = (setting as VMwareDVSPortSetting | undefined)?.vlan
  if (!vlan || vlan.inherited) return
  const wrong = (member: string) => fault('InvalidArgument', { invalidProperty: `${where}.vlan.${member}` })
  if (isA(vlan._typeName, 'VmwareDistributedVirtualSwitchVlanIdSpec')) {
    if (!isVlan((vlan as VmwareDistributedVirtualSwitchVlanIdSpec).vlanId)) throw wrong('vlanId')
  } else if (isA(vlan._typeName, 'VmwareDistributedVirtualSwitchTrunkVlanSpec')) {
    for (const { start, end } of (vlan as VmwareDistributedVirtualSwitchTrunkVlanSpec).vlanId ?? [])
      if (!isVlan(start) || !isVlan(end) || start > end) throw wrong('vlanId')
  } else {
    const { pvlanId } = vlan as VmwareDistributedVirtualSwitchPvlanSpec
    const entries = (config as VMwareDVSConfigInfo).pvlanConfig ?? []
    if (!entries.some(({ secondaryVlanId }) => secondaryVlanId === pvlanId)) throw wrong('pvlanId')
  }
}

/** Pure: the VLANs of a setting, as ranges; a private VLAN by its id. */
export function vlansOf(setting: DVPortSetting | undefined): readonly { start: number; end: number }[] {
  const vlan = (setting as VMwareDVSPortSetting | undefined)?.vlan
  if (!vlan) return [{ start: 0, end: 0 }]
  if (vlan._typeName === 'VmwareDistributedVirtualSwitchTrunkVlanSpec')
    return (vlan as VmwareDistributedVirtualSwitchTrunkVlanSpec).vlanId ?? []
  const { vlanId, pvlanId } = vlan as Partial<
    VmwareDistributedVirtualSwitchVlanIdSpec & VmwareDistributedVirtualSwitchPvlanSpec
  >
  const id = vlanId ?? pvlanId ?? 0
  return [{ start: id, end: id }]
}

export const isTrunk = (setting: DVPortSetting | undefined): boolean =>
  (setting as VMwareDVSPortSetting | undefined)?.vlan?._typeName ===
  'VmwareDistributedVirtualSwitchTrunkVlanSpec'
