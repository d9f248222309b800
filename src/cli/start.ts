import { rmSync } from 'node:fs'
import { writeEnvironment } from '#app/environment.js'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import type { FauxsphereOptions } from '#app/options.js'
import { Refusal } from '#app/refusal.js'
import type { ServerCommand } from './server-options.js'

/** Starts the server that a command line describes; the file of variables appears when it answers. */
export async function startServer({ options, writeEnv }: ServerCommand): Promise<Fauxsphere> {
  // Whoever waits for the file must not find that of an earlier run.
  if (writeEnv !== undefined) onFile(writeEnv, () => rmSync(writeEnv, { force: true }))
  const server = await createFauxsphere(options as FauxsphereOptions)
  try {
    if (writeEnv !== undefined) onFile(writeEnv, () => writeEnvironment(writeEnv, server.env))
  } catch (error) {
    await server.close()
    throw error
  }
  return server
}

function onFile(path: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw new Refusal(`Cannot write the variables to ${path}: ${(error as Error).message}`)
  }
}

/** Calls back for the signals that ask a program to end. Returns the way to stop listening. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): () => void {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}
