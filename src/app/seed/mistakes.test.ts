import { describe, expect, it } from 'vitest'
import { Refusal } from '../refusal.js'
import { parseSeed } from './load.js'
import { built, hosts, lab, type More, NESTED } from './testing.js'

const nested = (members: string) => `      - { name: esx, cluster: C, ${members} }`

const M3 = '    - { name: m3, memoryGB: 64, esxi: { hostName: m3.lab } }'

describe('what cannot be is a mistake with its line and path', () => {
  it.each<[what: string, more: More, message: RegExp]>([
    // The world.
    [
      'an export twice',
      { exports: '    - { server: NAS, path: /a, capacityGB: 1 }' },
      /^my\.yaml:4 at world\.exports\.1: There is an export NAS:\/a already/,
    ],
    [
      'a subnet twice',
      { subnets: '    - { network: VM Network, netmask: 255.0.0.0, first: 10.0.0.1, last: 10.0.0.2 }' },
      /^my\.yaml:6 at world\.subnets\.1: There is a subnet behind 'VM Network'/,
    ],
    [
      'a subnet that is none',
      { subnets: '    - { network: N, netmask: 255.0.255.0, first: 10.0.0.1, last: 10.0.0.2 }' },
      /subnets\.1: 255\.0\.255\.0 is no netmask/,
    ],
    [
      'an end outside the subnet',
      { subnets: '    - { network: N, netmask: 255.255.255.0, first: 10.0.0.1, last: 10.0.1.2 }' },
      /10\.0\.1\.2 is not in the subnet of 10\.0\.0\.1, 10\.0\.0\.0\/24/,
    ],
    [
      'an end before the beginning',
      { subnets: '    - { network: N, netmask: 255.255.255.0, first: 10.0.0.9, last: 10.0.0.2 }' },
      /10\.0\.0\.2 comes before 10\.0\.0\.9/,
    ],
    [
      'no address',
      { subnets: '    - { network: N, netmask: 255.255.255.0, first: 10.0.0.256, last: 10.0.0.2 }' },
      /subnets\.1\.first: must be an IPv4 address/,
    ],
    [
      'a machine twice',
      { machines: '    - { name: m1, memoryGB: 64, esxi: { hostName: other.lab } }' },
      /^my\.yaml:9 at world\.machines\.2: There is a machine 'm1'/,
    ],
    [
      'an address twice',
      { machines: '    - { name: m3, memoryGB: 64, esxi: { hostName: m3.lab, address: 10.0.0.1 } }' },
      /machines\.2: There is a machine that answers as '10\.0\.0\.1'/,
    ],
    [
      'a host name twice',
      { machines: '    - { name: m3, memoryGB: 64, esxi: { hostName: M1.lab } }' },
      /machines\.2: There is a machine that answers as 'm1\.lab'/,
    ],
    [
      'an unknown release',
      { machines: '    - { name: m3, memoryGB: 64, esxi: { hostName: m3.lab, version: 8.1.0 } }' },
      /machines\.2\.esxi\.version: must be one of 6\.0\.0, /,
    ],
    // Datastores.
    [
      'a datastore twice',
      { datastores: '      - { name: ds, vmfs: { capacityGB: 1 } }' },
      /^my\.yaml:13 at datacenters\.0\.datastores\.1: There is a datastore 'ds' already/,
    ],
    [
      'a datastore of two kinds',
      { datastores: '      - { name: d2, vmfs: { capacityGB: 1 }, nfs: { server: nas, path: /b } }' },
      /datastores\.1: A datastore is either nfs or vmfs/,
    ],
    [
      'an export that is not there',
      { datastores: '      - { name: d2, nfs: { server: nas, path: /b } }' },
      /datastores\.1: .*denied the mount of \/b/,
    ],
    [
      'an export under two names',
      { datastores: '      - { name: d2, nfs: { server: nas, path: /a } }' },
      /datastores\.1: .*AlreadyExists/,
    ],
    // Hosts.
    [
      'a machine that is not there',
      { hosts: '      - { machine: m9 }' },
      /^my\.yaml:20 at datacenters\.0\.hosts\.1: There is no machine and no VM 'm9'/,
    ],
    ['a host twice', { hosts: '      - { machine: m1 }' }, /hosts\.1: There is a host 'm1' already/],
    ['a host twice in one place', { hosts: '      - { machine: m2 }' }, /hosts\.1: There is a host 'm2'/],
    [
      'a datastore that is not there',
      { member: '            datastores: [d9]' },
      /clusters\.0\.hosts\.0: There is no datastore 'd9'/,
    ],
    [
      'an adapter that is not there',
      { member: '            switches: [{ name: vSwitch1, nics: [vmnic9] }]' },
      /hosts\.0\.switches\.0: .*nicDevice/,
    ],
    [
      'a switch twice',
      { member: '            switches: [{ name: vSwitch0 }]' },
      /hosts\.0\.switches\.0: .*'vSwitch0' already exists/,
    ],
    [
      'a port group twice',
      { member: '            portGroups: [{ name: P }, { name: P }]' },
      /hosts\.0\.portGroups\.1: There is a port group 'P'/,
    ],
    [
      'a port group on no switch',
      { member: '            portGroups: [{ name: P, switch: vSwitch9 }]' },
      /hosts\.0\.portGroups\.0: .*NotFound/,
    ],
    [
      'a vmkernel adapter on no port group',
      { member: '            vmkernel: [{ portGroup: P, address: 10.1.0.1, netmask: 255.255.255.0 }]' },
      /hosts\.0\.vmkernel\.0: .*portgroup/,
    ],
    [
      'a service on no adapter',
      { member: '            services: { vmotion: [vmk9] }' },
      /hosts\.0\.services: .*device/,
    ],
    ['no service', { member: '            services: { flying: [vmk0] }' }, /hosts\.0\.services: .*nicType/],
    // Clusters, pools, folders.
    ['a cluster twice', { clusters: '      - { name: C }' }, /clusters\.1: There is a cluster 'C' already/],
    [
      'a folder with the name of a VM',
      { vms: '      - { name: x, cluster: C, folder: first }' },
      /vms\.1: The name 'first' already exists/,
    ],
    [
      'a pool twice',
      { cluster: '        pools: [{ name: P }, { name: P }]' },
      /clusters\.0\.pools\.1: There is a resource pool 'C\/P' already/,
    ],
    [
      'a pool without DRS',
      { clusters: '      - { name: C2, pools: [{ name: P }] }' },
      /clusters\.1\.pools\.0: .*NotSupported/,
    ],
    [
      'a pool beyond its cluster',
      { cluster: '        pools: [{ name: P, memory: { reservationMB: 999999 } }]' },
      /clusters\.0\.pools\.0: The cluster 'C' does not have what this pool reserves/,
    ],
    ['too many failures to tolerate', { cluster: '        ha: { failoverLevel: 99 }' }, /failoverLevel/],
    ['a datacenter twice', { datacenters: '  - name: DC' }, /datacenters\.1: The name 'DC' already exists/],
    // Distributed switches.
    [
      'a distributed switch twice',
      { datacenter: '    switches: [{ name: D }, { name: D }]' },
      /switches\.1: There is a distributed switch 'D'/,
    ],
    [
      'a distributed port group twice',
      { datacenter: '    switches: [{ name: D, portGroups: [{ name: P }, { name: P }] }]' },
      /switches\.0\.portGroups\.1: There is a distributed port group 'P'/,
    ],
    [
      'a member that is not there',
      { datacenter: '    switches: [{ name: D, hosts: [m9] }]' },
      /switches\.0: There is no host 'm9'/,
    ],
    // VMs.
    ['a VM nowhere', { vms: '      - { name: a }' }, /vms\.1: 'a' names neither a cluster nor a standalone/],
    ['a VM on no cluster', { vms: '      - { name: a, cluster: X }' }, /vms\.1: There is no cluster 'X'/],
    ['a VM on no host', { vms: '      - { name: a, host: m9 }' }, /vms\.1: 'a' names neither/],
    [
      'a VM on the host of another',
      { vms: '      - { name: a, cluster: C, host: m2 }' },
      /vms\.1: The cluster 'C' has no host 'm2'/,
    ],
    [
      'a VM in a cluster without hosts',
      { clusters: '      - { name: C2 }', vms: '      - { name: a, cluster: C2 }' },
      /vms\.1: The cluster 'C2' has no host for this VM/,
    ],
    [
      'a VM in no pool',
      { vms: '      - { name: a, cluster: C, pool: X }' },
      /vms\.1: There is no resource pool/,
    ],
    ['a VM on no datastore', { vms: '      - { name: a, cluster: C, datastore: X }' }, /vms\.1: .*'\[X\]'/],
    [
      'a VM on no network',
      { vms: '      - { name: a, cluster: C, nics: [{ network: X }] }' },
      /vms\.1\.nics\.0: There is no network 'X'/,
    ],
    [
      'an ISO that is not there',
      { vms: '      - { name: a, cluster: C, cdrom: "[ds] iso/y.iso" }' },
      /vms\.1: There is no file '\[ds\] iso\/y\.iso'/,
    ],
    ['a VM twice', { vms: '      - { name: first, cluster: C }' }, /vms\.1: There is a VM 'first' already/],
    [
      'copies of one name',
      { vms: '      - { count: 2, name: same, cluster: C }' },
      /^my\.yaml:22 at datacenters\.0\.vms\.1: There is a VM 'same' already/,
    ],
    [
      'a VM twice, the second time in its cluster',
      { cluster: '        vms: [{ name: first }]' },
      /^my\.yaml:16 at datacenters\.0\.clusters\.0\.vms\.0: There is a VM 'first' already/,
    ],
    ['no guest', { vms: '      - { name: a, cluster: C, guestId: noneGuest }' }, /vms\.1: .*guestId/],
    ['hardware to come', { vms: '      - { name: a, cluster: C, version: vmx-99 }' }, /vms\.1: .*version/],
    [
      'a disk that does not fit',
      { vms: '      - { name: a, cluster: C, disks: [{ sizeGB: 500, thin: false }] }' },
      /vms\.1: .*NoDiskSpace/,
    ],
    [
      'more CPUs than the host has',
      { vms: '      - { name: a, cluster: C, cpus: 64, power: "on" }' },
      /vms\.1: It has 64 CPUs, its host 16 threads/,
    ],
    [
      'a template that runs',
      { vms: '      - { name: a, cluster: C, template: true, power: "on" }' },
      /vms\.1: A template cannot be powered on/,
    ],
    [
      'a VM that runs in maintenance mode',
      { hosts: '      - { machine: m3, maintenance: true, vms: [{ name: a, power: "on" }] }', machines: M3 },
      /hosts\.1\.vms\.0: Its host is in maintenance mode/,
    ],
    // Nested hosts.
    [
      'a host that is on itself',
      { hosts: '      - { machine: esx }', vms: `      - { name: esx, host: esx, ${NESTED} }` },
      /hosts\.1: The host 'esx' cannot be made before itself/,
    ],
    [
      'a host whose VM is off',
      { hosts: '      - { machine: esx }', vms: nested(NESTED.replace('"on"', '"off"')) },
      /hosts\.1: The VM 'esx' is not powered on with ESXi on its disk/,
    ],
    [
      'a host without ESXi',
      { hosts: '      - { machine: first }' },
      /hosts\.1: The VM 'first' is not powered on with ESXi/,
    ],
    [
      'a host that is too small',
      { hosts: '      - { machine: esx }', vms: nested(NESTED.replace('8192', '4096')) },
      /hosts\.1: The VM 'esx' cannot be a host: ESXi 8\.0\.3 needs 8192 MB/,
    ],
    [
      'a host without address',
      { hosts: '      - { machine: esx }', vms: nested(NESTED.replace(/nics: \[.*?\], /, '')) },
      /hosts\.1: The VM 'esx' cannot be a host: it has no address/,
    ],
    [
      'a VM that runs without nested HV',
      {
        hosts: '      - { machine: esx, vms: [{ name: inner, power: "on" }] }',
        vms: nested(NESTED.replace('nestedHV: true', 'nestedHV: false')),
      },
      /hosts\.1\.vms\.0: Its host runs no VMs/,
    ],
    [
      'ESXi on another than the first disk',
      {
        vms: '      - { name: a, cluster: C, disks: [{ sizeGB: 1 }, { sizeGB: 1, image: { kind: esxi } }] }',
      },
      /vms\.1: ESXi boots from the first disk/,
    ],
    [
      'a host that is too old',
      { hosts: '      - { machine: m3 }', machines: M3.replace('m3.lab', 'm3.lab, version: 6.0.0') },
      /hosts\.1: vCenter Server 8\.0\.3 does not manage ESXi 6\.0\.0/,
    ],
  ])('%s', (_what, more, message) => {
    const build = () => built(parseSeed(lab(more), 'my.yaml'))
    expect(build).toThrow(Refusal)
    expect(build).toThrow(message)
  })

  it('a datastore that nobody mounts', () => {
    const text = `
datacenters:
  - name: DC
    datastores: [{ name: a }, { name: b }]
    hosts: [{ machine: { name: m, memoryGB: 64, esxi: { hostName: m.lab } }, datastores: [a] }]
`
    expect(() => built(parseSeed(text, 'my.yaml'))).toThrow(
      /^my\.yaml:4 at datacenters\.0\.datastores\.1: No host mounts the datastore 'b'/,
    )
    expect(built(parseSeed(text.replace(/hosts:.*/, ''), 'my.yaml')).count('Datastore')).toBe(0)
  })

  it('a host newer than the vCenter Server', () => {
    const seed = parseSeed(lab({ hosts: '      - { machine: m3 }', machines: M3 }), 'my.yaml')
    expect(hosts(built(seed, '6.5'))).toHaveLength(3)
    const newer = M3.replace('m3.lab', 'm3.lab, version: 7.0.3')
    const text = lab({ hosts: '      - { machine: m3 }', machines: newer })
    expect(() => built(parseSeed(text, 'my.yaml'), '6.5')).toThrow(/6\.5\.0 does not manage ESXi 7\.0\.3/)
  })
})
