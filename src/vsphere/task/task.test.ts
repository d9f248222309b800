import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { fault, localizedFault } from '#vim25/fault.js'
import type { ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { authorizationFamily } from '../authorization/family.js'
import { type Family, operations } from '../core/behaviour.js'
import { createTestWorld } from '../core/testing.js'
import { eventFamily } from '../event/family.js'
import { createFolder, createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'
import { serviceInstanceFamily } from '../service-instance/family.js'
import { sessionFamily } from '../session/family.js'
import { taskFamily } from './family.js'
import { RECENT_TASK_MS, RECENT_TASKS } from './task.js'

const MANAGER = ['TaskManager', 'TaskManager'] as const

/** Tasks of ten seconds: one that can be cancelled, one that cannot, one that fails. */
const slow: Family = {
  name: 'tasks of the test',
  operations: [
    operations('ManagedEntity', {
      Rename_Task: {
        seconds: 10,
        cancelable: true,
        run(ctx, self, { newName }) {
          ctx.tx.set('ManagedEntity', self.value, { name: newName })
        },
      },
      Destroy_Task: {
        seconds: 10,
        run(ctx, self) {
          ctx.tx.set('ManagedEntity', self.value, { name: 'half destroyed' })
          throw fault('ResourceInUse', { name: 'folder' })
        },
      },
    }),
  ],
}

function world(pace = 1) {
  let folder = {} as ManagedObjectReference
  const test = createTestWorld({
    pace,
    families: [sessionFamily, authorizationFamily, serviceInstanceFamily, taskFamily, eventFamily, slow],
    seed(ctx) {
      const root = createRootFolder(ctx)
      createServiceObjects(ctx)
      folder = createFolder(ctx, root, 'stable')
      const extension = data('Extension', {
        key: 'com.example',
        version: '1',
        description: data('Description', { label: 'Example', summary: 'Example' }),
        lastHeartbeatTime: ctx.time,
        taskList: [data('ExtensionTaskTypeInfo', { taskID: 'com.example.backup' })],
      })
      ctx.tx.set('ExtensionManager', 'ExtensionManager', { extensionList: [extension] })
    },
  })
  const { call, get, sandbox } = test
  return {
    ...test,
    folder,
    rename: (newName = 'fresh') =>
      (call('Folder', folder.value, 'Rename_Task', { newName }) as ManagedObjectReference).value,
    info: (task: string) => get<TaskInfo>('Task', task, 'info'),
    create: (more: object = {}) =>
      call(...MANAGER, 'CreateTask', {
        obj: folder,
        taskTypeId: 'com.example.backup',
        cancelable: true,
        ...more,
      }) as TaskInfo,
    recent: () => get<ManagedObjectReference[]>(...MANAGER, 'recentTask').map(({ value }) => value),
    ofFolder: () =>
      get<ManagedObjectReference[]>('Folder', folder.value, 'recentTask').map(({ value }) => value),
    wait: (seconds: number) => sandbox.clock.advance(seconds * 1000),
  }
}

describe('a task', () => {
  it('runs for as long as it takes, shown by its entity and by the manager', () => {
    const { rename, info, get, folder, recent, ofFolder, wait, newEvents } = world()
    newEvents()
    const task = rename()
    expect(info(task)).toMatchObject({
      key: task,
      name: 'Rename_Task',
      descriptionId: 'Folder.rename',
      entity: folder,
      entityName: 'stable',
      state: 'running',
      progress: 0,
      cancelled: false,
      cancelable: true,
      reason: { _typeName: 'TaskReasonUser', userName: 'VSPHERE.LOCAL\\Administrator' },
      queueTime: '2026-01-01T00:00:00Z',
      startTime: '2026-01-01T00:00:00Z',
    })
    expect([recent(), ofFolder()]).toEqual([[task], [task]])
    wait(9)
    expect(get('Folder', folder.value, 'name')).toBe('stable')
    wait(1)
    expect(info(task)).toMatchObject({ state: 'success', completeTime: '2026-01-01T00:00:10Z' })
    expect(get('Folder', folder.value, 'name')).toBe('fresh')
    expect(newEvents()).toEqual(['TaskEvent'])
  })

  it('that fails keeps its fault and undoes what it did', () => {
    const { task, folder, get } = world(0)
    expect(task('Folder', folder.value, 'Destroy_Task')).toMatchObject({
      state: 'error',
      error: { fault: { _typeName: 'ResourceInUse', name: 'folder' } },
    })
    expect(get('Folder', folder.value, 'name')).toBe('stable')
  })

  it('can be cancelled while it runs', () => {
    const { rename, call, info, fault, get, folder, wait } = world()
    const task = rename()
    call('Task', task, 'CancelTask')
    expect(info(task)).toMatchObject({
      state: 'error',
      cancelled: true,
      error: {
        fault: { _typeName: 'RequestCanceled' },
        localizedMessage: 'The task was canceled by a user.',
      },
    })
    wait(20)
    expect(get('Folder', folder.value, 'name')).toBe('stable')
    expect(fault('Task', task, 'CancelTask')._typeName).toBe('InvalidState')
  })

  it('may not be for cancelling', () => {
    const { call, fault, info, folder } = world()
    const { value } = call('Folder', folder.value, 'Destroy_Task') as ManagedObjectReference
    expect(fault('Task', value, 'CancelTask')._typeName).toBe('NotSupported')
    expect(info(value)).toMatchObject({ state: 'running', cancelled: false })
  })

  it('is moved by the server alone', () => {
    const { rename, fault, info } = world()
    const task = rename()
    expect(fault('Task', task, 'SetTaskState', { state: 'success' })._typeName).toBe('InvalidState')
    expect(fault('Task', task, 'UpdateProgress', { percentDone: 50 })._typeName).toBe('InvalidState')
    expect(info(task)).toMatchObject({ state: 'running', progress: 0 })
  })

  it('is history ten minutes after its end', () => {
    const { rename, recent, ofFolder, sandbox, wait, fault } = world()
    const first = rename('a')
    wait(60)
    const second = rename('b')
    wait(RECENT_TASK_MS / 1000 - 51)
    expect(recent()).toEqual([first, second])
    wait(1)
    expect([recent(), ofFolder()]).toEqual([[second], [second]])
    wait(60)
    expect([recent(), ofFolder()]).toEqual([[], []])
    expect(fault('Task', first, 'CancelTask')._typeName).toBe('ManagedObjectNotFound')
    expect(
      sandbox.inventory.read
        .taskHistory()
        .map(({ key }) => key)
        .toArray(),
    ).toEqual([first, second])
    expect(sandbox.inventory.root.agenda).toEqual([])
  })

  it('leaves when there are too many, with one look at the clock for them all', () => {
    const { rename, recent, sandbox } = world(0)
    const tasks = Array.from({ length: RECENT_TASKS + 5 }, (_, n) => rename(`n${n}`))
    expect(recent()).toEqual(tasks.slice(5))
    expect(sandbox.inventory.root.agenda.map(({ kind }) => kind)).toEqual(['task.retire'])
  })
})

describe('a task of a client', () => {
  it('is carried on by the client', () => {
    const { create, call, info, recent, folder, newEvents } = world()
    newEvents()
    const { key } = create({ initiatedBy: 'backup', activationId: 'a1' })
    expect(info(key)).toMatchObject({
      state: 'queued',
      descriptionId: 'com.example.backup',
      entity: folder,
      reason: { userName: 'backup' },
      activationId: 'a1',
    })
    expect(recent()).toEqual([key])
    expect(newEvents()).toEqual(['TaskEvent'])
    call('Task', key, 'SetTaskState', { state: 'running' })
    call('Task', key, 'UpdateProgress', { percentDone: 250 })
    const description = data('LocalizableMessage', { key: 'k', message: 'half way' })
    call('Task', key, 'SetTaskDescription', { description })
    expect(info(key)).toMatchObject({ state: 'running', progress: 100, description })
    call('Task', key, 'CancelTask')
    expect(info(key)).toMatchObject({ state: 'running', cancelled: true })
    call('Task', key, 'SetTaskState', { state: 'error', fault: localizedFault('RequestCanceled', {}) })
    expect(info(key)).toMatchObject({ state: 'error', error: { fault: { _typeName: 'RequestCanceled' } } })
  })

  it('can be part of another', () => {
    const { create } = world()
    const parent = create()
    const child = create({ parentTaskKey: parent.key })
    const grandchild = create({ parentTaskKey: child.key })
    expect([child.parentTaskKey, child.rootTaskKey]).toEqual([parent.key, parent.key])
    expect([grandchild.parentTaskKey, grandchild.rootTaskKey]).toEqual([child.key, parent.key])
  })

  it.each([
    ['an unknown type', { taskTypeId: 'com.example.unknown' }, { invalidProperty: 'taskType' }],
    ['an unknown parent', { parentTaskKey: 'task-4711' }, { invalidProperty: 'parentTaskKey' }],
    [
      'an unknown object',
      { obj: { _typeName: 'ManagedObjectReference', value: 'vm-4711', type: 'VirtualMachine' } },
      { _typeName: 'ManagedObjectNotFound' },
    ],
  ])('is refused for %s', (_what, more, expected) => {
    const { fault, folder, recent } = world()
    const args = { obj: folder, taskTypeId: 'com.example.backup', cancelable: true, ...more }
    expect(fault(...MANAGER, 'CreateTask', args)).toMatchObject(expected)
    expect(recent()).toEqual([])
  })

  it.each([
    ['queued', 'queued'],
    ['success', 'running'],
  ])('does not go from %s to %s', (from, to) => {
    const { create, call, fault, info } = world()
    const { key } = create()
    if (from !== 'queued') call('Task', key, 'SetTaskState', { state: from })
    expect(fault('Task', key, 'SetTaskState', { state: to })._typeName).toBe('InvalidState')
    expect(fault('Task', key, 'UpdateProgress', { percentDone: 1 })._typeName).toBe('InvalidState')
    expect(info(key).state).toBe(from)
  })
})

describe('the description of tasks', () => {
  it('has every method that starts one, every state and every reason', () => {
    const { get } = world()
    const description = get<Record<string, readonly { key: string; label: string }[]>>(
      ...MANAGER,
      'description',
    )
    const keys = (name: string) => description[name]?.map(({ key }) => key)
    expect(keys('methodInfo')).toEqual(
      expect.arrayContaining([
        'VirtualMachine.powerOn',
        'ManagedEntity.rename',
        'VirtualMachine.createSecondaryEx',
      ]),
    )
    expect(keys('state')).toEqual(['queued', 'running', 'success', 'error'])
    expect(keys('reason')).toEqual([
      'TaskReasonSystem',
      'TaskReasonUser',
      'TaskReasonAlarm',
      'TaskReasonSchedule',
    ])
  })
})
