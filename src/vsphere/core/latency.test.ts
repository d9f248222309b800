import { describe, expect, it } from 'vitest'
import { createRandom } from '#ports/random.js'
import { families } from '../families.js'
import { createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'
import { answerCall, Pending } from './dispatch.js'
import { createLatency } from './latency.js'
import { createTestWorld } from './testing.js'

const random = createRandom('test', true)

describe('latency', () => {
  it('adds what a method has of its own to what all have', () => {
    const latency = createLatency({ ms: 10, methods: { Login: 5 } }, random)
    expect([latency.ofCall('CurrentTime'), latency.ofCall('Login')]).toEqual([10, 15])
  })

  it('makes tasks longer by their short names, and calls by their whole ones', () => {
    const latency = createLatency({ methods: { PowerOn: 100, CloneVM: 7, Destroy_Task: 3 } }, random)
    expect(latency.ofTask('PowerOnVM_Task', 'powerOn')).toBe(100)
    expect(latency.ofTask('CloneVM_Task', 'clone')).toBe(7)
    expect(latency.ofTask('Destroy_Task', 'destroy')).toBe(0)
    expect([latency.ofCall('Destroy_Task'), latency.ofCall('CloneVM_Task')]).toEqual([3, 0])
  })

  it('varies around the delay, never below nothing', () => {
    const latency = createLatency({ ms: 1000, jitter: 0.5 }, random)
    const delays = Array.from({ length: 500 }, () => latency.ofCall('CurrentTime'))
    const mean = delays.reduce((sum, each) => sum + each, 0) / delays.length
    const deviation = Math.sqrt(delays.reduce((sum, each) => sum + (each - mean) ** 2, 0) / delays.length)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(mean).toBeGreaterThan(900)
    expect(mean).toBeLessThan(1100)
    expect(deviation).toBeGreaterThan(400)
    expect(deviation).toBeLessThan(600)
  })
})

describe('a slow server', () => {
  const ask = (method: string) => {
    const { sandbox } = createTestWorld({
      families,
      seed(ctx) {
        createRootFolder(ctx)
        createServiceObjects(ctx)
      },
    })
    Object.assign(sandbox.services, {
      latency: createLatency({ methods: { RetrieveServiceContent: 1 } }, random),
    })
    return answerCall(sandbox, {
      release: sandbox.services.identity.release,
      token: undefined,
      type: 'ServiceInstance',
      id: 'ServiceInstance',
      method,
      client: { ip: '127.0.0.1', userAgent: 'test' },
      reply: {},
      arguments: () => ({}),
    })
  }

  it('answers later, and the same', async () => {
    const pending = ask('RetrieveServiceContent')
    expect(pending).toBeInstanceOf(Pending)
    expect(await (pending as Pending).answer).toMatchObject({ rootFolder: { value: 'group-d1' } })
  })

  it('answers at once what it is not slow with', () => {
    expect(() => ask('CurrentTime')).toThrow('The session is not authenticated')
  })
})
