import { describe, expect, it } from 'vitest'
import { createSandbox } from '#vsphere/core/sandbox.js'
import { libraries, libraryItems } from '../content-library/records.js'
import { createTemplateLab, type TemplateLab } from './testing.js'

/** The world as a process finds it that starts where another one was killed. */
function restarted({ sandbox }: TemplateLab) {
  const { registry, services, clock } = sandbox
  const { inventory } = createSandbox({ registry, services, clock, strict: true, start: sandbox.snapshot() })
  const vms = () =>
    [...inventory.read.ids('VirtualMachine')].map((id) => inventory.read.get('VirtualMachine', id))
  const items = () => [...inventory.read.ids(libraryItems)].map((id) => inventory.read.get(libraryItems, id))
  return { inventory, vms, items }
}

describe('a server that is killed when the copy is made', () => {
  it('finishes a template: its item is there, and nothing is pending', async () => {
    const lab = await createTemplateLab()
    const making = lab.template()
    const { items, vms } = restarted(lab)
    expect(items()).toMatchObject([{ name: 'base', type: 'vm-template', library: lab.images }])
    expect(vms().map(({ name }) => name)).toEqual(['demo', 'base'])
    await making
    expect(restarted(lab).items()).toHaveLength(1)
  })

  it('links a VM that was checked out to its item', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const leaving = lab.checkOut(item)
    const [found] = restarted(lab).items()
    expect(found?.vmTemplate?.checkOut).toEqual({
      vm: await leaving,
      time: expect.any(Number),
      user: 'VSPHERE.LOCAL\\Administrator',
    })
  })

  it('undoes what has no place any more', async () => {
    const lab = await createTemplateLab()
    const making = lab.template()
    lab.act(({ tx }) => {
      for (const id of [...tx.ids(libraries)]) tx.remove(id)
    })
    const { items, vms } = restarted(lab)
    expect([items(), vms().map(({ name }) => name)]).toEqual([[], ['demo']])
    await expect(making).rejects.toMatchObject({ type: 'NOT_FOUND' })
  })
})
