import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

const FOLDER = 'com.vmware.vcenter.folder'

function lab() {
  const world = createServiceLab()
  const refs = world.sandbox.inventory.read.get('Datacenter', world.datacenter)
  const made = world.call('Folder', world.vmFolder, 'CreateFolder', { name: 'Web' }) as { value: string }
  const list = (filter?: object) => world.invoke(FOLDER, 'list', filter ? { filter } : {})
  return {
    ...world,
    list,
    web: { folder: made.value, name: 'Web', type: 'VIRTUAL_MACHINE' },
    root: { folder: 'group-d1', name: 'Datacenters', type: 'DATACENTER' },
    own: [
      { folder: refs.vmFolder.value, name: 'vm', type: 'VIRTUAL_MACHINE' },
      { folder: refs.hostFolder.value, name: 'host', type: 'HOST' },
      { folder: refs.datastoreFolder.value, name: 'datastore', type: 'DATASTORE' },
      { folder: refs.networkFolder.value, name: 'network', type: 'NETWORK' },
    ],
  }
}

describe('folders', () => {
  it('are listed with what they are for, the root folder first', async () => {
    const { list, root, own, web } = lab()
    expect(await list()).toEqual([root, ...own, web])
  })

  it('are found by identifier, name, type, parent and datacenter', async () => {
    const { list, root, own, web, vmFolder, datacenter } = lab()
    expect(await list({ folders: ['group-d1', web.folder] })).toEqual([root, web])
    expect(await list({ names: ['Web', 'Datacenters'] })).toEqual([root, web])
    expect(await list({ type: 'VIRTUAL_MACHINE' })).toEqual([own[0], web])
    expect(await list({ type: 'VIRTUAL_MACHINE', names: ['vm'] })).toEqual([own[0]])
    expect(await list({ parent_folders: [vmFolder] })).toEqual([web])
    expect(await list({ parent_folders: ['group-d1'] })).toEqual([])
    expect(await list({ datacenters: [datacenter] })).toEqual([...own, web])
    expect(await list({ datacenters: [datacenter], type: 'DATACENTER' })).toEqual([])
  })
})
