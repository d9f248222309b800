import { escapeXml } from '#xml/escape.js'

/** An element to be written: `['Info', {}, 'text']`, or with elements in it. */
export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>
  readonly content: string | readonly Node[]
}

export function node(
  name: string,
  attributes: Node['attributes'] = {},
  content: string | number | readonly (Node | undefined)[] = [],
): Node {
  const inside = typeof content === 'object' ? content.filter((each) => each !== undefined) : String(content)
  return { name, attributes, content: inside }
}

/** The document that an element is the root of, two blanks per level. */
export function documentText(root: Node, comment: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!--${comment.replace(/--+/g, '-')}-->\n${elementText(root, '')}`
}

function elementText({ name, attributes, content }: Node, indent: string): string {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  if (content.length === 0) return `${indent}<${name}${said}/>\n`
  const inside =
    typeof content === 'string'
      ? escapeXml(content)
      : `\n${content.map((each) => elementText(each, `${indent}  `)).join('')}${indent}`
  return `${indent}<${name}${said}>${inside}</${name}>\n`
}
