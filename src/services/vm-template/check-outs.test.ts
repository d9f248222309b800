import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { DEFAULT_PERMISSIONS } from '#vsphere/authorization/permissions.js'
import { ROLE } from '#vsphere/authorization/roles.js'
import { sessions } from '#vsphere/core/context.js'
import { ITEM, LOCAL } from '../content-library/testing.js'
import { CHECK_OUTS, createTemplateLab, ITEMS, refusalOf, type TemplateLab, VERSIONS } from './testing.js'

const LIBRARY_ITEM = 'com.vmware.vcenter.vm.library_item'
const CHANGES = 'com.vmware.content.library.item.changes'

const stateOf = (lab: TemplateLab, vm: string) => lab.sandbox.inventory.read.find('VirtualMachine', vm)

const refused = (lab: TemplateLab, operation: string, input: object, service = CHECK_OUTS) =>
  refusalOf(lab, service, operation, input)

describe('a VM that is checked out of a template', () => {
  it('is a whole copy of it that the item knows, and that knows its item', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    expect(await lab.invoke(CHECK_OUTS, 'list', { template_library_item: item })).toEqual([])
    lab.newEvents()
    const vm = await lab.checkOut(item)
    expect(lab.newEvents()).toContain('VmDeployedEvent')
    expect(stateOf(lab, vm)).toMatchObject({ name: 'work', runtime: { powerState: 'poweredOff' } })
    expect(lab.config(vm)).toMatchObject({ template: false, annotation: 'A demo.' })
    expect(await lab.invoke(CHECK_OUTS, 'list', { template_library_item: item })).toEqual([{ vm }])
    expect(await lab.invoke(CHECK_OUTS, 'get', { template_library_item: item, vm })).toEqual({
      time: expect.stringMatching(/^2026-01-/),
      user: 'VSPHERE.LOCAL\\Administrator',
    })
    expect(await lab.invoke(LIBRARY_ITEM, 'get', { vm })).toEqual({ check_out: { library_item: item } })
    expect(await lab.invoke(LIBRARY_ITEM, 'get', { vm: lab.source })).toEqual({})
  })

  it('is the only one of its item, also while it is being made', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const [first, second] = await Promise.allSettled([lab.checkOut(item, 'one'), lab.checkOut(item, 'two')])
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected'])
    const again = { template_library_item: item, spec: { name: 'three', placement: lab.placement } }
    expect(await refused(lab, 'check_out', again)).toEqual([
      'UNABLE_TO_ALLOCATE_RESOURCE',
      'vdcs.vmtx-main.check_out_limit_exceeded',
    ])
  })

  it('runs if that is wanted, and keeps the item from going', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const spec = { name: 'work', placement: lab.placement, powered_on: true }
    const vm = await lab.invoke(CHECK_OUTS, 'check_out', { template_library_item: item, spec })
    expect(stateOf(lab, vm)?.runtime.powerState).toBe('poweredOn')
    const out = ['NOT_ALLOWED_IN_CURRENT_STATE', 'vdcs.cls-main.item_checked_out']
    expect(await refused(lab, 'delete', { library_item_id: item }, ITEM)).toEqual(out)
    expect(await refused(lab, 'delete', { library_id: lab.images }, LOCAL)).toEqual(out)
    expect((await refused(lab, 'delete', { template_library_item: item, vm }))[0]).toBe(
      'NOT_ALLOWED_IN_CURRENT_STATE',
    )
    const checkIn = { template_library_item: item, vm, spec: { message: 'Running.' } }
    expect((await refused(lab, 'check_in', checkIn))[0]).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
  })

  it('is thrown away over either API, and the next one can be had', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const vm = await lab.checkOut(item)
    await lab.invoke(CHECK_OUTS, 'delete', { template_library_item: item, vm })
    expect(stateOf(lab, vm)).toBeUndefined()
    expect(await lab.invoke(CHECK_OUTS, 'list', { template_library_item: item })).toEqual([])
    const other = await lab.checkOut(item)
    lab.task('VirtualMachine', other, 'Destroy_Task')
    expect(await lab.invoke(CHECK_OUTS, 'list', { template_library_item: item })).toEqual([])
    expect(stateOf(lab, await lab.checkOut(item))).toBeDefined()
  })

  it('is refused for what cannot be, and nothing changes', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const thing = await lab.item(lab.images, 'thing')
    const check = (changes: object, template_library_item = item) =>
      refused(lab, 'check_out', {
        template_library_item,
        spec: { name: 'work', placement: lab.placement, ...changes },
      })
    const required = ['INVALID_ARGUMENT', 'vdcs.vmtx-main.field_required']
    expect(await refused(lab, 'check_out', { template_library_item: item })).toEqual(required)
    expect(await check({ name: undefined })).toEqual(required)
    expect(await check({ placement: undefined })).toEqual(required)
    expect(await check({ placement: { folder: lab.vmFolder } })).toEqual(['INVALID_ARGUMENT', undefined])
    expect(await check({ name: 'demo' })).toEqual(['ALREADY_EXISTS', 'vdcs.util.duplicate_name'])
    expect(await check({}, 'none')).toEqual(['NOT_FOUND', 'vdcs.cls-main.library_item_not_found'])
    expect(await check({}, thing)).toEqual(['INVALID_ARGUMENT', 'vdcs.vmtx-main.not_a_vm_template'])
    const about = (vm: string) => refused(lab, 'get', { template_library_item: item, vm })
    expect(await about('vm-404')).toEqual(['NOT_FOUND', 'api.vcenter.vm.not_found'])
    expect(await about(lab.source)).toEqual(['INVALID_ARGUMENT', 'vdcs.vmtx-main.vm_not_checked_out'])
  })

  it('is not left behind when the item goes while it is made', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const spec = { name: 'late', placement: lab.placement }
    const making = lab.error(CHECK_OUTS, 'check_out', { template_library_item: item, spec })
    await lab.invoke(ITEM, 'delete', { library_item_id: item })
    expect((await making).type).toBe('NOT_FOUND')
    const { read } = lab.sandbox.inventory
    expect([...read.ids('VirtualMachine')]).toEqual([lab.source])
  })
})

