import type { Members } from '#vim25/data.js'
import { fault, localized } from '#vim25/fault.js'
import type { DataTypes, LocalizedMethodFault } from '#vim25/generated/types.js'
import type { XmlElement } from '#xml/element.js'

type Base = 'OvfFault'
/** The faults that tell what is wrong with a package. */
export type OvfFaultName = {
  [K in keyof DataTypes]: DataTypes[K] extends DataTypes[Base] ? K : never
}[keyof DataTypes] &
  `Ovf${string}`

export type Severity = 'error' | 'warning'

/** Collects what is wrong with a package: clients get it as lists, nothing is thrown. */
export interface Problems {
  readonly errors: readonly LocalizedMethodFault[]
  readonly warnings: readonly LocalizedMethodFault[]
  tell(severity: Severity, problem: LocalizedMethodFault): void
  /** A child that must be there. */
  missingElement(parent: XmlElement, name: string): void
  missingAttribute(element: XmlElement, name: string): void
  /** An attribute whose value is of a wrong form. */
  malformed(element: XmlElement, attribute: string, value: string): void
  /** A value that names something that is not there. */
  dangling(where: { readonly name: string; readonly line: number }, attribute: string, value: string): void
}

/** At most this many are told: a descriptor may be wrong in every line. */
const MOST = 100

export function createProblems(): Problems {
  const errors: LocalizedMethodFault[] = []
  const warnings: LocalizedMethodFault[] = []
  const tell: Problems['tell'] = (severity, problem) => {
    const list = severity === 'error' ? errors : warnings
    if (list.length < MOST) list.push(problem)
  }
  const about = (element: XmlElement, attributeName: string) => ({
    lineNumber: element.line,
    elementName: element.name,
    attributeName,
  })
  return {
    errors,
    warnings,
    tell,
    missingElement: (parent, name) =>
      tell('error', problem('OvfMissingElement', { lineNumber: parent.line, name })),
    missingAttribute: (element, name) => tell('error', problem('OvfMissingAttribute', about(element, name))),
    malformed: (element, name, value) =>
      tell('error', problem('OvfInvalidValueFormatMalformed', { ...about(element, name), value })),
    dangling: ({ name, line }, attributeName, value) =>
      tell(
        'error',
        problem('OvfInvalidValueReference', { lineNumber: line, elementName: name, attributeName, value }),
      ),
  }
}

/** A fault about a package as lists of problems carry it. */
export function problem<K extends OvfFaultName>(type: K, members: Members<K>): LocalizedMethodFault {
  return localized(fault(type as never, members as never))
}
