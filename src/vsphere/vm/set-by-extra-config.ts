import { unboxed } from '#vim25/any.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { dataType, enumType, managedType, type Property } from '#vim25/schema.js'
import type { Context } from '../core/context.js'

/** What one `SET.<path>` asks for. */
interface Wish {
  readonly key: string
  readonly path: readonly string[]
  readonly value: unknown
}

/** Another name that govmomi's vcsim has for a path. */
const ALIASES: Readonly<Record<string, string>> = { ip0: 'SET.guest.ipAddress' }

const PREFIX = 'SET.'

/**
 * extraConfig `SET.guest.ipAddress=10.0.0.1` sets that property of the VM and is no extraConfig (deviation 93): where the
 * server was asked to take it, as programs that test against govmomi's vcsim do. Returns the rest of the spec and what
 * sets the properties when the rest has been carried out.
 */
export function withoutWishes(
  ctx: Context,
  spec: VirtualMachineConfigSpec,
): { readonly spec: VirtualMachineConfigSpec; readonly fulfil: (vm: ManagedObjectReference) => void } {
  const wishes = (ctx.services.setByExtraConfig ? (spec.extraConfig ?? []) : []).flatMap(
    (option): readonly Wish[] => {
      const key = Object.hasOwn(ALIASES, option.key) ? (ALIASES[option.key] ?? option.key) : option.key
      if (!key.startsWith(PREFIX)) return []
      return [{ key: option.key, path: key.slice(PREFIX.length).split('.'), value: unboxed(option.value) }]
    },
  )
  if (wishes.length === 0) return { spec, fulfil: () => {} }
  const keys = new Set(wishes.map(({ key }) => key))
  return {
    spec: patch(spec, { extraConfig: (spec.extraConfig ?? []).filter(({ key }) => !keys.has(key)) }),
    fulfil: (vm) => {
      for (const wish of wishes) fulfil(ctx, vm.value, wish)
    },
  }
}

function fulfil({ tx }: Context, vm: string, wish: Wish): void {
  const [first = '', ...rest] = wish.path
  const property = managedType('VirtualMachine')?.byName.get(first)
  const before: Readonly<Record<string, unknown>> = { ...tx.get('VirtualMachine', vm) }
  tx.set('VirtualMachine', vm, { [first]: changed(before[first], property, rest, wish) })
  if (wish.path.join('.') !== 'guest.ipAddress') return
  // A guest has the address on its first card, too.
  tx.update('VirtualMachine', vm, ({ guest }) => {
    const [card, ...others] = guest?.net ?? []
    if (!guest || !card) return {}
    return { guest: patch(guest, { net: [patch(card, { ipAddress: [String(wish.value)] }), ...others] }) }
  })
}

function changed(
  before: unknown,
  property: Property | undefined,
  rest: readonly string[],
  wish: Wish,
): unknown {
  const [next, ...further] = rest
  if (!property || property.array) throw refused(wish)
  if (next === undefined) return primitive(property, wish)
  if (typeof before !== 'object' || before === null) throw refused(wish)
  const { _typeName } = before as { _typeName: string }
  const member = dataType(_typeName)?.byName.get(next)
  const present = (before as Record<string, unknown>)[next]
  return patch(before as { _typeName: string }, { [next]: changed(present, member, further, wish) })
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'short', 'byte', 'float', 'double'])

/** The value as its property has it; clients send texts. */
function primitive(property: Property, wish: Wish): unknown {
  const { type, kind } = property
  const text = String(wish.value)
  if (kind === 'enum' && enumType(type)?.values.includes(text)) return text
  if (kind !== 'primitive') throw refused(wish)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (NUMBERS.has(type) && text !== '' && Number.isFinite(Number(text))) return Number(text)
  if (type === 'boolean' || NUMBERS.has(type)) throw refused(wish)
  return text
}

const refused = ({ key }: Wish) => fault('InvalidArgument', { invalidProperty: `spec.extraConfig["${key}"]` })
