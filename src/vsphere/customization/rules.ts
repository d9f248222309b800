import { createHash } from 'node:crypto'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  CustomizationIdentification,
  CustomizationPassword,
  CustomizationSpec,
  CustomizationSpecItem,
  CustomizationSysprep,
} from '#vim25/generated/types.js'

/** `info.type` of a specification, by the kind of its identity; kinds that are not here go with either. */
const TYPES: Readonly<Record<string, string>> = {
  CustomizationLinuxPrep: 'Linux',
  CustomizationLinuxFlexPrep: 'Linux',
  CustomizationCloudinitPrep: 'Linux',
  CustomizationSysprep: 'Windows',
  CustomizationSysprepText: 'Windows',
  CustomizationWindowsFlexPrep: 'Windows',
}

/** Throws InvalidArgument for an item without a name, of an unknown type, or with an identity of another type's. */
export function requireSensible({ info, spec }: CustomizationSpecItem): void {
  if (info.name.trim() === '') throw fault('InvalidArgument', { invalidProperty: 'item.info.name' })
  if (info.type !== 'Linux' && info.type !== 'Windows')
    throw fault('InvalidArgument', { invalidProperty: 'item.info.type' })
  const wanted = TYPES[spec.identity._typeName]
  if (wanted !== undefined && wanted !== info.type)
    throw fault('InvalidArgument', { invalidProperty: 'item.spec.identity' })
}

/** What of a specification's passwords is kept: whatever `change` makes of each. */
export function withPasswords(
  spec: CustomizationSpec,
  change: (password: CustomizationPassword) => CustomizationPassword,
): CustomizationSpec {
  const { identity } = spec
  if (identity._typeName !== 'CustomizationSysprep') return spec
  const sysprep = identity as CustomizationSysprep
  const { guiUnattended, identification } = sysprep
  const changed = (password: CustomizationPassword | undefined) => password && change(password)
  const gui = patch(guiUnattended, { password: changed(guiUnattended.password) })
  const domain: CustomizationIdentification = patch(identification, {
    domainAdminPassword: changed(identification.domainAdminPassword),
  })
  return patch(spec, { identity: patch(sysprep, { guiUnattended: gui, identification: domain }) })
}

/**
 * Passwords are not kept in plain text: a real vCenter encrypts them with a key of its own, here only a digest is left,
 * for no guest ever asks for the password (deviation 63).
 */
export const kept = (password: CustomizationPassword): CustomizationPassword =>
  password.plainText
    ? data('CustomizationPassword', {
        value: createHash('sha256').update(password.value).digest('base64'),
        plainText: false,
      })
    : password

/** As exports have them: blank. */
export const blank = (): CustomizationPassword =>
  data('CustomizationPassword', { value: '', plainText: true })
