import type { Fauxsphere } from '#app/fauxsphere.js'
import { greeting, readyLines } from './greeting.js'
import { parse, readServerOptions, serverCommand } from './server-options.js'
import { onStopSignal, startServer } from './start.js'

export const DEFAULT_PORT = 8989

/** `fauxsphere serve`: serves until a signal ends it; 0 when it ended as it should. */
export async function serve(args: readonly string[]): Promise<number> {
  const command = parse(serverCommand('fauxsphere serve', String(DEFAULT_PORT)), args)
  if (!command) return 0
  const asked = readServerOptions(command, process.env, { port: DEFAULT_PORT })

  const stopped = new Promise<void>((resolve) => onStopSignal(() => resolve()))
  // A signal that comes while the server starts ends it at once: nothing has been answered yet.
  const server = await Promise.race([startServer(asked), stopped])
  if (!server) return 0
  surviveMistakes(server)
  const show = process.stdout.isTTY ? greeting : readyLines
  process.stdout.write(show(server, asked.settings))
  await stopped
  await server.close()
  return 0
}

/** A mistake of ours in one request must not end the server for all others: the state changes in transactions only. */
function surviveMistakes({ app }: Fauxsphere): void {
  process.stdout.on('error', () => {})
  process.on('uncaughtException', (err) => app.log.error({ err }, 'Something broke; serving goes on.'))
  process.on('unhandledRejection', (err) => app.log.error({ err }, 'Something broke; serving goes on.'))
}
