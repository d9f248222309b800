import { describe, expect, it } from 'vitest'
import { hostLinkId, hostLinks } from './hardware.js'
import { machineOfVm, machines } from './machine.js'
import { restart, vmGone, vmReset } from './nested.js'
import { answers, machineAt, vmRewired } from './reach.js'
import { createBareWorld, type TestVm } from './testing.js'

const ESXI = { kind: 'esxi', version: '8.0.3' } as const
const INSTALLER = { kind: 'esxi-installer', version: '8.0.3' } as const

/** A world with one VM that was just powered on. */
function started(vm: TestVm) {
  const world = createBareWorld()
  world.vm('vm-1', vm)
  world.power('vm-1', true)
  return world
}

describe('a VM with ESXi on its disk', () => {
  it('is a machine that boots for 90 seconds and answers then', () => {
    const world = started({ disk: ESXI })
    expect(world.machine('vm-1')).toMatchObject({ name: 'vm-1', power: 'on', state: 'booting' })
    expect(world.pass(89)).toEqual([])
    expect(machineAt(world.inventory.read, '192.168.10.200')).toBeUndefined()
    expect(world.pass(1)).toEqual(['world.machineUp'])
    expect(world.machine('vm-1')).toMatchObject({ state: 'up', bootTime: 90_000, boots: 1 })
    for (const name of ['192.168.10.200', 'vm-1.lab.local', 'VM-1', ' vm-1.lab.local '])
      expect(machineAt(world.inventory.read, name)).toBe('machine:1')
  })

  it('falls silent when it is powered off, and comes back with what it was', () => {
    const world = started({ disk: ESXI })
    world.pass(90)
    const { esxi } = world.machine('vm-1') ?? {}
    world.power('vm-1', false)
    expect(world.pass(0)).toEqual(['world.machineDown'])
    expect(machineAt(world.inventory.read, 'vm-1.lab.local')).toBeUndefined()
    world.power('vm-1', true)
    expect(world.pass(90)).toEqual(['world.machineUp'])
    expect(world.machine('vm-1')).toMatchObject({ esxi, boots: 2 })
  })

  it('does not come up from a boot that was interrupted', () => {
    const world = started({ disk: ESXI })
    world.pass(60)
    world.power('vm-1', false)
    expect(world.pass(600)).toEqual([])
    world.power('vm-1', true)
    world.pass(60)
    world.power('vm-1', false)
    world.power('vm-1', true)
    // The boot before would have been over by now.
    expect(world.pass(60)).toEqual([])
    expect(world.pass(30)).toEqual(['world.machineUp'])
  })

  it.each([
    ['reset', (ctx: never) => vmReset(ctx, 'vm-1')],
    ['rebooted from within', (ctx: never) => restart(ctx, 'machine:1')],
  ])('goes down and up again when it is %s', (_how, act) => {
    const world = started({ disk: ESXI })
    world.pass(90)
    world.change((ctx) => act(ctx as never))
    expect(world.pass(90)).toEqual(['world.machineDown', 'world.machineUp'])
  })

  it.each([
    [{ cpus: 1 }, 'ESXi 8.0.3 needs 2 CPUs, the machine has 1'],
    [{ memoryMB: 4096 }, 'ESXi 8.0.3 needs 8192 MB of memory, the machine has 4096 MB'],
    [{ diskGB: 8 }, "ESXi 8.0.3 needs a disk of 32 GB, the machine's has 8 GB"],
  ])('never answers with %o, until it is enlarged', (small, reason) => {
    const world = started({ disk: ESXI, ...small })
    expect(world.pass(90)).toEqual([`world.bootFailed: ${reason}`])
    expect(world.machine('vm-1')).toMatchObject({ power: 'on', state: 'failed' })
    world.power('vm-1', false)
    world.vm('vm-1')
    world.power('vm-1', true)
    expect(world.pass(90)).toEqual(['world.machineUp'])
  })

  it('is not reached while its first card has no link', () => {
    const world = started({ disk: ESXI })
    world.pass(90)
    const rewire = (connected: boolean) => {
      const before = answers(world.inventory.read, 'machine:1')
      world.vm('vm-1', { connected })
      world.change((ctx) => vmRewired(ctx, 'vm-1', before))
      return world.pass(0)
    }
    expect(rewire(false)).toEqual(['world.machineDown', 'world.linkChanged'])
    expect(machineAt(world.inventory.read, 'vm-1')).toBeUndefined()
    expect(rewire(false)).toEqual(['world.linkChanged'])
    expect(rewire(true)).toEqual(['world.machineUp', 'world.linkChanged'])
    expect(machineAt(world.inventory.read, 'vm-1')).toBe('machine:1')
  })

  it('is gone with its VM, but remembered where a host of vCenter was on it', () => {
    const world = started({ disk: ESXI })
    world.pass(90)
    world.vm('vm-2', { disk: ESXI })
    world.power('vm-2', true)
    world.pass(90)
    world.change(({ tx }) => tx.create(hostLinks, hostLinkId('host-1'), { machine: 'machine:1' }))
    for (const vm of ['vm-1', 'vm-2']) world.change((ctx) => vmGone(ctx, vm))
    expect(world.pass(0)).toEqual(['world.machineDown', 'world.machineDown'])
    expect(world.inventory.read.entity('machine:1')?.value).toMatchObject({ state: 'off' })
    expect(world.inventory.read.entity('machine:2')).toBeUndefined()
    expect(machineAt(world.inventory.read, 'vm-1')).toBeUndefined()
    expect(machineOfVm(world.inventory.read, 'vm-1')).toBeUndefined()
  })
})

