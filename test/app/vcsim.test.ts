import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { COMMAND, runCommand } from '../support/server-process.js'

const home = mkdtempSync(join(tmpdir(), 'fauxsphere-vcsim-'))
afterAll(() => rmSync(home, { recursive: true }))

const LINE = /^export GOVC_URL=(https?):\/\/(.*):(.*)@(127\.0\.0\.1:\d+)\/sdk GOVC_SIM_PID=(\d+)\n$/m

/** Starts the command; `line` resolves with what it says on standard output first. */
function started(...args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, 'vcsim', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return {
    child,
    ended,
    line: once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
    said: () => said,
  }
}

async function about(address: string) {
  return (await (await fetch(`http://${address}/about`)).json()) as Record<string, unknown>
}

describe('fauxsphere vcsim', () => {
  it('prints the line that clients take, and ends with 0 on a signal', async () => {
    const { child, line, ended } = started('-l', '127.0.0.1:0', '--tls=false', '-vm=1')
    const [, protocol, user, password, address = '', pid] = LINE.exec(await line) ?? []
    expect([protocol, user, password, pid]).toEqual(['http', 'user', 'pass', String(child.pid)])
    expect(await about(address)).toMatchObject({ seed: 'vcsim', vsphere: { product: 'vcenter' } })
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('writes the line to a fifo, with an account from files, and ends when standard input does', async () => {
    const fifo = join(home, 'fifo')
    execFileSync('mkfifo', [fifo])
    writeFileSync(join(home, 'password'), 'top secret\n')
    const { child, ended } = started(
      ...['-l=127.0.0.1:0', '-tls=false', '-E', fifo, '-username', 'me', '-password', join(home, 'password')],
      ...['-esx', '-stdinexit'],
    )
    const reader = spawn('cat', [fifo], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [text] = await once(reader.stdout.setEncoding('utf8'), 'data')
    const [, , user, password, address = ''] = LINE.exec(String(text)) ?? []
    expect([user, password]).toEqual(['me', 'top%20secret'])
    expect(await about(address)).toMatchObject({ seed: 'esx', vsphere: { product: 'esxi' } })
    child.stdin.end()
    expect(await ended).toBe(0)
  })

  it('traces, and holds answers back', async () => {
    const trace = join(home, 'trace')
    const { child, line, ended } = started(
      '-l=127.0.0.1:0',
      '-tls=false',
      '-trace-file',
      trace,
      '-method-delay=CurrentTime:120',
    )
    const [, , , , address = ''] = LINE.exec(await line) ?? []
    const body = `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><RetrieveServiceContent xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent></Body></Envelope>`
    const answer = await fetch(`http://${address}/sdk`, { method: 'POST', body })
    expect(await answer.text()).toContain('RetrieveServiceContentResponse')
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    const lines = readFileSync(trace, 'utf8')
    expect(lines).toContain(`--> 1 POST /sdk\n${body}\n<-- 1 200\n`)
    expect(lines).toContain('</RetrieveServiceContentResponse>')
  })

  it('prints its usage for -h and for a wrong flag', async () => {
    const help = await runCommand(['vcsim', '-h'])
    expect([help.code, help.out]).toEqual([0, ''])
    expect(help.err).toMatch(/^Usage of fauxsphere vcsim:\n {2}-E string\n/)
    const wrong = await runCommand(['vcsim', '-vms', '3'])
    expect(wrong.code).toBe(2)
    expect(wrong.err).toMatch(/^flag provided but not defined: -vms\nUsage of fauxsphere vcsim:\n/)
  })

  it('says what it cannot do in one line', async () => {
    expect(await runCommand(['vcsim', '-username', 'me'])).toMatchObject({
      code: 2,
      err: 'fauxsphere: -username needs -password: nobody logs in with an empty password here.\n',
    })
  })

  it('knows the words of the original', async () => {
    expect((await runCommand(['vcsim', 'uuidgen'])).out).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\n$/)
    expect((await runCommand(['vcsim', 'version'])).out).toMatch(/^Build Version: \d+\.\d+\.\d+\n$/)
  })
})
