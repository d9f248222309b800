import { describe, expect, it } from 'vitest'
import { recomputed } from '#inventory/inventory.js'
import type { Root } from '#inventory/root.js'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { createVm } from './create.js'
import { TOOLS_VERSION } from './defaults.js'
import { setPoweredOn } from './power.js'
import { prototypeOf, replicateVm } from './replicate.js'
import { add, createVmLab, disk, spec, usual, type VmLab } from './testing.js'

const SPECS: Readonly<Record<string, Partial<VirtualMachineConfigSpec>>> = {
  'no devices of its own': {},
  'disks and a card': {
    deviceChange: [...usual(), add(disk({ key: -11, gb: 1 }), 'create'), add(disk({ key: -12 }), 'create')],
  },
  'tools and options': {
    deviceChange: usual(),
    tools: data('ToolsConfigInfo', { toolsVersion: TOOLS_VERSION }),
    extraConfig: [data('OptionValue', { key: 'guestinfo.role', value: boxedString('web') })],
  },
}

/** Three VMs `web-1` ... on the lab's hosts in turn; copies of the first if they can be. */
function build(lab: VmLab, members: Partial<VirtualMachineConfigSpec>, running: boolean, copies: boolean) {
  lab.act((ctx) => {
    let prototype: ReturnType<typeof prototypeOf>
    for (const n of [1, 2, 3]) {
      const host = ctx.tx.ref(lab.hosts[n % 2] as string)
      const place = { folder: ctx.tx.ref(lab.vmFolder), pool: lab.pool, host }
      const name = `web-${n}`
      if (prototype) {
        expect(replicateVm(ctx, prototype, { ...place, name })).toBeDefined()
        continue
      }
      const vm = createVm(ctx, { ...place, spec: spec({ ...members, name }), events: false })
      if (running) setPoweredOn(ctx, vm, host, { event: false })
      if (copies) prototype = prototypeOf(ctx, vm)
    }
  })
  return lab.sandbox.inventory.root
}

const everything = ({ entities, indexes, counters }: Root) => ({
  entities: new Map([...entities].map(([id, { type, order, value }]) => [id, { type, order, value }])),
  indexes: indexes.map((keys) => Object.fromEntries(keys)).toJS(),
  counters: counters.toJS(),
})

describe('replicateVm', () => {
  for (const [what, members] of Object.entries(SPECS))
    for (const running of [false, true])
      it(`makes what createVm makes: ${what}, ${running ? 'running' : 'off'}`, () => {
        const made = everything(build(createVmLab(), members, running, false))
        const copied = everything(build(createVmLab(), members, running, true))
        expect(copied).toEqual(made)
        expect(JSON.stringify([...copied.entities])).toBe(JSON.stringify([...made.entities]))
      })

  it('leaves nothing underived', () => {
    const lab = createVmLab()
    const root = build(lab, { deviceChange: usual() }, true, true)
    expect(everything(recomputed(root, lab.sandbox.inventory.model)).entities).toEqual(
      everything(root).entities,
    )
  })

  it('leaves alone what would not be alike: a directory that is there, a host with other hardware', () => {
    const lab = createVmLab({ hosts: ['8.0.3', '7.0.3'] })
    const first = lab.create({ name: 'web-1' })
    lab.create({ name: 'web-2' })
    const before = lab.objects()
    lab.act((ctx) => {
      const prototype = prototypeOf(ctx, ctx.tx.ref(first))
      const place = { folder: ctx.tx.ref(lab.vmFolder), pool: lab.pool }
      const [newer = '', older = ''] = lab.hosts
      if (!prototype) throw new Error('There is no prototype.')
      const copy = (name: string, host: string) =>
        replicateVm(ctx, prototype, { ...place, name, host: ctx.tx.ref(host) })
      expect(copy('web-2', newer)).toBeUndefined()
      expect(copy('web-3', older)).toBeUndefined()
      expect(copy('a/b', newer)).toBeUndefined()
    })
    expect(lab.objects()).toEqual(before)
  })

  it('takes no prototype that has files elsewhere', () => {
    const lab = createVmLab()
    const elsewhere = add(disk({ file: '[nfs] pool/shared.vmdk' }), 'create')
    const vm = lab.create({ deviceChange: [usual()[0] as never, elsewhere] })
    expect(lab.act((ctx) => prototypeOf(ctx, ctx.tx.ref(vm)))).toBeUndefined()
  })
})
