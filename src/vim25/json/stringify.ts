/** JSON text of a plain value; a bigint becomes a number with all its digits, which JSON.stringify refuses to write. */
export function stringify(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // The only TypeErrors are bigints and cycles; state has no cycles.
    if (error instanceof TypeError) return withBigints(value)
    throw error
  }
}

function withBigints(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map((item) => withBigints(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members: string[] = []
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${withBigints(member)}`)
  return `{${members.join(',')}}`
}
