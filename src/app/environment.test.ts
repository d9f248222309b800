import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dotenv, environmentOf, writeEnvironment } from './environment.js'

const server = {
  url: 'https://127.0.0.1:8989',
  pid: 4711,
  caFile: '/tmp/ca.pem',
  thumbprint: 'AA:BB',
  username: 'administrator@vsphere.local',
  password: 'VMware1!',
}

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fauxsphere-env-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('the file of variables', () => {
  it('has exactly these lines', () => {
    expect(dotenv(environmentOf(server))).toBe(`FAUXSPHERE_URL=https://127.0.0.1:8989
FAUXSPHERE_PID=4711
FAUXSPHERE_CA_FILE=/tmp/ca.pem
FAUXSPHERE_THUMBPRINT=AA:BB
GOVC_URL=https://administrator%40vsphere.local:VMware1%21@127.0.0.1:8989/sdk
GOVC_INSECURE=1
VSPHERE_SERVER=127.0.0.1:8989
VSPHERE_USER=administrator@vsphere.local
VSPHERE_PASSWORD=VMware1!
VSPHERE_ALLOW_UNVERIFIED_SSL=true
`)
  })

  it('keeps the names of what plain HTTP does not have', () => {
    const lines = dotenv(
      environmentOf({ ...server, url: 'http://[::1]:80', caFile: undefined, thumbprint: undefined }),
    )
    expect(lines).toContain('FAUXSPHERE_CA_FILE=\nFAUXSPHERE_THUMBPRINT=\n')
    expect(lines).toContain('@[::1]/sdk\n')
  })

  it.each(["it's", 'a b#c', 'x"y$HOME`z\\', 'both \' and " and $x'])(
    'gives a shell the password %s as it is',
    (password) => {
      const path = join(directory, 'env')
      writeEnvironment(path, environmentOf({ ...server, password }))
      const seen = execFileSync('sh', ['-c', '. "$0"; printf %s "$VSPHERE_PASSWORD"', path], {
        encoding: 'utf8',
      })
      expect(seen).toBe(password)
      expect(decodeURIComponent(new URL(environmentOf({ ...server, password }).GOVC_URL).password)).toBe(
        password,
      )
    },
  )

  it('replaces the file whole, and nothing else is left behind', () => {
    const path = join(directory, 'env')
    writeFileSync(path, 'old')
    writeEnvironment(path, environmentOf(server))
    expect(readFileSync(path, 'utf8')).toMatch(/^FAUXSPHERE_URL=/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(directory)).toEqual(['env'])
    expect(() => writeEnvironment(directory, environmentOf(server))).toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(readdirSync(directory)).toEqual(['env'])
  })
})
