import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Document, LineCounter } from 'yaml'
import { besideCode, packageRoot } from '#ports/package-files.js'
import { Refusal } from '../refusal.js'
import { expand, type Origins, SeedMistake, type Variables } from './expand.js'
import type { Seed } from './seed.js'

const require = createRequire(import.meta.url)

/** Loaded when they are needed: a start from a seed that comes along, as it is, needs neither. */
const yaml = (): typeof import('yaml') => require('yaml')
const ajv = (): typeof import('ajv/dist/2020.js') => require('ajv/dist/2020.js')

const SEEDS = new URL('seeds/', packageRoot)

/** Names of the seeds that come with the package. */
export const SHIPPED_SEEDS = ['smp-ft-nested', 'physical-lab', 'vcsim', 'esx', 'empty'] as const

export interface LoadedSeed {
  readonly seed: Seed
  /** The refusal for a mistake that only building the world finds; `part` is any mapping of `seed`. */
  mistake(message: string, part: object): Refusal
}

/**
 * Reads a seed by name or by file, sets its parameters, and checks it against seeds/seed.schema.json. Throws Refusal with
 * file, line and path for every mistake.
 */
export function loadSeed(nameOrFile: string, set: Readonly<Record<string, string>> = {}): LoadedSeed {
  const shipped = (SHIPPED_SEEDS as readonly string[]).includes(nameOrFile)
  const file = shipped ? fileURLToPath(new URL(`${nameOrFile}.yaml`, SEEDS)) : nameOrFile
  const bundled = shipped ? readBundled(nameOrFile) : undefined
  if (bundled) return trust(bundled, file, set)
  return parseSeed(readSeed(file, nameOrFile), basename(file), set)
}

/** A seed that comes along, as the build has read and checked it; undefined where there was no build. */
function readBundled(name: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(besideCode(`app/seed/shipped/${name}.json`), 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * A seed that the tests have checked, whatever its parameters: they are yes or no, or numbers of copies, which are checked as
 * they are used. Its file is looked at only for the line of a mistake.
 */
function trust(
  tree: Readonly<Record<string, unknown>>,
  file: string,
  set: Readonly<Record<string, string>>,
): LoadedSeed {
  const place: Place = (at) => open(readSeed(file, file), basename(file)).place(at)
  return expanded(tree, set, place, () => {})
}

function readSeed(file: string, asked: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Refusal(
      `There is no seed '${asked}': it is neither a file nor one of ${SHIPPED_SEEDS.join(', ')}.`,
    )
  }
}

export function parseSeed(
  text: string,
  file: string,
  set: Readonly<Record<string, string>> = {},
): LoadedSeed {
  const { tree, place } = open(text, file)
  return expanded(tree, set, place, check)
}

/** Where something is in a seed's file, in words. */
type Place = (at: readonly (string | number)[]) => string

function expanded(
  tree: Readonly<Record<string, unknown>>,
  set: Readonly<Record<string, string>>,
  place: Place,
  check: (seed: unknown, origins: Origins, place: Place) => void,
): LoadedSeed {
  const origins: Origins = new Map()
  try {
    const variables = parametersOf(tree, set)
    const { parameters: _, ...rest } = tree
    const seed = expand(rest, variables, origins)
    check(seed, origins, place)
    return {
      seed: seed as Seed,
      mistake: (message, part) => new Refusal(`${place(origins.get(part) ?? [])}: ${message}`),
    }
  } catch (error) {
    if (error instanceof SeedMistake) throw new Refusal(`${place(error.at)}: ${error.message}`)
    throw error
  }
}

/** The file's content, and the way to say where a part of it is. */
function open(text: string, file: string) {
  const lines = new (yaml().LineCounter)()
  const document = yaml().parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken)
    throw new Refusal(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`)
  return {
    tree: contentOf(document, file),
    place: ((at) =>
      `${file}:${lineOf(document, lines, at)}${at.length ? ` at ${at.join('.')}` : ''}`) satisfies Place,
  }
}

function contentOf(document: Document, file: string): Record<string, unknown> {
  let content: unknown
  try {
    content = document.toJS() ?? {}
  } catch (error) {
    // Aliases that stand for more than fits in memory.
    throw new Refusal(`${file}:1: ${(error as Error).message}.`)
  }
  if (typeof content === 'object' && !Array.isArray(content)) return content as Record<string, unknown>
  throw new Refusal(`${file}:1: A seed is a mapping. seeds/seed.schema.json says of what.`)
}

/** The file's parameters with their defaults, overridden by --set. */
function parametersOf(
  tree: Readonly<Record<string, unknown>>,
  set: Readonly<Record<string, string>>,
): Variables {
  const declared = (tree.parameters ?? {}) as Record<string, string | number | boolean>
  const variables: Record<string, string | number | boolean> = { ...declared }
  for (const [name, text] of Object.entries(set)) {
    const usual = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (usual === undefined) {
      const known = Object.keys(declared).join(', ')
      throw new SeedMistake(
        `There is no parameter '${name}' to set; ${known ? `there is ${known}` : 'this seed has none'}.`,
        [],
      )
    }
    variables[name] = like(usual, name, text)
  }
  return variables
}

/** A text from the command line as what its parameter is in the file. */
function like(usual: string | number | boolean, name: string, text: string): string | number | boolean {
  if (typeof usual === 'number') return number(name, text)
  if (typeof usual === 'string') return text
  if (text === 'true' || text === 'false') return text === 'true'
  throw new SeedMistake(`The parameter '${name}' takes true or false, not '${text}'.`, ['parameters', name])
}

function number(name: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new SeedMistake(`The parameter '${name}' takes a number, not '${text}'.`, ['parameters', name])
}

let validate: ValidateFunction | undefined

function check(seed: unknown, origins: Origins, place: Place): void {
  validate ??= new (ajv().Ajv2020)({ verbose: true, strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(new URL('seed.schema.json', SEEDS), 'utf8')),
  )
  if (validate(seed)) return
  const [first] = validate.errors as [ErrorObject]
  throw new Refusal(`${place(originOf(seed, first.instancePath, origins))}: ${sentence(first)}`)
}

function sentence(error: ErrorObject): string {
  const { keyword, params, message, parentSchema } = error
  if (keyword === 'additionalProperties')
    return `'${params.additionalProperty}' is not known here. seeds/seed.schema.json says what is.`
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}.`
  // A pattern is no sentence: the schema says what it stands for.
  if (keyword === 'pattern') return `must be ${parentSchema?.description ?? `like ${params.pattern}`}.`
  return `${message ?? 'is not valid'}.`
}

/** The place in the file that an instance path of the expanded tree came from. */
function originOf(seed: unknown, instancePath: string, origins: Origins): readonly (string | number)[] {
  let here: unknown = seed
  let at: readonly (string | number)[] = []
  for (const step of instancePath.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    at = [...at, Array.isArray(here) ? Number(key) : key]
    here = (here as Record<string, unknown> | undefined)?.[key]
    const origin = typeof here === 'object' && here !== null ? origins.get(here) : undefined
    if (origin) at = origin
  }
  return at
}

/** The line of the node at a path, or of the nearest one above it. */
function lineOf(document: Document, lines: LineCounter, at: readonly (string | number)[]): number {
  for (let length = at.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(at.slice(0, length), true)
    if (yaml().isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
