import { describe, expect, it } from 'vitest'
import { createFauxsphere } from '#app/fauxsphere.js'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** What one step did and was answered: ids that a step made are kept under a name for the steps after it. */
interface Step {
  readonly what: string
  readonly api: readonly [method: Method, path: string, body?: object | undefined]
  readonly rest: readonly [method: Method, path: string, body?: object | undefined]
  /** Keeps the answer, an id, as `{keep}` for later paths and bodies. */
  readonly keep?: string
}

const CATEGORY = { name: 'Tier', description: '', cardinality: 'SINGLE', associable_types: [] }
const TAG = { name: 'gold', description: '', category_id: '{category}' }
const OBJECT = { object_id: { type: 'VirtualMachine', id: '{vm}' } }
const VM = {
  name: 'story',
  guest_OS: 'OTHER_LINUX_64',
  placement: { folder: '{folder}', cluster: '{cluster}', datastore: '{datastore}' },
  cpu: { count: 2 },
}

/** The same path on both doors, as for all of vcenter. */
const both = (what: string, method: Method, path: string, body?: object, keep?: string): Step => {
  const [route = '', query] = path.split('?')
  const legacy = query ? `${route}?${query.replace(/(^|&)(?!~)/g, '$1filter.')}` : route
  return {
    what,
    api: [method, `/api/vcenter/${path}`, body],
    rest: [method, `/rest/vcenter/${legacy}`, body && { spec: body }],
    ...(keep === undefined ? {} : { keep }),
  }
}

const power = (change: string): Step => ({
  what: change,
  api: ['POST', `/api/vcenter/vm/{vm}/power?action=${change}`],
  rest: ['POST', `/rest/vcenter/vm/{vm}/power/${change}`],
})

const tagging = (
  what: string,
  method: Method,
  path: string,
  body?: object,
  wrapped = body,
  keep?: string,
): Step => {
  const [route = '', action] = path.split('?action=')
  const legacy = route.replace(/\/(\{\w+\})$/, '/id:$1') + (action === undefined ? '' : `?~action=${action}`)
  return {
    what,
    api: [method, `/api/cis/tagging/${path}`, body],
    rest: [method, `/rest/com/vmware/cis/tagging/${legacy}`, wrapped],
    ...(keep === undefined ? {} : { keep }),
  }
}

const STORY: readonly Step[] = [
  both('folders', 'GET', 'folder?type=VIRTUAL_MACHINE'),
  both('clusters', 'GET', 'cluster'),
  both('hosts', 'GET', 'host?connection_states=CONNECTED'),
  both('datastores', 'GET', 'datastore'),
  both('networks', 'GET', 'network?types=STANDARD_PORTGROUP'),
  both('pools', 'GET', 'resource-pool'),
  both('a new datacenter', 'POST', 'datacenter', { name: 'Story', folder: 'group-d1' }, 'datacenter'),
  both('the datacenter', 'GET', 'datacenter/{datacenter}'),
  both('the same again', 'POST', 'datacenter', { name: 'Story', folder: 'group-d1' }),
  both('no datacenter any more', 'DELETE', 'datacenter/{datacenter}'),
  both('the datacenter that is gone', 'GET', 'datacenter/{datacenter}'),
  both('a new VM', 'POST', 'vm', VM, 'vm'),
  both('VMs', 'GET', 'vm?names=story&names=smp-ft-demo'),
  both('the VM', 'GET', 'vm/{vm}'),
  both('its power', 'GET', 'vm/{vm}/power'),
  power('start'),
  power('start'),
  both('its power when on', 'GET', 'vm/{vm}/power'),
  power('stop'),
  both('its memory', 'PATCH', 'vm/{vm}/hardware/memory', { size_MiB: 2048 }),
  both('its memory, read', 'GET', 'vm/{vm}/hardware/memory'),
  both('its disks', 'GET', 'vm/{vm}/hardware/disk'),
  both('a disk that is not there', 'GET', 'vm/{vm}/hardware/disk/2099'),
  both('a VM that is not there', 'GET', 'vm/vm-404/power'),
  both('a state that is none', 'GET', 'vm?power_states=ASLEEP'),
  tagging('a category', 'POST', 'category', CATEGORY, { create_spec: CATEGORY }, 'category'),
  tagging('a category again', 'POST', 'category', CATEGORY, { create_spec: CATEGORY }),
  tagging('a tag', 'POST', 'tag', TAG, { create_spec: TAG }, 'tag'),
  tagging('the tag', 'GET', 'tag/{tag}'),
  tagging('on the VM', 'POST', 'tag-association/{tag}?action=attach', OBJECT),
  tagging('what is tagged', 'POST', 'tag-association/{tag}?action=list-attached-objects'),
  both('no VM any more', 'DELETE', 'vm/{vm}'),
  tagging('what is tagged now', 'POST', 'tag-association/{tag}?action=list-attached-objects'),
  tagging('no category any more', 'DELETE', 'category/{category}'),
  tagging('tags', 'GET', 'tag'),
]

