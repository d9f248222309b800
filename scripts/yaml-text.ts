/**
 * JSON values as YAML that is read and compared by people: what fits on a line stands on one, longer texts are blocks.
 * The same value always gives the same text.
 */
export const yamlText = (value: unknown): string => `${lines(value, 0).join('\n')}\n`

const WIDTH = 120

/** Texts that no reader of YAML takes for anything else; all others are quoted. */
const PLAIN = /^[A-Za-z/$][\w./${}@-]*(?: [\w./${}@()-]+)*$/
const SPECIAL = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i

const scalar = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value)
  return PLAIN.test(value) && !SPECIAL.test(value) && !/[{}]/.test(value) ? value : JSON.stringify(value)
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null

function flow(value: unknown): string {
  if (!isNested(value)) return scalar(value)
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  const members = Object.entries(value).map(([name, item]) => `${scalar(name)}: ${flow(item)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function lines(value: unknown, indent: number): readonly string[] {
  const pad = ' '.repeat(indent)
  if (!isNested(value)) return [pad + scalar(value)]
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const short = fits(item, indent + 2)
      if (short !== undefined) return [`${pad}- ${short}`]
      const [first = '', ...others] = lines(item, indent + 2)
      return [`${pad}- ${first.slice(indent + 2)}`, ...others]
    })
  return Object.entries(value).flatMap(([name, item]) => {
    const key = `${pad}${scalar(name)}:`
    if (typeof item === 'string' && item.includes('\n')) return block(key, item, indent)
    const short = fits(item, key.length + 1)
    // Descriptions of things are easier to find on lines of their own.
    return short !== undefined ? [`${key} ${short}`] : [key, ...lines(item, indent + 2)]
  })
}

function fits(value: unknown, indent: number): string | undefined {
  if (!isNested(value)) return scalar(value)
  if (hasBlock(value)) return undefined
  const text = flow(value)
  return indent + text.length <= WIDTH ? text : undefined
}

const hasBlock = (value: unknown): boolean =>
  typeof value === 'string' ? value.includes('\n') : isNested(value) && Object.values(value).some(hasBlock)

/** A text of several lines; one that a block would change is quoted. */
function block(key: string, text: string, indent: number): readonly string[] {
  if (!/^\S[^\r\t]*[^\s]\n?$/.test(text) || /[ \t]\n/.test(text)) return [`${key} ${JSON.stringify(text)}`]
  const pad = ' '.repeat(indent + 2)
  const body = text.endsWith('\n') ? text.slice(0, -1) : text
  return [
    `${key} ${text.endsWith('\n') ? '|' : '|-'}`,
    ...body.split('\n').map((line) => (line === '' ? '' : pad + line)),
  ]
}
