import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { DEFAULT_PERMISSIONS } from '#vsphere/authorization/permissions.js'
import { ROLE } from '#vsphere/authorization/roles.js'
import { createFolder } from '#vsphere/folder/build.js'
import { createServiceLab, type ServiceLab } from './testing.js'

/** The administrator may do everything but see one object and what is below it. */
const hide = (lab: ServiceLab, type: 'ClusterComputeResource' | 'Folder', id: string) =>
  lab.act(({ tx }) => {
    tx.set('Folder', 'group-d1', { permission: DEFAULT_PERMISSIONS })
    const permission = data('Permission', {
      entity: tx.ref(id),
      principal: 'VSPHERE.LOCAL\\Administrator',
      group: false,
      roleId: ROLE.noAccess,
      propagate: true,
    })
    tx.set(type, id, { permission: [permission] })
  })

describe('a list', () => {
  it('shows what the caller may read; to ask for more is UNAUTHORIZED', async () => {
    const lab = createServiceLab()
    const { cluster } = lab
    hide(lab, 'ClusterComputeResource', cluster)
    expect(await lab.invoke('com.vmware.vcenter.cluster', 'list', {})).toEqual([])
    expect(await lab.invoke('com.vmware.vcenter.host', 'list', {})).toEqual([])
    expect(await lab.invoke('com.vmware.vcenter.datacenter', 'list', {})).toHaveLength(1)
    const error = await lab.error('com.vmware.vcenter.cluster', 'get', { cluster })
    expect(error).toMatchObject({
      type: 'UNAUTHORIZED',
      messages: [{ id: 'vapi.authz.error.no.privs', args: [expect.stringContaining('System.Read')] }],
    })
  })

  it('of more than an operation gives at once is refused; what one may not read does not count', async () => {
    const lab = createServiceLab()
    const vmFolder = lab.sandbox.inventory.read.ref(lab.vmFolder)
    const below = lab.act((ctx) => {
      const web = createFolder(ctx, vmFolder, 'web')
      for (let number = 1; number <= 1000; number++) createFolder(ctx, web, `folder ${number}`)
      return web.value
    })
    const list = { filter: { parent_folders: [below] } }
    expect(await lab.invoke('com.vmware.vcenter.folder', 'list', list)).toHaveLength(1000)
    const error = await lab.error('com.vmware.vcenter.folder', 'list')
    expect(error).toMatchObject({
      type: 'UNABLE_TO_ALLOCATE_RESOURCE',
      messages: [
        {
          default_message: 'Too many folders. Add more filter criteria to reduce the number.',
          id: 'com.vmware.api.vcenter.folder.list.too_many_matches',
        },
      ],
    })
    hide(lab, 'Folder', below)
    expect(await lab.invoke('com.vmware.vcenter.folder', 'list', {})).toHaveLength(5)
  })

  it('is the same answer while nothing changes, and of the same summaries where nothing did', async () => {
    const lab = createServiceLab()
    const list = () => lab.invoke('com.vmware.vcenter.host', 'list', {})
    const [host = ''] = lab.hosts
    const first = await list()
    expect(await list()).toBe(first)
    lab.task('HostSystem', host, 'DisconnectHost_Task', {})
    const second = await list()
    expect(second).toHaveLength(2)
    expect(second[0]).toMatchObject({ host, connection_state: 'DISCONNECTED' })
    expect(second[1]).toBe(first[1])
  })
})
