import { describe, expect, it } from 'vitest'
import { expand, SeedMistake } from './expand.js'

const run = (tree: unknown, variables = {}) => expand(tree, variables, new Map())

describe('repetition in a seed', () => {
  it('copies a mapping with its number', () => {
    expect(run([{ count: 2, name: 'vm-${n:02}' }])).toEqual([{ name: 'vm-01' }, { name: 'vm-02' }])
  })

  it('nests, each level with its own name', () => {
    const tree = [
      {
        count: 2,
        from: 0,
        as: 'c',
        name: 'C${c}',
        hosts: [{ count: 2, from: 0, as: 'h', name: 'C${c}_H${h}' }],
      },
    ]
    expect(run(tree)).toEqual([
      { name: 'C0', hosts: [{ name: 'C0_H0' }, { name: 'C0_H1' }] },
      { name: 'C1', hosts: [{ name: 'C1_H0' }, { name: 'C1_H1' }] },
    ])
  })

  it('takes counts from parameters and keeps the type of a lone one', () => {
    expect(run([{ count: '${vm}', memory: '${size}' }], { vm: 1, size: 4096 })).toEqual([{ memory: 4096 }])
  })

  it('adds to a number', () => {
    expect(run('10.0.0.${n+10}', { n: 5 })).toBe('10.0.0.15')
  })

  it('adds and subtracts parameters, whose names may hold a dash', () => {
    expect(run('${f + dc - in-folder}', { f: 1, dc: 5, 'in-folder': 2 })).toBe(4)
    expect(run('DC${dc - 1:02}', { dc: 5 })).toBe('DC04')
  })

  it('makes no copies where there is something else', () => {
    const tree = [{ count: 1, unless: '${pool}', name: 'a' }]
    expect(run(tree, { pool: 0 })).toEqual([{ name: 'a' }])
    expect(run(tree, { pool: 2 })).toEqual([])
    expect(run([{ count: 1, unless: '${off}' }], { off: true })).toEqual([])
    expect(run([{ count: 1, if: '${pool}', name: 'a' }], { pool: 2 })).toEqual([{ name: 'a' }])
    expect(run([{ count: 1, if: '${pool}', name: 'a' }], { pool: 0 })).toEqual([])
  })

  it('says where an unknown parameter stands, and which there are', () => {
    expect(() => run({ a: [{ b: '${nope}' }] }, { vm: 1 })).toThrow(/'nope' here \(there is: vm\)/)
    try {
      run({ a: [{ b: '${nope}' }] })
    } catch (error) {
      expect((error as SeedMistake).at).toEqual(['a', 0, 'b'])
    }
  })

  it('does not add to what is no number', () => {
    expect(() => run('${name+1}', { name: 'x' })).toThrow(/'name' is "x": nothing can be added to it/)
  })

  it('knows no names but its own', () => {
    expect(() => run('${constructor}', { vm: 1 })).toThrow(/'constructor' here/)
  })

  it.each([[-1], ['many'], [1.5]])('refuses the count %s', (count) => {
    expect(() => run([{ count }])).toThrow(SeedMistake)
  })

  it('shows the number that a parameter gave', () => {
    expect(() => run([{ count: '${vm}' }], { vm: -1 })).toThrow('at least 0, not -1 (${vm})')
  })
})
