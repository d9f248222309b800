import { describe, expect, it } from 'vitest'
import { installationOf } from './installation.js'
import { createBareWorld, type TestVm } from './testing.js'

const ESXI = { kind: 'esxi', version: '8.0.3' } as const

/** What the ESXi of one VM answers as. */
function installed(vm: TestVm, subnet = {}, name = 'vm-1') {
  const world = createBareWorld(subnet)
  world.vm(name, { disk: ESXI, ...vm })
  world.power(name, true)
  return world.machine(name)?.esxi
}

describe('an installation', () => {
  it('takes name and address from the subnet', () => {
    expect(installed({})).toMatchObject({
      version: '8.0.3',
      hostName: 'vm-1.lab.local',
      address: '192.168.10.200',
      netmask: '255.255.255.0',
      gateway: '192.168.10.1',
      user: 'root',
      password: 'VMware1!',
      thumbprint: expect.stringMatching(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/),
    })
  })

  it('takes what guestinfo says instead', () => {
    const guestinfo = {
      hostname: 'esx.example.org',
      ipaddress: ' 10.0.0.5 ',
      netmask: '255.255.0.0',
      gateway: '10.0.0.1',
      password: 'secret',
    }
    expect(installed({ guestinfo })).toMatchObject({
      hostName: 'esx.example.org',
      address: '10.0.0.5',
      netmask: '255.255.0.0',
      gateway: '10.0.0.1',
      password: 'secret',
    })
  })

  it.each(['', '  ', 'dhcp', '10.0.0', '10.0.0.256', '10.0.0.5/24', 'fe80::1'])(
    'passes over the address "%s"',
    (ipaddress) => {
      expect(installed({ guestinfo: { ipaddress } })?.address).toBe('192.168.10.200')
    },
  )

  it('is called after its VM where there is no domain', () => {
    expect(installed({}, { domain: undefined }, 'my esxi')?.hostName).toBe('my-esxi')
  })

  it('keeps what it has when its VM is renamed, except for what guestinfo says', () => {
    const world = createBareWorld()
    world.vm('vm-1')
    const config = (name: string, password?: string) => {
      world.vm('vm-1', password ? { guestinfo: { password } } : {})
      const { config: found } = world.inventory.read.get('VirtualMachine', 'vm-1')
      return { ...found, name } as NonNullable<typeof found>
    }
    const { read } = world.inventory
    const first = { ...installationOf(read, config('old'), ESXI, undefined), managedBy: '10.0.0.9' }
    expect(installationOf(read, config('new'), ESXI, first)).toEqual(first)
    expect(installationOf(read, config('new', 'changed'), ESXI, first)).toEqual({
      ...first,
      password: 'changed',
    })
  })
})
