import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { contract, stale } from '../../scripts/contract.js'
import { yamlText } from '../../scripts/yaml-text.js'

it('the documents in openapi/ are what definitions and overlays give', () => {
  expect(
    stale(),
    'run npx tsx --conditions=source scripts/contract.ts and commit what it changes in openapi/',
  ).toEqual([])
})

it('are the same text each time they are made', () => {
  expect([...contract()]).toEqual([...contract()])
})

it('are YAML that says what it was made of', () => {
  const value = {
    plain: 'a b/c.d',
    quoted: ['yes', 'on', '', '2000', '1e3', 'a: b', '- x', '{x}', '#', 'null', ' a', "it's", 'ä', '~'],
    numbers: [0, -1.5, true, null],
    'key: odd': { deep: { list: [{ a: 1, text: 'two\nlines\n' }, { long: 'x '.repeat(100) }] } },
    blocks: {
      strip: 'a\n\n  b\nc',
      keep: 'a\nb\n',
      tab: 'a\n\tb',
      trailing: 'a \nb',
      leading: '\na',
      two: 'a\n\n',
    },
    empty: { list: [], map: {} },
    wide: Array.from({ length: 60 }, (_, n) => `value ${n}`),
  }
  expect(parse(yamlText(value))).toEqual(value)
})
