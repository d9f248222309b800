import { type LocalizableMessage, message, VapiError } from '#vapi/error.js'

/**
 * What the tagging service says. `cis.tagging.objectNotFound.error` and its text are on record (govmomi's simulator); the
 * others are made after it (deviation 56).
 */
export const notFound = (id: string): LocalizableMessage =>
  message('cis.tagging.objectNotFound.error', 'Tagging object {0} not found', [id])

export const invalid = (field: string, reason: string): LocalizableMessage =>
  message('cis.tagging.invalidArgument.error', 'Invalid value of {0}: {1}', [field, reason])

export const duplicate = (what: 'Category' | 'Tag', name: string): LocalizableMessage =>
  message('cis.tagging.alreadyExists.error', '{0} {1} already exists', [what, name])

export const unfit = (tag: string, type: string): LocalizableMessage =>
  message('cis.tagging.notAssociable.error', 'Tag {0} cannot be attached to objects of type {1}', [tag, type])

export const onlyOne = (tag: string, object: string, other: string): LocalizableMessage =>
  message(
    'cis.tagging.cardinality.error',
    'Tag {0} cannot be attached to object {1}: the category allows one tag per object, and {2} is attached',
    [tag, object, other],
  )

export const alreadyExists = (what: 'Category' | 'Tag', name: string): VapiError =>
  new VapiError('ALREADY_EXISTS', [duplicate(what, name)])

export const invalidArgument = (field: string, reason: string): VapiError =>
  new VapiError('INVALID_ARGUMENT', [invalid(field, reason)])

export const noSuchTag = (id: string): VapiError => new VapiError('NOT_FOUND', [notFound(id)])
