import { describe, expect, it } from 'vitest'
import { VimFault } from '#vim25/fault.js'
import { createLab } from '../host/testing.js'
import { ancestors, childrenNamed, childrenOf, datacenterOf, requireUniqueName, validName } from './entity.js'

describe('validName', () => {
  it.each([
    ['plain', 'plain'],
    ['a/b', 'a%2fb'],
    ['a\\b', 'a%5cb'],
    ['100%', '100%25'],
    ['%2f', '%2f'],
    ['%5C%25', '%5C%25'],
    ['%41', '%2541'],
  ])('keeps %s as %s', (given, kept) => {
    expect(validName(given)).toBe(kept)
  })

  it.each(['', '  ', 'x'.repeat(81)])('refuses %j', (name) => {
    expect(() => validName(name)).toThrow(VimFault)
  })
})

describe('the inventory tree', () => {
  it('knows parents and names, also inside a transaction', () => {
    const lab = createLab()
    lab.sandbox.transact({}, ({ tx }) => {
      tx.set('Datacenter', lab.datacenter, { name: 'Renamed' })
      expect(childrenNamed(tx, 'group-d1', 'Renamed')).toEqual([lab.datacenter])
      expect(childrenNamed(tx, 'group-d1', 'Lab')).toEqual([])
      expect(childrenOf(tx, 'group-d1')).toEqual([lab.datacenter])
      expect([...ancestors(tx, lab.vmFolder)]).toEqual([lab.datacenter, 'group-d1'])
      expect(datacenterOf(tx, lab.vmFolder)).toBe(lab.datacenter)
      expect(datacenterOf(tx, 'group-d1')).toBeUndefined()
      expect(() => requireUniqueName(tx, 'group-d1', 'Renamed')).toThrow(VimFault)
      expect(() => requireUniqueName(tx, 'group-d1', 'Renamed', lab.datacenter)).not.toThrow()
    })
  })
})
