import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { type Answer, type Contract, contractOf } from './contract.js'
import { type ContractServer, startServer } from './server.js'

const DOCUMENT = '/docs/openapi/rest/session.json'

let server: ContractServer
let contract: Contract

beforeAll(async () => {
  server = await startServer()
  const document = server.documents.get(DOCUMENT)
  if (!document) throw new Error('The contract is not served.')
  contract = contractOf(document)
})
afterAll(() => server[Symbol.asyncDispose]())

async function expectContract(path: string, verb: string, answer: Answer, status: number): Promise<void> {
  expect([answer.status, contract.problems(path, verb, answer)]).toEqual([status, []])
}

const logIn = async (vc: Fauxsphere, user: string, password: string): Promise<Answer> => {
  const { status, type, text } = await request(vc.app.server).post('/api/session').auth(user, password)
  return { status, type, text }
}

describe('/api/session', () => {
  it('opens, tells about and ends a session', async () => {
    const login = await logIn(server.vc, 'jo@vsphere.local', 'secret')
    await expectContract('/api/session', 'post', login, 201)
    const token = JSON.parse(login.text) as string
    for (const [verb, status] of [
      ['get', 200],
      ['delete', 204],
      ['get', 401],
    ] as const) {
      const answer = await request(server.vc.app.server)
        [verb]('/api/session')
        .set('vmware-api-session-id', token)
        .buffer(true)
      const { type, text } = answer
      await expectContract('/api/session', verb, { status: answer.status, type, text: text ?? '' }, status)
    }
  })

  it('refuses without credentials or session', async () => {
    for (const verb of ['post', 'get', 'delete'])
      await expectContract('/api/session', verb, await server.askAnonymously(verb, '/api/session'), 401)
  })
})

describe('the server itself', () => {
  it.each(['/about', '/healthz', '/readyz'])('%s', async (path) => {
    await expectContract(path, 'get', await server.askAnonymously('get', path), 200)
  })

  it('has no certificate on plain HTTP', async () => {
    await expectContract('/certs/ca.pem', 'get', await server.askAnonymously('get', '/certs/ca.pem'), 404)
  })

  it('shows the certificate of its authority over TLS', async () => {
    await using vc = await createFauxsphere({ port: 0, seed: 'empty' })
    const { status, type, text } = await request(vc.url)
      .get('/certs/ca.pem')
      .ca(vc.ca ?? '')
      .buffer(true)
      .parse((res, done) => {
        let received = ''
        res.setEncoding('utf8')
        res.on('data', (chunk: string) => {
          received += chunk
        })
        res.on('end', () => done(null, received))
      })
      .then((answer) => ({ status: answer.status, type: answer.type, text: String(answer.body) }))
    await expectContract('/certs/ca.pem', 'get', { status, type, text }, 200)
    expect(text).toBe(vc.ca)
  })
})
