import { readFileSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { product } from '#app/product.js'
import { Refusal } from '#app/refusal.js'
import { createRandom } from '#ports/random.js'
import { goUsage, parseGoFlags } from './go-flags.js'
import type { Subcommand } from './main.js'
import { onStopSignal } from './start.js'
import { VCSIM_FLAGS, type VcsimRequest, vcsimRequest } from './vcsim-flags.js'

const say = (stream: 1 | 2, text: string) => writeSync(stream, `${text}\n`)

/**
 * `fauxsphere vcsim`: serves with the flags, the inventory and the one line of output of govmomi's vcsim, until a signal
 * ends it. As there, help ends with 0 and a wrong flag with 2, both with the usage on standard error.
 */
export const vcsim: Subcommand = async (args) => {
  const parsed = parseGoFlags(VCSIM_FLAGS, args)
  if (parsed.outcome !== 'ok') {
    if (parsed.outcome === 'wrong') say(2, parsed.message)
    writeSync(2, goUsage('fauxsphere vcsim', VCSIM_FLAGS))
    return parsed.outcome === 'help' ? 0 : 2
  }
  const { values, given, words } = parsed
  if (words[0] === 'uuidgen')
    return done(createRandom(createRandom('', false).token(), false).uuid('', 'uuidgen'))
  if (words[0] === 'version') return done(`Build Version: ${product.version}`)
  if (words[0] !== undefined)
    throw new Refusal(`vcsim knows the words uuidgen and version, not '${words[0]}'; flags come first.`)

  const request = vcsimRequest(values, given, secret)
  for (const remark of request.remarks) say(2, `fauxsphere: ${remark}`)
  const stopped = new Promise<void>((resolve) => onStopSignal(() => resolve()))
  const server = await Promise.race([createFauxsphere(request.options), stopped])
  if (!server) return 0
  process.stdout.on('error', () => {})
  if (values.stdinexit) say(1, 'Press any key to exit')
  const ended = values.stdinexit ? Promise.race([stopped, anyKey()]) : stopped
  // Who reads the line may come late, or never.
  await Promise.race([ended, tell(values.E, lineOf(server, request))])
  await ended
  await server.close()
  return 0
}

function done(line: string): number {
  say(1, line)
  return 0
}

function lineOf(server: Fauxsphere, { user, password }: VcsimRequest): string {
  const url = new URL('/sdk', server.url)
  url.username = encodeURIComponent(user)
  url.password = encodeURIComponent(password)
  return `export GOVC_URL=${shell(url.href)} GOVC_SIM_PID=${process.pid}\n`
}

/** The line is for `eval`: what a shell would take apart is escaped in the URL. */
const shell = (url: string) =>
  url.replace(/[!'()*;&|<>$`"\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** To standard output, or to a file or fifo: the latter waits until somebody reads it. */
async function tell(path: string, line: string): Promise<void> {
  if (path === '-') {
    process.stdout.write(line)
    return
  }
  try {
    const file = await open(path, 'w', 0o600)
    await file.writeFile(line)
    await file.close()
  } catch (error) {
    throw new Refusal(`-E: cannot write to ${path}: ${(error as Error).message}`)
  }
}

/** A flag that names a file stands for what is in it. */
function secret(value: string): string {
  if (value === '') return ''
  try {
    return readFileSync(value, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM') throw new Refusal(`Cannot read ${value}: ${code}`)
    return value
  }
}

/** Resolves with the first byte, or when standard input has ended. */
function anyKey(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('data', () => resolve())
    process.stdin.once('end', () => resolve())
    process.stdin.once('error', () => resolve())
  })
}
