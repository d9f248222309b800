import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { GeneralEvent, GuestInfo } from '#vim25/generated/types.js'
import type { Installation } from '#world/machine.js'
import { setPoweredOff, setPoweredOn } from '../vm/power.js'
import { answering } from './guest.js'
import { createNestedLab, guestinfo, type NestedLab } from './testing.js'

const guestOf = ({ lab, vm }: NestedLab) => lab.get<GuestInfo>('VirtualMachine', vm, 'guest')

/** What warnings about the VM say. */
const warnings = ({ lab }: NestedLab) =>
  lab.sandbox.inventory.root.events
    .toArray()
    .filter(({ _typeName }) => _typeName === 'GeneralVmWarningEvent')
    .map((event) => (event as GeneralEvent).message)

const esxi: Installation = {
  version: '8.0.3',
  build: '1',
  hostName: 'a.lab.local',
  address: '10.0.0.1',
  netmask: '255.0.0.0',
  gateway: undefined,
  user: 'root',
  password: 'x',
  uuid: 'u',
  thumbprint: 't',
  managedBy: undefined,
}

describe('answering', () => {
  const guest = data('GuestInfo', { toolsRunningStatus: 'guestToolsNotRunning', guestState: 'notRunning' })

  it('reports tools, name and the address on the first card', () => {
    const cards = [4000, 4001].map((key) =>
      data('VirtualVmxnet3', { key, macAddress: `00:50:56:00:00:0${key - 4000}` }),
    )
    expect(
      answering(guest, esxi, [data('VirtualDisk', { key: 2000, capacityInKB: 1 }), ...cards]),
    ).toMatchObject({
      toolsRunningStatus: 'guestToolsRunning',
      toolsVersionStatus2: 'guestToolsUnmanaged',
      guestState: 'running',
      hostName: 'a.lab.local',
      ipAddress: '10.0.0.1',
      net: [{ macAddress: '00:50:56:00:00:00', deviceConfigId: 4000, ipAddress: ['10.0.0.1'] }],
    })
  })

  it('has no card to report without one', () => {
    const { ipAddress, net } = answering(guest, esxi, [])
    expect({ ipAddress, net }).toEqual({ ipAddress: '10.0.0.1', net: undefined })
  })
})

describe('a VM with ESXi on its disk', () => {
  it('shows name, address and tools once it is up, and nothing of them while it is off', () => {
    const nested = createNestedLab()
    const { lab, vm, outer } = nested
    expect(guestOf(nested)).toMatchObject({
      hostName: 'vesxi-01.lab.local',
      ipAddress: '192.168.10.201',
      toolsRunningStatus: 'guestToolsRunning',
      net: [{ network: 'VM Network', ipAddress: ['192.168.10.201'] }],
    })
    lab.sandbox.transact({}, (ctx) => setPoweredOff(ctx, vm))
    expect(guestOf(nested)).toMatchObject({
      toolsRunningStatus: 'guestToolsNotRunning',
      guestState: 'notRunning',
    })
    expect(guestOf(nested).ipAddress).toBeUndefined()
    lab.sandbox.transact({}, (ctx) => setPoweredOn(ctx, vm, ctx.tx.ref(outer)))
    lab.sandbox.settle()
    expect(guestOf(nested).ipAddress).toBe('192.168.10.201')
    expect(warnings(nested)).toEqual([])
  })

  it('says when it got no address', () => {
    const nested = createNestedLab({ extraConfig: guestinfo({ hostname: 'lost' }) })
    expect(guestOf(nested)).toMatchObject({
      hostName: 'lost',
      ipAddress: expect.stringMatching(/^169\.254\./),
    })
    expect(warnings(nested)).toEqual([expect.stringContaining('guestinfo.ipaddress')])
  })

  it.each([
    [{ numCPUs: 1 }, 'ESXi 8.0.3 needs 2 CPUs, the machine has 1'],
    [{ memoryMB: 4096 }, 'ESXi 8.0.3 needs 8192 MB of memory, the machine has 4096 MB'],
  ])('never answers with %o, and an event says why', (changes, why) => {
    const nested = createNestedLab(changes)
    expect(guestOf(nested).ipAddress).toBeUndefined()
    expect(warnings(nested)).toEqual([expect.stringContaining(why)])
  })
})
