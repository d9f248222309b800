import { type LocalizableMessage, message, VapiError } from '../error.js'

/**
 * What is wrong with an input, each with the path of the field. Message ids are those of the vAPI runtime (the settings of
 * the PyPI package vmware-vapi-runtime, MIT); the texts are ours, because the real ones leave out where (deviation 42).
 */
export interface Problems {
  /** Fields that the structure at this path does not have (in this release). */
  unexpected(path: string, fields: readonly string[], structure: string): void
  /** The same for parameters of the request itself, by the names that the client gave them. */
  unknown(names: readonly string[]): void
  missing(path: string, structure: string): void
  /** A value of another type. */
  mismatch(path: string, expected: string, value: unknown): void
  /** A value of the right type that is none of the possible ones. */
  invalid(path: string, text: string): void
  union(path: string, structure: string, field: string, problem: 'extra' | 'missing', when: string): void
  /** Throws what was found: UNEXPECTED_INPUT if a field is unknown, else INVALID_ARGUMENT; nothing if all is well. */
  check(): void
}

/** More than this many are not worth a client's while. */
const MOST = 100

/** `asWritten`: a path inside the input as the client knows it. */
export function createProblems(asWritten: (path: string) => string = (path) => path): Problems {
  const unexpected: LocalizableMessage[] = []
  const wrong: LocalizableMessage[] = []
  const add = (
    list: LocalizableMessage[],
    id: string,
    text: string,
    [path = '', ...args]: readonly string[],
  ) => {
    if (list.length < MOST) list.push(message(id, text, [asWritten(path), ...args]))
  }
  // One message per structure, as recorded (rest-wire 1.4).
  const refuse = (names: readonly string[], structure: string) => {
    if (names.length === 0 || unexpected.length >= MOST) return
    const text = "Found unexpected fields {0} in structure '{1}'."
    unexpected.push(
      message('vapi.data.structure.field.unexpected', text, [`[${names.join(', ')}]`, structure]),
    )
  }
  return {
    unexpected(path, fields, structure) {
      refuse(
        fields.map((field) => asWritten(join(path, field))),
        structure,
      )
    },
    unknown: (names) => refuse(names, 'operation-input'),
    missing(path, structure) {
      add(wrong, 'vapi.data.structure.field.missing', "Structure '{1}' is missing the field '{0}'.", [
        path,
        structure,
      ])
    },
    mismatch(path, expected, value) {
      add(wrong, 'vapi.data.validate.mismatch', "Type mismatch at '{0}': expected {1}, but got {2}.", [
        path,
        expected,
        described(value),
      ])
    },
    invalid(path, text) {
      add(wrong, 'vapi.data.invalid', "Invalid value at '{0}': {1}", [path, text])
    },
    union(path, structure, field, problem, when) {
      const text =
        problem === 'extra'
          ? "Structure '{1}' must not have the field '{0}' when {2}."
          : "Structure '{1}' must have the field '{0}' when {2}."
      add(wrong, `vapi.data.structure.union.${problem}`, text, [join(path, field), structure, when])
    },
    check() {
      if (unexpected.length > 0) throw new VapiError('UNEXPECTED_INPUT', [...unexpected, ...wrong])
      if (wrong.length > 0) throw new VapiError('INVALID_ARGUMENT', wrong)
    },
  }
}

/** The path of a field inside the value at a path; the top is ''. */
export const join = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`)

/** A value as a message may show it: its kind, and what it is when that is short. */
function described(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a structure'
  const text = typeof value === 'string' ? `'${value}'` : String(value)
  return `${typeof value} ${text.length > 60 ? `${text.slice(0, 60)}...` : text}`
}
