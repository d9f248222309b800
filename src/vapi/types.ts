/**
 * The shapes of the Automation API's language as the rest of the program reads it: services with operations,
 * structures, enumerations. `schema.ts` hands them out; they are decoded from `generated/` when first asked for.
 *
 * Names are canonical, as on the wire: `com.vmware.vcenter.VM`, `list`, `clone$task`, `guest_OS`,
 * `memory_size_MiB`. A `since` is an index into RELEASES (schema.ts); 0 means "as far back as is known".
 */

/** Types with nothing inside. All but `void`, `boolean`, `long` and `double` are strings in JSON. */
export type ScalarKind =
  | 'void'
  | 'boolean'
  /** A 64-bit integer. */
  | 'long'
  | 'double'
  | 'string'
  /** A string that is never shown: a password, a session's token. JSON-RPC tags it `SECRET`. */
  | 'secret'
  /** Bytes, base64 in JSON. */
  | 'binary'
  /** RFC 3339 in UTC with milliseconds. */
  | 'dateTime'
  | 'uri'
  /** Any value at all, told by its own tags only. */
  | 'opaque'
  /** Any error structure. */
  | 'anyError'

export type Type =
  | { readonly kind: ScalarKind }
  /**
   * The identifier of a resource. `resources` are resource types (`VirtualMachine`,
   * `com.vmware.cis.tagging.Tag`), empty if the type is not said or stands in the field `typeField` beside it.
   */
  | { readonly kind: 'id'; readonly resources: readonly string[]; readonly typeField?: string }
  /** `name` is an enumeration's: `enumeration(name)`. */
  | { readonly kind: 'enum'; readonly name: string }
  /** `name` is a structure's or an error's: `structure(name)`. */
  | { readonly kind: 'structure'; readonly name: string }
  /** A structure that names itself (`@class`) and holds at least the fields of the structures named here. */
  | { readonly kind: 'dynamic'; readonly fieldsOf: readonly string[] }
  /** Only as a result or inside other types; a field says it with `optional`. */
  | { readonly kind: 'optional'; readonly of: Type }
  /** A set is a list without repetition and without a promised order. */
  | { readonly kind: 'list' | 'set'; readonly of: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }

/** A field of a structure or a parameter of an operation. */
export interface Field {
  readonly name: string
  /** Without the `optional` around it. */
  readonly type: Type
  readonly optional: boolean
  /** Never older than its owner. */
  readonly since: number
  readonly deprecated?: number
}

/** Which fields may or must be set, told by the value of another field of the same structure. */
export interface Union {
  /** The field that decides; an enumeration, or optional: then unset allows none of the fields below. */
  readonly discriminant: string
  /** Per value of the discriminant; a field in any case is forbidden in the cases that lack it. */
  readonly cases: ReadonlyMap<string, readonly UnionField[]>
}

export interface UnionField {
  readonly field: string
  readonly required: boolean
}

export interface Structure {
  /** `com.vmware.vcenter.VM.create_spec`; `operation-input` for the parameters of an operation. */
  readonly name: string
  readonly since: number
  readonly deprecated?: number
  /** In the order of the definition. */
  readonly fields: readonly Field[]
  readonly byName: ReadonlyMap<string, Field>
  readonly unions: readonly Union[]
  /** Whether it is an error, `com.vmware.vapi.std.errors.not_found`. */
  readonly isError: boolean
  /** A model may come as a whole into any place; `modelKeys` are its identifying fields. */
  readonly isModel: boolean
  readonly modelKeys: readonly string[]
}

export interface EnumerationValue {
  readonly name: string
  readonly since: number
  readonly deprecated?: number
}

export interface Enumeration {
  /** `com.vmware.vcenter.vm.power.state` */
  readonly name: string
  readonly since: number
  readonly deprecated?: number
  readonly values: readonly EnumerationValue[]
  readonly byName: ReadonlyMap<string, EnumerationValue>
}

/** One parameter of the query string, and what it carries: an input parameter, or a field of one. */
export interface QueryParameter {
  /** `names`; a list is sent by repeating it. */
  readonly name: string
  /** `filter` */
  readonly parameter: string
  /** `names`; absent if the parameter itself is carried. */
  readonly field?: string
}

/** A fixed part of the query string that tells operations of one path and method apart. */
export interface Dispatch {
  /** `action`, `vmw-task` */
  readonly name: string
  /** `clone`, `true`; absent where the presence of the parameter is what tells. */
  readonly value?: string
}

/** What the body of a request holds. */
export type RestBody =
  | { readonly kind: 'none' }
  /** The bare value of one parameter (`POST /api/vcenter/vm`: the fields of `spec` at the top). */
  | { readonly kind: 'parameter'; readonly parameter: string }
  /** An object whose members are these parameters. */
  | { readonly kind: 'object'; readonly parameters: readonly string[] }

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * How an operation is called on `/api`. Every parameter is in exactly one of path, query and body; the few in
 * `headers` are in `query` as well, for either is understood.
 */
export interface RestBinding {
  readonly method: HttpMethod
  /** Below `/api`, without the query: `/vcenter/vm/{vm}/power`. Variables are named as the parameters are. */
  readonly path: string
  readonly pathVariables: readonly string[]
  readonly dispatch: readonly Dispatch[]
  readonly query: readonly QueryParameter[]
  readonly headers: readonly { readonly name: string; readonly parameter: string }[]
  readonly body: RestBody
  /**
   * `classic` operations (vcenter, appliance: 6.5 to 7.0) name their actions in the path on `/rest`;
   * `modern` ones are described by their `/api` form and are on `/rest` only where legacy-path.ts says so.
   */
  readonly style: 'classic' | 'modern'
  /** Method and target as the definitions give them; a classic operation's are below `/rest`: `POST /vcenter/vm/{vm}/power/start`. */
  readonly source: string
}

/** A privilege that an operation asks for. */
export interface OperationPrivilege {
  /** `VirtualMachine.Interact.PowerOn` */
  readonly privilege: string
  /** The resource type that it is checked on; absent if the operation as such needs it. */
  readonly resource?: string
  /** What names the resource: a parameter, `vm`, or a field of a structure, `com.vmware…create_spec/folder`. */
  readonly by?: string
}

export interface Operation {
  /** `com.vmware.vcenter.VM` */
  readonly service: string
  /** `list`; `clone$task` for the variant that answers with a task's identifier. */
  readonly id: string
  /** Never older than its service. */
  readonly since: number
  readonly deprecated?: number
  /** The parameters, as the structure `operation-input` that JSON-RPC carries. */
  readonly input: Structure
  /** Result; `optional` around it if there may be none. For a `$task` operation a task's identifier. */
  readonly output: Type
  /** For a `$task` operation: what the finished task has as its result. */
  readonly taskResult?: Type | undefined
  /** Names of the declared errors' structures, in the order of the definition. */
  readonly errors: readonly string[]
  readonly privileges: readonly OperationPrivilege[]
  /** Absent for operations that only JSON-RPC knows. */
  readonly rest?: RestBinding | undefined
}

export interface Service {
  /** `com.vmware.vcenter.VM` */
  readonly id: string
  readonly since: number
  readonly deprecated?: number
  /** By operation id, in the order of the definition. */
  readonly operations: ReadonlyMap<string, Operation>
}
