import { describe, expect, it } from 'vitest'
import { theRegistry } from '#services/world-registry.js'
import { managedType, typeNames, versionIndex } from '#vim25/schema.js'
import { lineage } from '#vsphere/core/registry.js'
import { implementedMethods } from './implemented-methods.js'

const registry = theRegistry()
const release = (name: string) => versionIndex(name) ?? Number.NaN

describe('implementedMethods', () => {
  it.each(['6.0', '8.0.3.0'])('claims in %s exactly what the registry has a behaviour for', (newest) => {
    const listed = implementedMethods(registry, release(newest))
    const claimed: string[] = []
    const behaving: string[] = []
    for (const name of typeNames('managed')) {
      const type = managedType(name)
      for (const method of type?.methods.values() ?? []) {
        if (!type || type.since > release(newest) || method.since > release(newest)) continue
        if (lineage(name).some((base) => listed[base]?.includes(method.name)))
          claimed.push(`${name}.${method.name}`)
        if (registry.behaviour(name, method.name)) behaving.push(`${name}.${method.name}`)
      }
    }
    expect(claimed).toEqual(behaving)
    expect(claimed.length).toBeGreaterThan(150)
  })

  it('names a method once, under the type that declares it', () => {
    const listed = implementedMethods(registry, release('8.0.3.0'))
    const types = Object.keys(listed).filter((type) => listed[type]?.includes('Destroy_Task'))
    expect(types).toEqual(['ManagedEntity'])
    for (const [name, methods] of Object.entries(listed)) {
      expect(methods).toEqual([...methods].sort())
      for (const method of methods) expect(managedType(name)?.methods.get(method)?.owner).toBe(name)
    }
  })

  it('names a subtype where only that one does something, and nothing newer than the release', () => {
    const part = {
      implemented: [
        'Folder.Destroy_Task',
        'VirtualMachine.PowerOffVM_Task',
        'VirtualMachine.AttachDisk_Task',
      ],
    }
    expect(implementedMethods(part, release('6.0'))).toEqual({
      Folder: ['Destroy_Task'],
      VirtualMachine: ['PowerOffVM_Task'],
    })
  })
})
