import { cpus, totalmem } from 'node:os'

/** A Markdown table with columns of even width. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  const [first = '', ...rest] = all.map(
    (row) => `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |`,
  )
  return [first, first.replace(/[^|]/g, '-'), ...rest].join('\n')
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus()
  return `${cpus().length} x ${cpu?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform}; 4 connections, plain HTTP on loopback`
}

export const rate = (perSecond: number) =>
  `${perSecond >= 100 ? Math.round(perSecond) : perSecond.toFixed(1)}/s`

export const milliseconds = (value: number) =>
  value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(2)} ms`
