import { describe, expect, it } from 'vitest'
import type { Fauxsphere } from '#app/fauxsphere.js'
import { resolveOptions } from '#app/options.js'
import { greeting, readyLines } from './greeting.js'

const server = (tls: boolean) =>
  ({
    url: tls ? 'https://127.0.0.1:8989' : 'http://127.0.0.1:8989',
    seed: 'smp-ft-nested',
    env: { FAUXSPHERE_CA_FILE: tls ? '/tmp/a b/ca.pem' : '' },
    thumbprints: tls ? { sha1: 'AA:BB', sha256: 'CC:DD' } : undefined,
    sandbox: { services: { identity: { productVersion: '8.0.3', apiVersion: '8.0.3.0' } } },
  }) as unknown as Fauxsphere

describe('greeting', () => {
  it('says where, as whom, and gives three lines that a shell takes as they are', () => {
    const text = greeting(server(true), resolveOptions({}))
    expect(text).toContain('vCenter Server 8.0.3 at https://127.0.0.1:8989/\n')
    expect(text).toContain('Login    administrator@vsphere.local / VMware1! (any other will do)\n')
    expect(text).toContain('Docs     https://127.0.0.1:8989/docs\n')
    expect(text).toContain('SHA-1    AA:BB\n  SHA-256  CC:DD\n')
    const lines = text.split('\n').filter((line) => line.includes('curl'))
    expect(lines.length).toBe(3)
    expect(lines[0]).toBe(
      "  TOKEN=$(curl -s --cacert '/tmp/a b/ca.pem' -X POST -u 'administrator@vsphere.local:VMware1!' https://127.0.0.1:8989/api/session | tr -d '\"')",
    )
  })

  it('says nothing of certificates on plain HTTP, and nothing of other accounts when one is configured', () => {
    const text = greeting(server(false), resolveOptions({ tls: false, username: 'root', password: "it's" }))
    expect(text).not.toMatch(/SHA|cacert/)
    expect(text).toContain("Login    root / it's\n")
    expect(text).toContain("-u 'root:it'\\''s'")
    expect(readyLines(server(false))).toMatch(/^Fauxsphere \S+ is ready at http:\/\/127.0.0.1:8989\n$/)
  })
})
