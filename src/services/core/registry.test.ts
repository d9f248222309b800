import { describe, expect, it } from 'vitest'
import { theServices } from '../services.js'
import { createServiceRegistry, unknownOperations } from './registry.js'

const nothing = () => undefined

describe('the tables of services', () => {
  it('name operations that the API has', () => {
    expect(unknownOperations(theServices())).toEqual([])
  })

  it('are told of a name that it does not have', () => {
    const registry = createServiceRegistry([
      { id: 'com.vmware.vcenter.VM', operations: { list: nothing, fly: nothing } },
      { id: 'com.vmware.nothing', operations: { get: nothing } },
    ])
    expect(unknownOperations(registry)).toEqual(['com.vmware.nothing/get', 'com.vmware.vcenter.VM/fly'])
  })

  it('do not implement an operation twice', () => {
    const table = { id: 'com.vmware.vcenter.VM', operations: { list: nothing } }
    expect(() => createServiceRegistry([table, table])).toThrow(
      'com.vmware.vcenter.VM/list is implemented twice.',
    )
  })
})
