import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { FaultCase } from './case.js'
import { type FaultLab, reserved } from './lab.js'

/** The three methods that make something in a folder, with the folder that takes it. */
const MAKERS: readonly (readonly [method: string, folder: (lab: FaultLab) => string, more: object])[] = [
  ['CreateFolder', (lab) => lab.vmFolder, {}],
  ['CreateDatacenter', () => 'group-d1', {}],
  ['CreateClusterEx', (lab) => lab.hostFolder, { spec: data('ClusterConfigSpecEx', {}) }],
]

const makers: readonly FaultCase[] = MAKERS.flatMap(([name, folder, more]) => [
  {
    method: `Folder.${name}`,
    fault: 'DuplicateName',
    when: 'something in the folder has the name',
    given(lab) {
      const [object] = lab.get<ManagedObjectReference[]>('Folder', folder(lab), 'childEntity')
      const taken = lab.nameOf(object?.value ?? '')
      return { on: folder(lab), args: { name: taken, ...more }, members: { name: taken, object } }
    },
  },
  {
    method: `Folder.${name}`,
    fault: 'InvalidName',
    when: 'the name is empty',
    given: (lab) => ({
      on: folder(lab),
      args: { name: '', ...more },
      members: { name: '', entity: lab.ref(folder(lab)) },
    }),
  },
])

const makeFolder = (lab: FaultLab, name: string, parent = lab.vmFolder) =>
  lab.done<ManagedObjectReference>('Folder', parent, 'CreateFolder', { name })

const datacenterElsewhere = (lab: FaultLab) => {
  const { value } = lab.done<ManagedObjectReference>('Folder', 'group-d1', 'CreateDatacenter', {
    name: 'Far',
  })
  return lab.get<ManagedObjectReference>('Datacenter', value, 'vmFolder')
}

const poolSpec = (memory = reserved(0), changes: object = {}) =>
  data('ResourceConfigSpec', {
    ...changes,
    cpuAllocation: data('ResourceAllocationInfo', { reservation: 0, expandableReservation: true, limit: -1 }),
    memoryAllocation: data('ResourceAllocationInfo', { ...memory, expandableReservation: true, limit: -1 }),
  })

/** 1 TB: more than the cluster's hosts have. */
const TERABYTE = 2 ** 20

const makePool = (lab: FaultLab, name: string) =>
  lab.done<ManagedObjectReference>('ResourcePool', lab.pool.value, 'CreateResourcePool', {
    name,
    spec: poolSpec(),
  }).value

const unreserved = (lab: FaultLab, pool: string) =>
  lab.get<{ memory: { unreservedForPool: number } }>('ResourcePool', pool, 'runtime').memory.unreservedForPool

const tooMuch = (lab: FaultLab) => ({
  unreserved: unreserved(lab, lab.pool.value),
  requested: TERABYTE * 2 ** 20,
})

