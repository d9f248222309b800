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

export interface DataType {
  readonly name: string
  readonly vmodl: string
  readonly base: string | undefined
  readonly since: number
  readonly own: readonly Property[]
  /** Inherited ones first, in the order of the wire. */
  readonly properties: readonly Property[]
  readonly byName: ReadonlyMap<string, Property>
}

export interface EnumType {
  readonly name: string
  readonly vmodl: string
  readonly since: number
  readonly values: readonly string[]
  /** Index into VERSIONS of the first release with the value; undefined for a value that the enum lacks. */
  sinceOf(value: string): number | undefined
}

export interface Method {
  /** WSDL name, `PowerOnVM_Task`. */
  readonly name: string
  /** vmodl name, `powerOn`. */
  readonly vmodl: string
  /** The managed type that declares it. */
  readonly owner: string
  readonly since: number
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

export interface ManagedType {
  readonly name: string
  readonly vmodl: string
  readonly base: string | undefined
  readonly since: number
  readonly own: readonly Property[]
  /** Inherited ones first. */
  readonly properties: readonly Property[]
  readonly byName: ReadonlyMap<string, Property>
  /** Own and inherited ones, by WSDL name. */
  readonly methods: ReadonlyMap<string, Method>
}

export type TypeKind = 'data' | 'enum' | 'managed'
