import { type Entity, moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { fault, VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA, type Method, managedType, type Property } from '#vim25/schema.js'
import { authorizeByType } from '../authorization/by-type.js'
import { authorize, authorizeArguments, isAnonymous, requireMember } from '../authorization/check.js'
import { unknownObject } from '../authorization/owner.js'
import { useSession } from '../session/activity.js'
import { ownerOf } from '../session/objects.js'
import { startTask, taskInProgress } from '../task/task.js'
import type { Behaviour } from './behaviour.js'
import { broken } from './broken.js'
import type { Client, ReadContext, Reply, Session } from './context.js'
import { projectedProperty } from './project.js'
import { descriptionIdOf, isDeclared, isTaskBehaviour } from './registry.js'
import type { Sandbox } from './sandbox.js'
import { isVcenterOnly } from './vcenter-only.js'

/** One request of a client, as its door understood it. */
export interface Call {
  /** The vim25 release that the client speaks, as an index into VERSIONS. */
  readonly release: number
  readonly token: string | undefined
  readonly type: string
  readonly id: string
  readonly client: Client
  readonly reply: Reply
  /** Aborted when the client's connection closes: what waits for it is let go. */
  readonly signal?: (() => AbortSignal) | undefined
}

export interface MethodCall extends Call {
  readonly method: string
  /** Reads the arguments against the method's parameters; throws InvalidArgument and the like. */
  arguments(method: Method): Readonly<Record<string, unknown>>
}

export interface PropertyCall extends Call {
  readonly property: string
}

/** What a method that waits answers with: the door holds the connection until the promise settles. */
export class Pending {
  constructor(readonly answer: Promise<unknown>) {}
}

/**
 * The one way in for every door: session, operation, object, privilege, arguments, behaviour. Throws VimFault, and
 * nothing else (in strict mode also mistakes of ours). What the call started and is due now has run when it returns.
 */
export function callMethod(sandbox: Sandbox, call: MethodCall): unknown {
  const result = guarded(sandbox, `${call.type}.${call.method}`, () => {
    const session = requireSession(sandbox, call, call.method)
    const target = findTarget(sandbox, call, session)
    const method = findMethod(target.type, call)
    const { read } = sandbox.inventory
    if (session) authorize(read, session, target.ref as ManagedObjectReference, method)
    if (sandbox.services.identity.kind === 'esxi' && isVcenterOnly(method)) throw fault('NotSupported', {})
    const behaviour = sandbox.registry.behaviour(target.type, method.name)
    if (!behaviour)
      throw fault('NotImplemented', {}, `Fauxsphere does not implement ${target.type}.${method.name} yet.`)
    const args = call.arguments(method)
    if (session) {
      authorizeArguments(read, session, method, args)
      authorizeByType(read, session, target.ref as ManagedObjectReference, method, args)
    }
    return runBehaviour(sandbox, call, session, target, method, behaviour, args)
  })
  sandbox.settle()
  return result
}

/** The same for doors of clients, who may be kept waiting (Services.latency). */
export function answerCall(sandbox: Sandbox, call: MethodCall): unknown {
  const ms = sandbox.services.latency?.ofCall(call.method) ?? 0
  if (ms <= 0) return callMethod(sandbox, call)
  // Asked for now: the door must learn that somebody waits, before it looks whether the client hangs up.
  const signal = call.signal?.()
  const answer = new Promise<void>((resolve) => {
    const callOff = sandbox.clock.after(ms, resolve)
    signal?.addEventListener('abort', callOff, { once: true })
  }).then(() => {
    const result = callMethod(sandbox, call)
    return result instanceof Pending ? result.answer : result
  })
  return new Pending(answer)
}

function runBehaviour(
  sandbox: Sandbox,
  call: MethodCall,
  session: Session | undefined,
  target: Entity,
  method: Method,
  behaviour: Behaviour,
  args: Readonly<Record<string, unknown>>,
): unknown {
  const self = target.ref as ManagedObjectReference
  return declared(sandbox, method, () =>
    sandbox.transact(callerOf(call, session), (ctx) => {
      const entity = isTaskBehaviour(behaviour) && behaviour.entity ? behaviour.entity(ctx, self, args) : self
      if (entity && method.faults.includes('TaskInProgress')) {
        const task = taskInProgress(ctx.tx, entity)
        if (task) throw fault('TaskInProgress', { task })
      }
      if (!isTaskBehaviour(behaviour)) return behaviour(ctx, self, args)
      behaviour.before?.(ctx, self, args)
      return startTask(ctx, {
        key: `${target.type}.${method.name}`,
        self,
        args,
        behaviour,
        descriptionId: descriptionIdOf(method, target.type),
        name: method.name,
        entity,
      })
    }),
  )
}

function callerOf(call: Call, session: Session | undefined) {
  const { client, reply, release, signal } = call
  return { session, client, reply, release, signal }
}

/** Reads one property as the caller sees it; undefined when it is unset. Throws like `callMethod`. */
export function readProperty(sandbox: Sandbox, call: PropertyCall): { property: Property; value: unknown } {
  return guarded(sandbox, `Reading ${call.type}.${call.property}`, () => {
    const session = requireSession(sandbox, call, call.property)
    const target = findTarget(sandbox, call, session)
    const property = managedType(target.type)?.byName.get(call.property)
    if (!property || property.since > call.release) throw fault('InvalidProperty', { name: call.property })
    const ctx = sandbox.readContext(session)
    requireMember(ctx, target, property)
    return { property, value: propertyOf(sandbox, ctx, target, property.name) }
  })
}

/** A property's value: stored, or computed for this reader. */
export function propertyOf(sandbox: Sandbox, ctx: ReadContext, entity: Entity, name: string): unknown {
  return projectedProperty(sandbox.registry, ctx, entity, name)
}

/** The caller's session; NotAuthenticated, whether the object exists or not, for a member that is not for everybody. */
function requireSession(sandbox: Sandbox, call: Call, member: string): Session | undefined {
  const session = useSession(sandbox, call.token)
  if (session || isAnonymous(call.type, member)) return session
  const type = managedType(call.type)
  throw fault('NotAuthenticated', {
    object: unknownObject(sandbox.inventory.read, call.type, call.id),
    privilegeId: (type?.methods.get(member) ?? type?.byName.get(member))?.privilege ?? 'System.View',
  })
}

function findTarget(sandbox: Sandbox, call: Call, session: Session | undefined): Entity {
  const entity = sandbox.inventory.read.entity(call.id)
  if (
    !entity?.ref ||
    !(entity.type === call.type || isA(entity.type, call.type)) ||
    isForeign(sandbox.inventory.read, session, call.id)
  )
    throw fault('ManagedObjectNotFound', { obj: moRef(call.type, call.id) })
  return entity
}

/** Views, filters and the like are invisible to other sessions (soap-wire 3.8). */
export function isForeign(read: Reader, session: Session | undefined, id: string): boolean {
  return id.startsWith('session[') && (!session || ownerOf(read, id) !== session.token)
}

function findMethod(type: string, call: MethodCall): Method {
  const method = managedType(type)?.methods.get(call.method)
  // The door knows the method, but a client may name an object by a base of its type (soap-wire 8.3).
  if (!method || method.since > call.release) throw fault('InvalidType', {})
  return method
}

/** A mistake of ours while a call is answered: its transaction was undone, and the client gets a fault. */
function guarded<R>(sandbox: Sandbox, what: string, run: () => R): R {
  try {
    return run()
  } catch (error) {
    throw error instanceof VimFault ? error : broken(sandbox, what, error)
  }
}

/** A fault that the method does not declare would surprise a client: tests find it. */
function declared<R>(sandbox: Sandbox, method: Method, run: () => R): R {
  try {
    return run()
  } catch (error) {
    if (sandbox.strict && error instanceof VimFault && !isDeclared(method, error.fault._typeName))
      throw new Error(
        `${method.owner}.${method.name} threw ${error.fault._typeName}, which it does not declare.`,
        { cause: error },
      )
    throw error
  }
}
