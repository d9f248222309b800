import { BASE_TYPES, correctFields, LOCALIZED_FAULT, PRIMITIVES } from './corrections.js'
import type { ValueHistory } from './history.js'
import { withInternalTypes } from './internal-types.js'
import { releases } from './releases.js'
import { LINK, OPTIONAL, type RawEnum, type RawField, type RawMethod, SECRET, type Tables } from './tables.js'

export type Kind = 'primitive' | 'data' | 'enum' | 'reference' | 'any'
export interface Field {
  readonly name: string
  readonly type: string
  readonly kind: Kind
  readonly array: boolean
  readonly optional: boolean
  readonly link: boolean
  readonly secret: boolean
  readonly since: number
  readonly privilege: string | undefined
}
export interface DataType {
  readonly name: string
  readonly vmodl: string
  readonly base: string | undefined
  readonly since: number
  readonly fields: readonly Field[]
}
export interface EnumType {
  readonly name: string
  readonly vmodl: string
  readonly since: number
  readonly values: readonly { readonly value: string; readonly since: number }[]
}
export interface Method {
  readonly name: string
  readonly vmodl: string
  readonly since: number
  readonly params: readonly Field[]
  readonly result: Field | undefined
  readonly isTask: boolean
  readonly taskResult: Field | undefined
  readonly privilege: string | undefined
  readonly faults: readonly string[]
}
export interface ManagedType extends DataType {
  readonly methods: readonly Method[]
}
export interface Model {
  readonly versions: readonly string[]
  readonly data: readonly DataType[]
  readonly enums: readonly EnumType[]
  readonly managed: readonly ManagedType[]
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

/** Turns the raw tables into one sorted, corrected model in WSDL names. */
export function buildModel(published: Tables, history: ValueHistory = {}): Model {
  const tables = withInternalTypes(published)
  const order = releases(tables)
  const kinds = new Map<string, { readonly name: string; readonly kind: Kind }>([
    ...PRIMITIVES,
    ...BASE_TYPES.map(([vmodl, name]) => [vmodl, { name, kind: 'data' }] as const),
    ...tables.data.map(([vmodl, name]) => [vmodl, { name, kind: 'data' }] as const),
    ...tables.enum.map(([vmodl, name]) => [vmodl, { name, kind: 'enum' }] as const),
    ...tables.managed.map(([vmodl, name]) => [vmodl, { name, kind: 'reference' }] as const),
  ])
  const resolve = (vmodl: string) => {
    const known = kinds.get(vmodl)
    if (!known) throw new Error(`unknown type ${vmodl}`)
    return known
  }
  const baseOf = (vmodl: string) =>
    vmodl === 'vmodl.DataObject' || vmodl === 'vmodl.ManagedObject' ? undefined : resolve(vmodl).name

  const field = ([name, type, version, flags, privilege]: RawField, owner?: string): Field => {
    const array = type.endsWith('[]')
    const item = array ? type.slice(0, -2) : type
    const link = (flags & LINK) !== 0
    // A link is the key of another object on the wire, and a fault travels inside its message wrapper.
    const wire = link
      ? 'string'
      : item === 'vmodl.MethodFault' && owner !== LOCALIZED_FAULT
        ? LOCALIZED_FAULT
        : item
    return {
      name,
      type: resolve(wire).name,
      kind: resolve(wire).kind,
      array,
      optional: (flags & OPTIONAL) !== 0,
      link,
      secret: (flags & SECRET) !== 0,
      since: order.index(version),
      privilege: privilege ?? undefined,
    }
  }
  const method = ([
    vmodl,
    name,
    version,
    params,
    [flags, type, made],
    privilege,
    faults,
  ]: RawMethod): Method => {
    const isTask = name.endsWith('_Task')
    const value = (item: string, bits: number) =>
      item === 'void' ? undefined : field(['returnval', item, version, bits])
    return {
      name,
      vmodl,
      since: order.index(version),
      params: params.map((param) => field(param)),
      // The flags of a task method describe what the task yields; the task itself is always there.
      result: isTask ? value(type, 0) : value(type, flags),
      isTask,
      taskResult: isTask ? value(made, flags) : undefined,
      privilege: privilege ?? undefined,
      faults: (faults ?? []).map((fault) => resolve(fault).name),
    }
  }
  const enumType = ([vmodl, name, version, values]: RawEnum): EnumType => {
    const since = order.index(version)
    return {
      name,
      vmodl,
      since,
      values: values.map((value) => {
        const first = history[name]?.[value]
        return { value, since: first === undefined ? since : Math.max(since, order.named(first)) }
      }),
    }
  }
  return {
    versions: order.names,
    data: [...BASE_TYPES, ...tables.data]
      .map(([vmodl, name, base, version, fields]) => ({
        name,
        vmodl,
        base: baseOf(base),
        since: order.index(version),
        fields: correctFields(name, fields ?? []).map((raw) => field(raw, vmodl)),
      }))
      .sort(byName),
    enums: tables.enum.map(enumType).sort(byName),
    managed: tables.managed
      .map(([vmodl, name, base, version, fields, methods]) => ({
        name,
        vmodl,
        base: baseOf(base),
        since: order.index(version),
        fields: (fields ?? []).map((raw) => field(raw)),
        methods: (methods ?? []).map(method).sort(byName),
      }))
      .sort(byName),
  }
}
