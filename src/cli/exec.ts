import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Refusal } from '#app/refusal.js'
import { parse, readServerOptions, serverCommand } from './server-options.js'
import { onStopSignal, startServer } from './start.js'

/**
 * `fauxsphere exec [options] -- CMD ...`: the exit code is the command's; 128 + n when signal n ended it, 127 when it
 * does not exist, 126 when it cannot be run.
 */
export async function exec(args: readonly string[]): Promise<number> {
  const declared = serverCommand('fauxsphere exec', 'any free one')
    .usage('[options] -- <command> [arguments...]')
    .argument('<command...>')
    .passThroughOptions()
  const command = parse(declared, args)
  if (!command) return 0
  const [program, ...programArgs] = command.args
  if (program === undefined)
    throw new Refusal('exec needs a command to run: fauxsphere exec [options] -- CMD ...')
  await using server = await startServer(readServerOptions(command, process.env, { port: 0 }))
  return await runProgram(program, programArgs, { ...process.env, ...server.env })
}

function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env })
  const stopListening = onStopSignal((signal) => {
    // Ctrl-C at a terminal reaches the command by itself; twice means "at once" to many.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
  return new Promise<number>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(`fauxsphere: cannot run ${program}: ${error.message}\n`)
      resolve(error.code === 'ENOENT' ? 127 : 126)
    })
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
  }).finally(stopListening)
}
