/**
 * Does the package work for somebody who installs it? Packs it, installs the tarball in an empty folder, starts the
 * installed command, asks it for its content, and stops it. Ends with 0 when all of that went well.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'fauxsphere-pack-'))
const PATH = '/sdk/vim25/8.0.3.0/ServiceInstance/ServiceInstance/content'
const LONGEST_START_MS = 30_000

function run(command, args, cwd) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The body of an answer with status 200, from a server whose certificate the authority signed. */
function ask(url, ca) {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () =>
        response.statusCode === 200 ? resolve(body) : reject(new Error(`${response.statusCode}: ${body}`)),
      )
    }).on('error', reject)
  })
}

async function started(server) {
  for await (const line of createInterface({ input: server.stdout })) if (line.includes('is ready at')) return
  throw new Error('The installed command ended before it was ready.')
}

let server
try {
  run('node', [join(root, 'scripts', 'build.mjs'), '--if-stale'], root)
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  )
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename)], folder)

  const variables = join(folder, 'variables.env')
  const command = join(folder, 'node_modules', '.bin', 'fauxsphere')
  server = spawn(command, ['--port', '0', '--write-env', variables], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(server, 'close')
  await Promise.race([
    started(server),
    once(AbortSignal.timeout(LONGEST_START_MS), 'abort').then(() => {
      throw new Error('The installed command was not ready in time.')
    }),
  ])

  const { FAUXSPHERE_URL, FAUXSPHERE_CA_FILE } = parseEnv(readFileSync(variables, 'utf8'))
  const content = JSON.parse(await ask(`${FAUXSPHERE_URL}${PATH}`, readFileSync(FAUXSPHERE_CA_FILE)))
  if (content._typeName !== 'ServiceContent' || content.about?.apiVersion !== '8.0.3.0')
    throw new Error(`Not the content of a vCenter Server 8.0.3: ${JSON.stringify(content).slice(0, 500)}`)

  server.kill('SIGTERM')
  const [code, signal] = await ended
  if (code !== 0) throw new Error(`The installed command ended with ${signal ?? code} instead of 0.`)
  console.log(`pack test: ${filename} installs, starts, answers and stops`)
} catch (error) {
  console.error(`pack test: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  if (server?.exitCode === null) server.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
