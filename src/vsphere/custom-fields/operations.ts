import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  CustomFieldDef,
  CustomFieldStringValue,
  ManagedObjectReference,
  PrivilegePolicyDef,
} from '#vim25/generated/types.js'
import { isA, managedType } from '#vim25/schema.js'
import { requirePrivilege } from '../authorization/check.js'
import { isPrivilege } from '../authorization/privileges.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { fieldsOf } from './derive.js'
import { appliesTo, FIRST_KEY, MANAGER, validFieldName, withValue } from './rules.js'

export const customFieldsManagerOperations = operations('CustomFieldsManager', {
  AddCustomFieldDef(ctx, _self, { name, moType, fieldDefPolicy, fieldPolicy }) {
    if (moType !== undefined && !(managedType(moType) && isA(moType, 'ManagedEntity')))
      throw fault('InvalidArgument', { invalidProperty: 'moType' })
    requirePrivileges(fieldDefPolicy)
    requirePrivileges(fieldPolicy)
    const fields = fieldsOf(ctx.tx)
    const field = data('CustomFieldDef', {
      key: FIRST_KEY - 1 + ctx.tx.next('customField'),
      name: validFieldName(fields, name, moType),
      type: 'string',
      managedObjectType: moType,
      fieldDefPrivileges: fieldDefPolicy ?? DEFINITION_PRIVILEGES,
      fieldInstancePrivileges: fieldPolicy ?? VALUE_PRIVILEGES,
    })
    setFields(ctx, [...fields, field])
    emit(ctx, 'CustomFieldDefAddedEvent', { fieldKey: field.key, name: field.name })
    return field
  },

  /** Every value of the field goes with it. */
  RemoveCustomFieldDef(ctx, _self, { key }) {
    const field = requireField(ctx, key, 'deletePrivilege')
    for (const id of [...ctx.tx.ids('ManagedEntity')]) {
      const { customValue } = ctx.tx.get('ManagedEntity', id)
      if (customValue?.some((value) => value.key === key))
        ctx.tx.set('ManagedEntity', id, { customValue: customValue.filter((value) => value.key !== key) })
    }
    setFields(
      ctx,
      fieldsOf(ctx.tx).filter((one) => one.key !== key),
    )
    emit(ctx, 'CustomFieldDefRemovedEvent', { fieldKey: key, name: field.name })
  },

  RenameCustomFieldDef(ctx, _self, { key, name }) {
    const field = requireField(ctx, key, 'updatePrivilege')
    const fields = fieldsOf(ctx.tx)
    const renamed = data('CustomFieldDef', {
      ...field,
      name: validFieldName(fields, name, field.managedObjectType, key),
    })
    setFields(
      ctx,
      fields.map((one) => (one === field ? renamed : one)),
    )
    emit(ctx, 'CustomFieldDefRenamedEvent', { fieldKey: key, name: field.name, newName: renamed.name })
  },

  SetField(ctx, _self, { entity, key, value }) {
    if (!ctx.tx.find('ManagedEntity', entity.value)) throw fault('ManagedObjectNotFound', { obj: entity })
    const field = fieldsOf(ctx.tx).find((one) => one.key === key && appliesTo(one, typeOf(ctx, entity)))
    if (!field) throw fault('InvalidArgument', { invalidProperty: 'key' })
    setValue(ctx, entity, field, value)
  },
})

/** Values by name, on the object itself; fields are for entities of the inventory, others have none. */
export const extensibleObjectOperations = operations('ExtensibleManagedObject', {
  setCustomValue(ctx, self, { key, value }) {
    const field = fieldsOf(ctx.tx).find((one) => one.name === key && appliesTo(one, typeOf(ctx, self)))
    if (!field) throw fault('InvalidArgument', { invalidProperty: 'key' })
    setValue(ctx, self, field, value)
  },
})

/** What a field asks for unless it is made with policies of its own. */
const DEFINITION_PRIVILEGES = data('PrivilegePolicyDef', {
  createPrivilege: 'Global.ManageCustomFields',
  readPrivilege: 'System.View',
  updatePrivilege: 'Global.ManageCustomFields',
  deletePrivilege: 'Global.ManageCustomFields',
})

const VALUE_PRIVILEGES = data('PrivilegePolicyDef', {
  createPrivilege: 'Global.SetCustomField',
  readPrivilege: 'System.View',
  updatePrivilege: 'Global.SetCustomField',
  deletePrivilege: 'Global.SetCustomField',
})

type Policy = 'createPrivilege' | 'readPrivilege' | 'updatePrivilege' | 'deletePrivilege'

/** Throws InvalidPrivilege for a policy that names one that there is not. */
function requirePrivileges(policy: PrivilegePolicyDef | undefined): void {
  if (!policy) return
  const { createPrivilege, readPrivilege, updatePrivilege, deletePrivilege } = policy
  for (const privilege of [createPrivilege, readPrivilege, updatePrivilege, deletePrivilege])
    if (!isPrivilege(privilege)) throw fault('InvalidPrivilege', { privilege })
}

/** The field with the key, if the caller may change it. */
function requireField(ctx: Context, key: number, policy: Policy): CustomFieldDef {
  const field = fieldsOf(ctx.tx).find((one) => one.key === key)
  if (!field) throw fault('InvalidArgument', { invalidProperty: 'key' })
  requirePrivilege(ctx.tx, ctx.session, MANAGER, (field.fieldDefPrivileges ?? DEFINITION_PRIVILEGES)[policy])
  return field
}

function setFields({ tx }: Context, field: readonly CustomFieldDef[]): void {
  tx.set('CustomFieldsManager', MANAGER.value, { field: Object.freeze([...field]) })
}

const typeOf = ({ tx }: Context, entity: ManagedObjectReference) => tx.entity(entity.value)?.type ?? ''

function setValue(ctx: Context, entity: ManagedObjectReference, field: CustomFieldDef, value: string): void {
  const { key, name } = field
  const { updatePrivilege } = field.fieldInstancePrivileges ?? VALUE_PRIVILEGES
  requirePrivilege(ctx.tx, ctx.session, entity, updatePrivilege)
  const values = (ctx.tx.get('ManagedEntity', entity.value).customValue ??
    []) as readonly CustomFieldStringValue[]
  const before = values.find((one) => one.key === key)?.value
  const customValue = withValue(values, data('CustomFieldStringValue', { key, value }))
  ctx.tx.set('ManagedEntity', entity.value, { customValue })
  emit(ctx, 'CustomFieldValueChangedEvent', {
    entity,
    fieldKey: key,
    name,
    value,
    prevState: before,
  })
}
