import { afterEach, describe, expect, it } from 'vitest'
import { createHttp, holdAnswers } from './http.js'
import { resolveOptions } from './options.js'

const apps: ReturnType<typeof createHttp>[] = []
const create = () => {
  const app = createHttp(resolveOptions({ logLevel: 'silent', tls: false }))
  apps.push(app)
  return app
}
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

describe('createHttp', () => {
  it('never shows a stack trace, and never stops for an error', async () => {
    const app = create()
    app.get('/broken', async () => {
      throw new Error('secret detail')
    })
    app.get('/part/:id', async () => 'fine')
    app.get('/refused', async () => {
      throw Object.assign(new Error('No.'), { statusCode: 403 })
    })
    const broken = await app.inject('/broken')
    expect(broken.statusCode).toBe(500)
    expect(broken.json()).toEqual({
      status: 500,
      message: 'Fauxsphere failed to handle this request; the state did not change. Its log says more.',
    })
    expect((await app.inject('/refused')).json()).toEqual({ status: 403, message: 'No.' })
    const undecodable = await app.inject({ url: '/%zz' })
    expect([undecodable.statusCode, undecodable.json()]).toMatchObject([400, { status: 400 }])
    const long = await app.inject(`/part/${'x'.repeat(5000)}`)
    expect([long.statusCode, long.json()]).toMatchObject([414, { status: 414 }])
    expect(long.body.length).toBeLessThan(500)
    expect((await app.inject('/broken')).body).not.toContain('secret')
  })

  it('still compiles schemas of routes that have one', async () => {
    const app = create()
    const schema = {
      body: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
      response: { 200: { type: 'object', properties: { a: { type: 'integer' } } } },
    }
    app.post('/', { schema }, async (request) => ({ ...(request.body as object), hidden: 1 }))
    expect((await app.inject({ method: 'POST', url: '/', payload: { a: 1 } })).body).toBe('{"a":1}')
    expect((await app.inject({ method: 'POST', url: '/', payload: {} })).statusCode).toBe(400)
  })
})

describe('holdAnswers', () => {
  it('sends an answer after the state that it shows is saved', async () => {
    const app = create()
    const order: string[] = []
    let saved = () => {}
    holdAnswers(
      app,
      () =>
        new Promise((resolve) => {
          order.push('asked')
          saved = () => {
            order.push('saved')
            resolve()
          }
        }),
    )
    app.get('/', async () => 'done')
    const answer = app.inject('/').then(({ body }) => order.push(body))
    await app.ready()
    while (order.length === 0) await Promise.resolve()
    saved()
    await answer
    expect(order).toEqual(['asked', 'saved', 'done'])
  })

  it('answers 503 with the reason instead when it cannot be saved, and recovers', async () => {
    const app = create()
    let full = true
    holdAnswers(app, () => (full ? Promise.reject(new Error('The disk is full.')) : undefined))
    app.get('/', async (_request, reply) => reply.header('content-length', '4').send('done'))
    const refused = await app.inject('/')
    expect([refused.statusCode, refused.json()]).toEqual([503, { status: 503, message: 'The disk is full.' }])
    full = false
    const answered = await app.inject('/')
    expect([answered.statusCode, answered.body]).toEqual([200, 'done'])
  })
})
