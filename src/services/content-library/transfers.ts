import type { Services } from '#vsphere/core/context.js'

/**
 * Bytes that have come so far of files that are being sent right now, by `<transfer>/<file>`. Beside the root: a transfer
 * that is cut off, also by the end of the process, leaves the file waiting.
 */
export function transfersOf(services: Services): Map<string, number> {
  const KEY = 'contentLibrary.transfers'
  let found = services.volatile.get(KEY) as Map<string, number> | undefined
  if (!found) {
    found = new Map()
    services.volatile.set(KEY, found)
  }
  return found
}

export const transferKey = (transfer: string, file: string) => `${transfer}/${file}`

/** Whether bytes of any file of a session are coming right now. */
export const isReceiving = (services: Services, transfer: string) =>
  [...transfersOf(services).keys()].some((key) => key.startsWith(`${transfer}/`))

/** An identifier that nobody guesses, in the form of a UUID. */
export function newTransfer({ random }: Services): string {
  const hex = random.token()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
