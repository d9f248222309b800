import type { Field, Model } from './model.js'

/** `name:type`, then `[]` array, `?` optional, `&` link, `!` secret, `@since` if not the owner's, `#privilege`. */
function fieldText(field: Field, ownerSince: number): string {
  const marks =
    (field.array ? '[]' : '') +
    (field.optional ? '?' : '') +
    (field.link ? '&' : '') +
    (field.secret ? '!' : '')
  const since = field.since === ownerSince ? '' : `@${field.since}`
  return `${field.name}:${field.type}${marks}${since}${field.privilege ? `#${field.privilege}` : ''}`
}

/**
 * One line per type and per method, columns separated by tabs, lists by spaces:
 *
 *     V releases
 *     D name vmodl base since fields
 *     E name vmodl since values (value@since where not the enum's own)
 *     T name vmodl base since fields        a managed type; its methods follow
 *     M name vmodl since privilege params result taskResult faults
 *
 * Lines rather than JSON: quick to index without parsing, and a new release reads as a diff.
 */
export function emitSchema(model: Model, header: string): string {
  const lines = [['V', model.versions.join(' ')]]
  for (const type of model.data) {
    const fields = type.fields.map((field) => fieldText(field, type.since)).join(' ')
    lines.push(['D', type.name, type.vmodl, type.base ?? '', `${type.since}`, fields])
  }
  for (const type of model.enums) {
    const values = type.values.map(({ value, since }) => (since === type.since ? value : `${value}@${since}`))
    lines.push(['E', type.name, type.vmodl, `${type.since}`, values.join(' ')])
  }
  for (const type of model.managed) {
    const fields = type.fields.map((field) => fieldText(field, type.since)).join(' ')
    lines.push(['T', type.name, type.vmodl, type.base ?? '', `${type.since}`, fields])
    for (const method of type.methods) {
      const text = (field: Field | undefined) => (field ? fieldText(field, method.since) : '')
      const params = method.params.map(text).join(' ')
      const made = [params, text(method.result), text(method.taskResult), method.faults.join(' ')]
      lines.push(['M', method.name, method.vmodl, `${method.since}`, method.privilege ?? '', ...made])
    }
  }
  const text = lines.map((columns) => columns.join('\t')).join('\n')
  if (/[`\\]|\$\{/.test(text)) throw new Error('the schema text would need escapes')
  return `${header}/** Read by src/vim25/schema.ts; the format is described in scripts/generate/emit-schema.ts. */\nexport const SCHEMA: string = \`${text}\`\n`
}
