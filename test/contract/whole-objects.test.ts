import { describe, expect, it } from 'vitest'
import { problemsOf } from '#vim25/json/check.js'
import { dataType, managedType } from '#vim25/schema.js'
import { collectPaths, RELEASE, seedWorld, wholeObject } from '../support/property-paths.js'
import { UNSET } from './unset-properties.js'

/** Every kind of inventory there is: the vcsim seed has standalone hosts, distributed switches and local datastores. */
const worlds = ['smp-ft-nested', 'physical-lab', 'vcsim'].map((seed) => seedWorld(seed))

const objectsOf = (type: string) =>
  worlds.flatMap((world) =>
    [...world.sandbox.inventory.root.entities.values()]
      .filter((entity) => entity.type === type)
      .map((entity) => ({ world, entity })),
  )

/** Properties of a type, and members of the data objects in them, that no object of the type has: `config.ipmi`. */
function unsetOf(type: string): readonly string[] {
  const set = new Set<string>()
  const shapes = new Map<string, Set<string>>()
  for (const { world, entity } of objectsOf(type))
    for (const [name, value] of wholeObject(world, entity)) {
      set.add(name)
      const shape = (value as { _typeName?: string })._typeName
      if (shape === undefined || shape === 'ManagedObjectReference' || !dataType(shape)) continue
      shapes.set(name, (shapes.get(name) ?? new Set()).add(shape))
      for (const member of Object.keys(value as object)) set.add(`${name}.${member}`)
    }
  const known = [...(managedType(type)?.properties ?? [])].filter(({ since }) => since <= RELEASE)
  return known.flatMap(({ name }) => {
    if (!set.has(name)) return [name]
    const members = [...(shapes.get(name) ?? [])].flatMap((shape) => dataType(shape)?.properties ?? [])
    return [
      ...new Set(members.filter(({ since }) => since <= RELEASE).map((member) => `${name}.${member.name}`)),
    ].filter((path) => !set.has(path))
  })
}

describe('objects are whole: what they leave unset is listed, with the reason:', () => {
  it.each(Object.keys(UNSET))('%s', (type) => {
    expect(objectsOf(type).length).toBeGreaterThan(0)
    expect(unsetOf(type).toSorted()).toEqual(Object.keys(UNSET[type] ?? {}).toSorted())
  })

  it('each with a reason', () => {
    const reasons = Object.values(UNSET).flatMap((paths) => Object.values(paths))
    expect(reasons.filter((reason) => reason.length < 10)).toEqual([])
  })
})

describe('objects are rich:', () => {
  it.each([
    ['HostSystem', 1250],
    ['VirtualMachine', 480],
    ['VmwareDistributedVirtualSwitch', 270],
    ['ClusterComputeResource', 175],
    ['DistributedVirtualPortgroup', 170],
    ['ResourcePool', 120],
    ['Datastore', 70],
  ])('one %s has %i distinct property paths at least', (type, least) => {
    const counts = objectsOf(type).map(({ world, entity }) => {
      const paths = new Set<string>()
      for (const [name, value] of wholeObject(world, entity)) collectPaths(value, name, paths)
      return paths.size
    })
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(least)
  })
})

describe('every value of every object is as the schema wants it: seed', () => {
  it.each(worlds.map((world, at) => [['smp-ft-nested', 'physical-lab', 'vcsim'][at] ?? '', world] as const))(
    '%s',
    (_name, world) => {
      const problems: string[] = []
      for (const entity of world.sandbox.inventory.root.entities.values()) {
        const whole = entity.ref ? wholeObject(world, entity) : new Map<string, unknown>()
        for (const property of entity.ref ? (managedType(entity.type)?.properties ?? []) : [])
          if (property.since <= RELEASE)
            for (const problem of problemsOf(whole.get(property.name), property))
              problems.push(`${entity.type} ${entity.id} ${problem}`)
      }
      expect(problems.slice(0, 10)).toEqual([])
    },
  )
})
