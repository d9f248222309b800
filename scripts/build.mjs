/**
 * Builds dist/: tsc checks the sources and writes declarations, esbuild makes a few files of them (decision 004).
 *
 *     node scripts/build.mjs               build
 *     node scripts/build.mjs --if-stale    build only when a source differs from what dist/ was made of
 *
 * dist/.stamp holds a digest of every input (path, size, time). Ends with 0 when dist/ is good, 1 when the compiler
 * found errors; then no stamp is written and the next call builds again.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)

const INPUTS = [
  'src',
  'openapi',
  'seeds',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
]
const STAMP = at('dist', '.stamp')
const INCREMENTAL = at('node_modules', '.cache', 'tsc-build.tsbuildinfo')
const COMMAND = at('dist', 'cli', 'main.js')

const isTest = (path) => /\.test\.ts$/.test(path)

/** Every file below a path, in a fixed order; tests are no input of the build. */
function* filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return
  if (stat.isFile()) yield { path, stat }
  else if (stat.isDirectory())
    for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name))
}

function digest() {
  const hash = createHash('sha1').update(process.version)
  for (const input of INPUTS)
    for (const { path, stat } of filesBelow(at(input)))
      if (!isTest(path)) hash.update(`${relative(root, path)}\0${stat.size}\0${stat.mtimeMs}\n`)
  return hash.digest('hex')
}

function isFresh(now) {
  return existsSync(COMMAND) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now
}

/** What a source file becomes; undefined for what the build leaves alone. */
function outputsOf(source) {
  if (isTest(source)) return []
  if (source.endsWith('.d.ts')) return []
  if (source.endsWith('.ts')) return [source.replace(/\.ts$/, '.d.ts')]
  return source.endsWith('.md') ? [] : [source]
}

/** Removes what earlier builds left of files that are gone, copies what is not TypeScript. */
function tidy(written) {
  const expected = new Set([STAMP, ...written])
  for (const { path } of filesBelow(at('src'))) {
    for (const output of outputsOf(relative(at('src'), path))) {
      const target = at('dist', output)
      expected.add(target)
      if (path.endsWith('.ts')) continue
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, readFileSync(path))
    }
  }
  for (const { path } of [...filesBelow(at('dist'))]) if (!expected.has(path)) rmSync(path)
}

/** Where the YAML files of a folder go as JSON: parsing YAML would cost a good part of the start. */
const BUNDLES = [
  { from: join('openapi', 'overlays'), to: join('dist', 'openapi', 'overlays') },
  { from: 'seeds', to: join('dist', 'app', 'seed', 'shipped') },
]

async function bundleData() {
  const { parse } = await import('yaml')
  const written = []
  for (const { from, to } of BUNDLES)
    for (const { path } of filesBelow(at(from))) {
      if (!path.endsWith('.yaml')) continue
      const target = at(to, relative(at(from), path)).replace(/\.yaml$/, '.json')
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, `${JSON.stringify(parse(readFileSync(path, 'utf8'), { merge: true }))}\n`)
      written.push(target)
    }
  return written
}

/** What is started by its path in dist/. */
const ENTRIES = ['cli/main', 'app/tls-worker', 'index']

/**
 * CommonJS packages that every start loads. What is imported from such a package Node first searches for the names that it
 * exports: 60 ms of a start on the processor. Here they are known when the code is put together, and the package is required.
 */
const REQUIRED = ['commander', 'fastify', 'immutable']

const NAME = /^(?!default$)[A-Za-z_$][\w$]*$/

const requiring = {
  name: 'requiring',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${REQUIRED.join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'required',
    }))
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path)).filter((name) => NAME.test(name))
      const contents = [
        "import { createRequire } from 'node:module'",
        `const whole = createRequire(import.meta.url)('${path}')`,
        `export const { ${names.join(', ')} } = whole`,
        'export default whole',
      ]
      return { contents: contents.join('\n') }
    })
  },
}

/** The code in a few files: five hundred modules take half a second to load. Dependencies stay where they are. */
async function bundleCode() {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    entryPoints: Object.fromEntries(ENTRIES.map((name) => [name, at('src', `${name}.ts`)])),
    outdir: at('dist'),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    plugins: [requiring],
    conditions: ['source'],
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
  })
  return Object.keys(metafile.outputs).map((output) => at(output))
}

/** True when every TypeScript source has its declarations. */
function isComplete() {
  for (const { path } of filesBelow(at('src')))
    if (path.endsWith('.ts'))
      for (const output of outputsOf(relative(at('src'), path)))
        if (!existsSync(at('dist', output))) return false
  return true
}

async function check() {
  const { spawnSync } = await import('node:child_process')
  const compiler = at('node_modules', 'typescript', 'bin', 'tsc')
  const run = () =>
    spawnSync(process.execPath, [compiler, '-p', at('tsconfig.build.json')], { stdio: 'inherit' }).status ?? 1
  const status = run()
  if (status !== 0 || isComplete()) return status
  // Files of dist/ are gone: the compiler's memory of what it wrote is wrong.
  rmSync(INCREMENTAL, { force: true })
  return run()
}

const now = digest()
if (process.argv.includes('--if-stale') && isFresh(now)) process.exit(0)

rmSync(STAMP, { force: true })
const status = await check()
tidy([...(await bundleCode()), ...(await bundleData())])
if (existsSync(COMMAND)) chmodSync(COMMAND, 0o755)
if (status !== 0) {
  console.error('The build has type errors; dist/ is not to be trusted.')
  process.exit(1)
}
writeFileSync(STAMP, now)
