import { describe, expect, it } from 'vitest'
import { isAddress, linkLocalAddress, prefixLength, toNumber, toText } from './address.js'
import { answers, machineAt } from './reach.js'
import { freeAddress, subnetOf } from './subnet.js'
import { createBareWorld } from './testing.js'

const ESXI = { kind: 'esxi', version: '8.0.3' } as const

describe('the addresses of a subnet', () => {
  it('are given out from the lowest, each once, and again when they are free', () => {
    const world = createBareWorld()
    for (const vm of ['vm-1', 'vm-2']) {
      world.vm(vm, { disk: ESXI })
      world.power(vm, true)
    }
    expect(['vm-1', 'vm-2'].map((vm) => world.machine(vm)?.esxi?.address)).toEqual([
      '192.168.10.200',
      '192.168.10.201',
    ])
  })

  it.each([
    ['a guest', 'VirtualMachine', { guest: { ipAddress: '192.168.10.200', net: [] } }],
    ["a guest's second card", 'VirtualMachine', { guest: { net: [{ ipAddress: ['192.168.10.200'] }] } }],
    [
      "a host's adapter",
      'HostSystem',
      { config: { network: { vnic: [{ spec: { ip: { ipAddress: '192.168.10.200' } } }] } } },
    ],
  ] as const)('are not given out when %s has them', (_who, type, value) => {
    const { change, inventory } = createBareWorld()
    change(({ tx }) => tx.create(type, 'other', value as never))
    const subnet = subnetOf(inventory.read, 'VM Network')
    expect(subnet && freeAddress(inventory.read, subnet)).toBe('192.168.10.201')
  })

  it('may run out: ESXi then runs with an address at which nobody reaches it', () => {
    const world = createBareWorld({ last: '192.168.10.200' })
    for (const vm of ['vm-1', 'vm-2']) {
      world.vm(vm, { disk: ESXI })
      world.power(vm, true)
    }
    world.pass(90)
    const { read } = world.inventory
    expect(world.machine('vm-2')).toMatchObject({ state: 'up', esxi: { address: '169.254.19.52' } })
    expect(answers(read, 'machine:2')).toBe(false)
    expect([machineAt(read, '169.254.19.52'), machineAt(read, 'vm-2.lab.local')]).toEqual([
      undefined,
      undefined,
    ])

    world.vm('vm-2', { guestinfo: { ipaddress: '192.168.10.99' } })
    world.power('vm-2', false)
    world.power('vm-2', true)
    world.pass(90)
    expect(machineAt(world.inventory.read, '192.168.10.99')).toBe('machine:2')
  })
})

describe('addresses', () => {
  it.each([
    ['0.0.0.0', true],
    ['255.255.255.255', true],
    ['256.0.0.1', false],
    ['1.2.3', false],
    ['1.2.3.4.5', false],
    ['a.b.c.d', false],
    ['', false],
  ])('%s: %s', (text, is) => expect(isAddress(text)).toBe(is))

  it('are counted through the bytes', () => {
    expect(toText(toNumber('192.168.0.255') + 1)).toBe('192.168.1.0')
  })

  it.each([
    ['255.255.255.0', 24],
    ['255.255.254.0', 23],
    ['0.0.0.0', 0],
  ])('the prefix of %s is %d', (netmask, length) => expect(prefixLength(netmask)).toBe(length))

  it.each(['00:50:56:80:00:00', '00:50:56:80:ff:ff', 'nonsense'])('%s gives a link-local one', (mac) => {
    expect(isAddress(linkLocalAddress(mac))).toBe(true)
    expect(linkLocalAddress(mac)).toMatch(/^169\.254\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])\./)
  })
})
