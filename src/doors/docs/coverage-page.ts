import { type Coverage, DOORS, grouped, type OperationCoverage, totals } from '#services/coverage.js'
import { areaOf, areas } from '#vapi/openapi/areas.js'
import { operationIdOf, tagOf } from '#vapi/openapi/operation.js'
import { operation as operationOf } from '#vapi/schema.js'
import { escaped, htmlPage } from './html.js'

/** The page of what is implemented, as HTML: every operation and method of the release with its state per door. */
export function coveragePage(coverage: Coverage): string {
  return htmlPage(
    'What is implemented',
    [
      ...totals(coverage).map((line) => `<p>${escaped(line)}</p>`),
      '<p>What is <i>unsupported</i> exists and answers the error UNSUPPORTED (VI JSON: the fault NotImplemented), which names it;',
      'what is <i>absent</i> from a door has no form there. The same for programs: <a href="/docs/coverage.json">coverage.json</a>,',
      'or <code>fauxsphere coverage --json</code>.</p>',
      '<h2>Automation API</h2>',
      ...byService(coverage.automation),
      '<h2>VI JSON</h2>',
      ...[...grouped(coverage.viJson, ({ type }) => type)].map(([type, own]) =>
        section(
          type,
          own.filter(({ implemented }) => implemented).length,
          own.length,
          ['Method', 'vi-json'],
          own.map(({ method, implemented }) => [
            `<code>${escaped(method)}</code>`,
            state(implemented ? 'implemented' : 'unsupported'),
          ]),
        ),
      ),
    ].join('\n'),
  )
}

const byService = (rows: readonly OperationCoverage[]): readonly string[] =>
  [...grouped(rows, ({ service }) => service)].map(([service, own]) =>
    section(
      service,
      own.filter(({ doors }) => doors['json-rpc'] === 'implemented').length,
      own.length,
      ['Operation', ...DOORS],
      own.map((row) => [linked(row), ...DOORS.map((door) => state(row.doors[door]))]),
    ),
  )

/** Closed, so that the page is a list of services first. */
function section(
  title: string,
  done: number,
  all: number,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`
  return `<details class="${done > 0 ? 'some' : 'none'}"><summary><code>${escaped(title)}</code> ${done} of ${all}</summary><table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table></details>`
}

const state = (name: string) => `<span class="${name}">${name}</span>`

/** A link to where the operation can be tried. */
function linked({ service, operation, doors }: OperationCoverage): string {
  const name = `<code>${escaped(operation)}</code>`
  const found = operationOf(service, operation)
  if (!found?.rest) return name
  const { title } = areas.find((each) => each.name === areaOf(found).name) ?? {}
  const tag = tagOf(found, doors['/api'] === 'implemented')
  const target = `/docs?urls.primaryName=${encodeURIComponent(`REST: ${title}`)}#/${tag}/${operationIdOf(found)}`
  return `<a href="${escaped(target)}">${name}</a>`
}
