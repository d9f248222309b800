import { describe, expect, it } from 'vitest'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

const DATACENTER = 'com.vmware.vcenter.datacenter'
const add = (lab: ServiceLab, name: string) =>
  lab.invoke(DATACENTER, 'create', { spec: { name, folder: 'group-d1' } })

describe('datacenters', () => {
  it('come with four folders, as vim25 has them', async () => {
    const lab = createServiceLab()
    lab.newEvents()
    const id = await add(lab, 'Paris')
    expect(lab.newEvents()).toContain('DatacenterCreatedEvent')
    const found = await lab.invoke(DATACENTER, 'get', { datacenter: id })
    expect(found).toEqual({
      name: 'Paris',
      datastore_folder: lab.get<{ value: string }>('Datacenter', id, 'datastoreFolder').value,
      host_folder: lab.get<{ value: string }>('Datacenter', id, 'hostFolder').value,
      network_folder: lab.get<{ value: string }>('Datacenter', id, 'networkFolder').value,
      vm_folder: lab.get<{ value: string }>('Datacenter', id, 'vmFolder').value,
    })
  })

  it('are listed by identifier, name and folder', async () => {
    const lab = createServiceLab()
    const paris = await add(lab, 'Paris')
    const both = [
      { datacenter: lab.datacenter, name: 'Lab' },
      { datacenter: paris, name: 'Paris' },
    ]
    expect(await lab.invoke(DATACENTER, 'list', {})).toEqual(both)
    expect(await lab.invoke(DATACENTER, 'list', { filter: { folders: ['group-d1'], names: [] } })).toEqual(
      both,
    )
    expect(
      await lab.invoke(DATACENTER, 'list', { filter: { datacenters: [paris, 'datacenter-99'] } }),
    ).toEqual([both[1]])
    expect(
      await lab.invoke(DATACENTER, 'list', { filter: { datacenters: [paris], names: ['Lab'] } }),
    ).toEqual([])
    expect(await lab.invoke(DATACENTER, 'list', { filter: { folders: [lab.vmFolder] } })).toEqual([])
  })

  it('are made in a folder for datacenters, under a name that is free and not empty', async () => {
    const lab = createServiceLab()
    const before = lab.objects()
    const refused = async (spec: object) => (await lab.error(DATACENTER, 'create', { spec })).type
    expect(await refused({ name: 'Lab', folder: 'group-d1' })).toBe('ALREADY_EXISTS')
    expect(await refused({ name: '', folder: 'group-d1' })).toBe('INVALID_ARGUMENT')
    expect(await refused({ name: 'Paris' })).toBe('INVALID_ARGUMENT')
    expect(await refused({ name: 'Paris', folder: lab.vmFolder })).toBe('INVALID_ARGUMENT')
    expect(await refused({ name: 'Paris', folder: 'group-d99' })).toBe('NOT_FOUND')
    expect(lab.objects()).toEqual(before)
  })

  it('go while they are empty, and with all that is in them by force', async () => {
    const lab = createServiceLab()
    const paris = await add(lab, 'Paris')
    await lab.invoke(DATACENTER, 'delete', { datacenter: paris })
    expect(lab.sandbox.inventory.read.entity(paris)).toBeUndefined()

    const before = lab.objects()
    const refused = await lab.error(DATACENTER, 'delete', { datacenter: lab.datacenter })
    expect(refused.type).toBe('RESOURCE_IN_USE')
    expect(lab.objects()).toEqual(before)
    await lab.invoke(DATACENTER, 'delete', { datacenter: lab.datacenter, force: true })
    expect(await lab.invoke(DATACENTER, 'list', {})).toEqual([])
    expect([...lab.sandbox.inventory.read.ids('HostSystem')]).toEqual([])
  })

  it('that are not there are named without the instance UUID (recorded)', async () => {
    const lab = createServiceLab()
    for (const operation of ['get', 'delete']) {
      const error = await lab.error(DATACENTER, operation, { datacenter: 'datacenter-99' })
      expect(error).toMatchObject({
        type: 'NOT_FOUND',
        messages: [
          {
            args: ['datacenter-99'],
            default_message: "Datacenter with identifier 'datacenter-99' does not exist.",
            id: 'com.vmware.api.vcenter.datacenter.not_found',
          },
        ],
      })
    }
  })
})
