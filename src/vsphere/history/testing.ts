import { data } from '#vim25/data.js'
import type { ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { authorizationFamily } from '../authorization/family.js'
import { ROLE } from '../authorization/roles.js'
import { type Family, operations } from '../core/behaviour.js'
import { type Session, sessionId, sessions } from '../core/context.js'
import { callMethod, Pending } from '../core/dispatch.js'
import { createTestWorld, type TestWorld } from '../core/testing.js'
import { eventFamily } from '../event/family.js'
import { createFolder, createRootFolder } from '../folder/build.js'
import { propertyCollectorFamily } from '../property-collector/family.js'
import { createServiceObjects } from '../service-instance/build.js'
import { serviceInstanceFamily } from '../service-instance/family.js'
import { sessionFamily } from '../session/family.js'
import { removeSession } from '../session/open.js'
import { taskFamily } from '../task/family.js'
import { viewFamily } from '../view/family.js'
import { historyFamily } from './family.js'

/** Two folders, a task of ten seconds, and tasks and events that a client makes. */
export interface HistoryWorld extends TestWorld {
  readonly folder: ManagedObjectReference
  readonly other: ManagedObjectReference
  /** Logs an event, by default of the root folder. */
  log(message: string, entity?: ManagedObjectReference): void
  /** Starts a task of the server, of the folder. */
  rename(newName: string): string
  /** Makes a task that the client carries on, of the folder. */
  begin(taskTypeId?: string, more?: object): string
  /** The task that was made so, by its number from 0. */
  begun(at: number): string
  /** TaskInfo.eventChainId. */
  chain(task: string): number
  /** Leaves the administrator without a right on an entity. */
  hide(entity: ManagedObjectReference): void
  wait(seconds: number): void
  /** Another session of the administrator's: its calls, and the way to end it. */
  login(name: string): Caller
}

export interface Caller {
  readonly token: string
  call(ref: Pick<ManagedObjectReference, 'type' | 'value'>, method: string, args?: object): unknown
  end(): void
}

const renaming: Family = {
  name: 'a task of the test',
  operations: [
    operations('ManagedEntity', {
      Rename_Task: {
        seconds: 10,
        stages: [() => {}],
        run(ctx, self, { newName }) {
          ctx.tx.set('ManagedEntity', self.value, { name: newName })
        },
      },
    }),
  ],
}

export function createHistoryWorld({ pace = 0 } = {}): HistoryWorld {
  let root = {} as ManagedObjectReference
  let folder = root
  let other = root
  const test = createTestWorld({
    pace,
    families: [
      sessionFamily,
      authorizationFamily,
      serviceInstanceFamily,
      propertyCollectorFamily,
      viewFamily,
      taskFamily,
      eventFamily,
      historyFamily,
      renaming,
    ],
    seed(ctx) {
      root = createRootFolder(ctx)
      createServiceObjects(ctx)
      folder = createFolder(ctx, root, 'folder')
      other = createFolder(ctx, root, 'other')
      const extension = data('Extension', {
        key: 'com.example',
        version: '1',
        description: data('Description', { label: 'Example', summary: 'Example' }),
        lastHeartbeatTime: ctx.time,
        taskList: ['com.example.backup', 'com.example.restore'].map((taskID) =>
          data('ExtensionTaskTypeInfo', { taskID }),
        ),
      })
      ctx.tx.set('ExtensionManager', 'ExtensionManager', { extensionList: [extension] })
    },
  })
  const { call, sandbox } = test
  const begun: string[] = []
  return {
    ...test,
    folder,
    other,
    log: (msg, entity = root) => call('EventManager', 'EventManager', 'LogUserEvent', { entity, msg }),
    rename: (newName) =>
      (call('Folder', folder.value, 'Rename_Task', { newName }) as ManagedObjectReference).value,
    begin(taskTypeId = 'com.example.backup', more = {}) {
      const args = { obj: folder, taskTypeId, cancelable: true, ...more }
      const { key } = call('TaskManager', 'TaskManager', 'CreateTask', args) as TaskInfo
      begun.push(key)
      return key
    },
    begun: (at) => begun[at] ?? '',
    chain: (task) => sandbox.inventory.read.get('Task', task).info.eventChainId,
    hide: ({ type, value }) =>
      sandbox.transact({}, ({ tx }) => {
        const entity = tx.ref(value)
        const principal = 'VSPHERE.LOCAL\\Administrator'
        tx.set(type as 'Folder', value, {
          permission: [
            data('Permission', { entity, principal, group: false, roleId: ROLE.noAccess, propagate: true }),
          ],
        })
      }),
    wait: (seconds) => void sandbox.clock.advance(seconds * 1000),
    login(name) {
      const { read } = sandbox.inventory
      const { random, identity } = sandbox.services
      const [first = ''] = read.ids(sessions)
      const token = random.hex('token', name)
      const session: Session = { ...read.get(sessions, first), token, key: random.uuid('52', name) }
      sandbox.transact({}, ({ tx }) => tx.create(sessions, sessionId(token), session))
      return {
        token,
        call({ type, value }, method, args = {}) {
          const result = callMethod(sandbox, {
            release: identity.release,
            token,
            type,
            id: value,
            method,
            client: { ip: '127.0.0.1', userAgent: 'test' },
            reply: {},
            arguments: () => args as Record<string, unknown>,
          })
          return result instanceof Pending ? result.answer : result
        },
        end: () => sandbox.transact({}, (ctx) => removeSession(ctx, token)),
      }
    },
  }
}
