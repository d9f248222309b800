import { describe, expect, it } from 'vitest'
import { connectSpec } from '#vsphere/host/testing.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

const POOL = 'com.vmware.vcenter.resource_pool'
const usual = { reservation: 0, expandable_reservation: true, limit: -1, shares: { level: 'NORMAL' } }

const make = (lab: ServiceLab, name: string, changes: object = {}) =>
  lab.invoke(POOL, 'create', { spec: { name, parent: lab.pool.value, ...changes } })

describe('a resource pool', () => {
  it('is made with what a fresh one has', async () => {
    const lab = createServiceLab()
    lab.newEvents()
    const id = await make(lab, 'web')
    expect(lab.newEvents()).toContain('ResourcePoolCreatedEvent')
    expect(await lab.invoke(POOL, 'get', { resource_pool: id })).toEqual({
      name: 'web',
      resource_pools: [],
      cpu_allocation: usual,
      memory_allocation: usual,
    })
    expect(await lab.invoke(POOL, 'get', { resource_pool: lab.pool.value })).toMatchObject({
      name: 'Resources',
      resource_pools: [id],
    })
  })

  it('is made with allocations, which vim25 shows too', async () => {
    const lab = createServiceLab()
    const id = await make(lab, 'web', {
      cpu_allocation: { reservation: 500, shares: { level: 'CUSTOM', shares: 77 } },
      memory_allocation: { limit: 4096, expandable_reservation: false, shares: { level: 'HIGH' } },
    })
    expect(await lab.invoke(POOL, 'get', { resource_pool: id })).toMatchObject({
      cpu_allocation: { ...usual, reservation: 500, shares: { level: 'CUSTOM', shares: 77 } },
      memory_allocation: { ...usual, limit: 4096, expandable_reservation: false, shares: { level: 'HIGH' } },
    })
    expect(lab.get('ResourcePool', id, 'config')).toMatchObject({
      cpuAllocation: { reservation: 500, shares: { level: 'custom', shares: 77 } },
      memoryAllocation: { limit: 4096, shares: { level: 'high', shares: 327_680 } },
    })
  })

  it('is renamed and changed; what an allocation leaves out gets its default, the other stays', async () => {
    const lab = createServiceLab()
    const id = await make(lab, 'web', {
      cpu_allocation: { reservation: 500, limit: 900 },
      memory_allocation: { limit: 4096 },
    })
    await lab.invoke(POOL, 'update', {
      resource_pool: id,
      spec: { name: 'db', cpu_allocation: { limit: 800 } },
    })
    expect(await lab.invoke(POOL, 'get', { resource_pool: id })).toMatchObject({
      name: 'db',
      cpu_allocation: { ...usual, limit: 800 },
      memory_allocation: { ...usual, limit: 4096 },
    })
  })

  it('goes, and what it holds moves up', async () => {
    const lab = createServiceLab()
    const id = await make(lab, 'web')
    const below = await make(lab, 'below', { parent: id })
    await lab.invoke(POOL, 'delete', { resource_pool: id })
    expect(await lab.invoke(POOL, 'get', { resource_pool: lab.pool.value })).toMatchObject({
      resource_pools: [below],
    })
  })

  it('refuses what cannot be, and nothing changes', async () => {
    const lab = createServiceLab()
    const id = await make(lab, 'web')
    lab.create() // Leaves a finished task behind, as some refusals do.
    const before = lab.objects()
    const create = async (spec: object) =>
      (await lab.error(POOL, 'create', { spec: { parent: lab.pool.value, ...spec } })).type
    expect(await create({ name: 'web' })).toBe('INVALID_ARGUMENT')
    expect(await create({ name: '' })).toBe('INVALID_ARGUMENT')
    expect(await create({ name: 'x', parent: 'resgroup-999' })).toBe('NOT_FOUND')
    expect(await create({ name: 'x', parent: lab.cluster })).toBe('NOT_FOUND')
    expect(await create({ name: 'x', cpu_allocation: { reservation: -5 } })).toBe('INVALID_ARGUMENT')
    expect(await create({ name: 'x', cpu_allocation: { shares: { level: 'CUSTOM' } } })).toBe(
      'INVALID_ARGUMENT',
    )
    expect(await create({ name: 'x', memory_allocation: { reservation: 2 ** 40 } })).toBe(
      'UNABLE_TO_ALLOCATE_RESOURCE',
    )
    const change = async (resource_pool: string, spec: object) =>
      (await lab.error(POOL, 'update', { resource_pool, spec })).type
    expect(await change(id, { cpu_allocation: { reservation: 10, limit: 5 } })).toBe('INVALID_ARGUMENT')
    expect(await change('resgroup-999', { name: 'x' })).toBe('NOT_FOUND')
    expect(await change(lab.pool.value, { name: 'x' })).toBe('ERROR')
    const remove = async (resource_pool: string) => (await lab.error(POOL, 'delete', { resource_pool })).type
    expect(await remove(lab.pool.value)).toBe('UNSUPPORTED')
    expect(await remove('resgroup-999')).toBe('NOT_FOUND')
    expect(lab.objects()).toEqual(before)
  })

  it('is found by identifier, name, parent, cluster, standalone host and datacenter', async () => {
    const lab = createServiceLab()
    const root = lab.pool.value
    const id = await make(lab, 'web')
    const added = lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    }).result as unknown as { value: string }
    const alone = lab.get<{ value: string }>('ComputeResource', added.value, 'resourcePool').value
    const [host] = lab.get<readonly { value: string }[]>('ComputeResource', added.value, 'host')
    const ids = async (filter: object) =>
      (await lab.invoke(POOL, 'list', { filter })).map(({ resource_pool }) => resource_pool)
    expect(await ids({})).toEqual([root, id, alone])
    expect(await ids({ resource_pools: [id, alone], names: ['Resources'] })).toEqual([alone])
    expect(await ids({ parent_resource_pools: [root] })).toEqual([id])
    expect(await ids({ clusters: [lab.cluster] })).toEqual([root, id])
    expect(await ids({ hosts: [host?.value] })).toEqual([alone])
    expect(await ids({ hosts: [lab.hosts[0]] })).toEqual([])
    expect(await ids({ datacenters: [lab.datacenter], names: ['web'] })).toEqual([id])
  })
})
