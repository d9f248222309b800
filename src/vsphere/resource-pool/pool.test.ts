import { describe, expect, it } from 'vitest'
import { deepEqual } from '#inventory/equal.js'
import { recomputed } from '#inventory/inventory.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, ResourcePoolRuntimeInfo } from '#vim25/generated/types.js'
import { createVmLab, type VmLab } from '../vm/testing.js'
import { vmOverheadBytes } from './overhead.js'

const MB = 2 ** 20

const poolSpec = (memoryMB = 0, expandableReservation = true, cpuMHz = 0, limit = -1) =>
  data('ResourceConfigSpec', {
    cpuAllocation: data('ResourceAllocationInfo', {
      reservation: cpuMHz,
      expandableReservation: true,
      limit: -1,
    }),
    memoryAllocation: data('ResourceAllocationInfo', { reservation: memoryMB, expandableReservation, limit }),
  })

const make = (lab: VmLab, name: string, spec = poolSpec(), parent = lab.pool.value) =>
  (lab.call('ResourcePool', parent, 'CreateResourcePool', { name, spec }) as ManagedObjectReference).value

const memory = (lab: VmLab, pool: string) =>
  lab.get<ResourcePoolRuntimeInfo>('ResourcePool', pool, 'runtime').memory

const refOf = (lab: VmLab, id: string) => lab.sandbox.inventory.read.ref(id)

function runningVm(lab: VmLab, name: string, pool: string, reservation: number): string {
  const vm = lab.create({ name, memoryAllocation: data('ResourceAllocationInfo', { reservation }) })
  lab.call('ResourcePool', pool, 'MoveIntoResourcePool', { list: [refOf(lab, vm)] })
  const { error } = lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
  expect(error).toBeUndefined()
  return vm
}

describe('overhead memory', () => {
  it.each([
    [256, 1, 20.29],
    [1024, 2, 29.91],
    [4096, 4, 60.67],
    [16_384, 8, 168.6],
    [640, 1, 23.095],
    [1024, 3, 33.885],
  ])('of %d MB with %d vCPUs is %d MB', (memoryMB, vcpus, expected) => {
    expect(vmOverheadBytes(memoryMB, vcpus)).toBe(Math.round(expected * MB))
  })

  it('grows beyond the samples', () => {
    expect(vmOverheadBytes(65_536, 16)).toBeGreaterThan(vmOverheadBytes(16_384, 8))
    expect(vmOverheadBytes(4, 1)).toBeGreaterThan(0)
  })
})

