import { type ErrorType, type LocalizableMessage, message, type VapiError } from '#vapi/error.js'
import type { VcenterOvfLibraryItemResultInfo, VcenterOvfParseIssue } from '#vapi/generated/types.js'
import type { VimFault } from '#vim25/fault.js'
import type { LocalizedMethodFault } from '#vim25/generated/types.js'
import { dataType } from '#vim25/schema.js'
import { cause } from '../core/cause.js'

type Entry = VcenterOvfLibraryItemResultInfo['errors'][number]

/** What went well or wrong with a package; undefined when there is nothing to tell. */
export function resultInfo(
  errors: readonly Entry[],
  warnings: readonly Entry[] = [],
): VcenterOvfLibraryItemResultInfo | undefined {
  if (errors.length + warnings.length === 0) return undefined
  return { errors: [...errors], warnings: [...warnings], information: [] }
}

/** Problems of a descriptor, as OvfManager lists them. */
export function problemEntries(
  problems: readonly LocalizedMethodFault[] | undefined,
  file: string,
): readonly Entry[] {
  if (!problems?.length) return []
  const issues = problems.map(
    (problem): VcenterOvfParseIssue => ({
      category: categoryOf(problem.fault._typeName),
      file,
      line_number: lineOf(problem.fault),
      column_number: 0,
      message: told(problem),
    }),
  )
  return [{ category: 'VALIDATION', issues }]
}

/** 0 for what stands in no line. */
const lineOf = (fault: object) => ('lineNumber' in fault ? Number(fault.lineNumber) : 0)

export const told = ({ fault, localizedMessage = '' }: LocalizedMethodFault): LocalizableMessage => ({
  id: `vmsg.${fault._typeName}.summary`,
  default_message: localizedMessage,
  args: [],
})

const CATEGORIES: readonly (readonly [fault: string, category: VcenterOvfParseIssue['category']])[] = [
  ['OvfXmlFormat', 'PARSE_ERROR'],
  ['OvfWrongNamespace', 'PARSE_ERROR'],
  ['OvfMissingAttribute', 'ATTRIBUTE_REQUIRED'],
  ['OvfMissingElement', 'ELEMENT_REQUIRED'],
  ['OvfElementInvalidValue', 'VALUE_ILLEGAL'],
  ['OvfElement', 'ELEMENT_ILLEGAL'],
  ['OvfInvalidValue', 'VALUE_ILLEGAL'],
  ['OvfProperty', 'VALUE_ILLEGAL'],
  ['OvfAttribute', 'ATTRIBUTE_ILLEGAL'],
  ['OvfUnsupportedAttribute', 'ATTRIBUTE_ILLEGAL'],
  ['OvfUnsupportedSection', 'SECTION_UNKNOWN'],
  ['OvfUnsupportedElement', 'ELEMENT_UNKNOWN'],
]

function categoryOf(fault: string): VcenterOvfParseIssue['category'] {
  for (let name: string | undefined = fault; name; name = dataType(name)?.base) {
    const found = CATEGORIES.find(([type]) => type === name)
    if (found) return found[1]
  }
  return 'VALIDATION_ERROR'
}

/** A choice of the caller that cannot be. */
export const inputEntry = (name: string, value: string, text: string): Entry => ({
  category: 'INPUT',
  name,
  value,
  message: message(`com.vmware.ovfs.ovfs-main.ovfs.${name}`, text, [value]),
})

/** Something that the server could not do: the error as the operation would have given it. */
export function serverEntry(type: ErrorType, messages: readonly LocalizableMessage[]): Entry {
  return {
    category: 'SERVER',
    error: {
      '@class': `com.vmware.vapi.std.errors.${type.toLowerCase()}`,
      messages,
      error_type: type,
    },
  }
}

/** Recorded from vCenter (rest-wire 1.6). */
export const duplicateName = (type: string, name: string): LocalizableMessage =>
  message('com.vmware.vdcs.util.duplicate_name', 'An object of type "{0}" named "{1}" already exists.', [
    type,
    name,
  ])

const CANNOT = { id: 'com.vmware.vdcs.util.unable_to_allocate_resource', args: [] as const }

/** A fault of vim25 met on the way, as a result tells it. */
export function faultEntry(error: VimFault, name: string): Entry {
  const { _typeName: type } = error.fault
  if (type === 'DuplicateName') return serverEntry('ALREADY_EXISTS', [duplicateName('VirtualMachine', name)])
  const { default_message } = cause(error)
  return serverEntry('UNABLE_TO_ALLOCATE_RESOURCE', [
    { ...CANNOT, args: [default_message], default_message: `The operation failed due to ${default_message}` },
    cause(error),
  ])
}

/** An error of another service met on the way. */
export const apiErrorEntry = (error: VapiError): Entry => serverEntry(error.type, error.messages)
