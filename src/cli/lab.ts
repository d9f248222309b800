import { readFileSync, writeSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createFauxsphere } from '#app/fauxsphere.js'
import { packageRoot } from '#ports/package-files.js'
import type { Subcommand } from './main.js'
import { type Answer, runScenario, type Watcher, type Wire } from './scenario/run.js'
import { parseScenario } from './scenario/scenario.js'
import { parse, quietCommand } from './server-options.js'

const POST = new URL('examples/smp-ft-nested.scenario', packageRoot)

/** `fauxsphere lab`: plays the post against a server of its own and prints every call with its answer. */
export const lab: Subcommand = async (args) => {
  const command = quietCommand('fauxsphere lab').description(
    'Plays the lab on a server of its own; takes no options.',
  )
  if (!parse(command, args)) return 0
  const scenario = parseScenario(readFileSync(POST, 'utf8'))
  const seed = scenario.options[scenario.options.indexOf('--seed') + 1] ?? 'physical-lab'
  await using server = await createFauxsphere({ seed })
  say(`A vCenter on ${server.url}, seed ${seed}.`)
  await runScenario(scenario, wireTo(server.url, server.ca), printer)
  say('\nDone: everything above was answered as the post has it.')
  return 0
}

const say = (text: string) => writeSync(1, `${text}\n`)

const printer: Watcher = {
  title: (text) => say(`\n== ${text}`),
  say: (text) => say(`   ${text}`),
  exchange(method, path, body, { status, body: answer }) {
    say(`\n${method} ${path}${body === undefined ? '' : `\n  ${short(body)}`}`)
    say(`${status}${answer === undefined ? '' : ` ${short(answer)}`}`)
  },
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 400 ? `${text.slice(0, 400)} ...` : text
}

/** Requests over HTTP or, with the authority's certificate, HTTPS. */
export function wireTo(url: string, ca: string | undefined): Wire {
  const secure = url.startsWith('https:')
  return {
    request: (method, path, body, headers) =>
      new Promise<Answer>((resolve, reject) => {
        const options = {
          method,
          headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        }
        const target = new URL(path, url)
        const sent = secure ? httpsRequest(target, { ...options, ca }) : httpRequest(target, options)
        sent.on('response', (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              body: parsed(Buffer.concat(parts).toString()),
              headers: answer.headers as Record<string, string>,
            }),
          )
        })
        sent.on('error', reject)
        sent.end(body === undefined ? undefined : JSON.stringify(body))
      }),
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
