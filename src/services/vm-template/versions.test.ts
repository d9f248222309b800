import { describe, expect, it } from 'vitest'
import { ITEM } from '../content-library/testing.js'
import { CHECK_OUTS, createTemplateLab, refusalOf, type TemplateLab, VERSIONS } from './testing.js'

/** An item with two versions: its templates, latest first. */
async function twice(lab: TemplateLab) {
  const item = await lab.template()
  const first = await lab.machine(item)
  const second = await lab.checkOut(item)
  const spec = { message: 'Second.' }
  await lab.invoke(CHECK_OUTS, 'check_in', { template_library_item: item, vm: second, spec })
  return { item, second, first }
}

const refused = (lab: TemplateLab, operation: string, input: object) =>
  refusalOf(lab, VERSIONS, operation, input)

describe('versions of a VM template', () => {
  it('are the latest and the one before', async () => {
    const lab = await createTemplateLab()
    const { item, first, second } = await twice(lab)
    expect(await lab.invoke(VERSIONS, 'list', { template_library_item: item })).toEqual([
      { version: '2', vm_template: second },
      { version: '1', vm_template: first },
    ])
    const get = (version: string) => lab.invoke(VERSIONS, 'get', { template_library_item: item, version })
    expect([await get('1'), await get('2')]).toEqual([{ vm_template: first }, { vm_template: second }])
    expect(lab.config(first).template).toBe(true)
  })

  it('are gone back to under a new number', async () => {
    const lab = await createTemplateLab()
    const { item, first, second } = await twice(lab)
    const spec = { message: 'Back.' }
    const back = { template_library_item: item, version: '1', spec }
    expect(await lab.invoke(VERSIONS, 'rollback', back)).toBe('3')
    expect(await lab.invoke(VERSIONS, 'list', { template_library_item: item })).toEqual([
      { version: '3', vm_template: first },
      { version: '2', vm_template: second },
    ])
    expect(await lab.machine(item)).toBe(first)
    const changes = await lab.invoke('com.vmware.content.library.item.changes', 'list', {
      library_item: item,
    })
    expect(changes.at(-1)).toMatchObject({ version: '3', short_message: 'Back.' })
  })

  it('are deleted with their templates, but for the latest', async () => {
    const lab = await createTemplateLab()
    const { item, first, second } = await twice(lab)
    await lab.invoke(VERSIONS, 'delete', { template_library_item: item, version: '1' })
    expect(lab.sandbox.inventory.read.find('VirtualMachine', first)).toBeUndefined()
    expect(await lab.invoke(VERSIONS, 'list', { template_library_item: item })).toEqual([
      { version: '2', vm_template: second },
    ])
  })

  it('are forgotten when somebody takes the previous template away', async () => {
    const lab = await createTemplateLab()
    const { item, first, second } = await twice(lab)
    lab.call('VirtualMachine', first, 'MarkAsVirtualMachine', { pool: lab.pool })
    expect(await lab.invoke(VERSIONS, 'list', { template_library_item: item })).toEqual([
      { version: '2', vm_template: second },
    ])
    await lab.invoke(ITEM, 'delete', { library_item_id: item })
    expect(lab.config(first).template).toBe(false)
  })

  it('are refused where that cannot be, and nothing changes', async () => {
    const lab = await createTemplateLab()
    const { item } = await twice(lab)
    const thing = await lab.item(lab.images, 'thing')
    const template_library_item = item
    const spec = { message: 'm' }
    const latest = ['INVALID_ARGUMENT', 'vdcs.vmtx-main.version_is_latest']
    const none = ['NOT_FOUND', 'vdcs.vmtx-main.version_not_found']
    expect(await refused(lab, 'delete', { template_library_item, version: '2' })).toEqual(latest)
    expect(await refused(lab, 'rollback', { template_library_item, version: '2', spec })).toEqual(latest)
    for (const operation of ['get', 'delete', 'rollback'])
      expect(await refused(lab, operation, { template_library_item, version: '9' })).toEqual(none)
    expect(await refused(lab, 'rollback', { template_library_item, version: '1' })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.field_required',
    ])
    expect(await refused(lab, 'list', { template_library_item: thing })).toEqual([
      'INVALID_ARGUMENT',
      'vdcs.vmtx-main.not_a_vm_template',
    ])
    expect(await refused(lab, 'list', { template_library_item: 'none' })).toEqual([
      'NOT_FOUND',
      'vdcs.cls-main.library_item_not_found',
    ])
    await lab.checkOut(item, 'next')
    expect(await refused(lab, 'rollback', { template_library_item, version: '1', spec })).toEqual([
      'NOT_ALLOWED_IN_CURRENT_STATE',
      'vdcs.vmtx-main.vm_checked_out',
    ])
  })
})
