import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { CustomFieldDef, CustomFieldValueChangedEvent } from '#vim25/generated/types.js'
import { families } from '../families.js'
import { createLab } from '../host/testing.js'
import { createServiceObjects } from '../service-instance/build.js'

const MANAGER = ['CustomFieldsManager', 'CustomFieldsManager'] as const

function world() {
  const lab = createLab({ families, seed: createServiceObjects })
  const call = (method: string, args: object) => lab.call(...MANAGER, method, args)
  const datacenter = moRef('Datacenter', lab.datacenter)
  const folder = moRef('Folder', lab.vmFolder)
  return {
    lab,
    add: (name: string, moType?: string, more: object = {}) =>
      call('AddCustomFieldDef', { name, moType, ...more }) as CustomFieldDef,
    set: (entity: typeof datacenter, key: number, value: string) => call('SetField', { entity, key, value }),
    values: (entity: typeof datacenter) => lab.get(entity.type, entity.value, 'customValue'),
    fields: (entity: typeof datacenter) =>
      lab.get<CustomFieldDef[]>(entity.type, entity.value, 'availableField').map(({ name }) => name),
    datacenter,
    folder,
  }
}

describe('AddCustomFieldDef', () => {
  it('makes a field of strings, with the privileges of custom attributes, for its type or for all', () => {
    const { lab, add, fields, datacenter, folder } = world()
    lab.newEvents()
    const owner = add('owner')
    expect(owner).toMatchObject({
      key: 101,
      name: 'owner',
      type: 'string',
      fieldDefPrivileges: { createPrivilege: 'Global.ManageCustomFields' },
      fieldInstancePrivileges: { updatePrivilege: 'Global.SetCustomField' },
    })
    expect(owner.managedObjectType).toBeUndefined()
    const site = add('site', 'Datacenter')
    expect(site).toMatchObject({ key: 102, managedObjectType: 'Datacenter' })
    expect(lab.get(...MANAGER, 'field')).toEqual([owner, site])
    expect([fields(datacenter), fields(folder)]).toEqual([['owner', 'site'], ['owner']])
    expect(lab.newEvents()).toEqual(['CustomFieldDefAddedEvent', 'CustomFieldDefAddedEvent'])
  })

  it('gives new objects the fields of their type', () => {
    const { lab, add, fields, folder } = world()
    add('owner', 'Folder')
    const made = lab.call('Folder', folder.value, 'CreateFolder', { name: 'new' }) as typeof folder
    expect(fields(made)).toEqual(['owner'])
  })

  it('wants names that no field for the same objects has', () => {
    const { lab, add } = world()
    add('owner', 'Folder')
    expect(add('owner', 'Datacenter').name).toBe('owner')
    expect(lab.fault(...MANAGER, 'AddCustomFieldDef', { name: 'owner' })).toMatchObject({
      _typeName: 'DuplicateName',
      name: 'owner',
    })
    expect(lab.fault(...MANAGER, 'AddCustomFieldDef', { name: ' ' })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'name',
    })
    expect(lab.get<unknown[]>(...MANAGER, 'field')).toHaveLength(2)
  })

  it('refuses types that are no entities and privileges that there are not', () => {
    const { lab } = world()
    expect(lab.fault(...MANAGER, 'AddCustomFieldDef', { name: 'a', moType: 'Task' })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'moType',
    })
    const fieldPolicy = data('PrivilegePolicyDef', {
      createPrivilege: 'System.View',
      readPrivilege: 'System.View',
      updatePrivilege: 'Nothing.Known',
      deletePrivilege: 'System.View',
    })
    expect(lab.fault(...MANAGER, 'AddCustomFieldDef', { name: 'a', fieldPolicy })).toMatchObject({
      _typeName: 'InvalidPrivilege',
      privilege: 'Nothing.Known',
    })
    expect(lab.get(...MANAGER, 'field')).toBeUndefined()
  })
})

