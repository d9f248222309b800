import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coverage, PAGE, page } from '../../scripts/coverage.js'
import { PROMISED } from './promised.js'

describe('coverage', () => {
  const rows = coverage()

  it('knows every method of the release', () => {
    expect(rows.length).toBeGreaterThan(900)
    expect(rows.filter(({ implemented }) => implemented).length).toBeGreaterThan(150)
  })

  it.each(Object.entries(PROMISED))('%s has what the lab needs, and tests that call it', (type, methods) => {
    const lacking = methods.split(' ').filter((method) => {
      const row = rows.find((each) => each.type === type && each.method === method)
      return !row?.implemented || row.tests.length === 0
    })
    expect(lacking).toEqual([])
  })

  it('is what docs/coverage.md says; if not: npx tsx --conditions=source scripts/coverage.ts', () => {
    expect(readFileSync(PAGE, 'utf8') === page(rows)).toBe(true)
  })
})
