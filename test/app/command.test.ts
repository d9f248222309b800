import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { product } from '#app/product.js'
import { COMMAND, runCommand, startProcess } from '../support/server-process.js'

const home = mkdtempSync(join(tmpdir(), 'fauxsphere-command-'))
afterAll(() => rmSync(home, { recursive: true }))

const QUICK = ['--no-tls', '--port', '0', '--seed', 'empty']

const VARIABLES = [
  'FAUXSPHERE_URL',
  'FAUXSPHERE_PID',
  'FAUXSPHERE_CA_FILE',
  'FAUXSPHERE_THUMBPRINT',
  'GOVC_URL',
  'GOVC_INSECURE',
  'VSPHERE_SERVER',
  'VSPHERE_USER',
  'VSPHERE_PASSWORD',
  'VSPHERE_ALLOW_UNVERIFIED_SSL',
]

describe('fauxsphere serve', () => {
  it('writes the variables once it answers, and ends with 0 on a signal', async () => {
    const file = join(home, 'serve.env')
    writeFileSync(file, 'left over from an earlier run')
    const server = await startProcess(['--port', '0', '--seed', 'empty', '--write-env', file])
    const variables = parseEnv(readFileSync(file, 'utf8'))
    expect(Object.keys(variables).sort()).toEqual([...VARIABLES].sort())
    expect(variables).toMatchObject({ FAUXSPHERE_URL: server.url, FAUXSPHERE_PID: String(server.child.pid) })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // With the certificate authority alone, as a client would.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['-e', `fetch('${server.url}/readyz').then((answer) => answer.text()).then(console.log)`],
      { env: { NODE_EXTRA_CA_CERTS: variables.FAUXSPHERE_CA_FILE } },
    )
    expect(stdout).toBe('{"status":"ready"}\n')
    const { code, out, err } = await server.end('SIGTERM')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^Fauxsphere \S+ is ready at https:\/\/127\.0\.0\.1:\d+\nCertificate SHA-1 ([0-9A-F:]{59})\nCertificate SHA-256 [0-9A-F:]{95}\n$/,
    )
    expect(variables.FAUXSPHERE_THUMBPRINT).toBe(/SHA-1 (\S+)/.exec(out)?.[1])
    expect(existsSync(variables.FAUXSPHERE_CA_FILE ?? '')).toBe(false)
  })

  it('takes every option as a variable as well, the command line first', async () => {
    const data = join(home, 'data')
    const server = await startProcess(['serve', '--seed', 'empty'], {
      FAUXSPHERE_SEED: 'nix',
      FAUXSPHERE_PORT: '0',
      FAUXSPHERE_NO_TLS: 'yes',
      FAUXSPHERE_DATA: data,
      FAUXSPHERE_VSPHERE: '7.0.3',
      FAUXSPHERE_USERNAME: 'root',
      FAUXSPHERE_PACE: 'real',
      FAUXSPHERE_LOG_LEVEL: '',
      FAUXSPHERE_MAX_BODY_BYTES: '100',
    })
    const about = (await (await fetch(`${server.url}/about`)).json()) as Record<string, unknown>
    expect(about).toMatchObject({ seed: 'empty', vsphere: { apiVersion: '7.0.3.0' } })
    const long = { method: 'POST', body: ' '.repeat(101) }
    const url = `${server.url}/sdk/vim25/7.0.3.0/ServiceInstance/ServiceInstance/CurrentTime`
    expect((await fetch(url, long)).status).toBe(413)
    expect((await fetch(url, { ...long, body: ' '.repeat(100) })).status).not.toBe(413)
    expect((await server.end('SIGINT')).code).toBe(0)
    expect(existsSync(join(data, 'fauxsphere.json'))).toBe(true)
    expect(existsSync(join(data, 'lock'))).toBe(false)
  })

  it.each<[string[], Record<string, string>, string]>([
    [['--port', 'x'], {}, "--port must be a whole number from 0 to 65535, not 'x'."],
    [
      [],
      { FAUXSPHERE_PACE: 'fast' },
      "FAUXSPHERE_PACE must be instant, real or a factor such as 0.1, not 'fast'.",
    ],
    [[], { FAUXSPHERE_NO_TLS: 'maybe' }, "FAUXSPHERE_NO_TLS must be true or false, not 'maybe'."],
    [['--set', 'vm'], {}, "--set must be PARAMETER=VALUE, not 'vm'."],
    [['--vsphere', '5.0'], {}, "--vsphere must be one of 6.0, 6.5, 6.7, 7.0.3, 8.0.3, not '5.0'."],
    [['--sead', 'x'], {}, "unknown option '--sead' (Did you mean --seed?) (see fauxsphere --help)"],
    [['sevre'], {}, "There is no command 'sevre'; there are serve, exec"],
    [['serve', 'extra'], {}, "unexpected argument 'extra' (see fauxsphere --help)"],
    [['lab', '--seed', 'empty'], {}, "unknown option '--seed' (see fauxsphere --help)"],
    [['--port'], {}, "option '--port <number>' argument missing (see fauxsphere --help)"],
    [['--write-env', ''], {}, "--write-env must be the name of a file, not ''."],
    [['--random-seed', ''], {}, "--random-seed must be a non-empty text or a number, not ''."],
    [
      ['--max-body-bytes', '16MB'],
      {},
      "--max-body-bytes must be a whole number from 1 to 1073741824, not '16MB'.",
    ],
    [
      [],
      { FAUXSPHERE_MAX_BODY_BYTES: '0' },
      "FAUXSPHERE_MAX_BODY_BYTES must be a whole number from 1 to 1073741824, not '0'.",
    ],
    [['exec', '--no-tls'], {}, "missing required argument 'command' (see fauxsphere --help)"],
    [[...QUICK, '--seed', 'nix'], {}, "There is no seed 'nix'"],
    [[...QUICK, '--host', '192.0.2.1'], {}, 'This machine has no address 192.0.2.1 to listen on.'],
    [[...QUICK, '--data', COMMAND], {}, `${COMMAND} cannot be used for data: it is not a directory.`],
    [[...QUICK, '--write-env', '/nowhere/env'], {}, 'Cannot write the variables to /nowhere/env: ENOENT'],
  ])('ends with 2 and one clear line for %j %j', async (args, env, message) => {
    const { code, out, err } = await runCommand(args, env)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.startsWith(`fauxsphere: ${message}`), err).toBe(true)
    expect(err.split('\n').length).toBe(2)
  })

  it('leaves nothing behind where temporary files go', async () => {
    const folder = join(home, 'tmp')
    mkdirSync(folder)
    const server = await startProcess(['--port', '0', '--seed', 'empty'], { TMPDIR: folder })
    expect(readdirSync(folder)).toHaveLength(1)
    await server.end('SIGTERM')
    expect(readdirSync(folder)).toEqual([])
    const busy = createServer()
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
    const port = String((busy.address() as AddressInfo).port)
    expect((await runCommand(['--port', port, '--seed', 'empty'], { TMPDIR: folder })).code).toBe(2)
    busy.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('ends with 2 and one clear line when the port is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { code, err } = await runCommand([...QUICK, '--port', String(port)])
    other.close()
    expect(err).toBe(
      `fauxsphere: Port ${port} of 127.0.0.1 is in use; choose another one with --port, or 0 for any that is free.\n`,
    )
    expect(code).toBe(2)
  })

  it('shows its help and its version', async () => {
    expect(await runCommand(['--version'])).toMatchObject({ code: 0, out: `${product.version}\n` })
    const { code, out } = await runCommand(['--help'])
    expect(code).toBe(0)
    for (const word of ['serve ', 'exec ', '--seed <name|file>', '[FAUXSPHERE_WRITE_ENV]'])
      expect(out).toContain(word)
  })

  it('has every option, with its default, in the table of the README', async () => {
    const { out } = await runCommand(['--help'])
    const options = out.slice(out.indexOf('Options'))
    const flags = [...options.matchAll(/^ {2}(--\S+(?: <[^>]+>)?)/gm)].map(([, flag]) => flag)
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const listed = [...readme.matchAll(/^\| `(--[^`]+)` \| ?`?([^`|]*?)`? \|/gm)]
    expect(listed.map(([, flag]) => flag?.replaceAll('\\', ''))).toEqual(flags)
    expect(flags.length).toBeGreaterThan(12)
    for (const [, flag = '', byDefault = ''] of listed) {
      const text = options.slice(options.indexOf(`  ${flag.replaceAll('\\', '')} `)).replace(/\s+/g, ' ')
      expect(text.slice(0, text.indexOf('[FAUXSPHERE_')), flag).toContain(byDefault)
    }
  })
})

