import { describe, expect, it } from 'vitest'
import { loadSeed } from './load.js'
import { built } from './testing.js'

type Read = ReturnType<typeof built>

function pathsOf(read: Read): readonly string[] {
  const path = (id: string): string => {
    const { name, parent } = read.get('ManagedEntity', id)
    return parent ? `${path(parent.value)}/${name}` : ''
  }
  return [
    'Folder',
    'Datacenter',
    'ComputeResource',
    'HostSystem',
    'ResourcePool',
    'Network',
    'Datastore',
    'DistributedVirtualSwitch',
    'VirtualMachine',
  ]
    .flatMap((type) => [...read.ids(type as 'Folder')])
    .map(path)
    .filter((each) => each !== '')
    .sort()
}

const vcsim = (set: Record<string, number | boolean> = {}) =>
  built(
    loadSeed('vcsim', Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)]))),
  )

/** What `govc find /` lists of the default model of the original, without pools' own names below hosts. */
const DEFAULT = `
/DC0
/DC0/datastore
/DC0/datastore/LocalDS_0
/DC0/host
/DC0/host/DC0_C0
/DC0/host/DC0_C0/DC0_C0_H0
/DC0/host/DC0_C0/DC0_C0_H1
/DC0/host/DC0_C0/DC0_C0_H2
/DC0/host/DC0_C0/Resources
/DC0/host/DC0_H0
/DC0/host/DC0_H0/DC0_H0
/DC0/host/DC0_H0/Resources
/DC0/network
/DC0/network/DC0_DVPG0
/DC0/network/DVS0
/DC0/network/DVS0-DVUplinks-8
/DC0/network/VM Network
/DC0/vm
/DC0/vm/DC0_C0_RP0_VM0
/DC0/vm/DC0_C0_RP0_VM1
/DC0/vm/DC0_H0_VM0
/DC0/vm/DC0_H0_VM1`

/** The same with `-dc 2 -folder 1 -host 1 -pool 2 -app 1 -vm 1 -pod 1 -pg 2 -pg-nsx 1 -nsx 1`, the second datacenter of it. */
const IN_A_FOLDER = `
/F0/DC1
/F0/DC1/datastore
/F0/DC1/datastore/DC1_POD0
/F0/DC1/datastore/F0
/F0/DC1/datastore/F0/LocalDS_0
/F0/DC1/host
/F0/DC1/host/F0
/F0/DC1/host/F0/DC1_C0
/F0/DC1/host/F0/DC1_C0/DC1_C0_H0
/F0/DC1/host/F0/DC1_C0/Resources
/F0/DC1/host/F0/DC1_C0/Resources/DC1_C0_APP0
/F0/DC1/host/F0/DC1_C0/Resources/DC1_C0_RP1
/F0/DC1/host/F0/DC1_C0/Resources/DC1_C0_RP2
/F0/DC1/host/F0/DC1_H0
/F0/DC1/host/F0/DC1_H0/DC1_H0
/F0/DC1/host/F0/DC1_H0/Resources
/F0/DC1/network
/F0/DC1/network/F0
/F0/DC1/network/F0/DC1_DVPG0
/F0/DC1/network/F0/DC1_DVPG1
/F0/DC1/network/F0/DC1_NSX0
/F0/DC1/network/F0/DC1_NSXPG0
/F0/DC1/network/F0/DC1_NSXPG1
/F0/DC1/network/F0/DVS0
/F0/DC1/network/F0/DVS0-DVUplinks-8
/F0/DC1/network/VM Network
/F0/DC1/vm
/F0/DC1/vm/F0
/F0/DC1/vm/F0/DC1_C0_APP0_VM0
/F0/DC1/vm/F0/DC1_C0_RP1_VM0
/F0/DC1/vm/F0/DC1_C0_RP2_VM0
/F0/DC1/vm/F0/DC1_H0_VM0`

const lines = (text: string) => text.trim().split('\n')

describe('the seed vcsim', () => {
  it('has the names of the original', () => {
    expect(pathsOf(vcsim())).toEqual(lines(DEFAULT).sort())
  })

  it('has them with every count, in folders too', () => {
    const all = pathsOf(
      vcsim({ dc: 2, folder: 1, host: 1, pool: 2, app: 1, vm: 1, pod: 1, pg: 2, 'pg-nsx': 1, nsx: 1 }),
    )
    const inFolder = lines(IN_A_FOLDER)
    expect(all.filter((path) => path.startsWith('/F0/'))).toEqual(inFolder.toSorted())
    const beside = inFolder.map((path) => path.replaceAll('/F0', '').replaceAll('DC1', 'DC0'))
    expect(all.filter((path) => path.startsWith('/DC0'))).toEqual(
      [...new Set(beside)].filter((path) => path).sort(),
    )
  })

  it('ties networks of NSX to their port groups', () => {
    const read = vcsim({ 'pg-nsx': 1, nsx: 1 })
    const groups = [...read.ids('DistributedVirtualPortgroup')].map(
      (id) => read.get('DistributedVirtualPortgroup', id).config,
    )
    const nsx = groups.filter(({ backingType }) => backingType === 'nsx')
    expect(nsx.map(({ name }) => name)).toEqual(['DC0_NSXPG0', 'DC0_NSXPG1'])
    const [opaque = ''] = read.ids('OpaqueNetwork')
    expect(read.get('OpaqueNetwork', opaque)).toMatchObject({
      name: 'DC0_NSX0',
      host: { length: 4 },
      summary: {
        _typeName: 'OpaqueNetworkSummary',
        accessible: true,
        opaqueNetworkType: 'nsx.LogicalSwitch',
        opaqueNetworkId: nsx[1]?.logicalSwitchUuid,
      },
    })
  })

  it('has vApps that are started with their VMs, and datastore clusters', () => {
    const read = vcsim({ app: 1, pod: 1 })
    const [vApp = ''] = read.ids('VirtualApp')
    expect(read.get('VirtualApp', vApp)).toMatchObject({
      name: 'DC0_C0_APP0',
      vm: { length: 2 },
      summary: { _typeName: 'VirtualAppSummary', vAppState: 'started' },
    })
    const [pod = ''] = read.ids('StoragePod')
    expect(read.get('StoragePod', pod).summary).toMatchObject({ name: 'DC0_POD0' })
  })

  it.each([
    [true, 'poweredOn'],
    [false, 'poweredOff'],
  ])('starts its VMs with autostart %s', (autostart, state) => {
    const read = vcsim({ autostart })
    const states = [...read.ids('VirtualMachine')].map(
      (id) => read.get('VirtualMachine', id).runtime.powerState,
    )
    expect(new Set(states)).toEqual(new Set([state]))
  })

  it('puts VMs on the standard network where there is no other', () => {
    const read = vcsim({ pg: 0 })
    expect(read.count('DistributedVirtualSwitch')).toBe(0)
    const [vm = ''] = read.ids('VirtualMachine')
    const [network] = read.get('VirtualMachine', vm).network ?? []
    expect(read.get('Network', network?.value ?? '').name).toBe('VM Network')
  })
})
