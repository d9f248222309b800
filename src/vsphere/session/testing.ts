import { VimFault } from '#vim25/fault.js'
import type { UserSession } from '#vim25/generated/types.js'
import { type Client, sessions } from '../core/context.js'
import { callMethod, readProperty } from '../core/dispatch.js'
import { createTestWorld } from '../core/testing.js'
import { families } from '../families.js'
import { createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'

export const MANAGER = ['SessionManager', 'SessionManager'] as const
export const CLIENT = { ip: '192.0.2.7', userAgent: 'curl/8' }

/** A world with its service objects, and clients beside the administrator of the tests. */
export function sessionWorld(accounts?: ReadonlyMap<string, string>) {
  const test = createTestWorld({
    families,
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })
  if (accounts) Object.assign(test.sandbox.services, { accounts })
  const { release } = test.sandbox.services.identity
  const as = (token: string | undefined, client: Client = CLIENT) => {
    const reply: { token?: string | null } = {}
    const target = { release, token, client, reply }
    return {
      reply,
      call: (type: string, id: string, method: string, args: object = {}) =>
        callMethod(test.sandbox, {
          ...target,
          type,
          id,
          method,
          arguments: () => args as Record<string, unknown>,
        }),
      get: (type: string, id: string, property: string) =>
        readProperty(test.sandbox, { ...target, type, id, property }).value,
    }
  }
  const login = (userName = 'administrator@vsphere.local', password = 'x', locale?: string) => {
    const client = as(undefined)
    const session = client.call(...MANAGER, 'Login', { userName, password, locale }) as UserSession
    return { session, token: client.reply.token as string, ...as(client.reply.token as string) }
  }
  return { ...test, as, login, open: () => test.sandbox.inventory.read.count(sessions) }
}

/** The type of the fault that a call ends with, or 'none'. */
export function faultOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof VimFault) return error.fault._typeName
    throw error
  }
  return 'none'
}
