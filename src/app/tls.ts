import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { besideCode, isBuilt } from '#ports/package-files.js'
import { Refusal } from './refusal.js'
import type { Issued, IssueRequest, KeyPair } from './tls-issue.js'

/** What a TLS server needs, and what its clients may want to know. */
export interface Tls {
  /** PEM. */
  readonly ca: string
  /** PEM: the server's certificate, then the authority's. */
  readonly chain: string
  /** PEM, PKCS #8. */
  readonly key: string
  readonly thumbprints: Thumbprints
}

/** Of the server's certificate, as vSphere writes them: `AA:BB:...`. */
export interface Thumbprints {
  readonly sha1: string
  readonly sha256: string
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1']

/** A server certificate with less left than this is replaced at start. */
const RENEW_MS = 7 * 24 * 3600 * 1000

/**
 * A certificate for `localhost`, `127.0.0.1`, `::1` and the host that the server listens on, with an authority of its
 * own. With a directory both are kept there, and made anew only when they do not fit (another host, nearly expired).
 * `now` in milliseconds since the epoch, by the machine's clock: clients judge the certificate by theirs.
 */
export async function prepareTls(options: {
  host: string
  now: number
  directory?: string | undefined
}): Promise<Tls> {
  const { now, directory } = options
  const hosts = [...new Set([...LOOPBACK, ...(isWildcard(options.host) ? [] : [options.host])])]
  const kept = directory === undefined ? undefined : readKept(directory)
  const authority = kept?.authority && isValid(kept.authority, now) ? kept.authority : undefined
  if (authority && kept?.server && fits(kept.server, authority, hosts, now))
    return asTls(authority, kept.server)

  const issued = await issueBeside({ authority, hosts, now })
  if (directory !== undefined) keep(directory, issued)
  return asTls(issued.authority, issued.server)
}

/**
 * In a thread of its own: reading the certificate library takes as long as half of the rest of the start, which goes
 * on meanwhile, and its memory goes with the thread. Sources that run without a build have no thread to load.
 */
async function issueBeside(request: IssueRequest): Promise<Issued> {
  if (!isBuilt) return (await import('./tls-issue.js')).issue(request)
  const { Worker } = await import('node:worker_threads')
  const worker = new Worker(besideCode('app/tls-worker.js'), { workerData: request })
  return new Promise<Issued>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that makes certificates ended early.')))
  })
}

/** A certificate of somebody else's, the first of its file, with its key. Throws Refusal for files that are none. */
export function readTls(files: { readonly certificate: string; readonly key: string }): Tls {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      throw new Refusal(`Cannot read ${path}: ${(error as Error).message}`)
    }
  }
  const pair = { certificate: read(files.certificate), key: read(files.key) }
  try {
    if (!new X509Certificate(pair.certificate).checkPrivateKey(createPrivateKey(pair.key)))
      throw new Refusal(`${files.key} is not the key of the certificate in ${files.certificate}.`)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      `${files.certificate} and ${files.key} must be a certificate and its key in PEM: ${(error as Error).message}`,
    )
  }
  const { fingerprint, fingerprint256 } = new X509Certificate(pair.certificate)
  return Object.freeze({
    ca: pair.certificate,
    chain: pair.certificate,
    key: pair.key,
    thumbprints: { sha1: fingerprint, sha256: fingerprint256 },
  })
}

function asTls(authority: KeyPair, server: KeyPair): Tls {
  const { fingerprint, fingerprint256 } = new X509Certificate(server.certificate)
  return Object.freeze({
    ca: authority.certificate,
    chain: server.certificate + authority.certificate,
    key: server.key,
    thumbprints: { sha1: fingerprint, sha256: fingerprint256 },
  })
}

const isWildcard = (host: string) => host === '0.0.0.0' || host === '::'

/** True when the two files belong together and the certificate has time left. */
function isValid(pair: KeyPair, now: number): boolean {
  try {
    const certificate = new X509Certificate(pair.certificate)
    return (
      certificate.checkPrivateKey(createPrivateKey(pair.key)) &&
      Date.parse(certificate.validTo) > now + RENEW_MS
    )
  } catch {
    return false
  }
}

function fits(server: KeyPair, authority: KeyPair, hosts: readonly string[], now: number): boolean {
  if (!isValid(server, now)) return false
  const certificate = new X509Certificate(server.certificate)
  return (
    certificate.verify(new X509Certificate(authority.certificate).publicKey) &&
    hosts.every(
      (host) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined,
    )
  )
}

const FILES = {
  authority: { certificate: 'ca.pem', key: 'ca-key.pem' },
  server: { certificate: 'server.pem', key: 'server-key.pem' },
} as const

type Kept = { readonly [K in keyof typeof FILES]: KeyPair }

function readKept(directory: string): { readonly [K in keyof Kept]: KeyPair | undefined } {
  const read = ({ certificate, key }: { certificate: string; key: string }) => {
    const paths = [join(directory, certificate), join(directory, key)] as const
    return paths.every((path) => existsSync(path))
      ? { certificate: readFileSync(paths[0], 'utf8'), key: readFileSync(paths[1], 'utf8') }
      : undefined
  }
  return { authority: read(FILES.authority), server: read(FILES.server) }
}

function keep(directory: string, kept: Kept): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const part of ['authority', 'server'] as const) {
    writeWhole(join(directory, FILES[part].key), kept[part].key, 0o600)
    writeWhole(join(directory, FILES[part].certificate), kept[part].certificate, 0o644)
  }
}

/** Nobody ever sees half a file. */
function writeWhole(path: string, text: string, mode: number): void {
  writeFileSync(`${path}.tmp`, text, { mode })
  chmodSync(`${path}.tmp`, mode)
  renameSync(`${path}.tmp`, path)
}