/** What a step was answered with, whatever the door wraps it in; maps as objects. */
interface Told {
  readonly what: string
  readonly ok: boolean
  readonly answer: unknown
}

async function tell(door: 'api' | 'rest'): Promise<readonly Told[]> {
  const vc = await createFauxsphere({
    port: 0,
    tls: false,
    clock: { rate: 0 },
    randomSeed: 'story',
    logLevel: 'silent',
  })
  try {
    const session = await vc.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: {
        authorization: `Basic ${Buffer.from('administrator@vsphere.local:VMware1!').toString('base64')}`,
      },
    })
    const { read } = vc.sandbox.inventory
    const first = (type: 'ClusterComputeResource' | 'Datastore') => [...read.ids(type)].at(-1) ?? ''
    const names = new Map([
      ['cluster', first('ClusterComputeResource')],
      ['datastore', first('Datastore')],
      ['folder', [...read.ids('Datacenter')].map((id) => read.get('Datacenter', id).vmFolder.value)[0] ?? ''],
    ])
    const named = (text: string) =>
      text.replace(/\{(\w+)\}/g, (hole, name: string) => names.get(name) ?? hole)
    const told: Told[] = []
    for (const {
      what,
      keep,
      [door]: [method, path, body],
    } of STORY) {
      const answer = await vc.app.inject({
        method,
        url: named(path),
        headers: {
          'vmware-api-session-id': session.json<string>(),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { payload: named(JSON.stringify(body)) } : {}),
      })
      const ok = answer.statusCode < 300
      const value = answer.payload === '' ? undefined : answer.json<unknown>()
      const plain = door === 'api' ? value : asObjects((value as { value?: unknown } | undefined)?.value)
      if (keep !== undefined) names.set(keep, String(plain))
      told.push({ what, ok, answer: plain })
    }
    return told
  } finally {
    await vc.close()
  }
}

/** `/rest` writes maps as lists of entries (rest-wire 1.4), and names fields of filters as its clients do. */
function asObjects(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\bfilter\.(?=\w)/g, '')
  if (Array.isArray(value)) {
    const entries = value as readonly { key?: unknown; value?: unknown }[]
    const isMap = entries.length > 0 && entries.every((one) => one?.key !== undefined && 'value' in one)
    return isMap
      ? Object.fromEntries(entries.map((one) => [one.key, asObjects(one.value)]))
      : value.map(asObjects)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asObjects(member)]))
}

const REFUSED = [
  'the same again',
  'the datacenter that is gone',
  'start',
  'a disk that is not there',
  'a VM that is not there',
  'a state that is none',
  'a category again',
]

describe('plain HTTP', () => {
  it('tells the same story over /api and over /rest', { timeout: 120_000 }, async () => {
    const api = await tell('api')
    const rest = await tell('rest')
    expect(api.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual(REFUSED)
    expect(rest.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual(REFUSED)
    for (const [at, one] of api.entries()) {
      const { answer } = rest[at] ?? {}
      if (EMPTY_MAPS.has(one.what)) expect(withoutEmpty(answer), one.what).toEqual(withoutEmpty(one.answer))
      else expect(answer, one.what).toEqual(one.answer)
    }
  })
})

/** Where the two differ in how they write a map without entries: `[]` and `{}`. */
const EMPTY_MAPS: ReadonlySet<string> = new Set(['the VM'])

function withoutEmpty(value: unknown): unknown {
  return Object.fromEntries(
    Object.entries(value as object).filter(
      ([, member]) => JSON.stringify(member) !== '[]' && JSON.stringify(member) !== '{}',
    ),
  )
}
