import { describe, expect, it } from 'vitest'
import { createRouter } from './router.js'

const route = (method: string, path: string, target: string, dispatch: Record<string, string> = {}) => ({
  method,
  path,
  dispatch: Object.entries(dispatch).map(([name, value]) => ({ name, value })),
  target,
})

const router = createRouter([
  route('GET', '/vcenter/vm', 'list'),
  route('POST', '/vcenter/vm', 'create'),
  route('POST', '/vcenter/vm', 'clone', { action: 'clone' }),
  route('POST', '/vcenter/vm', 'clone$task', { action: 'clone', 'vmw-task': 'true' }),
  route('GET', '/vcenter/vm/{vm}', 'get'),
  route('POST', '/vcenter/vm/{vm}/power', 'start', { action: 'start' }),
  route('GET', '/tag/id:{tag}', 'tag'),
  route('GET', '/content/item/{item}/file', 'files'),
  route('GET', '/content/item/session/{session}', 'session'),
])

const find = (method: string, url: string) => {
  const [path = '', query = ''] = url.split('?')
  return router.find(method, path, new URLSearchParams(query))
}

describe('routes of an API with dispatch parameters', () => {
  it.each([
    ['GET', '/vcenter/vm', 'list', {}],
    ['POST', '/vcenter/vm', 'create', {}],
    ['POST', '/vcenter/vm?action=clone', 'clone', {}],
    ['POST', '/vcenter/vm?vmw-task=true&action=clone', 'clone$task', {}],
    ['GET', '/vcenter/vm/vm-12', 'get', { vm: 'vm-12' }],
    ['GET', '/vcenter/vm/a%2Fb', 'get', { vm: 'a/b' }],
    ['POST', '/vcenter/vm/vm-12/power?action=start&x=y', 'start', { vm: 'vm-12' }],
    ['GET', '/tag/id:urn%3Ax', 'tag', { tag: 'urn:x' }],
    ['GET', '/content/item/session/5', 'session', { session: '5' }],
    ['GET', '/content/item/5/file', 'files', { item: '5' }],
    ['GET', '/content/item/session/file', 'session', { session: 'file' }],
  ])('%s %s is %s', (method, url, target, variables) => {
    expect(find(method, url)).toEqual({ target, variables })
  })

  it('tells a known path with another method or action from an unknown one', () => {
    expect(find('DELETE', '/vcenter/vm')).toBe('elsewhere')
    expect(find('POST', '/vcenter/vm/vm-1/power?action=fly')).toBe('elsewhere')
    expect(find('POST', '/vcenter/vm?action=fly')).toBe('elsewhere')
    expect(find('GET', '/tag/5')).toBe('elsewhere')
    expect(find('GET', '/vcenter')).toBeUndefined()
    expect(find('GET', '/vcenter/vm/')).toBeUndefined()
    expect(find('GET', '/vcenter/vm/vm-1/power/more')).toBeUndefined()
  })

  it('refuses a segment that is not well encoded', () => {
    expect(() => find('GET', '/vcenter/vm/%E0%A4%A')).toThrow(URIError)
  })

  it('does not accept two routes for one request', () => {
    const twice = [route('GET', '/a/{x}', '1'), route('GET', '/a/{y}', '2')]
    expect(() => createRouter(twice)).toThrow('Two routes for GET /a/{y}')
  })
})
