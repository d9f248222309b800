import { describe, expect, it } from 'vitest'
import { IDENTITY_VERSIONS } from '#vsphere/core/identity.js'
import { machineOfVm } from '#world/machine.js'
import { answers } from '#world/reach.js'
import { loadSeed, parseSeed, SHIPPED_SEEDS } from './load.js'
import { built, hosts, lab, NESTED, vms } from './testing.js'

describe('a seed', () => {
  it('becomes hosts, datastores and VMs', () => {
    const read = built(parseSeed(lab(), 'my.yaml'))
    expect(hosts(read).map(({ name }) => name)).toEqual(['m1.lab', 'm2.lab'])
    expect(hosts(read).map(({ datastore }) => datastore?.length)).toEqual([1, 1])
    expect(vms(read).map(({ name }) => name)).toEqual(['first'])
  })

  it('leaves no event and no task', () => {
    const read = built(loadSeed('smp-ft-nested'))
    expect([read.events().size, read.count('Task')]).toEqual([0, 0])
  })

  it('spreads the VMs of a cluster over its hosts, in its pools and folders', () => {
    const read = built(
      parseSeed(
        lab({
          machines: '    - { name: m3, memoryGB: 64, esxi: { hostName: m3.lab } }',
          member: '          - machine: m3',
          cluster: '        pools: [{ name: P, memory: { reservationMB: 1024 } }]',
          vms: '      - { count: 4, name: "vm-${n}", cluster: C, pool: P, folder: a/b, power: "on" }',
        }),
        'my.yaml',
      ),
    )
    const made = vms(read).filter(({ name }) => name.startsWith('vm-'))
    const runningOn = made.map(({ runtime }) => read.get('HostSystem', runtime.host?.value ?? '').name)
    expect(runningOn.toSorted()).toEqual(['m1.lab', 'm1.lab', 'm3.lab', 'm3.lab'])
    expect(new Set(made.map(({ resourcePool }) => resourcePool?.value)).size).toBe(1)
    expect(read.get('Folder', made[0]?.parent?.value ?? '').name).toBe('b')
  })

  it.each(['vms', 'cluster'])('builds a nested host first, wherever its VM is listed: %s', (where) => {
    const vm = `{ name: esx, ${NESTED}`
    const read = built(
      parseSeed(
        lab({
          hosts: '      - { machine: esx, vms: [{ name: inner, power: "on" }] }',
          ...(where === 'vms'
            ? { vms: `      - ${vm}, cluster: C }` }
            : { cluster: `        vms: [${vm} }]` }),
        }),
        'my.yaml',
      ),
    )
    const outer = vms(read).find(({ name }) => name === 'esx')
    expect(outer?.guest).toMatchObject({ ipAddress: '10.0.0.200', toolsRunningStatus: 'guestToolsRunning' })
    expect(hosts(read).find(({ name }) => name === 'esx')?.vm).toHaveLength(1)
  })

  it('has distributed switches with port groups and members', () => {
    const more = [
      '    switches:',
      '      - name: VDS',
      '        version: 7.0.3',
      '        mtu: 9000',
      '        uplinks: 2',
      '        nics: [vmnic1]',
      '        portGroups:',
      '          - { name: Trunk, trunk: [[10, 20]], ports: 3, elastic: false }',
      '          - { name: Any, binding: ephemeral }',
    ].join('\n')
    const nics = 'nics: [{ driver: ixgben, speedMb: 10000 }, { driver: ixgben, speedMb: 10000 }]'
    const text = lab({ datacenter: more }).replaceAll('memoryGB: 64', `memoryGB: 64, ${nics}`)
    const read = built(parseSeed(text, 'my.yaml'))
    const [dvs = ''] = read.ids('DistributedVirtualSwitch')
    const { config, summary } = read.get('DistributedVirtualSwitch', dvs)
    expect(config).toMatchObject({ maxMtu: 9000, productInfo: { version: '7.0.3' }, numPorts: 2 * 2 + 3 })
    expect(summary.numHosts).toBe(2)
    expect(config.host?.[0]?.config.backing).toMatchObject({ pnicSpec: [{ pnicDevice: 'vmnic1' }] })
    const groups = [...read.ids('DistributedVirtualPortgroup')].map((id) =>
      read.get('DistributedVirtualPortgroup', id),
    )
    expect(groups.find(({ name }) => name === 'Trunk')?.config).toMatchObject({
      autoExpand: false,
      defaultPortConfig: { vlan: { vlanId: [{ start: 10, end: 20 }] } },
    })
    expect(groups.find(({ name }) => name === 'Any')?.config.type).toBe('ephemeral')
    expect(() => built(parseSeed(text.replace('7.0.3', '5.5.0'), 'my.yaml'))).toThrow(
      /switches\.0: A switch here is/,
    )
  })

  it('may begin with ESXi in a VM that is too small for it, as long as it is no host', () => {
    const small = NESTED.replace('8192', '2048')
    const read = built(parseSeed(lab({ vms: `      - { name: esx, cluster: C, ${small} }` }), 'my.yaml'))
    const id = [...read.ids('VirtualMachine')].find((vm) => read.get('VirtualMachine', vm).name === 'esx')
    expect(answers(read, machineOfVm(read, id ?? '') ?? '')).toBe(false)
  })
})

describe.each(IDENTITY_VERSIONS)('under vSphere %s', (version) => {
  it.each(SHIPPED_SEEDS)('%s has hosts of that release', (name) => {
    const read = built(loadSeed(name), version)
    const [major, minor] = version.split('.')
    for (const { config, runtime } of hosts(read)) {
      expect(config?.product.version).toMatch(new RegExp(`^${major}\\.${minor}\\.`))
      expect(runtime.connectionState).toBe('connected')
    }
    expect(hosts(read).length).toBe(
      { 'smp-ft-nested': 4, 'physical-lab': 1, vcsim: 4, esx: 1, empty: 0 }[name],
    )
  })

  const GUESTS = {
    '6.0': ['vmkernel6Guest', 'vmx-11'],
    '6.5': ['vmkernel65Guest', 'vmx-13'],
    '6.7': ['vmkernel65Guest', 'vmx-14'],
    '7.0.3': ['vmkernel7Guest', 'vmx-19'],
    '8.0.3': ['vmkernel8Guest', 'vmx-21'],
  }

  it('smp-ft-nested has nested hosts in its words, with fast cards', () => {
    const nested = vms(built(loadSeed('smp-ft-nested'), version)).filter(({ name }) => /^vesxi/.test(name))
    expect(nested).toHaveLength(3)
    for (const { config, guest } of nested) {
      expect([config?.guestId, config?.version]).toEqual(GUESTS[version])
      expect(config?.hardware.device?.filter(({ _typeName }) => _typeName === 'VirtualVmxnet3')).toHaveLength(
        2,
      )
      expect(guest?.toolsRunningStatus).toBe('guestToolsRunning')
    }
  })
})
