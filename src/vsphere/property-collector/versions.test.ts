import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference, UpdateSet } from '#vim25/generated/types.js'
import {
  createFilter,
  createSmallWorld,
  faultAt,
  filterSpec,
  lines,
  now,
  PC,
  setVm,
  viewStart,
  vmRef,
} from './test-world.js'

describe('versions', () => {
  const watched = (vms: number) => {
    const world = createSmallWorld(vms)
    const members = world.call('ViewManager', 'ViewManager', 'CreateListView', {
      obj: Array.from({ length: vms }, (_, i) => vmRef(i + 1)),
    }) as ManagedObjectReference
    createFilter(world, filterSpec('VirtualMachine', ['name'], viewStart(members)))
    return world
  }

  it('count the update sets; none and "" begin anew without resetting the count', () => {
    const world = watched(1)
    expect(now(world)?.version).toBe('1')
    expect(now(world, '')?.version).toBe('2')
    setVm(world, 1, { name: 'x' })
    expect(now(world, '2')?.version).toBe('3')
    expect(now(world, '3')).toBeUndefined()
    expect(lines(now(world, ''))).toEqual(['enter vm-1 name=x'])
  })

  it('that are complete can be asked about again', () => {
    const world = watched(1)
    now(world)
    setVm(world, 1, { name: 'x' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-1 name=x'])
    setVm(world, 1, { name: 'y' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-1 name=y'])
  })

  it.each(['7', 'garbage', '0_1'])('%s is not one of mine', (version) => {
    const world = watched(1)
    now(world)
    expect(faultAt(world, version)._typeName).toBe('InvalidCollectorVersion')
    expect(world.fault(...PC, 'WaitForUpdates', { version })._typeName).toBe('InvalidCollectorVersion')
    expect(world.fault(...PC, 'CheckForUpdates', { version })._typeName).toBe('InvalidCollectorVersion')
  })

  it('truncate at 100 updates', () => {
    const world = watched(250)
    const first = now(world)
    expect([first?.version, first?.truncated, lines(first).length]).toEqual(['0_1', true, 100])
    const second = now(world, first?.version)
    expect([second?.version, second?.truncated, lines(second).length]).toEqual(['0_2', true, 100])
    const third = now(world, second?.version)
    expect([third?.version, third?.truncated, lines(third).length]).toEqual(['1', undefined, 50])
    setVm(world, 4, { name: 'x' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-4 name=x'])
  })

  it('truncate at less when asked to, in the state of the first part', () => {
    const world = watched(3)
    const first = now(world, '', { maxObjectUpdates: 2 })
    setVm(world, 3, { name: 'later' })
    const second = now(world, first?.version, { maxObjectUpdates: 2 })
    expect(lines(second)).toEqual(['enter vm-3 name=vm3'])
    expect(lines(now(world, second?.version))).toEqual(['modify vm-3 name=later'])
  })

  it('that are truncated are good once, for WaitForUpdatesEx, with nothing between', () => {
    const world = watched(5)
    const part = () => now(world, '', { maxObjectUpdates: 2 })?.version
    const used = part()
    now(world, used, { maxObjectUpdates: 2 })
    expect(faultAt(world, used)._typeName).toBe('InvalidCollectorVersion')
    const lost = part()
    now(world, '')
    expect(faultAt(world, lost)._typeName).toBe('InvalidCollectorVersion')
    expect(world.fault(...PC, 'CheckForUpdates', { version: part() })._typeName).toBe(
      'InvalidCollectorVersion',
    )
  })

  it('are whole for CheckForUpdates and WaitForUpdates', () => {
    const world = watched(150)
    const checked = world.call(...PC, 'CheckForUpdates', {}) as UpdateSet
    expect([checked.version, checked.truncated, lines(checked).length]).toEqual(['1', undefined, 150])
    expect(world.call(...PC, 'CheckForUpdates', { version: '1' })).toBeUndefined()
    expect(lines(world.call(...PC, 'WaitForUpdates', {}))).toHaveLength(150)
  })

  it('belong to one session and collector', () => {
    const world = watched(1)
    now(world)
    const stranger = world.login('stranger')
    const call = (version: string) => () => world.as(stranger, ...PC, 'CheckForUpdates', { version })
    expect(call('1')).toThrow(expect.objectContaining({ name: 'InvalidCollectorVersion' }))
    expect(call('')()).toBeUndefined()
  })

  it('are found again after more commits than are remembered', () => {
    const world = watched(2)
    now(world)
    for (let round = 0; round < 6; round++)
      world.change((tx) => {
        for (let n = 0; n < 20_000; n++) tx.create({ kind: 'noise' }, `noise:${round}:${n}`, {})
      })
    setVm(world, 2, { name: 'x' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-2 name=x'])
  })

  it('want sensible numbers', () => {
    const world = watched(1)
    expect(faultAt(world, '', { maxWaitSeconds: -1 })).toMatchObject({ _typeName: 'InvalidArgument' })
    expect(faultAt(world, '', { maxObjectUpdates: 0 })).toMatchObject({ _typeName: 'InvalidArgument' })
  })
})