describe('SetField', () => {
  it('keeps a value per field, which the object shows', () => {
    const { lab, add, set, values, datacenter } = world()
    const [owner, site] = [add('owner'), add('site', 'Datacenter')]
    set(datacenter, site.key, 'north')
    set(datacenter, owner.key, 'me')
    set(datacenter, owner.key, 'you')
    const expected = [
      { _typeName: 'CustomFieldStringValue', key: owner.key, value: 'you' },
      { _typeName: 'CustomFieldStringValue', key: site.key, value: 'north' },
    ]
    expect(values(datacenter)).toEqual(expected)
    expect(lab.get('Datacenter', datacenter.value, 'value')).toEqual(expected)
    const event = lab.sandbox.inventory.read.get('EventManager', 'EventManager').latestEvent
    expect(event as CustomFieldValueChangedEvent).toMatchObject({
      _typeName: 'CustomFieldValueChangedEvent',
      entity: { name: 'Lab' },
      name: 'owner',
      value: 'you',
      prevState: 'me',
    })
  })

  it.each([
    ['an unknown key', 999],
    ['a field of another type', 102],
  ])('refuses %s', (_what, key) => {
    const { lab, add, values, folder } = world()
    add('owner')
    add('site', 'Datacenter')
    expect(lab.fault(...MANAGER, 'SetField', { entity: folder, key, value: 'x' })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'key',
    })
    expect(values(folder)).toEqual([])
  })

  it('refuses an object that is gone', () => {
    const { lab, add } = world()
    const entity = moRef('Folder', 'group-v404')
    expect(lab.fault(...MANAGER, 'SetField', { entity, key: add('owner').key, value: 'x' })).toMatchObject({
      _typeName: 'ManagedObjectNotFound',
      obj: { value: 'group-v404' },
    })
  })

  it('is what setCustomValue does by the name of a field', () => {
    const { lab, add, values, folder } = world()
    const { key } = add('owner')
    lab.call('Folder', folder.value, 'setCustomValue', { key: 'owner', value: 'me' })
    expect(values(folder)).toMatchObject([{ key, value: 'me' }])
    const task = lab.task('Folder', folder.value, 'Rename_Task', { newName: 'other' }).task
    for (const { type, value } of [folder, task])
      expect(lab.fault(type, value, 'setCustomValue', { key: 'site', value: 'x' })).toMatchObject({
        _typeName: 'InvalidArgument',
        invalidProperty: 'key',
      })
  })
})

describe('RenameCustomFieldDef', () => {
  it('renames a field everywhere and keeps its values', () => {
    const { lab, add, set, values, fields, datacenter } = world()
    const { key } = add('owner')
    add('site', 'Datacenter')
    set(datacenter, key, 'me')
    lab.call(...MANAGER, 'RenameCustomFieldDef', { key, name: 'team' })
    expect(fields(datacenter)).toEqual(['team', 'site'])
    expect(values(datacenter)).toMatchObject([{ key, value: 'me' }])
    expect(lab.fault(...MANAGER, 'RenameCustomFieldDef', { key, name: 'site' })).toMatchObject({
      _typeName: 'DuplicateName',
    })
    expect(lab.fault(...MANAGER, 'RenameCustomFieldDef', { key: 999, name: 'x' })).toMatchObject({
      _typeName: 'InvalidArgument',
    })
  })
})

describe('RemoveCustomFieldDef', () => {
  it('removes the field and all its values', () => {
    const { lab, add, set, values, fields, datacenter } = world()
    const [owner, site] = [add('owner'), add('site', 'Datacenter')]
    set(datacenter, owner.key, 'me')
    set(datacenter, site.key, 'north')
    lab.newEvents()
    lab.call(...MANAGER, 'RemoveCustomFieldDef', { key: owner.key })
    expect(fields(datacenter)).toEqual(['site'])
    expect(values(datacenter)).toMatchObject([{ key: site.key, value: 'north' }])
    expect(lab.newEvents()).toEqual(['CustomFieldDefRemovedEvent'])
    expect(lab.fault(...MANAGER, 'RemoveCustomFieldDef', { key: owner.key })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'key',
    })
  })
})
