import { describe, expect, it } from 'vitest'
import { fill, mismatch } from './match.js'
import { parseScenario } from './scenario.js'

describe('a scenario', () => {
  it('reads requests, bodies and expectations', () => {
    const { options, steps } = parseScenario(
      [
        'serve --seed empty',
        '## A title',
        'vm = VirtualMachine/a b',
        '',
        'POST VirtualMachine/${vm}/PowerOnVM_Task',
        '{ host: $host }',
        '=> task error InvalidPowerState',
        '{ error: { localizedMessage: /attempted/ } }',
      ].join('\n'),
    )
    expect(options).toEqual(['--seed', 'empty'])
    expect(steps.map(({ kind }) => kind)).toEqual(['title', 'find', 'request'])
    expect(steps[2]).toMatchObject({
      body: { host: '$host' },
      expect: {
        task: 'error',
        fault: 'InvalidPowerState',
        shape: { error: { localizedMessage: '/attempted/' } },
      },
    })
  })

  it('names the line of what it cannot read', () => {
    expect(() => parseScenario('# fine\nplease do something')).toThrow(/^line 2: 'please do something'/)
    expect(() => parseScenario('GET a/b/c\n=> maybe')).toThrow(/^line 2: '=> maybe' is not an expectation/)
  })
})

describe('an expectation', () => {
  it('may say less than the answer', () => {
    expect(mismatch({ a: 1 }, { a: 1, b: 2 }, new Map())).toBeUndefined()
  })

  it.each([
    [{ a: 1 }, { a: 2 }, 'answer.a is 2, not 1'],
    [[1], [1, 2], 'answer has 2 elements, not 1: [1,2]'],
    [{ a: { b: 'x' } }, { a: {} }, 'answer.a.b is absent, not "x"'],
    ['/^ab/', 'b', 'answer is "b", not "/^ab/"'],
  ])('%j is not met by %j', (expected, actual, wrong) => {
    expect(mismatch(expected, actual, new Map())).toBe(wrong)
  })

  it('keeps what it names, for later bodies', () => {
    const kept = new Map()
    expect(mismatch({ vm: '$vm' }, { vm: { value: 'vm-1' } }, kept)).toBeUndefined()
    expect(fill({ spec: ['$vm', 'id ${vm}'] }, kept)).toEqual({ spec: [{ value: 'vm-1' }, 'id vm-1'] })
  })
})
