/**
 * Pure: a test for names by patterns with `*` (any characters) and `?` (any one); a name has to match one of them, and every
 * name does where there are none.
 */
export function namesLike(
  patterns: readonly string[] | undefined,
  caseInsensitive: boolean,
): (name: string) => boolean {
  if (!patterns || patterns.length === 0) return () => true
  const fold = (text: string) => (caseInsensitive ? text.toLowerCase() : text)
  const wanted = patterns.map((pattern) => [...fold(pattern)])
  return (name) => {
    const text = [...fold(name)]
    return wanted.some((pattern) => matches(pattern, text))
  }
}

/** In time proportional to both lengths: patterns come from clients. */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0
  let here = 0
  let star = -1
  let resume = 0
  while (here < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++
      resume = here
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[here])) {
      at++
      here++
    } else if (star >= 0) {
      at = star + 1
      here = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
