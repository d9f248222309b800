import type { Descriptions, Lab } from './description.js'

const fields = (lab: Lab) => lab.ref('CustomFieldsManager')
const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')

/** The first key that a world gives. */
const KEY = 101

export const customFieldDescriptions: Descriptions = {
  'CustomFieldsManager.AddCustomFieldDef': {
    summary: 'Makes a custom attribute',
    text: 'For objects of `moType`, or for all objects without one. Names are unique among the attributes that an object can have: `DuplicateName`.',
    example: { on: fields, body: () => ({ name: 'owner', moType: 'VirtualMachine' }) },
  },
  'CustomFieldsManager.SetField': {
    summary: "Sets an object's value of a custom attribute",
    text: 'Objects show it in `customValue`, virtual machines and hosts in their `summary`, too.',
    example: {
      on: fields,
      first: ['CustomFieldsManager.AddCustomFieldDef'],
      body: (lab) => ({ entity: demo(lab), key: KEY, value: 'operations' }),
    },
  },
  'CustomFieldsManager.RenameCustomFieldDef': {
    summary: 'Renames a custom attribute',
    text: 'Its values stay.',
    example: {
      on: fields,
      first: ['CustomFieldsManager.AddCustomFieldDef'],
      body: () => ({ key: KEY, name: 'team' }),
    },
  },
  'CustomFieldsManager.RemoveCustomFieldDef': {
    summary: 'Removes a custom attribute with all its values',
    example: { on: fields, first: ['CustomFieldsManager.AddCustomFieldDef'], body: () => ({ key: KEY }) },
  },
  'ExtensibleManagedObject.setCustomValue': {
    summary: 'Sets a value of a custom attribute by the name of the attribute',
    example: {
      on: demo,
      first: ['CustomFieldsManager.AddCustomFieldDef'],
      body: () => ({ key: 'owner', value: 'operations' }),
    },
  },
}
