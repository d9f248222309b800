import { describe, expect, it } from 'vitest'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { SIGNALS } from '#world/nested.js'
import { linkSpeedBehind } from './build.js'
import { createNetLab, type NetLab } from './testing.js'

/** The first NIC of esx1's machine loses its link, and the world says so. */
function unplug(lab: NetLab): void {
  lab.transact((ctx) => {
    const machine = machineOfHost(ctx.tx, lab.hosts[0]) ?? ''
    ctx.tx.update(machines, machine, ({ hardware }) => ({
      hardware: hardware && {
        ...hardware,
        nics: hardware.nics.map((nic, at) => ({ ...nic, linkUp: at > 0 })),
      },
    }))
    ctx.tx.schedule(ctx.now, SIGNALS.linkChanged, { machine })
  })
  lab.sandbox.settle()
}

describe('a link that changes', () => {
  it('shows on the host', () => {
    const lab = createNetLab()
    unplug(lab)
    expect(lab.network().pnic?.map((nic) => nic.linkSpeed?.speedMb)).toEqual([undefined, 10_000])
    expect(linkSpeedBehind(lab.sandbox.inventory.read, lab.hosts[0], 'vmk0')).toBeUndefined()
  })

  it('is not seen on a host that does not answer', () => {
    const lab = createNetLab()
    lab.setConnection('notResponding')
    unplug(lab)
    expect(lab.network().pnic?.[0]?.linkSpeed?.speedMb).toBe(10_000)
  })
})
