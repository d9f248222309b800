#!/usr/bin/env node
import { writeSync } from 'node:fs'
import { OptionError } from '#app/options.js'
import { Refusal } from '#app/refusal.js'

/** A subcommand: takes what follows its name, resolves to the exit code. */
export type Subcommand = (args: readonly string[]) => Promise<number>

interface Entry {
  readonly description: string
  readonly load: () => Promise<Subcommand>
}

/** Every subcommand, loaded when it is asked for. */
const SUBCOMMANDS: Readonly<Record<string, Entry>> = {
  serve: {
    description: 'serve until stopped (the default)',
    load: async () => (await import('./serve.js')).serve,
  },
  exec: {
    description: 'start, run a command with variables for clients, stop',
    load: async () => (await import('./exec.js')).exec,
  },
  vcsim: {
    description: "serve in place of govmomi's vcsim, with its flags",
    load: async () => (await import('./vcsim.js')).vcsim,
  },
  lab: {
    description: 'play the SMP Fault Tolerance lab on nested ESXi, printing each call and its answer',
    load: async () => (await import('./lab.js')).lab,
  },
  coverage: {
    description: 'list what is implemented, per operation, method and door',
    load: async () => (await import('./coverage.js')).coverage,
  },
}

async function run(args: readonly string[]): Promise<number> {
  const [first = ''] = args
  if (first === '--version' || first === '-V') {
    const { product } = await import('#app/product.js')
    return print(product.version)
  }
  if (first === '--help' || first === '-h' || first === 'help') return print(await help())
  if (Object.hasOwn(SUBCOMMANDS, first)) return ((await SUBCOMMANDS[first]?.load()) ?? refuse)(args.slice(1))
  if (first !== '' && !first.startsWith('-'))
    throw new Refusal(`There is no command '${first}'; there are ${Object.keys(SUBCOMMANDS).join(', ')}.`)
  return (await import('./serve.js')).serve(args)
}

const refuse: Subcommand = async () => 2

function print(text: string): number {
  writeSync(1, `${text}\n`)
  return 0
}

async function help(): Promise<string> {
  const { serverCommand } = await import('./server-options.js')
  const commands = Object.entries(SUBCOMMANDS).map(
    ([name, { description }]) => `  ${name.padEnd(10)}${description}`,
  )
  const options = serverCommand('serve', '8989').helpInformation().split('Options:\n')[1] ?? ''
  return [
    'A vCenter Server and its ESXi hosts, in one process.',
    '',
    'Usage: fauxsphere [command] [options]',
    '',
    'Commands:',
    ...commands,
    '',
    'Options of serve and exec (each also as a variable):',
    options.trimEnd(),
  ].join('\n')
}

/** What could not start ends with one line and 2; what broke is ours, shows where, and ends with 1. */
function fail(error: unknown): number {
  const expected = error instanceof Refusal || error instanceof OptionError
  const text = expected ? error.message : error instanceof Error ? error.stack : String(error)
  writeSync(2, `fauxsphere: ${text}\n`)
  return expected ? 2 : 1
}

process.exit(await run(process.argv.slice(2)).catch(fail))