describe('a VM that was registered again', () => {
  const managed = () => {
    const world = started({ disk: ESXI })
    world.pass(90)
    world.change(({ tx }) => tx.create(hostLinks, hostLinkId('host-1'), { machine: 'machine:1' }))
    world.change((ctx) => vmGone(ctx, 'vm-1'))
    world.pass(0)
    return world
  }

  it('is the machine that it was', () => {
    const world = managed()
    const { left } = world.inventory.read.get(machines, 'machine:1')
    world.vm('vm-1', { disk: ESXI })
    world.power('vm-1', true)
    expect(world.pass(90)).toEqual(['world.machineUp'])
    expect(world.machine('vm-1')).toMatchObject({ state: 'up', boots: 2, esxi: left })
    expect(machineOfVm(world.inventory.read, 'vm-1')).toBe('machine:1')
  })

  it('is another machine with another UUID', () => {
    const world = managed()
    world.vm('vm-2', { disk: ESXI, uuid: '4201b7a6-5f62-4ee0-edf6-05098f74aff4' })
    world.power('vm-2', true)
    world.pass(90)
    expect(machineOfVm(world.inventory.read, 'vm-2')).toBe('machine:2')
  })
})

describe('a VM with an installer in its drive', () => {
  it('is installed for 300 seconds, then boots', () => {
    const world = started({ iso: INSTALLER })
    expect(world.pass(300)).toEqual([])
    expect(world.machine('vm-1')).toMatchObject({ state: 'booting', esxi: { version: '8.0.3' } })
    expect(world.pass(90)).toEqual(['world.machineUp'])
  })

  it('boots what is installed from then on', () => {
    const world = started({ iso: INSTALLER })
    world.pass(390)
    world.power('vm-1', false)
    world.power('vm-1', true)
    expect(world.pass(90)).toEqual(['world.machineDown', 'world.machineUp'])
  })

  it.each([
    ['reset', (ctx: never) => vmReset(ctx, 'vm-1')],
    ['rebooted', (ctx: never) => restart(ctx, 'machine:1')],
  ])('begins anew when it is %s meanwhile', (_how, act) => {
    const world = started({ iso: INSTALLER })
    world.pass(200)
    world.change((ctx) => act(ctx as never))
    expect(world.pass(389)).toEqual([])
    expect(world.pass(1)).toEqual(['world.machineUp'])
  })

  it('is installed by a reset if the ISO came while it was running', () => {
    const world = started({})
    expect(world.machine('vm-1')).toBeUndefined()
    world.vm('vm-1', { iso: INSTALLER })
    world.change((ctx) => vmReset(ctx, 'vm-1'))
    expect(world.pass(390)).toEqual(['world.machineUp'])
  })

  it('says at once when it is too small', () => {
    const world = started({ iso: INSTALLER, memoryMB: 4096 })
    expect(world.pass(0)).toEqual([
      'world.bootFailed: ESXi 8.0.3 needs 8192 MB of memory, the machine has 4096 MB',
    ])
    expect(world.pass(1000)).toEqual([])
  })

  it('is no machine without ESXi and without installer', () => {
    const world = started({})
    expect(world.pass(1000)).toEqual([])
    expect(world.machine('vm-1')).toBeUndefined()
  })
})
