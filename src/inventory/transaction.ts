import type { List } from 'immutable'
import { fault } from '#vim25/fault.js'
import type { Event, ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { isA, managedType, subtypesOf } from '#vim25/schema.js'
import { type Entity, type Kind, type ManagedName, moRef, type RecordKind, type ValueOf } from './entity.js'
import { changedIds, emptyIds, idsIn } from './id-list.js'
import { type IndexDraft, indexDraft } from './index-draft.js'
import type { Index } from './indexes.js'
import type { Model } from './model.js'
import type { Reader } from './reader.js'
import { type AgendaEntry, EVENTS_KEPT, type Root, TASKS_KEPT } from './root.js'
import type { Amounts, Sum } from './sums.js'

/** The only way to change a world. Reads see what the transaction has written so far. */
export interface Transaction extends Reader {
  /** Adds a managed object and returns its reference, or adds a record. */
  create<K extends Kind>(
    kind: K,
    id: string,
    value: ValueOf<K>,
  ): K extends ManagedName ? ManagedObjectReference : undefined
  /** Changes some members; `undefined` unsets one. */
  set<K extends Kind>(kind: K, id: string, changes: Partial<ValueOf<K>>): void
  /** Changes some members as a function of the present ones. */
  update<K extends Kind>(
    kind: K,
    id: string,
    change: (value: Readonly<ValueOf<K>>) => Partial<ValueOf<K>>,
  ): void
  /** Removes an object or a record. */
  remove(id: string): void
  /** The next number under this name: 1, 2, 3 ... */
  next(counter: string): number
  /** Appends an event; the oldest beyond the bound are forgotten. */
  append(event: Event): void
  /** Appends a finished task's info to the task history; the oldest beyond the bound are forgotten. */
  archive(info: TaskInfo): void
  /** Puts work on the agenda and returns its number. */
  schedule(due: number, kind: string, refs: AgendaEntry['refs']): number
  unschedule(number: number): void
}

/** The draft behind a Transaction: what derive.ts and inventory.ts work on. */
export class Draft implements Transaction {
  readonly changed = new Map<string, Entity | undefined>()
  readonly indexes: IndexDraft
  readonly #counters = new Map<string, number>()
  readonly #appended: Event[] = []
  readonly #archived: TaskInfo[] = []
  #agenda: readonly AgendaEntry[]

  constructor(
    readonly start: Root,
    readonly model: Model,
  ) {
    this.#agenda = start.agenda
    this.indexes = indexDraft(start, (id) => this.entity(id)?.order ?? 0)
  }

  get touched(): boolean {
    return (
      this.changed.size > 0 ||
      this.#counters.size > 0 ||
      this.#appended.length > 0 ||
      this.#archived.length > 0 ||
      this.#agenda !== this.start.agenda
    )
  }

  get agenda(): readonly AgendaEntry[] {
    return this.#agenda
  }

  entity(id: string): Entity | undefined {
    const changed = this.changed.get(id)
    return changed || this.changed.has(id) ? changed : this.start.entities.get(id)
  }

  find<K extends Kind>(kind: K, id: string): Readonly<ValueOf<K>> | undefined {
    return findIn(this, kind, id) as ValueOf<K> | undefined
  }

  get<K extends Kind>(kind: K, id: string): Readonly<ValueOf<K>> {
    return getFrom(this, kind, id) as ValueOf<K>
  }

  ref(id: string): ManagedObjectReference {
    return refFrom(this, id)
  }

  *ids(type: Kind): Iterable<string> {
    for (const name of concreteTypes(type)) {
      for (const id of idsIn(this.start.byType.get(name) ?? emptyIds))
        if (!this.changed.has(id) || isSame(this.start.entities.get(id), this.changed.get(id))) yield id
      for (const [id, entity] of this.changed)
        if (entity?.type === name && !isSame(this.start.entities.get(id), entity)) yield id
    }
  }

  count(type: Kind): number {
    const types = concreteTypes(type)
    let count = 0
    for (const name of types) count += (this.start.byType.get(name) ?? emptyIds).size
    for (const [id, entity] of this.changed) {
      const before = this.start.entities.get(id)
      if (before && types.includes(before.type)) count--
      if (entity && types.includes(entity.type)) count++
    }
    return count
  }

  lookup(index: Index, key: string): readonly string[] {
    return this.indexes.lookup(index, key)
  }

  total<A extends Amounts>(sum: Sum<A>, key: string): A {
    return this.indexes.total(sum, key)
  }

  counter(name: string): number {
    return this.#counters.get(name) ?? this.start.counters.get(name) ?? 0
  }

  events(): List<Event> {
    return appended(this.start.events, this.#appended, EVENTS_KEPT)
  }

  taskHistory(): List<TaskInfo> {
    return appended(this.start.taskHistory, this.#archived, TASKS_KEPT)
  }

  next(name: string): number {
    const number = this.counter(name) + 1
    this.#counters.set(name, number)
    return number
  }

  create(type: string | RecordKind<object>, id: string, value: object): never {
    const name = typeof type === 'string' ? type : type.kind
    if (this.entity(id)) throw new Error(`${name} '${id}' exists already.`)
    const former = this.start.entities.get(id)
    if (former && former.type !== name) throw new Error(`'${id}' was a ${former.type}, not a ${name}.`)
    const ref = typeof type === 'string' ? moRef(type, id) : undefined
    const order = this.next('order')
    this.#put(id, undefined, Object.freeze({ id, type: name, order, ref, value: Object.freeze(value) }))
    return ref as never
  }

  /** Puts an entity as it stands: a new one, or one from another root. */
  restore(entity: Entity): void {
    this.#put(entity.id, this.entity(entity.id), entity)
  }

  /** Puts a changed entity in its place; its indexes are the caller's business. */
  replace(entity: Entity): void {
    this.changed.set(entity.id, entity)
  }

  set(type: string | RecordKind<object>, id: string, changes: object): void {
    const entity = entityFrom(this, type, id)
    const value: Record<string, unknown> = { ...entity.value, ...changes }
    for (const [name, change] of Object.entries(changes)) if (change === undefined) delete value[name]
    this.#put(id, entity, Object.freeze({ ...entity, value: Object.freeze(value) }))
  }

  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Transaction give the callers their types
  update(type: any, id: string, change: (value: any) => object): void {
    this.set(type, id, change(this.get(type, id)))
  }

  remove(id: string): void {
    const before = this.entity(id)
    if (!before) throw new Error(`There is no object '${id}' to remove.`)
    this.#put(id, before, undefined)
  }

  append(event: Event): void {
    this.#appended.push(event)
  }

  archive(info: TaskInfo): void {
    this.#archived.push(info)
  }

  schedule(due: number, kind: string, refs: AgendaEntry['refs']): number {
    const number = this.next('agenda')
    const entry = Object.freeze({ due, number, kind, refs: Object.freeze(refs) })
    const at = this.#agenda.findIndex((other) => other.due > due)
    const copy = [...this.#agenda]
    copy.splice(at < 0 ? copy.length : at, 0, entry)
    this.#agenda = Object.freeze(copy)
    return number
  }

  unschedule(number: number): void {
    if (this.#agenda.some((entry) => entry.number === number))
      this.#agenda = Object.freeze(this.#agenda.filter((entry) => entry.number !== number))
  }

  /** The root that this draft makes of its start. */
  finish(): Root {
    const { start } = this
    return Object.freeze({
      revision: start.revision + 1,
      entities: start.entities.with(this.changed),
      byType: this.#finishTypes(),
      indexes: this.indexes.finish(),
      sums: this.indexes.finishSums(),
      counters: start.counters.withMutations((counters) => {
        for (const [name, number] of this.#counters) counters.set(name, number)
      }),
      events: this.events(),
      taskHistory: this.taskHistory(),
      agenda: this.#agenda,
    })
  }

  #finishTypes(): Root['byType'] {
    const perType = new Map<string, Entity[]>()
    const gone = new Map<string, Entity[]>()
    for (const [id, entity] of this.changed) {
      const before = this.start.entities.get(id)
      if (isSame(before, entity)) continue
      if (before) push(gone, before.type, before)
      if (entity) push(perType, entity.type, entity)
    }
    return this.start.byType.withMutations((types) => {
      for (const type of new Set([...gone.keys(), ...perType.keys()])) {
        const come = (perType.get(type) ?? [])
          .map(({ id, order }) => ({ id, order }))
          .sort((a, b) => a.order - b.order)
        types.update(type, emptyIds, (old) => changedIds(old, gone.get(type) ?? [], come))
      }
    })
  }

  #put(id: string, before: Entity | undefined, entity: Entity | undefined): void {
    this.changed.set(id, entity)
    const type = (entity ?? before)?.type
    if (type !== undefined) this.indexes.update(this.model.plan(type).indexes, before, entity)
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** False for an object that came, went, or went and came again. */
function isSame(before: Entity | undefined, after: Entity | undefined): boolean {
  return before !== undefined && before.order === after?.order
}

function appended<T>(list: List<T>, items: readonly T[], bound: number): List<T> {
  if (items.length === 0) return list
  const all = list.concat(items)
  return all.size > bound ? all.slice(all.size - bound) : all
}

/** The entity of the type, or the fault that a client sees for a reference to nothing. */
export function entityFrom(read: Reader, type: string | RecordKind<object>, id: string): Entity {
  const entity = read.entity(id)
  if (typeof type === 'string') {
    if (entity && (entity.type === type || isA(entity.type, type))) return entity
    throw fault('ManagedObjectNotFound', { obj: moRef(type, id) })
  }
  if (entity?.type === type.kind) return entity
  throw new Error(`There is no ${type.kind} record '${id}'.`)
}

export function getFrom(read: Reader, type: string | RecordKind<object>, id: string): object {
  return entityFrom(read, type, id).value
}

export function findIn(read: Reader, type: string | RecordKind<object>, id: string): object | undefined {
  const entity = read.entity(id)
  if (!entity) return undefined
  if (typeof type === 'string')
    return entity.type === type || isA(entity.type, type) ? entity.value : undefined
  return entity.type === type.kind ? entity.value : undefined
}

export function refFrom(read: Reader, id: string): ManagedObjectReference {
  const ref = read.entity(id)?.ref
  if (!ref) throw fault('ManagedObjectNotFound', { obj: moRef('ManagedObject', id) })
  return ref
}

/** A managed type with its subtypes, or a record kind alone. */
export function concreteTypes(type: string | RecordKind<object>): readonly string[] {
  if (typeof type !== 'string') return [type.kind]
  return managedType(type) ? [...new Set([type, ...subtypesOf(type)])] : [type]
}
