import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createClock } from '#ports/clock.js'
import { prepareTls, type Tls } from './tls.js'

const NOW = Date.parse('2031-02-03T04:05:06Z')
const DAY = 24 * 3600 * 1000

const directories: string[] = []
const directory = () => {
  const path = mkdtempSync(join(tmpdir(), 'fauxsphere-tls-'))
  directories.push(path)
  return path
}
afterEach(() => {
  for (const path of directories.splice(0)) rmSync(path, { recursive: true })
})

/** What a client that trusts the authority gets from a server with this certificate. */
function ask(tls: Tls, servername: string, ca: string = tls.ca): Promise<string> {
  const server = createServer({ cert: tls.chain, key: tls.key }, (_request, response) =>
    response.end('hello'),
  )
  return new Promise<string>((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const call = request({ host: '127.0.0.1', port, servername, ca, agent: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve)
      })
      call.on('error', reject).end()
    })
  }).finally(() => server.close())
}

describe('prepareTls', () => {
  it('makes a certificate that a client verifies against the authority, by every name', async () => {
    const tls = await prepareTls({ host: 'vcenter.lab.local', now: createClock().now() })
    for (const name of ['localhost', 'vcenter.lab.local']) expect(await ask(tls, name)).toBe('hello')
    const { subjectAltName } = new X509Certificate(tls.chain)
    expect(subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:vcenter.lab.local',
    )
  })

  it('is not trusted by the authority of another start, and not for another name', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => prepareTls({ host: '0.0.0.0', now: createClock().now() })),
    )
    if (!one || !two) throw new Error('unreachable')
    await expect(ask(one, 'localhost', two.ca)).rejects.toThrow(/self-signed certificate|unable to verify/)
    await expect(ask(one, 'elsewhere.local')).rejects.toThrow(/altnames/)
  })

  it('gives the thumbprints of the server certificate as vSphere writes them', async () => {
    const tls = await prepareTls({ host: '127.0.0.1', now: NOW })
    expect(tls.thumbprints.sha1).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/)
    expect(tls.thumbprints.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(tls.thumbprints.sha256).toBe(new X509Certificate(tls.chain).fingerprint256)
  })

  it('keeps authority and certificate in the directory, the keys for the owner alone', async () => {
    const at = directory()
    const first = await prepareTls({ host: '127.0.0.1', now: NOW, directory: at })
    const again = await prepareTls({ host: '127.0.0.1', now: NOW + DAY, directory: at })
    expect(again).toEqual(first)
    expect(readFileSync(join(at, 'ca.pem'), 'utf8')).toBe(first.ca)
    expect(statSync(join(at, 'ca-key.pem')).mode & 0o777).toBe(0o600)
    expect(statSync(join(at, 'server-key.pem')).mode & 0o777).toBe(0o600)
  })

  it('renews the certificate under the same authority for another host and before it expires', async () => {
    const at = directory()
    const first = await prepareTls({ host: '127.0.0.1', now: NOW, directory: at })
    const moved = await prepareTls({ host: '10.1.2.3', now: NOW, directory: at })
    expect(moved.ca).toBe(first.ca)
    expect(moved.thumbprints).not.toEqual(first.thumbprints)
    const later = await prepareTls({ host: '10.1.2.3', now: NOW + 395 * DAY, directory: at })
    expect(later.ca).toBe(first.ca)
    expect(later.thumbprints).not.toEqual(moved.thumbprints)
    const muchLater = await prepareTls({ host: '10.1.2.3', now: NOW + 3648 * DAY, directory: at })
    expect(muchLater.ca).not.toBe(first.ca)
  })

  it('replaces what cannot be read', async () => {
    const at = directory()
    const first = await prepareTls({ host: '127.0.0.1', now: NOW, directory: at })
    writeFileSync(join(at, 'server.pem'), 'not a certificate')
    const again = await prepareTls({ host: '127.0.0.1', now: NOW, directory: at })
    expect(again.ca).toBe(first.ca)
    expect(again.thumbprints).not.toEqual(first.thumbprints)
    writeFileSync(join(at, 'ca-key.pem'), 'not a key')
    expect((await prepareTls({ host: '127.0.0.1', now: NOW, directory: at })).ca).not.toBe(first.ca)
  })
})
