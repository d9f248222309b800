import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isTest, sources } from './sources.js'

const page = readFileSync(new URL('../../openapi/deviations.md', import.meta.url), 'utf8')
const numbers = [...page.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number))

/** Every mention of a deviation in the code, with its place; a comment may break the line before the number. */
const mentions = sources('src')
  .filter((source) => !isTest(source))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/\bdeviations?\b(?:[\s*/]+(\d+))?/gi)].map(([, number]) => ({
      path,
      number: Number(number),
    })),
  )

describe('deviations.md', () => {
  it('numbers its entries from 1 without a gap', () => {
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(numbers.length).toBeGreaterThan(30)
  })

  it('has every deviation that the code names', () => {
    expect(mentions.filter(({ number }) => !numbers.includes(number))).toEqual([])
  })

  it('has none that the code does not name where it implements it', () => {
    const named = new Set(mentions.map(({ number }) => number))
    expect(numbers.filter((number) => !named.has(number))).toEqual([])
  })
})
