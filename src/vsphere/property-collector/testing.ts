import type { ObjectContent, PropertyChange, UpdateSet } from '#vim25/generated/types.js'
import type { TestWorld } from '../core/testing.js'
import { PC } from './test-world.js'

/** What a client knows of the objects that it watches: values of the properties that it asked for, by object. */
export type Copy = Map<string, Map<string, unknown>>

/** The property that was asked for in which a change is; undefined when nobody asked for such a thing. */
type HeadOf = (name: string) => string | undefined

/** For a filter of these paths. */
export const headIn =
  (paths: readonly string[]): HeadOf =>
  (name) =>
    paths.find((path) => path === name) ??
    paths.find((path) => name.startsWith(`${path}.`) || name.startsWith(`${path}[`))

/** For a filter of all properties. */
export const headInAll: HeadOf = (name) => name.split(/[.[]/)[0]

interface Update {
  readonly headOf: HeadOf
  readonly from?: string | undefined
  readonly limit?: number | undefined
}

/** Applies all updates there are to the copy, in as many parts as they come; returns the new version. */
export function updateCopy(world: Pick<TestWorld, 'call'>, copy: Copy, { headOf, from, limit }: Update) {
  let version = from
  for (;;) {
    const set = world.call(...PC, 'WaitForUpdatesEx', {
      version,
      options: { maxWaitSeconds: 0, maxObjectUpdates: limit },
    }) as UpdateSet | undefined
    if (!set) return version
    version = set.version
    for (const { objectSet } of set.filterSet ?? [])
      for (const { kind, obj, changeSet } of objectSet ?? []) {
        if (kind === 'leave') copy.delete(obj.value)
        else {
          if (kind === 'enter') copy.set(obj.value, new Map())
          for (const change of changeSet ?? [])
            apply(copy.get(obj.value) as Map<string, unknown>, headOf, change)
        }
      }
    if (!set.truncated) return version
  }
}

/** The copy of somebody who reads everything anew. */
export function freshCopy(world: Pick<TestWorld, 'call'>, spec: object): Copy {
  const contents = world.call(...PC, 'RetrieveProperties', { specSet: [spec] }) as ObjectContent[]
  return new Map(
    contents.map(({ obj, propSet }) => [
      obj.value,
      new Map((propSet ?? []).map(({ name, val }) => [name, open(val)])),
    ]),
  )
}

/** A change applied as a client would: to the selected property of the same name, or to a path below one. */
function apply(properties: Map<string, unknown>, headOf: HeadOf, { name, op, val }: PropertyChange): void {
  const head = headOf(name)
  if (head === undefined) throw new Error(`Nobody asked for ${name}.`)
  const value = op === 'assign' || op === 'add' ? open(val) : undefined
  if (head === name) {
    if (value === undefined) properties.delete(name)
    else properties.set(name, value)
    return
  }
  const steps = [...name.slice(head.length).matchAll(/\.(\w+)|\[(?:"([^"]*)"|(\d+))\]/g)].map(
    ([, member, quoted, bare]) => ({ member, key: quoted ?? bare }),
  )
  let here = properties.get(head) as Record<string, unknown> | { key: unknown }[]
  steps.forEach(({ member, key }, i) => {
    const last = i === steps.length - 1
    if (member !== undefined) {
      const object = here as Record<string, unknown>
      if (!last) here = object[member] as typeof here
      else if (value === undefined) delete object[member]
      // A slot for any type holds its value in the box that names the type.
      else object[member] = object._typeName === 'OptionValue' ? structuredClone(val) : value
      return
    }
    const list = here as { key: unknown }[]
    const at = list.findIndex((element) => String(element.key) === key)
    if (!last) here = list[at] as unknown as typeof here
    else if (op === 'add') list.push(value as { key: unknown })
    else if (value === undefined) list.splice(at, 1)
    else list[at] = value as { key: unknown }
  })
}

/** A copy of the value without its box, for the client to change. */
function open(val: unknown): unknown {
  const plain = typeof val === 'object' && val !== null && '_value' in val ? val._value : val
  return structuredClone(plain)
}

/** Elements with keys in the order of their keys: the order in which they are added is not promised. */
export function normal(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].sort().map(([key, inner]) => [key, normal(inner)]))
  if (Array.isArray(value)) {
    const keyed = value.every(
      (element) => typeof element === 'object' && element !== null && 'key' in element,
    )
    return (keyed ? [...value].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1)) : value).map(normal)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]))
}
