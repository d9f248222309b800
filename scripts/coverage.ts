/**
 * Writes docs/coverage.md: every vim25 method, whether it is implemented, and the tests that call it; the faults of the
 * methods that the lab needs, each with its cases; every operation of the Automation API with its state per door.
 *
 *     npx tsx --conditions=source scripts/coverage.ts            write
 *     npx tsx --conditions=source scripts/coverage.ts --check    only look: ends with 1 when the page is stale
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { grouped, methodCoverage, operationCoverage } from '#services/coverage.js'
import { casesBeyond, casesOf, declaredFaults, type FiledCase } from '../test/contract/faults/cases.js'
import { UNCAUSED } from '../test/contract/faults/uncaused.js'
import { TASK_CASES } from '../test/contract/tasks.js'
import { promisedMethods } from '../test/house/promised.js'

const root = fileURLToPath(new URL('..', import.meta.url))
export const PAGE = join(root, 'docs/coverage.md')

/** Where every task of the lab's methods has its case: what it does, its events, its TaskInfo. */
const TASKS = 'test/contract/tasks.ts'

/** The newest release that the server claims to be: what is newer is not listed. */
const RELEASE = '8.0.3.0'

export interface Covered {
  readonly type: string
  readonly method: string
  readonly implemented: boolean
  /** Paths of the tests that call it, relative to the repository. */
  readonly tests: readonly string[]
}

/** Every method of the release, with its tests. */
export function coverage(): readonly Covered[] {
  const calls = callsInTests()
  const withTask = new Set(TASK_CASES.map(({ method }) => method))
  return methodCoverage(RELEASE).map((row) => {
    const own = withTask.has(`${row.type}.${row.method}`) ? [TASKS] : []
    return { ...row, tests: row.implemented ? [...own, ...(calls.get(row.method) ?? [])] : [] }
  })
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Method names as tests name them: `'PowerOnVM_Task'` in code, `.../PowerOnVM_Task` in paths and scenarios. */
function callsInTests(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const file of testFiles()) {
    const names = new Set(
      [...readFileSync(file, 'utf8').matchAll(/['"`/]([A-Z]\w+)\b/g)].map(([, name = '']) => name),
    )
    for (const name of names) found.set(name, [...(found.get(name) ?? []), relative(root, file)])
  }
  return found
}

/** Tests of the language name methods, but call none. */
const LANGUAGE = /[\\/]src[\\/]vim25[\\/]|coverage\.test\.ts$/

function testFiles(): readonly string[] {
  return ['src', 'test', 'examples']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(test\.ts|scenario)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => !LANGUAGE.test(file)),
    )
    .sort(compare)
}

/** A page stays readable: of many tests the first few. */
const MOST_LINKS = 4

export function page(rows: readonly Covered[] = coverage()): string {
  const done = rows.filter(({ implemented }) => implemented)
  const lines = [
    '# Coverage',
    '',
    'What is implemented of the vSphere Web Services API and of the Automation API, as of 8.0.3. Everything is answered: a method',
    'that is not implemented with the fault `NotImplemented`, an operation with the error `UNSUPPORTED`; both name it.',
    '`fauxsphere coverage` lists the same line by line, for other releases too, `/docs/coverage` as a page.',
    '',
    'Written by `npx tsx --conditions=source scripts/coverage.ts`; a test fails when this page is stale.',
    '',
    '## vim25',
    '',
    `${done.length} implementations of ${rows.length} methods.`,
    '',
    '### Implemented',
    '',
    '| Method | Tests |',
    '| --- | --- |',
    ...done.map(({ type, method, tests }) => `| ${type}.${method} | ${links(tests)} |`),
    '',
    '### Faults',
    '',
    'Which faults the methods that the lab needs declare, and the cases that end with them and change nothing. Of a fault that',
    'has none the table says why nothing brings it about; methods that are not in it declare none. Beside these, every method',
    'may be answered `NotAuthenticated`, `NoPermission`, `ManagedObjectNotFound`, `InvalidArgument`, `InvalidRequest`,',
    '`NotSupported` and `HostNotConnected`.',
    '',
    '| Method | Fault | Cases: when ... |',
    '| --- | --- | --- |',
    ...promisedMethods.flatMap(faultRows),
    '',
    '### Not implemented',
    '',
    '| Type | Methods |',
    '| --- | --- |',
    ...missing(rows),
    '',
    ...operationLines(),
    '',
  ]
  return lines.join('\n')
}

/** A row per service; operations stand where all doors that have them answer alike, which is everywhere. */
function operationLines(): readonly string[] {
  const all = operationCoverage(RELEASE)
  const done = all.filter(({ doors }) => doors['json-rpc'] === 'implemented')
  const names = (own: typeof all) =>
    own.map(({ operation, doors }) => `${operation}${doors['/rest'] === 'absent' ? '*' : ''}`).join(', ')
  return [
    '## Automation API',
    '',
    `${done.length} of ${all.length} operations. An operation is in the same state on \`/api\`, over JSON-RPC and on \`/rest\`;`,
    'one with an asterisk has no form on `/rest`, here as there.',
    '',
    '| Service | Implemented | Not implemented |',
    '| --- | --- | --- |',
    ...[...grouped(all, ({ service }) => service)].map(
      ([service, own]) =>
        `| ${service} | ${names(own.filter((row) => done.includes(row)))} | ${names(own.filter((row) => !done.includes(row)))} |`,
    ),
  ]
}

function links(tests: readonly string[]): string {
  const shown = tests.slice(0, MOST_LINKS).map((test) => `[${test.split('/').at(-1)}](../${test})`)
  return [...shown, ...(tests.length > MOST_LINKS ? ['...'] : [])].join(', ')
}

/** A row per fault that a method declares, and per fault beyond those that it ends with all the same. */
function faultRows(method: string): readonly string[] {
  const row = (fault: string, cases: readonly FiledCase[]) => {
    const shown = cases.map((each) => {
      const name = each.fault === fault ? '' : `${each.fault}: `
      return `${name}[${each.when}](../test/contract/faults/${each.file})`
    })
    return `| ${method} | ${fault} | ${shown.join('; ') || `none: ${UNCAUSED[method]?.[fault]}`} |`
  }
  return [
    ...declaredFaults(method).map((fault) => row(fault, casesOf(method, fault))),
    ...casesBeyond(method).map((each) => row(each.fault, [each])),
  ]
}

function missing(rows: readonly Covered[]): readonly string[] {
  const byType = new Map<string, string[]>()
  for (const { type, method, implemented } of rows)
    if (!implemented) byType.set(type, [...(byType.get(type) ?? []), method])
  return [...byType].map(([type, methods]) => `| ${type} | ${methods.join(', ')} |`)
}

function main(): number {
  const fresh = page()
  if (!process.argv.includes('--check')) writeFileSync(PAGE, fresh)
  else if (readFileSync(PAGE, 'utf8') !== fresh) {
    console.error('docs/coverage.md is stale; run npx tsx --conditions=source scripts/coverage.ts')
    return 1
  }
  return 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main()
