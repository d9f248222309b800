import { expect } from 'vitest'

/** A line that a client's program prints: what several doors say of one thing, or why a story ended before its end. */
export interface Told {
  readonly same?: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly broken?: string
  readonly why?: string
}

/** What a program printed, line by line. */
export const linesOf = <Line extends Told>(printed: string): readonly Line[] =>
  printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

/** Every story came to its end. */
export function expectWhole(lines: readonly Told[]): void {
  expect(lines.filter((line) => line.broken !== undefined)).toEqual([])
}

/** Whatever was compared is the same on each door, and that many things were. */
export function expectSame(lines: readonly Told[], atLeast: number): void {
  const told = lines.filter((line) => line.same !== undefined)
  expect(told.length).toBeGreaterThanOrEqual(atLeast)
  for (const { same, values = {} } of told) {
    const [first, ...others] = Object.values(values)
    expect(others.length, `${same} has nothing to compare with`).toBeGreaterThan(0)
    for (const other of others) expect(other, `${same}: ${JSON.stringify(values)}`).toEqual(first)
  }
}
