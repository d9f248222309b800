import { hash, randomBytes } from 'node:crypto'

/**
 * Randomness, in two kinds. What describes the world (UUIDs, MAC addresses, serial numbers) is a function of the
 * sandbox's seed and of what it is for, so that two boots agree. What guards it (session tokens and keys) is
 * cryptographically random unless the whole sandbox was asked to be reproducible.
 */
export interface Random {
  /** 32 hex digits that depend on the seed and the purpose alone. */
  hex(...purpose: readonly (string | number)[]): string
  /** A UUID that depends on the seed and the purpose alone; `prefix` replaces its first hex digits. */
  uuid(prefix: string, ...purpose: readonly (string | number)[]): string
  /** A whole number in [0, below) that depends on the seed and the purpose alone. */
  integer(below: number, ...purpose: readonly (string | number)[]): number
  /** 32 lower-case hex digits for a session token. */
  token(): string
}

export function createRandom(seed: string, reproducible: boolean): Random {
  let tokens = 0
  const hex = (...purpose: readonly (string | number)[]) =>
    hash('sha256', `${seed}\0${purpose.join('\0')}`, 'hex').slice(0, 32)
  return {
    hex,
    uuid: (prefix, ...purpose) => uuidFrom(prefix + hex('uuid', ...purpose).slice(prefix.length)),
    integer: (below, ...purpose) => Number.parseInt(hex('integer', ...purpose).slice(0, 12), 16) % below,
    token: () => (reproducible ? hex('token', tokens++) : randomBytes(16).toString('hex')),
  }
}

function uuidFrom(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
