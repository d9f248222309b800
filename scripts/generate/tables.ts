/** Type tables as the extractor prints them: the tables' own tuples, in their own order. */
export type RawField = [name: string, type: string, version: string, flags: number, privilege?: string | null]
export type RawMethod = [
  vmodl: string,
  wsdl: string,
  version: string,
  params: RawField[],
  result: [flags: number, type: string, taskResult: string],
  privilege: string | null,
  faults: string[] | null,
]
export type RawData = [vmodl: string, wsdl: string, base: string, version: string, fields: RawField[] | null]
export type RawManaged = [...RawData, methods: RawMethod[] | null]
export type RawEnum = [vmodl: string, wsdl: string, version: string, values: string[]]
export type RawVersion = [name: string, namespace: string, release: string, legacy: number, service: string]

export interface Tables {
  readonly data: readonly RawData[]
  readonly managed: readonly RawManaged[]
  readonly enum: readonly RawEnum[]
  readonly version: readonly RawVersion[]
  readonly parent: readonly [version: string, parent: string][]
}

export const LINK = 1
export const OPTIONAL = 4
export const SECRET = 8
