import { createClock } from '#ports/clock.js'
import { type Log, silentLog } from '#ports/log.js'
import { createRandom } from '#ports/random.js'
import { scratchBlobs } from '#store/blobs.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, MethodFault, TaskInfo } from '#vim25/generated/types.js'
import type { Family } from './behaviour.js'
import { type Context, type Session, sessionId, sessions } from './context.js'
import { callMethod, Pending, readProperty } from './dispatch.js'
import { createIdentity, type IdentityVersion } from './identity.js'
import { createRegistry } from './registry.js'
import { createSandbox, type Sandbox } from './sandbox.js'

/** The instant at which test worlds stand still. */
export const TEST_TIME = Date.UTC(2026, 0, 1)

export interface TestWorld {
  readonly sandbox: Sandbox
  /** Calls a method as the administrator; arguments are already in state shape. Throws VimFault. */
  call(type: string, id: string, method: string, args?: object): unknown
  /** Calls a `*_Task` method and returns the finished task's info. */
  task(type: string, id: string, method: string, args?: object): TaskInfo
  /** The fault that a call (or its task) ends with; fails when it succeeds. */
  fault(type: string, id: string, method: string, args?: object): MethodFault
  /** A property as the administrator reads it. */
  get<T = unknown>(type: string, id: string, property: string): T
  /** Type names of the events since the last time this was asked. */
  newEvents(): readonly string[]
}

export interface TestWorldOptions {
  readonly families: readonly Family[]
  readonly seed: (ctx: Context) => void
  readonly version?: IdentityVersion
  readonly pace?: number
  /** False: as in production, mistakes of ours are answered and logged instead of thrown. */
  readonly strict?: boolean
  readonly log?: Log
}

/** A small world, by default strict, with a frozen clock and instant pace, logged in as the administrator. */
export function createTestWorld(options: TestWorldOptions): TestWorld {
  const random = createRandom('test', true)
  const identity = createIdentity(options.version ?? '8.0.3', random.uuid('', 'vcenter'))
  const session: Session = {
    token: random.token(),
    key: random.uuid('52', 'administrator'),
    userName: 'VSPHERE.LOCAL\\Administrator',
    fullName: 'Administrator vsphere.local',
    loginTime: TEST_TIME,
    locale: 'en',
    ipAddress: '127.0.0.1',
    userAgent: 'test',
  }
  const sandbox = createSandbox({
    registry: createRegistry(options.families),
    services: {
      identity,
      random,
      log: options.log ?? silentLog,
      pace: options.pace ?? 0,
      accounts: undefined,
      blobs: scratchBlobs(),
      volatile: new Map(),
    },
    clock: createClock({ at: TEST_TIME, rate: 0 }),
    strict: options.strict ?? true,
    seed(ctx) {
      options.seed(ctx)
      if (!ctx.tx.entity(sessionId(session.token))) ctx.tx.create(sessions, sessionId(session.token), session)
    },
  })
  const target = (type: string, id: string) => ({
    release: identity.release,
    token: session.token,
    type,
    id,
    client: { ip: '127.0.0.1', userAgent: 'test' },
    reply: {},
  })
  const call = (type: string, id: string, method: string, args: object = {}) => {
    const result = callMethod(sandbox, {
      ...target(type, id),
      method,
      arguments: () => args as Record<string, unknown>,
    })
    return result instanceof Pending ? result.answer : result
  }
  const task = (type: string, id: string, method: string, args: object = {}) => {
    const ref = call(type, id, method, args) as ManagedObjectReference
    return sandbox.inventory.read.get('Task', ref.value).info
  }
  let seen = sandbox.inventory.root.events.last()?.key ?? 0
  return {
    sandbox,
    call,
    task,
    fault(type, id, method, args) {
      try {
        const result = call(type, id, method, args) as ManagedObjectReference | undefined
        if (result?.type === 'Task') {
          const { error } = sandbox.inventory.read.get('Task', result.value).info
          if (error) return error.fault
        }
      } catch (error) {
        if (error instanceof VimFault) return error.fault
        throw error
      }
      throw new Error(`${type}.${method} succeeded, but a fault was expected.`)
    },
    get<T>(type: string, id: string, property: string) {
      return readProperty(sandbox, { ...target(type, id), property }).value as T
    },
    newEvents() {
      const fresh = sandbox.inventory.root.events.filter((event) => event.key > seen)
      seen = sandbox.inventory.root.events.last()?.key ?? seen
      return fresh.map((event) => event._typeName).toArray()
    },
  }
}