describe('fauxsphere exec', () => {
  const program = (text: string) => [process.execPath, '-e', text]

  it('runs a command with the variables and passes its exit code on', async () => {
    const asked = "fetch(process.env.FAUXSPHERE_URL + '/healthz').then((r) => r.json()).then(console.log)"
    const text = `console.log(process.env.GOVC_URL); ${asked}.then(() => process.exit(7))`
    const { code, out, err } = await runCommand([
      'exec',
      '--no-tls',
      '--seed',
      'empty',
      '--',
      ...program(text),
    ])
    expect(out).toMatch(
      /^http:\/\/administrator%40vsphere.local:VMware1%21@127.0.0.1:\d+\/sdk\n\{ status: 'ok' \}\n$/,
    )
    expect({ code, err }).toEqual({ code: 7, err: '' })
  })

  it('gives the codes that shells give for commands that cannot run or are killed', async () => {
    const { code, err } = await runCommand([
      'exec',
      '--no-tls',
      '--seed',
      'empty',
      '--',
      '/no/such/program',
      '--port',
    ])
    expect({ code, err }).toEqual({
      code: 127,
      err: 'fauxsphere: cannot run /no/such/program: spawn /no/such/program ENOENT\n',
    })
    const killed = program("process.kill(process.pid, 'SIGKILL')")
    expect((await runCommand(['exec', '--no-tls', '--seed', 'empty', '--', ...killed])).code).toBe(137)
  })
})