export const inventoryCases: readonly FaultCase[] = [
  ...makers,
  {
    method: 'Folder.MoveIntoFolder_Task',
    fault: 'DuplicateName',
    when: 'something in the folder has the name',
    given(lab) {
      const folder = makeFolder(lab, 'shelf')
      const object = makeFolder(lab, 'demo', folder.value)
      return {
        on: folder.value,
        args: { list: [lab.ref(lab.vm)] },
        members: { name: 'demo', object },
      }
    },
  },
  {
    method: 'Folder.MoveIntoFolder_Task',
    fault: 'InvalidFolder',
    when: 'a folder is to go into itself',
    given(lab) {
      const target = makeFolder(lab, 'shelf')
      return { on: target.value, args: { list: [target] }, members: { target } }
    },
  },
  {
    method: 'Folder.MoveIntoFolder_Task',
    fault: 'InvalidFolder',
    when: 'a VM is to go to another datacenter',
    given(lab) {
      const target = datacenterElsewhere(lab)
      return { on: target.value, args: { list: [lab.ref(lab.vm)] }, members: { target } }
    },
  },
  {
    method: 'Folder.MoveIntoFolder_Task',
    fault: 'InvalidState',
    when: 'a host is to leave its cluster outside maintenance mode',
    given: (lab) => ({ on: lab.hostFolder, args: { list: [lab.ref(lab.hosts[2] ?? '')] } }),
  },
  {
    method: 'Folder.MoveIntoFolder_Task',
    fault: 'CannotMoveHostWithFaultToleranceVm',
    when: 'a host with half of a pair is to leave its cluster',
    given(lab) {
      lab.turnOn()
      return { on: lab.hostFolder, args: { list: [lab.ref(lab.hostOf(lab.vm))] } }
    },
  },
  {
    method: 'ManagedEntity.Rename_Task',
    fault: 'DuplicateName',
    when: 'a sibling has the name',
    given: (lab) => ({
      on: lab.idle,
      args: { newName: 'demo' },
      members: { name: 'demo', object: lab.ref(lab.vm) },
    }),
  },
  {
    method: 'ManagedEntity.Rename_Task',
    fault: 'InvalidName',
    when: 'the name is longer than 80 characters',
    given: (lab) => ({
      on: lab.idle,
      args: { newName: 'x'.repeat(81) },
      members: { name: 'x'.repeat(81), entity: lab.ref(lab.idle) },
    }),
  },
  {
    method: 'ManagedEntity.Destroy_Task',
    fault: 'InvalidPowerState',
    when: 'a VM runs',
    given: (lab) => ({
      on: lab.vm,
      members: { requestedState: 'poweredOff', existingState: 'poweredOn' },
    }),
  },
  {
    method: 'ManagedEntity.Destroy_Task',
    fault: 'InvalidPowerState',
    when: 'a VM in a folder runs',
    given(lab) {
      const folder = makeFolder(lab, 'shelf')
      lab.done('Folder', folder.value, 'MoveIntoFolder_Task', { list: [lab.ref(lab.vm), lab.ref(lab.idle)] })
      return {
        on: folder.value,
        members: { requestedState: 'poweredOff', existingState: 'poweredOn' },
      }
    },
  },
  {
    method: 'ManagedEntity.Destroy_Task',
    fault: 'InvalidState',
    when: 'a host of a cluster is connected and not in maintenance mode',
    given: (lab) => ({ on: lab.hosts[2] ?? '' }),
  },
  {
    method: 'ManagedEntity.Destroy_Task',
    fault: 'CannotDisconnectHostWithFaultToleranceVm',
    when: 'a host of a cluster has half of a pair',
    given(lab) {
      lab.turnOn()
      return { on: lab.cluster, members: { hostName: lab.nameOf(lab.hostOf(lab.vm)) } }
    },
  },
  {
    method: 'ManagedEntity.Destroy_Task',
    fault: 'ResourceInUse',
    when: 'a VM has files on a datastore',
    given: (lab) => ({ on: lab.datastore, members: { type: 'Datastore', name: 'nfs' } }),
  },
  {
    method: 'ResourcePool.CreateResourcePool',
    fault: 'InvalidName',
    when: 'the name is empty',
    given: (lab) => ({
      on: lab.pool.value,
      args: { name: '', spec: poolSpec() },
      members: { name: '', entity: lab.pool },
    }),
  },
  {
    method: 'ResourcePool.CreateResourcePool',
    fault: 'DuplicateName',
    when: 'a sibling has the name',
    given(lab) {
      const object = lab.ref(makePool(lab, 'gold'))
      return {
        on: lab.pool.value,
        args: { name: 'gold', spec: poolSpec() },
        members: { name: 'gold', object },
      }
    },
  },
  {
    method: 'ResourcePool.CreateResourcePool',
    fault: 'InsufficientMemoryResourcesFault',
    when: 'it would reserve more than there is',
    given: (lab) => ({
      on: lab.pool.value,
      args: { name: 'gold', spec: poolSpec(reserved(TERABYTE)) },
      members: tooMuch(lab),
    }),
  },
  {
    method: 'ResourcePool.UpdateConfig',
    fault: 'InvalidName',
    when: 'the name is empty',
    given(lab) {
      const on = makePool(lab, 'gold')
      return { on, args: { name: '' }, members: { name: '', entity: lab.ref(on) } }
    },
  },
  {
    method: 'ResourcePool.UpdateConfig',
    fault: 'DuplicateName',
    when: 'a sibling has the name',
    given(lab) {
      const object = lab.ref(makePool(lab, 'gold'))
      return { on: makePool(lab, 'silver'), args: { name: 'gold' }, members: { name: 'gold', object } }
    },
  },
  {
    method: 'ResourcePool.UpdateConfig',
    fault: 'InsufficientMemoryResourcesFault',
    when: 'it would reserve more than there is, and the new name is taken back too',
    given: (lab) => ({
      on: makePool(lab, 'gold'),
      args: { name: 'platinum', config: poolSpec(reserved(TERABYTE)) },
      members: tooMuch(lab),
    }),
  },
  {
    method: 'ResourcePool.UpdateConfig',
    fault: 'ConcurrentAccess',
    when: 'the pool has changed since the caller read it',
    given: (lab) => ({
      on: makePool(lab, 'gold'),
      args: { config: poolSpec(reserved(0), { changeVersion: '2020-01-01T00:00:00.000001Z' }) },
    }),
  },
]
