import { dataType, enumType, type Property, VERSIONS, versionIndex } from '#vim25/schema.js'
import type { Identity } from '#vsphere/core/identity.js'
import { subtypesBelow } from './components.js'
import { escaped, htmlPage } from './html.js'

/** The page of a data type or enum, as HTML; undefined for a name that the server's newest release does not have. */
export function typePage(name: string, identity: Identity): string | undefined {
  const release = versionIndex(identity.releases[0] ?? '') ?? 0
  const since = (dataType(name) ?? enumType(name))?.since
  if (since === undefined || since > release) return undefined
  const body = enumType(name) ? enumBody(name, release) : dataBody(name, release)
  return htmlPage(name, `<p>Since release ${VERSIONS[since]}.</p>${body}`)
}

function enumBody(name: string, release: number): string {
  const type = enumType(name)
  const values = type?.values.filter((value) => (type.sinceOf(value) ?? Infinity) <= release) ?? []
  return `<p>An enum: one of these strings.</p><ul>${values.map((value) => `<li><code>${escaped(value)}</code></li>`).join('')}</ul>`
}

function dataBody(name: string, release: number): string {
  const below = subtypesBelow(name, release)
  const bases: string[] = []
  for (let base = dataType(name)?.base; base; base = dataType(base)?.base) bases.push(base)
  const members = (dataType(name)?.properties ?? []).filter(({ since }) => since <= release)
  return [
    `<p>A data object: <code>{"_typeName":"${escaped(name)}", …}</code></p>`,
    bases.length > 0 ? `<p>It is a ${bases.map(link).join(', which is a ')}.</p>` : '',
    members.length > 0 ? table(members) : '<p>It has no members of its own.</p>',
    below.length > 0 ? `<h2>Types below it</h2><p>${below.map(link).join(', ')}</p>` : '',
  ].join('')
}

function table(members: readonly Property[]): string {
  const rows = members.map(
    (member) =>
      `<tr><td><code>${escaped(member.name)}</code></td><td>${typeOf(member)}</td><td>${member.optional ? 'optional' : member.array ? 'may be empty' : 'required'}</td></tr>`,
  )
  return `<table><thead><tr><th>Member</th><th>Type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function typeOf({ type, kind, array }: Property): string {
  const linked = kind === 'data' || kind === 'enum'
  const name = kind === 'reference' ? `reference to a ${escaped(type)}` : linked ? link(type) : escaped(type)
  return array ? `list of ${name}` : name
}

const link = (name: string) => `<a href="/docs/types/${escaped(name)}">${escaped(name)}</a>`
