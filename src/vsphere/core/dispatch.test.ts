import { describe, expect, it } from 'vitest'
import { silentLog } from '#ports/log.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { decodeArguments } from '#vim25/json/decode.js'
import { authorizationFamily } from '../authorization/family.js'
import { eventFamily } from '../event/family.js'
import { createFolder, createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'
import { serviceInstanceFamily } from '../service-instance/family.js'
import { sessionFamily } from '../session/family.js'
import { taskFamily } from '../task/family.js'
import { type Family, operations, projection } from './behaviour.js'
import { callMethod, readProperty } from './dispatch.js'
import { createTestWorld } from './testing.js'

/** Behaviours of ours that break in every way there is. */
const breaking: Family = {
  name: 'mistakes',
  operations: [
    operations('Folder', {
      CreateFolder(ctx, self, { name }) {
        ctx.tx.set('Folder', self.value, { name })
        return (undefined as unknown as { folder: ManagedObjectReference }).folder
      },
      CreateClusterEx() {
        throw fault('InsufficientMemoryResourcesFault', { unreserved: 0, requested: 1 })
      },
    }),
    operations('ManagedEntity', {
      Rename_Task: {
        run(ctx, self, { newName }) {
          ctx.tx.set('ManagedEntity', self.value, { name: newName })
          throw new TypeError('a secret of ours')
        },
        failed(ctx, self) {
          ctx.tx.set('ManagedEntity', self.value, { name: 'half told' })
          throw new TypeError('another secret')
        },
      },
    }),
  ],
  projections: [
    projection('Folder', 'tag', () => {
      throw new TypeError('a secret of ours')
    }),
  ],
}

function world(strict: boolean) {
  let folder = {} as ManagedObjectReference
  const logged: string[] = []
  const test = createTestWorld({
    strict,
    log: { ...silentLog, error: (_fields, message) => logged.push(message) },
    families: [sessionFamily, authorizationFamily, serviceInstanceFamily, taskFamily, eventFamily, breaking],
    seed(ctx) {
      const root = createRootFolder(ctx)
      createServiceObjects(ctx)
      folder = createFolder(ctx, root, 'stable')
    },
  })
  return { ...test, folder, logged }
}

const caught = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

describe('a call is checked in order', () => {
  // Each row repairs what the row before it stumbled over.
  it.each([
    ['no session', {}, 'NotAuthenticated'],
    ['a session that has ended', { token: 'gone' }, 'NotAuthenticated'],
    ['an unknown object', { token: true }, 'ManagedObjectNotFound'],
    ['an object of another type', { token: true, id: 'TaskManager' }, 'ManagedObjectNotFound'],
    ['an unknown operation', { token: true, id: 'folder', method: 'Fly' }, 'InvalidType'],
    [
      'an operation without behaviour, whatever its arguments',
      { token: true, id: 'folder', method: 'CreateDatacenter', body: { name: 7 } },
      'NotImplemented',
    ],
    ['a wrong argument', { token: true, id: 'folder', body: { name: 7 } }, 'InvalidArgument'],
  ])('%s', (_what, wrong: { token?: unknown; id?: string; method?: string; body?: object }, name) => {
    const { sandbox, folder, get } = world(true)
    const token = wrong.token === true ? tokenOf(sandbox) : (wrong.token as string | undefined)
    const call = {
      release: sandbox.services.identity.release,
      token,
      type: 'Folder',
      id: wrong.id === 'folder' ? folder.value : (wrong.id ?? 'group-d99'),
      method: wrong.method ?? 'CreateFolder',
      client: { ip: '127.0.0.1', userAgent: '' },
      reply: {},
      arguments: (method: Parameters<typeof decodeArguments>[0]) =>
        decodeArguments(method, wrong.body ?? { name: 7 }, sandbox.services.identity.release),
    }
    expect(caught(() => callMethod(sandbox, call))).toMatchObject({ name })
    expect(get('Folder', folder.value, 'name')).toBe('stable')
  })

  it('says nothing of objects to whom is nobody, not even that they are not there', () => {
    const { sandbox } = world(true)
    const read = {
      release: sandbox.services.identity.release,
      token: undefined,
      type: 'Folder',
      id: 'group-d99',
      property: 'name',
      client: { ip: '127.0.0.1', userAgent: '' },
      reply: {},
    }
    expect(caught(() => readProperty(sandbox, read))).toMatchObject({
      name: 'NotAuthenticated',
      fault: { object: { type: 'Folder', value: 'group-d99' }, privilegeId: 'System.View' },
    })
  })
})

const tokenOf = (sandbox: ReturnType<typeof world>['sandbox']) =>
  [...sandbox.inventory.root.entities.keys()].find((id) => id.startsWith('session:'))?.slice(8)

describe('a mistake of ours', () => {
  it('in a behaviour is a SystemError without a trace; its changes are undone', () => {
    const { call, get, folder, logged } = world(false)
    const error = caught(() => call('Folder', folder.value, 'CreateFolder', { name: 'half done' })) as Error
    expect(error).toMatchObject({ name: 'SystemError', fault: { reason: 'internal error' } })
    expect(error.message).toContain('Folder.CreateFolder failed inside Fauxsphere; nothing was changed')
    expect(get('Folder', folder.value, 'name')).toBe('stable')
    expect(logged).toEqual(['Folder.CreateFolder broke; nothing was changed.'])
  })

  it('in a task is its error, even if telling of it breaks as well', () => {
    const { task, get, folder, logged } = world(false)
    const info = task('Folder', folder.value, 'Rename_Task', { newName: 'half done' })
    expect(info).toMatchObject({ state: 'error', error: { fault: { _typeName: 'SystemError' } } })
    expect(JSON.stringify(info)).not.toContain('secret')
    expect(get('Folder', folder.value, 'name')).toBe('stable')
    expect(logged).toHaveLength(2)
  })

  it('in what is computed at reading is a SystemError', () => {
    const { get, folder } = world(false)
    expect(caught(() => get('Folder', folder.value, 'tag'))).toMatchObject({ name: 'SystemError' })
  })

  it('is thrown in tests', () => {
    const { call, task, folder } = world(true)
    expect(() => call('Folder', folder.value, 'CreateFolder', { name: 'x' })).toThrow(TypeError)
    expect(() => call('Folder', folder.value, 'CreateClusterEx', { name: 'x', spec: {} })).toThrow(
      /CreateClusterEx threw InsufficientMemoryResourcesFault, which it does not declare/,
    )
    expect(() => task('Folder', folder.value, 'Rename_Task', { newName: 'x' })).toThrow('a secret of ours')
  })
})
