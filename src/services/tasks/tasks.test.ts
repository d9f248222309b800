import { describe, expect, it } from 'vitest'
import { patch } from '#vim25/data.js'
import { createCall } from '../core/call.js'
import { createServiceLab } from '../core/testing.js'

const TASKS = 'com.vmware.cis.tasks'

function idOf(lab: ReturnType<typeof createServiceLab>, key: string) {
  return `${key}:${lab.sandbox.services.identity.instanceUuid}`
}

/** Starts a task in the name of an operation, as its `$task` variant does. */
function start(
  lab: ReturnType<typeof createServiceLab>,
  operation: { service: string; id: string },
  vm: string,
) {
  const client = { ip: '127.0.0.1', userAgent: 'test' }
  const [session] = [...lab.sandbox.inventory.read.ids({ kind: 'session' })]
  const call = createCall(lab.sandbox, {
    session: lab.sandbox.inventory.read.get({ kind: 'session' }, session ?? '') as never,
    client,
    release: 0,
    operation,
  })
  return call.start('VirtualMachine', vm, 'PowerOnVM_Task', {})
}

describe('tasks', () => {
  it('tell what started them, how they end, and when', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const { key } = lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(await lab.invoke(TASKS, 'get', { task: idOf(lab, key) })).toEqual({
      description: {
        id: 'VirtualMachine.powerOn.label',
        default_message: 'Power On virtual machine',
        args: [],
      },
      service: 'com.vmware.vim25.VirtualMachine',
      operation: 'PowerOnVM_Task',
      status: 'SUCCEEDED',
      cancelable: false,
      target: { type: 'VirtualMachine', id: vm },
      progress: {
        total: 100,
        completed: 100,
        message: {
          id: 'VirtualMachine.powerOn.label',
          default_message: 'Power On virtual machine',
          args: [],
        },
      },
      start_time: '2026-01-01T00:00:00.000Z',
      end_time: '2026-01-01T00:00:00.000Z',
      user: 'Administrator@vsphere.local',
    })
  })

  it('of an operation of this API tell its service, and its errors as it declares them', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const operation = { service: 'com.vmware.vcenter.vm.power', id: 'start' }
    const first = start(lab, operation, vm)
    const again = start(lab, operation, vm)
    expect(await lab.invoke(TASKS, 'get', { task: first })).toMatchObject({
      service: operation.service,
      operation: 'start',
      status: 'SUCCEEDED',
    })
    expect(await lab.invoke(TASKS, 'get', { task: again })).toMatchObject({
      status: 'FAILED',
      error: { '@class': 'com.vmware.vapi.std.errors.already_in_desired_state' },
    })
    const services = [operation.service]
    const listed = async (filter_spec: object) =>
      Object.keys(await lab.invoke(TASKS, 'list', { filter_spec: { services, ...filter_spec } }))
    expect(await listed({})).toEqual([first, again])
    expect(await listed({ status: ['FAILED'] })).toEqual([again])
    expect(await listed({ operations: ['stop'] })).toEqual([])
    expect(await listed({ targets: [{ type: 'VirtualMachine', id: vm }] })).toEqual([first, again])
    expect(await listed({ targets: [{ type: 'VirtualMachine', id: 'vm-404' }] })).toEqual([])
    expect(await listed({ users: ['Administrator@vsphere.local'] })).toEqual([first, again])
    expect(await listed({ services: [], tasks: [again, 'task-404'] })).toEqual([again])
  })

  it('give the object that came out of them, unless it is not asked for', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const created = [...lab.sandbox.inventory.read.ids('Task')]
      .map((id) => lab.sandbox.inventory.read.get('Task', id).info)
      .find((info) => info.name === 'CreateVM_Task')
    const task = idOf(lab, created?.key ?? '')
    expect((await lab.invoke(TASKS, 'get', { task })).result).toBe(vm)
    expect(await lab.invoke(TASKS, 'get', { task, spec: { exclude_result: true } })).not.toHaveProperty(
      'result',
    )
  })

  it('are remembered when they are no longer recent', async () => {
    const lab = createServiceLab()
    const { key } = lab.task('VirtualMachine', lab.create(), 'PowerOnVM_Task')
    lab.sandbox.clock.advance(11 * 60_000)
    expect(lab.sandbox.inventory.read.find('Task', key)).toBeUndefined()
    const task = idOf(lab, key)
    expect(await lab.invoke(TASKS, 'get', { task })).toMatchObject({ status: 'SUCCEEDED' })
    expect((await lab.error(TASKS, 'cancel', { task })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
  })

  it('are cancelled when they can be', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const { key } = lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const running = (id: string, cancelable: boolean) =>
      lab.act(({ tx }) => {
        const info = patch(tx.get('Task', key).info, { key: id, state: 'running', cancelable })
        tx.create('Task', id, { ...tx.get('Task', key), info })
        return idOf(lab, id)
      })
    await lab.invoke(TASKS, 'cancel', { task: running('task-77', true) })
    expect(lab.get('Task', 'task-77', 'info')).toMatchObject({ cancelled: true })
    const cancel = async (task: string) => (await lab.error(TASKS, 'cancel', { task })).type
    expect(await cancel(running('task-78', false))).toBe('UNSUPPORTED')
    expect(await cancel(idOf(lab, key))).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
  })

  it('refuse what they cannot find or do', async () => {
    const lab = createServiceLab()
    const { read } = lab.sandbox.inventory
    for (const task of ['task-1', idOf(lab, 'task-404'), 'nonsense'])
      expect((await lab.error(TASKS, 'get', { task })).type).toBe('NOT_FOUND')
    expect((await lab.error(TASKS, 'cancel', { task: 'task-1' })).type).toBe('NOT_FOUND')
    expect((await lab.error(TASKS, 'list', {})).type).toBe('INVALID_ARGUMENT')
    expect((await lab.error(TASKS, 'list', { filter_spec: { tasks: [] } })).type).toBe('INVALID_ARGUMENT')
    expect(lab.sandbox.inventory.read).toBe(read)
  })
})
