import { type BenchServer, call } from './server.js'

export const RELEASE = '/sdk/vim25/8.0.3.0'

/** A request, to be sent many times. */
export interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Ref {
  readonly _typeName: 'ManagedObjectReference'
  readonly value: string
  readonly type: string
}

export const ref = (type: string, value: string): Ref => ({
  _typeName: 'ManagedObjectReference',
  value,
  type,
})

export async function invoke<R>(
  server: BenchServer,
  type: string,
  id: string,
  method: string,
  args: object = {},
): Promise<R> {
  const { body } = await call(`${server.url}${RELEASE}/${type}/${id}/${method}`, 'POST', args, server.token)
  return (body === '' ? undefined : JSON.parse(body)) as R
}

/** A view of all VMs, and their references. */
export async function vmView(server: BenchServer): Promise<{ view: Ref; vms: readonly Ref[] }> {
  const view = await invoke<Ref>(server, 'ViewManager', 'ViewManager', 'CreateContainerView', {
    container: ref('Folder', 'group-d1'),
    type: ['VirtualMachine'],
    recursive: true,
  })
  const { body } = await call(
    `${server.url}${RELEASE}/ContainerView/${encodeURIComponent(view.value)}/view`,
    'GET',
    undefined,
    server.token,
  )
  return { view, vms: JSON.parse(body) as Ref[] }
}

const propertySpec = (pathSet: readonly string[] | 'all') => ({
  _typeName: 'PropertySpec',
  type: 'VirtualMachine',
  ...(pathSet === 'all' ? { all: true } : { pathSet }),
})

/** RetrieveProperties of one VM, or of everything in a view; never paged. */
export function retrieve(target: Ref, pathSet: readonly string[] | 'all'): Request {
  const through = {
    _typeName: 'TraversalSpec',
    name: 'view',
    type: 'ContainerView',
    path: 'view',
    skip: false,
  }
  const objectSpec =
    target.type === 'ContainerView'
      ? { _typeName: 'ObjectSpec', obj: target, skip: true, selectSet: [through] }
      : { _typeName: 'ObjectSpec', obj: target }
  return {
    method: 'POST',
    path: `${RELEASE}/PropertyCollector/propertyCollector/RetrieveProperties`,
    body: JSON.stringify({
      specSet: [
        { _typeName: 'PropertyFilterSpec', propSet: [propertySpec(pathSet)], objectSet: [objectSpec] },
      ],
    }),
  }
}

/** A request to the Automation API. */
export const api = (path: string): Request => ({ method: 'GET', path: `/api${path}` })

export const property = (target: Ref, name: string): Request => ({
  method: 'GET',
  path: `${RELEASE}/${target.type}/${encodeURIComponent(target.value)}/${name}`,
})
