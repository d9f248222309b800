import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isTest, type Source, sources } from './sources.js'

/** Tests, and the tables that they go through. */
const judges = (source: Source) =>
  isTest(source) || /^src\/.*\btesting\.ts$|^test\/contract\/faults\//.test(source.path)

/** Types of the faults that a text makes: `fault('InvalidState', ...)`, `localizedFault('FtIssuesOnHost', ...)`. */
const made = (text: string) => [...text.matchAll(/[fF]ault\(\s*'([A-Z]\w+)'/g)].map(([, type = '']) => type)

const thrown = new Set(
  sources('src')
    .filter((source) => !judges(source))
    .flatMap(({ text }) => made(text)),
)

/** What tests look for: their own words, those of their tables, the scenarios. */
function words(): ReadonlySet<string> {
  const acceptance = fileURLToPath(new URL('../acceptance', import.meta.url))
  const texts = [
    ...sources('src', 'test', 'examples').filter(judges),
    ...readdirSync(acceptance)
      .filter((name) => name.endsWith('.scenario'))
      .map((name) => ({ text: readFileSync(join(acceptance, name), 'utf8') })),
  ]
  return new Set(texts.flatMap(({ text }) => text.match(/\b[A-Z]\w+/g) ?? []))
}

describe('faults', () => {
  it('are found where they are made', () => {
    expect(made("throw fault('InvalidState', {})\nlocalizedFault(\n  'FtIssuesOnHost', {")).toEqual([
      'InvalidState',
      'FtIssuesOnHost',
    ])
    expect(thrown.size).toBeGreaterThan(100)
  })

  it('are each provoked by a test that knows them by name', () => {
    const tested = words()
    expect([...thrown].filter((type) => !tested.has(type))).toEqual([])
  })
})
