import { describe, expect, it } from 'vitest'
import { coverageOf, methodCoverage, operationCoverage, totals } from './coverage.js'
import { theServices } from './services.js'

describe('operationCoverage', () => {
  const rows = operationCoverage('8.0.3.0')
  const row = (service: string, operation: string) =>
    rows.find((each) => each.service === service && each.operation === operation)

  it('tells the state per door', () => {
    expect(row('com.vmware.vcenter.vm.power', 'start')?.doors).toEqual({
      '/api': 'implemented',
      '/rest': 'implemented',
      'json-rpc': 'implemented',
    })
    expect(row('com.vmware.vcenter.trusted_infrastructure.principal', 'get')?.doors['/rest']).toBe('absent')
  })

  it('counts every implemented operation of the newest release', () => {
    const done = operationCoverage('9.1.1.0').filter(({ doors }) => doors['json-rpc'] === 'implemented')
    expect(done.map(({ service, operation }) => `${service}/${operation}`).sort()).toEqual(
      theServices().implemented,
    )
  })

  it('has nothing newer than the release', () => {
    expect(row('com.vmware.vcenter.authorization.roles', 'list')).toBeUndefined()
    expect(operationCoverage('6.0').length).toBeLessThan(rows.length)
  })
})

describe('coverageOf', () => {
  it('is summed up in two lines', () => {
    const coverage = coverageOf('6.0')
    const done = coverage.viJson.filter(({ implemented }) => implemented).length
    expect(totals(coverage)[0]).toMatch(
      /^Automation API 6\.0, operations implemented: \/api \d+ of \d+, \/rest \d+ of \d+, json-rpc \d+ of \d+\.$/,
    )
    expect(totals(coverage)[1]).toBe(
      `VI JSON 6.0, methods implemented: ${done} of ${methodCoverage('6.0').length}.`,
    )
  })
})
