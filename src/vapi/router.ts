import type { Dispatch } from './types.js'

/** One way to reach something over HTTP: `/vcenter/vm/{vm}/power` with `?action=start`. */
export interface Route<T> {
  readonly method: string
  /** Segments are literals, `{variables}`, or variables after a fixed beginning (`id:{tag}`). */
  readonly path: string
  /** Query parameters that must be there, with this value if one is given. */
  readonly dispatch: readonly Dispatch[]
  readonly target: T
}

export interface Match<T> {
  readonly target: T
  readonly variables: Readonly<Record<string, string>>
}

export interface Router<T> {
  /**
   * What a request reaches: of the routes of its path and method whose dispatch parameters it has, the one with the most.
   * `elsewhere` when the path is known but not with this method and these parameters; undefined for an unknown path.
   * Throws URIError for a segment that is not well encoded.
   */
  find(method: string, path: string, query: URLSearchParams): Match<T> | 'elsewhere' | undefined
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>
  variable: Node<T> | undefined
  /** By method; the most specific first. */
  readonly routes: Map<string, Leaf<T>[]>
}

interface Variable {
  readonly name: string
  readonly prefix: string
}

interface Leaf<T> {
  readonly variables: readonly Variable[]
  readonly dispatch: readonly Dispatch[]
  readonly target: T
}

const createNode = <T>(): Node<T> => ({ literals: new Map(), variable: undefined, routes: new Map() })

function variableIn(segment: string): Variable | undefined {
  const [, prefix = '', name] = /^(\w+:)?\{(\w+)\}$/.exec(segment) ?? []
  return name === undefined ? undefined : { name, prefix }
}

/** A tree of path segments; a literal goes before a variable. Two routes for the same request are a mistake. */
export function createRouter<T>(routes: Iterable<Route<T>>): Router<T> {
  const top = createNode<T>()
  /** Names that say which operation is meant: a request that has one is never for an operation without it. */
  const telling = new Set<string>()
  for (const route of routes) {
    add(top, route)
    for (const { name, value } of route.dispatch) if (value !== undefined) telling.add(name)
  }
  return {
    find(method, path, query) {
      const values: string[] = []
      const node = descend(top, path.split('/').slice(1), 0, values)
      if (!node) return undefined
      const leaf = node.routes
        .get(method)
        ?.find(
          ({ dispatch, variables }) =>
            has(query, dispatch) && covers(dispatch, query, telling) && begin(values, variables),
        )
      if (!leaf) return 'elsewhere'
      const variables: Record<string, string> = {}
      for (const [index, { name, prefix }] of leaf.variables.entries())
        variables[name] = decodeURIComponent(values[index] as string).slice(prefix.length)
      return { target: leaf.target, variables }
    },
  }
}

const has = (query: URLSearchParams, dispatch: readonly Dispatch[]) =>
  dispatch.every(({ name, value }) => (value === undefined ? query.has(name) : query.get(name) === value))

const covers = (dispatch: readonly Dispatch[], query: URLSearchParams, telling: ReadonlySet<string>) =>
  [...query.keys()].every((key) => !telling.has(key) || dispatch.some(({ name }) => name === key))

const begin = (values: readonly string[], variables: readonly Variable[]) =>
  variables.every(({ prefix }, index) => decodeURIComponent(values[index] as string).startsWith(prefix))

function add<T>(top: Node<T>, { method, path, dispatch, target }: Route<T>): void {
  let node = top
  const variables: Variable[] = []
  for (const segment of path.split('/').slice(1)) {
    const variable = variableIn(segment)
    if (variable) variables.push(variable)
    node = variable ? variableOf(node) : childOf(node, segment)
  }
  const leaves = node.routes.get(method) ?? []
  const leaf = { variables, dispatch, target }
  const key = (one: Leaf<T>) =>
    one.dispatch
      .map(({ name, value = '' }) => `${name}=${value}`)
      .sort()
      .join('&')
  if (leaves.some((other) => key(other) === key(leaf)))
    throw new Error(`Two routes for ${method} ${path}?${key(leaf)}.`)
  leaves.push(leaf)
  leaves.sort((a, b) => b.dispatch.length - a.dispatch.length)
  node.routes.set(method, leaves)
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  let child = node.literals.get(segment)
  if (!child) {
    child = createNode<T>()
    node.literals.set(segment, child)
  }
  return child
}

function variableOf<T>(node: Node<T>): Node<T> {
  node.variable ??= createNode<T>()
  return node.variable
}

/** The node of a path, trying literals first; fills in what the variables stand for. */
function descend<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  values: string[],
): Node<T> | undefined {
  const segment = segments[at]
  if (segment === undefined) return node.routes.size > 0 ? node : undefined
  const literal = node.literals.get(segment)
  const found = literal && descend(literal, segments, at + 1, values)
  if (found || !node.variable || segment === '') return found
  const before = values.length
  values.push(segment)
  const through = descend(node.variable, segments, at + 1, values)
  if (!through) values.length = before
  return through
}

/** A router per release, an index into RELEASES; each is made when it is first asked for. */
export function routersByRelease<T>(
  routes: (release: number) => Iterable<Route<T>>,
): (release: number) => Router<T> {
  const made = new Map<number, Router<T>>()
  return (release) => {
    const router = made.get(release) ?? createRouter(routes(release))
    made.set(release, router)
    return router
  }
}