describe('a VM that is checked in', () => {
  it('becomes the template as a new version; the one before stays, older ones go', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const first = await lab.machine(item)
    const next = async (name: string, message: string) => {
      const vm = await lab.checkOut(item, name)
      lab.reconfigure(vm, { memoryMB: 2048 })
      const spec = { message }
      return [vm, await lab.invoke(CHECK_OUTS, 'check_in', { template_library_item: item, vm, spec })]
    }
    const [second = '', two] = await next('second', 'More memory.')
    expect(two).toBe('2')
    expect(lab.config(second).template).toBe(true)
    expect(await lab.invoke(ITEMS, 'get', { template_library_item: item })).toMatchObject({
      memory: { size_MiB: 2048 },
      vm_template: second,
    })
    expect(await lab.invoke(CHECK_OUTS, 'list', { template_library_item: item })).toEqual([])
    expect(await lab.invoke(LIBRARY_ITEM, 'get', { vm: second })).toEqual({})
    const [third, three] = await next('third', 'The same.')
    expect(stateOf(lab, first)).toBeUndefined()
    expect(await lab.invoke(VERSIONS, 'list', { template_library_item: item })).toEqual([
      { version: three, vm_template: third },
      { version: two, vm_template: second },
    ])
    expect(await lab.invoke(CHANGES, 'list', { library_item: item })).toMatchObject([
      { version: '2', user: 'VSPHERE.LOCAL\\Administrator', short_message: 'More memory.' },
      { version: '3', short_message: 'The same.' },
    ])
    expect(await lab.invoke(ITEM, 'get', { library_item_id: item })).toMatchObject({
      content_version: '3',
      type: 'vm-template',
    })
    await lab.invoke(ITEM, 'delete', { library_item_id: item })
    expect(stateOf(lab, second)).toBeUndefined()
    expect(stateOf(lab, third ?? '')).toBeUndefined()
  })

  it('must be checked out, with a message', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const vm = await lab.checkOut(item)
    const check = (changes: object) =>
      refused(lab, 'check_in', { template_library_item: item, vm, spec: { message: 'm' }, ...changes })
    expect(await check({ spec: undefined })).toEqual(['INVALID_ARGUMENT', 'vdcs.vmtx-main.field_required'])
    expect(await check({ vm: lab.source })).toEqual(['INVALID_ARGUMENT', 'vdcs.vmtx-main.vm_not_checked_out'])
    expect(await check({ vm: 'vm-404' })).toEqual(['NOT_FOUND', 'api.vcenter.vm.not_found'])
    expect((await check({ template_library_item: 'none' }))[0]).toBe('NOT_FOUND')
  })

  it('needs the rights on templates in libraries', async () => {
    const lab = await createTemplateLab()
    const item = await lab.template()
    const vm = await lab.checkOut(item)
    lab.act(({ tx }) => {
      const reader = { principal: 'VSPHERE.LOCAL\\reader', group: false, propagate: true }
      const roleId = ROLE.readOnly
      const permission = data('Permission', { ...reader, roleId, entity: tx.ref('group-d1') })
      tx.set('Folder', 'group-d1', { permission: [...DEFAULT_PERMISSIONS, permission] })
      for (const id of [...tx.ids(sessions)]) tx.set(sessions, id, { userName: 'VSPHERE.LOCAL\\reader' })
    })
    expect(await lab.invoke(CHECK_OUTS, 'list', { template_library_item: item })).toEqual([{ vm }])
    const spec = { message: 'm' }
    const error = await lab.error(CHECK_OUTS, 'check_in', { template_library_item: item, vm, spec })
    expect([error.type, error.messages[0]?.args[0]]).toEqual([
      'UNAUTHORIZED',
      expect.stringContaining('ContentLibrary.CheckInTemplate'),
    ])
    expect(await refused(lab, 'delete', { template_library_item: item, vm })).toEqual([
      'UNAUTHORIZED',
      'vapi.authz.error.no.privs',
    ])
    expect(lab.config(vm).template).toBe(false)
  })
})