describe('resource pools', () => {
  it('are created with normal shares, an event and a place in the tree', () => {
    const lab = createVmLab()
    lab.newEvents()
    const pool = make(lab, 'gold', poolSpec(1000, true, 500))
    expect(lab.newEvents()).toEqual(['ResourcePoolCreatedEvent'])
    lab.expectValid('ResourcePool', pool)
    lab.expectValid('ResourcePool', lab.pool.value)
    expect(lab.get('ResourcePool', pool, 'config')).toMatchObject({
      entity: { value: pool },
      cpuAllocation: { reservation: 500, shares: { level: 'normal', shares: 4000 } },
      memoryAllocation: { reservation: 1000, shares: { level: 'normal', shares: 163_840 } },
    })
    expect(lab.get('ResourcePool', lab.pool.value, 'resourcePool')).toMatchObject([{ value: pool }])
    expect(memory(lab, lab.pool.value).reservationUsed).toBe(1000 * MB)
  })

  it('show in the root what the hosts have', () => {
    const lab = createVmLab()
    const summary = lab.get<{ effectiveCpu: number; effectiveMemory: number }>(
      'ClusterComputeResource',
      lab.cluster,
      'summary',
    )
    expect(summary.effectiveMemory).toBeGreaterThan(0)
    expect(lab.get('ResourcePool', lab.pool.value, 'config')).toMatchObject({
      cpuAllocation: { reservation: summary.effectiveCpu, limit: summary.effectiveCpu },
      memoryAllocation: { reservation: summary.effectiveMemory, limit: summary.effectiveMemory },
    })
  })

  it('borrow from above while they may: used, and what is left', () => {
    const lab = createVmLab()
    const root = memory(lab, lab.pool.value).unreservedForPool as number
    const fixed = make(lab, 'fixed', poolSpec(1000, false))
    const open = make(lab, 'open', poolSpec(100, true))
    const inner = make(lab, 'inner', poolSpec(0, true), open)
    const overhead = vmOverheadBytes(1024, 2)
    runningVm(lab, 'a', inner, 512)
    expect(memory(lab, inner)).toMatchObject({
      reservationUsed: 512 * MB + overhead,
      reservationUsedForVm: 512 * MB + overhead,
      unreservedForVm: root - 1000 * MB - 512 * MB - overhead,
    })
    expect(memory(lab, open)).toMatchObject({ reservationUsed: 512 * MB + overhead, reservationUsedForVm: 0 })
    expect(memory(lab, lab.pool.value).reservationUsed).toBe(1512 * MB + overhead)
    expect(memory(lab, fixed).unreservedForPool).toBe(1000 * MB)
  })

  it('admit by their limit too', () => {
    const lab = createVmLab()
    const pool = make(lab, 'limited', poolSpec(0, true, 0, 600))
    runningVm(lab, 'a', pool, 512)
    const vm = lab.create({
      name: 'b',
      memoryAllocation: data('ResourceAllocationInfo', { reservation: 512 }),
    })
    lab.call('ResourcePool', pool, 'MoveIntoResourcePool', { list: [refOf(lab, vm)] })
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')._typeName).toBe(
      'InsufficientMemoryResourcesFault',
    )
  })

  it('are changed, and tell', () => {
    const lab = createVmLab()
    const pool = make(lab, 'gold')
    const config = lab.get<{ changeVersion: string }>('ResourcePool', pool, 'config')
    lab.newEvents()
    lab.call('ResourcePool', pool, 'UpdateConfig', {
      name: 'silver',
      config: { ...poolSpec(200), changeVersion: config.changeVersion },
    })
    expect(lab.newEvents()).toEqual(['ResourcePoolReconfiguredEvent'])
    expect(lab.get('ResourcePool', pool, 'summary')).toMatchObject({
      name: 'silver',
      config: { memoryAllocation: { reservation: 200 } },
    })
    const before = lab.objects()
    const fault = (args: object) => lab.fault('ResourcePool', pool, 'UpdateConfig', args)
    expect(fault({ config: { ...poolSpec(), changeVersion: 'old' } })._typeName).toBe('ConcurrentAccess')
    expect(fault({ name: '' })._typeName).toBe('InvalidName')
    expect(fault({ config: poolSpec(2 ** 30) })._typeName).toBe('InsufficientMemoryResourcesFault')
    expect(fault({ config: poolSpec(0, true, 10 ** 7) })._typeName).toBe('InsufficientCpuResourcesFault')
    expect(fault({ config: poolSpec(-1) })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'config.memoryAllocation.reservation',
    })
    expect(fault({ config: poolSpec(100, true, 0, 50) })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'config.memoryAllocation.limit',
    })
    expect(lab.objects()).toEqual(before)
  })

  it('do not become too small for what they hold', () => {
    const lab = createVmLab()
    const pool = make(lab, 'gold', poolSpec(2000, false))
    runningVm(lab, 'a', pool, 512)
    expect(lab.fault('ResourcePool', pool, 'UpdateConfig', { config: poolSpec(100, false) })._typeName).toBe(
      'InvalidResourcePoolStructureFault',
    )
  })

  it('refuse what cannot be created, moved or changed, and nothing changes', () => {
    const lab = createVmLab()
    const pool = make(lab, 'gold')
    const inner = make(lab, 'inner', poolSpec(), pool)
    const fixed = make(lab, 'fixed', poolSpec(10, false))
    const vm = runningVm(lab, 'a', pool, 512)
    const before = lab.objects()
    const create = (args: object) =>
      lab.fault('ResourcePool', lab.pool.value, 'CreateResourcePool', {
        name: 'new',
        spec: poolSpec(),
        ...args,
      })._typeName
    expect(create({ name: 'gold' })).toBe('DuplicateName')
    expect(create({ name: '' })).toBe('InvalidName')
    expect(create({ spec: poolSpec(2 ** 30) })).toBe('InsufficientMemoryResourcesFault')
    expect(create({ spec: poolSpec(0, true, 10 ** 7) })).toBe('InsufficientCpuResourcesFault')
    const move = (into: string, id: string) =>
      lab.fault('ResourcePool', into, 'MoveIntoResourcePool', { list: [refOf(lab, id)] })._typeName
    expect(move(inner, pool)).toBe('InvalidArgument')
    expect(move(pool, lab.pool.value)).toBe('NotSupported')
    expect(move(fixed, vm)).toBe('InsufficientMemoryResourcesFault')
    expect(move(pool, lab.hosts[0] ?? '')).toBe('InvalidArgument')
    for (const method of ['Destroy_Task', 'UpdateConfig'])
      expect(lab.fault('ResourcePool', lab.pool.value, method)._typeName).toBe('NotSupported')
    expect(lab.fault('ResourcePool', lab.pool.value, 'Rename_Task', { newName: 'x' })._typeName).toBe(
      'NotSupported',
    )
    expect(lab.objects()).toEqual(before)
  })

  it('need DRS in a cluster', () => {
    const lab = createVmLab({
      spec: data('ClusterConfigSpecEx', { drsConfig: data('ClusterDrsConfigInfo', { enabled: false }) }),
    })
    expect(
      lab.fault('ResourcePool', lab.pool.value, 'CreateResourcePool', { name: 'x', spec: poolSpec() })
        ._typeName,
    ).toBe('NotSupported')
  })

  it('move with their VMs, and VMs move between them', () => {
    const lab = createVmLab()
    const [one, two] = [make(lab, 'one'), make(lab, 'two')]
    const vm = runningVm(lab, 'a', one, 0)
    lab.newEvents()
    lab.call('ResourcePool', two, 'MoveIntoResourcePool', { list: [refOf(lab, one), refOf(lab, vm)] })
    expect(lab.newEvents()).toEqual(['ResourcePoolMovedEvent', 'VmResourcePoolMovedEvent'])
    expect(lab.get('ResourcePool', two, 'resourcePool')).toMatchObject([{ value: one }])
    expect(lab.get('VirtualMachine', vm, 'resourcePool')).toMatchObject({ value: two })
  })

  it('leave what they hold to the one above when they go', () => {
    const lab = createVmLab()
    const outer = make(lab, 'outer')
    const inner = make(lab, 'inner', poolSpec(), outer)
    const vm = runningVm(lab, 'a', inner, 0)
    lab.newEvents()
    expect(lab.task('ResourcePool', outer, 'Destroy_Task').state).toBe('success')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'ResourcePoolDestroyedEvent'])
    expect(lab.get('ResourcePool', inner, 'parent')).toMatchObject({ value: lab.pool.value })
    make(lab, 'deep', poolSpec(), inner)
    lab.call('ResourcePool', lab.pool.value, 'DestroyChildren')
    expect(lab.get('ResourcePool', lab.pool.value, 'resourcePool')).toEqual([])
    expect(lab.get('VirtualMachine', vm, 'resourcePool')).toMatchObject({ value: lab.pool.value })
  })

  it('change the allocations of their children', () => {
    const lab = createVmLab()
    const pool = make(lab, 'gold')
    const vm = runningVm(lab, 'a', lab.pool.value, 0)
    const spec = [pool, vm].map((id) => ({ ...poolSpec(64), entity: refOf(lab, id) }))
    lab.call('ResourcePool', lab.pool.value, 'UpdateChildResourceConfiguration', { spec })
    expect(lab.config(vm).memoryAllocation?.reservation).toBe(64)
    expect(lab.get('ResourcePool', lab.pool.value, 'childConfiguration')).toMatchObject([
      { entity: { value: pool }, memoryAllocation: { reservation: 64 } },
      { entity: { value: vm }, memoryAllocation: { reservation: 64 } },
    ])
  })

  it('are derived step by step as they would be from scratch', () => {
    const lab = createVmLab()
    const pool = make(lab, 'gold', poolSpec(100))
    const vm = runningVm(lab, 'a', pool, 256)
    lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    lab.call('ResourcePool', lab.pool.value, 'DestroyChildren')
    const { root, model } = lab.sandbox.inventory
    const fresh = recomputed(root, model)
    for (const [id, entity] of root.entities) {
      const other = fresh.entities.get(id)
      expect(deepEqual(entity.value, other?.value), `${entity.type} ${id}`).toBe(true)
    }
  })
})
