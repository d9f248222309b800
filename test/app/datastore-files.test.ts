import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createFauxsphere } from '#app/fauxsphere.js'

const directory = mkdtempSync(join(tmpdir(), 'datastore-files-'))
afterAll(() => rmSync(directory, { recursive: true }))

const start = (name: string) =>
  createFauxsphere({ data: join(directory, name), tls: false, seed: 'physical-lab', logLevel: 'silent' })

const url = '/folder/a/one.txt?dcPath=Lab&dsName=nfs-shared'
const headers = { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }

it('keeps files of datastores, with their bytes, over a kill; a reset takes them away', async () => {
  const server = await start('first')
  const sent = await server.app.inject({ method: 'PUT', url, headers, payload: 'the bytes' })
  expect(sent.statusCode).toBe(201)
  // What a kill leaves: the files as they are now.
  cpSync(join(directory, 'first'), join(directory, 'second'), { recursive: true })
  rmSync(join(directory, 'second', 'lock'))
  await server.close()

  const next = await start('second')
  expect((await next.app.inject({ url, headers })).body).toBe('the bytes')
  await next.reset()
  expect((await next.app.inject({ url, headers })).statusCode).toBe(404)
  await next.close()
})
