import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { createDvsLab, member } from './testing.js'

const MANAGER = ['DistributedVirtualSwitchManager', 'DVSManager'] as const
const ids = (refs: unknown) => (refs as readonly ManagedObjectReference[]).map(({ value }) => value)
const product = (version: string) => data('DistributedVirtualSwitchProductSpec', { version })

function lab() {
  const world = createDvsLab({ hosts: ['8.0.3', '7.0.3'] })
  const { read } = world.sandbox.inventory
  const first = read.ref(world.hosts[0] ?? '')
  const dvs = world.createDvs({ host: [member('add', first)] })
  const manager = (method: string, args: object = {}) => world.call(...MANAGER, method, args)
  return { world, dvs, manager, datacenter: read.ref(world.datacenter), cluster: read.ref(world.cluster) }
}

describe('DistributedVirtualSwitchManager', () => {
  it('knows the versions of switches and the hosts that they need', () => {
    const { world, manager, datacenter, cluster } = lab()
    const versions = (manager('QueryAvailableDvsSpec') as { version: string }[]).map(({ version }) => version)
    expect(versions).toEqual(['8.0.3', '8.0.0', '7.0.3', '7.0.2', '7.0.0', '6.6.0'])
    expect(manager('QueryAvailableDvsSpec', { recommended: true })).toMatchObject([{ version: '8.0.3' }])
    expect(manager('QueryDvsCompatibleHostSpec', { switchProductSpec: product('7.0.3') })).toMatchObject([
      { productLineId: 'esx', version: '7.0.3+' },
      { productLineId: 'embeddedEsx' },
    ])
    expect(manager('QueryDvsFeatureCapability', { switchProductSpec: product('8.0.3') })).toMatchObject({
      networkResourceManagementSupported: true,
    })
    const hosts = (version: string) =>
      ids(
        manager('QueryCompatibleHostForNewDvs', {
          container: datacenter,
          recursive: true,
          switchProductSpec: product(version),
        }),
      )
    expect(hosts('8.0.3')).toEqual([world.hosts[0]])
    expect(hosts('7.0.3')).toEqual([...world.hosts])
    const results = manager('QueryDvsCheckCompatibility', {
      hostContainer: data('DistributedVirtualSwitchManagerHostContainer', {
        container: cluster,
        recursive: true,
      }),
      dvsProductSpec: data('DistributedVirtualSwitchManagerDvsProductSpec', {
        newSwitchProductSpec: product('8.0.0'),
      }),
    })
    expect(results).toMatchObject([
      { host: { value: world.hosts[0] } },
      { host: { value: world.hosts[1] }, error: [{ fault: { _typeName: 'NotSupportedHostInDvs' } }] },
    ])
  })

  it('finds hosts that could join, switches and port groups', () => {
    const { world, dvs, manager, datacenter } = lab()
    const old = world.createDvs({ name: 'Old' }, '7.0.0')
    const joinable = (id: string) =>
      ids(
        manager('QueryCompatibleHostForExistingDvs', {
          container: datacenter,
          recursive: true,
          dvs: world.sandbox.inventory.read.ref(id),
        }),
      )
    expect(joinable(dvs)).toEqual([])
    expect(joinable(old)).toEqual([...world.hosts])
    const uuid = world.get<string>('VmwareDistributedVirtualSwitch', dvs, 'uuid')
    expect(manager('QueryDvsByUuid', { uuid })).toMatchObject({ value: dvs })
    expect(world.fault(...MANAGER, 'QueryDvsByUuid', { uuid: 'no' })._typeName).toBe('NotFound')
    const group = world.createGroup(dvs, 'PG')
    const lookup = { switchUuid: uuid, portgroupKey: group }
    expect(manager('DVSManagerLookupDvPortGroup', lookup)).toMatchObject({ value: group })
    expect(
      world.fault(...MANAGER, 'DVSManagerLookupDvPortGroup', { ...lookup, portgroupKey: 'x' })._typeName,
    ).toBe('NotFound')
    const host = world.sandbox.inventory.read.ref(world.hosts[0] ?? '')
    expect(manager('QueryDvsConfigTarget', { host })).toMatchObject({
      distributedVirtualSwitch: [{ switchName: 'VDS', switchUuid: uuid }],
      distributedVirtualPortgroup: [{ uplinkPortgroup: true }, { portgroupName: 'PG', portgroupKey: group }],
    })
    const task = world.task(...MANAGER, 'RectifyDvsOnHost_Task', { hosts: [host] })
    expect(task.state).toBe('success')
  })
})
