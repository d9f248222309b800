import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const numbers = [...readFileSync(join(root, 'openapi/deviations.md'), 'utf8').matchAll(/^(\d+)\. /gm)].map(
  ([, number]) => Number(number),
)

/** Every mention of a deviation in our own code, with its place. */
function* mentions(): Generator<{ place: string; number: string | undefined }> {
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts') || entry.includes('generated')) continue
    const text = readFileSync(join(root, 'src', entry), 'utf8')
    for (const [, number] of text.matchAll(/\bdeviation\b(?:[\s*]+(\d+))?/gi)) yield { place: entry, number }
  }
}

describe('deviations.md', () => {
  it('numbers its entries without a gap', () => {
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(numbers.length).toBeGreaterThan(20)
  })

  it('has every deviation that the code names', () => {
    const found = [...mentions()]
    expect(found.length).toBeGreaterThan(8)
    expect(found.filter(({ number }) => !numbers.includes(Number(number)))).toEqual([])
  })
})
