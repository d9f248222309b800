/** A field of a data object, a property of a managed object, a parameter or a result. */
export interface Property {
  readonly name: string
  /** WSDL name of a data, enum or managed type, `ManagedObject` for any of the latter, or a primitive's name. */
  readonly type: string
  readonly kind: 'primitive' | 'data' | 'enum' | 'reference' | 'any'
  readonly array: boolean
  readonly optional: boolean
  /** The value is the key of another data object. */
  readonly link: boolean
  /** The value is a password or the like and is never shown. */
  readonly secret: boolean
  /** Index into VERSIONS. */
  readonly since: number
  /** Privilege needed for this property, or on the object that this argument names. */
  readonly privilege?: string
}

interface Named {
  /** WSDL name, `VirtualMachine`, `PowerOnVM_Task`. */
  readonly name: string
  /** vmodl name, `vim.VirtualMachine`, `powerOn`. */
  readonly vmodl: string
  /** Index into VERSIONS. */
  readonly since: number
}

/** What data and managed types have in common: properties, their own and inherited ones. */
interface Structure extends Named {
  readonly base: string | undefined
  readonly own: readonly Property[]
  /** Inherited ones first, in the order of the wire. */
  readonly properties: readonly Property[]
  readonly byName: ReadonlyMap<string, Property>
}

export type DataType = Structure

export interface ManagedType extends Structure {
  /** Own and inherited ones, by WSDL name. */
  readonly methods: ReadonlyMap<string, Method>
}

export interface EnumType extends Named {
  readonly values: readonly string[]
  /** Index into VERSIONS of the first release with the value; undefined for a value that the enum lacks. */
  sinceOf(value: string): number | undefined
}

export interface Method extends Named {
  /** The managed type that declares it. */
  readonly owner: string
  readonly params: readonly Property[]
  /** Undefined for void; the reference to the Task for a task. */
  readonly result: Property | undefined
  readonly isTask: boolean
  /** What the task leaves in its `info.result`; undefined for nothing. */
  readonly taskResult: Property | undefined
  readonly privilege: string | undefined
  /** Declared faults; a runtime fault may come from any method. */
  readonly faults: readonly string[]
}

export type TypeKind = 'data' | 'enum' | 'managed'
