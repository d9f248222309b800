import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { apiRoutes } from './api-routes.js'
import { legacyPath } from './legacy-path.js'
import { releaseIndex } from './release.js'
import { operation, operations, structure } from './schema.js'
import type { Dispatch, Operation, QueryParameter } from './types.js'

interface Described {
  readonly text: string
  readonly path: string
  /** Names, `?` behind what may be left out. */
  readonly query: readonly string[]
  /** Undefined where the source does not list the members. */
  readonly body: readonly string[] | undefined
  readonly source: string
}

const list = (text: string | undefined) => (text ? text.split(',') : [])
const rows = readFileSync(new URL('./described-endpoints.tsv', import.meta.url), 'utf8')
const described: readonly Described[] = rows
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => {
    const [method = '', target = '', query, body, source = ''] = line.split('\t')
    const [path = '', fixed] = target.split('?')
    return {
      text: request(method, path, fixed ? fixed.split('&') : []),
      path,
      query: list(query),
      body: body === '*' ? undefined : list(body),
      source,
    }
  })

/** One text for a request whatever its path variables are called and its query's order is. */
function request(method: string, path: string, fixed: readonly string[]): string {
  const query = [...fixed].sort().join('&')
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}${query ? `?${query}` : ''}`
}
const fixedQuery = (dispatch: readonly Dispatch[]) =>
  dispatch.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))

const all = [...operations()]
const apiForms = new Map(
  all.flatMap((each) =>
    each.rest
      ? [
          [
            request(each.rest.method, `/api${each.rest.path}`, fixedQuery(each.rest.dispatch)),
            { operation: each, rest: each.rest },
          ] as const,
        ]
      : [],
  ),
)
const legacyForms = new Map(
  all.flatMap((each) =>
    legacyPath(each).map(
      (form) =>
        [
          request(form.method, `/rest${form.path}`, fixedQuery(form.dispatch)),
          { operation: each, form },
        ] as const,
    ),
  ),
)
const api = described.filter(({ path }) => path.startsWith('/api/'))
const legacy = described.filter(({ path }) => path.startsWith('/rest/'))
/** Described by a server of 7.0.3 or 8.0.2, with queries and bodies. */
const byServer = ({ source }: Described) => /^(7\.0\.3|8\.0\.2)/.test(source)
const variables = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)

const field = ({ input }: Operation, { parameter, field: name }: QueryParameter) => {
  const outer = input.byName.get(parameter)
  if (!outer || name === undefined || outer.type.kind !== 'structure') return outer
  return structure(outer.type.name)?.byName.get(name)
}
/** As the description would have it: what the described release has, `?` behind what may be left out. */
function queryNames(each: Operation, query: readonly QueryParameter[]): readonly string[] {
  const known = releaseIndex('8.0.2.0')
  return query
    .filter((parameter) => (field(each, parameter)?.since ?? 0) <= known)
    .map((parameter) => {
      const may = field(each, parameter)?.optional || each.input.byName.get(parameter.parameter)?.optional
      return parameter.name + (may ? '?' : '')
    })
}

describe('the forms on /api', () => {
  it('are different for all operations, and the routes are the same', () => {
    expect(apiForms.size).toBe(all.length)
    const routes = [...apiRoutes()].map((route) => [
      request(route.method, `/api${route.path}`, fixedQuery(route.dispatch)),
      `${route.service}/${route.operation} ${route.since}`,
    ])
    expect(routes).toEqual(
      [...apiForms].map(
        ([
          text,
          {
            operation: { service, id, since },
          },
        ]) => [text, `${service}/${id} ${since}`],
      ),
    )
  })

  it('are those that servers describe, but for what 9.1 does not have any more', () => {
    const missing = api.filter((row) => byServer(row) && !apiForms.has(row.text)).map(({ text }) => text)
    const gone = /^\w+ \/api\/(stats|hvc|appliance\/vcenter\/settings|vapi\/vcenter\/activation)\b/
    expect(missing.filter((text) => !gone.test(text))).toEqual(['GET /api/content/library/item'])
    expect(missing).toHaveLength(42)
  })

  it('are those that are documented by path, but for missing vmw-task=true', () => {
    const missing = api.filter((row) => !byServer(row) && !apiForms.has(row.text)).map(({ text }) => text)
    const asTask = (text: string) => apiForms.has(`${text}${text.includes('?') ? '&' : '?'}vmw-task=true`)
    expect(missing.filter((text) => !asTask(text))).toEqual([
      'POST /api/content/library/{}/usages?action=add',
    ])
  })

  it('name path variables as servers do', () => {
    const different = api.filter(byServer).filter(({ text, path }) => {
      const form = apiForms.get(text)
      return form && variables(path).join() !== form.rest.pathVariables.join()
    })
    expect(different).toEqual([])
  })

  it('take the query parameters that servers describe', () => {
    const different = api.filter(byServer).flatMap(({ text, query }) => {
      const form = apiForms.get(text)
      if (!form) return []
      const mine = queryNames(form.operation, form.rest.query)
      return [...mine].sort().join() === [...query].sort().join() ? [] : [`${text}: ${query} | ${mine}`]
    })
    expect(different).toEqual([
      // 9.1 has more parameters and says of few since when.
      'GET /api/appliance/update/pending/{}:  | component?',
      'GET /api/vcenter/namespaces-user/namespaces:  | username?,groups?',
      // 9.1 has another name.
      'GET /api/vcenter/ovf/import-flag: rp | resource_pool',
      // 9.1 asks for a field that 7.0.3 did without.
      'GET /api/vcenter/storage/policies/compliance/vm: status?,vms? | status,vms?',
      'GET /api/vcenter/storage/policies/entities/compliance: status? | status',
      // A classic operation: its token is in the body beside the specification, as on /rest.
      'POST /api/vcenter/content/registries/harbor: client_token? | ',
    ])
  })

  it('take the body members that servers describe', () => {
    const different = api.filter(byServer).flatMap(({ text, body }) => {
      const form = apiForms.get(text)
      if (!form || !body) return []
      const mine = bodyMembers(form.operation)
      return body.every((name) => mine.includes(name.replace('?', ''))) && !body.length === !mine.length
        ? []
        : [`${text}: ${body} | ${mine}`]
    })
    expect(different).toEqual([
      'POST /api/appliance/update/pending/{}?action=precheck:  | component',
      'POST /api/appliance/update/pending/{}?action=stage:  | component',
      // The body of a token request is form data there.
      'POST /api/vcenter/authentication/token:  | grant_type,resource,audience,scope,requested_token_type,subject_token,subject_token_type,actor_token,actor_token_type',
    ])
  })

  const bodyMembers = ({ rest, input }: Operation): readonly string[] => {
    if (!rest || rest.body.kind === 'none') return []
    const known = releaseIndex('8.0.2.0')
    const names =
      rest.body.kind === 'object' ? rest.body.parameters.map((name) => input.byName.get(name)) : undefined
    const type = rest.body.kind === 'parameter' ? input.byName.get(rest.body.parameter)?.type : undefined
    const fields = names ?? (type?.kind === 'structure' ? structure(type.name)?.fields : undefined) ?? []
    return fields.flatMap((each) => (each && each.since <= known ? [each.name] : []))
  }
})

describe('the forms on /rest', () => {
  it('are those that servers describe, but for services that are not in the language', () => {
    const missing = legacy.filter((row) => !legacyForms.has(row.text)).map(({ text }) => text)
    const others =
      /^\w+ \/rest\/(hvc|appliance\/vmon|com\/vmware\/(cis\/data|contentinternal|vapi\/(rest|vcenter))|vcenter\/(cluster\/modules|certificate-authority))\b/
    expect(missing.filter((text) => !others.test(text))).toEqual([])
    expect(legacy.length - missing.length).toBe(504)
  })

  it('name path variables and query parameters as servers do', () => {
    const different = legacy.flatMap(({ text, path, query }) => {
      const found = legacyForms.get(text)
      if (!found) return []
      const mine = queryNames(found.operation, found.form.query)
      const same =
        variables(path).join() === found.form.pathVariables.join() &&
        [...mine].sort().join() === [...query].sort().join()
      return same ? [] : [`${path} ${query} | ${found.form.path} ${mine}`]
    })
    expect(different).toEqual([
      '/rest/appliance/update/pending/{version}  | /appliance/update/pending/{version} component?',
      '/rest/vcenter/storage/policies/compliance/vm filter.status?,filter.vms? | /vcenter/storage/policies/compliance/vm filter.status,filter.vms?',
      '/rest/vcenter/storage/policies/entities/compliance filter.status? | /vcenter/storage/policies/entities/compliance filter.status',
    ])
  })

  it('take the body members that servers describe, under their own names', () => {
    const different = legacy.flatMap(({ text, body }) => {
      const form = legacyForms.get(text)?.form
      if (!form || !body) return []
      const names = body.map((name) => name.replace('?', ''))
      return names.join() === form.body.join() ? [] : [`${text}: ${names} | ${form.body}`]
    })
    expect(different.filter((text) => !text.includes('/appliance/update/pending/'))).toEqual([])
    expect(different).toHaveLength(5)
  })

  it('do not exist for services that came with /api', () => {
    const found = operation('com.vmware.vcenter.namespace_management.clusters', 'list')
    expect(found && legacyPath(found)).toEqual([])
  })

  it('are two for the session that govmomi and older scripts ask for', () => {
    const found = operation('com.vmware.cis.session', 'get')
    expect(found && legacyPath(found).map(({ method, dispatch }) => [method, dispatch])).toEqual([
      ['POST', [{ name: '~action', value: 'get' }]],
      ['GET', []],
    ])
  })
})
