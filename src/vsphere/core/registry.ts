import { createModel, type Model } from '#inventory/model.js'
import { isA, type Method, managedType } from '#vim25/schema.js'
import type { Behaviour, Family, Projection, TaskBehaviour, Work } from './behaviour.js'

/** All families as the dispatcher uses them; made once per process. */
export interface Registry {
  readonly model: Model
  /** The behaviour of a method for an object of this type: its own, or the nearest base type's. */
  behaviour(type: string, method: string): Behaviour | undefined
  internalTask(descriptionId: string): TaskBehaviour | undefined
  work(kind: string): readonly Work[]
  projections(type: string): ReadonlyMap<string, Projection>
  /** The families that keep something beside each world's state. */
  readonly attached: readonly Family[]
  /** Every implemented method as `Type.Method`, sorted. */
  readonly implemented: readonly string[]
}

export function createRegistry(families: readonly Family[]): Registry {
  const behaviours = new Map<string, Behaviour>()
  const tasks = new Map<string, TaskBehaviour>()
  const work = new Map<string, Work[]>()
  const projections = new Map<string, ReadonlyMap<string, Projection>>()
  /** What was looked for already, by the type of the object. */
  const byType = new Map<string, Map<string, Behaviour>>()

  for (const family of families) {
    for (const { type, methods } of family.operations ?? [])
      for (const [method, behaviour] of Object.entries(methods)) {
        const key = `${type}.${method}`
        if (!managedType(type)?.methods.has(method))
          throw new Error(`vim25 has no method ${key} (family ${family.name}).`)
        if (behaviours.has(key)) throw new Error(`${key} is implemented twice (family ${family.name}).`)
        behaviours.set(key, behaviour)
      }
    for (const [id, task] of Object.entries(family.tasks ?? {})) tasks.set(id, task as TaskBehaviour)
    for (const [kind, handler] of Object.entries(family.work ?? {}))
      work.set(kind, [...(work.get(kind) ?? []), handler])
  }

  return {
    model: createModel(
      families.flatMap((family) => family.indexes ?? []),
      families.flatMap((family) => family.derivations ?? []),
    ),
    behaviour(type, method) {
      let methods = byType.get(type)
      if (!methods) {
        methods = new Map()
        byType.set(type, methods)
      }
      let found = methods.get(method)
      // What nobody implements is looked for each time: names of methods come from clients.
      if (!found) {
        const owner = lineage(type).find((name) => behaviours.has(`${name}.${method}`))
        found = behaviours.get(`${owner}.${method}`)
        if (found) methods.set(method, found)
      }
      return found
    },
    internalTask: (descriptionId) => tasks.get(descriptionId),
    work: (kind) => work.get(kind) ?? [],
    projections(type) {
      let found = projections.get(type)
      if (!found) {
        const names = new Set(lineage(type))
        found = new Map(
          families
            .flatMap((family) => family.projections ?? [])
            .filter((projection) => names.has(projection.type))
            .map((projection) => [projection.property, projection]),
        )
        projections.set(type, found)
      }
      return found
    },
    attached: families.filter((family) => family.attach),
    implemented: [...behaviours.keys()].sort(),
  }
}

/** A managed type and its bases, most derived first. */
export function lineage(type: string): readonly string[] {
  const names: string[] = []
  for (let name: string | undefined = type; name; name = managedType(name)?.base) names.push(name)
  return names
}

export function isTaskBehaviour(behaviour: Behaviour): behaviour is TaskBehaviour {
  return typeof behaviour === 'object'
}

/**
 * TaskInfo.descriptionId of a method on an object: the object's own type in the object model, a dot, the method's name
 * (`VirtualMachine.powerOn`, `VirtualMachine.destroy` although ManagedEntity declares it).
 */
export function descriptionIdOf(method: Method, type: string): string {
  const vmodl = managedType(type)?.vmodl ?? type
  return `${vmodl.replace(/^vim\./, '')}.${method.vmodl}`
}

/** Faults that exist for one situation alone, which the method that meets it does not list (deviation 20). */
const BEYOND_THE_LIST: Readonly<Record<string, string | readonly string[]>> = {
  // Names are taken or bad here as they are where VMs are created, which is where the faults are listed.
  'VirtualMachine.CloneVM_Task': ['DuplicateName', 'InvalidName'],
  'VirtualMachine.InstantClone_Task': ['DuplicateName', 'InvalidName'],
  'VirtualMachine.RelocateVM_Task': 'DuplicateName',
  'VirtualMachine.CustomizeVM_Task': 'InvalidState',
  'HostSystem.DisconnectHost_Task': 'CannotDisconnectHostWithFaultToleranceVm',
  'ClusterComputeResource.MoveInto_Task': 'CannotMoveHostWithFaultToleranceVm',
  'ClusterComputeResource.MoveHostInto_Task': 'CannotMoveHostWithFaultToleranceVm',
  'Folder.MoveIntoFolder_Task': 'CannotMoveHostWithFaultToleranceVm',
  'ComputeResource.ReconfigureComputeResource_Task': 'VmFaultToleranceIssue',
  'ClusterComputeResource.ReconfigureCluster_Task': 'VmFaultToleranceIssue',
}

/**
 * Whatever is asked of a secondary, its primary is the one to ask (deviation 6): no method lists the fault, all methods of
 * VMs, their folders, pools and snapshots can meet it.
 */
const ON_SECONDARIES = 'InvalidOperationOnSecondaryVm'
const OWNERS_ON_SECONDARIES: ReadonlySet<string> = new Set([
  'VirtualMachine',
  'VirtualMachineSnapshot',
  'ManagedEntity',
  'Folder',
  'ResourcePool',
])

/** A method throws what it declares, subtypes of that, and runtime faults. */
export function isDeclared(method: Method, type: string): boolean {
  return (
    isA(type, 'RuntimeFault') ||
    (type === ON_SECONDARIES && OWNERS_ON_SECONDARIES.has(method.owner)) ||
    method.faults.some((declared) => isA(type, declared)) ||
    [BEYOND_THE_LIST[`${method.owner}.${method.name}`] ?? []].flat().some((extra) => isA(type, extra))
  )
}
