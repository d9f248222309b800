import { describe, expect, it } from 'vitest'
import { vapiError } from '#vapi/error.js'
import { releaseIndex } from '#vapi/release.js'
import { operation } from '#vapi/schema.js'
import type { Operation } from '#vapi/types.js'
import { checkError } from './check-error.js'
import { checkOutput } from './check-output.js'
import { createServiceLab } from './testing.js'

const { sandbox } = createServiceLab()
const lenient = { ...sandbox, strict: false }
const start = operation('com.vmware.vcenter.vm.power', 'start') as Operation
const list = operation('com.vmware.vcenter.VM', 'list') as Operation
const release = releaseIndex('8.0.3.0')

describe('in strict mode', () => {
  it('an undeclared error is a mistake of ours, a declared one is an answer', () => {
    const undeclared = vapiError('CONCURRENT_CHANGE', 'a', 'b')
    expect(checkError(sandbox, start, undeclared).message).toContain(
      'com.vmware.vcenter.vm.power/start answered with CONCURRENT_CHANGE',
    )
    expect(checkError(lenient, start, undeclared)).toBe(undeclared)
    for (const type of [
      'ALREADY_IN_DESIRED_STATE',
      'INVALID_ARGUMENT',
      'UNAUTHORIZED',
      'NOT_FOUND',
    ] as const) {
      const error = vapiError(type, 'a', 'b')
      expect(checkError(sandbox, start, error)).toBe(error)
    }
  })

  it('so is an answer that does not fit', () => {
    const wrong = [{ vm: 'vm-1', name: 'a', power_state: 'ON' }]
    expect(() => checkOutput(sandbox, list, release, wrong)).toThrow(
      'com.vmware.vcenter.VM/list answered with what it does not declare.',
    )
    expect(checkOutput(lenient, list, release, wrong)).toBe(wrong)
    const right = [{ vm: 'vm-1', name: 'a', power_state: 'POWERED_ON' }]
    expect(checkOutput(sandbox, list, release, right)).toBe(right)
    expect(() => checkOutput(sandbox, list, release, undefined)).toThrow()
    expect(() => checkOutput(sandbox, list, release, [{ ...right[0], nosuch: 1 }])).toThrow()
  })
})
