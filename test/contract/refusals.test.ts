import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Contract, contractOf, type OpenApi } from './contract.js'
import { type ContractServer, documentOf, startServer } from './server.js'

const BASE = '/sdk/vim25/8.0.3.0'
const CONFIG = '/VirtualMachine/{moId}/config'
const POWER_ON = '/VirtualMachine/{moId}/PowerOnVM_Task'

let server: ContractServer
let document: OpenApi
let contract: Contract
let vm: string

beforeAll(async () => {
  server = await startServer()
  document = documentOf(server, 'VirtualMachine')
  contract = contractOf(document)
  ;[vm = ''] = server.vc.sandbox.inventory.read.ids('VirtualMachine')
})
afterAll(() => server[Symbol.asyncDispose]())

describe('refusals are as documented:', () => {
  it.each<[string, string, string, number, () => Promise<Answer>]>([
    [
      'no session',
      CONFIG,
      'get',
      500,
      () => server.askAnonymously('get', `${BASE}/VirtualMachine/${vm}/config`),
    ],
    ['no such object', CONFIG, 'get', 500, () => server.ask('get', `${BASE}/VirtualMachine/vm-0/config`)],
    [
      'no such release',
      CONFIG,
      'get',
      404,
      () => server.ask('get', `/sdk/vim25/5.0/VirtualMachine/${vm}/config`),
    ],
    ['no such member', CONFIG, 'get', 404, () => server.ask('get', `${BASE}/VirtualMachine/${vm}/nothing`)],
    [
      'no such method',
      POWER_ON,
      'post',
      404,
      () => server.ask('post', `${BASE}/VirtualMachine/${vm}/Nothing`),
    ],
    [
      'a wrong argument',
      POWER_ON,
      'post',
      500,
      () => server.ask('post', `${BASE}/VirtualMachine/${vm}/PowerOnVM_Task`, { host: 7 }),
    ],
    [
      'an argument too many',
      POWER_ON,
      'post',
      500,
      () => server.ask('post', `${BASE}/VirtualMachine/${vm}/PowerOnVM_Task`, { hots: null }),
    ],
  ])('%s', async (_what, path, verb, status, ask) => {
    const answer = await ask()
    expect([answer.status, contract.problems(path, verb, answer)]).toEqual([status, []])
  })
})

describe('the contract', () => {
  const config = async () =>
    JSON.parse((await server.ask('get', `${BASE}/VirtualMachine/${vm}/config`)).text) as Record<
      string,
      unknown
    >
  const problems = (value: object) =>
    contract.problems(CONFIG, 'get', { status: 200, type: 'application/json', text: JSON.stringify(value) })

  it('is kept by a configuration as it is', async () => {
    expect(problems(await config())).toEqual([])
  })

  it.each<[string, (value: Record<string, unknown>) => object]>([
    ['a member too many', (value) => ({ ...value, extra: 1 })],
    ['a required member too few', ({ name: _, ...value }) => value],
    ['a member of another type', (value) => ({ ...value, name: 1 })],
    ['another type', (value) => ({ ...value, _typeName: 'VirtualMachineSummary' })],
    [
      'a mistake inside a device',
      (value) => {
        const { device } = value.hardware as { device: object[] }
        return {
          ...value,
          hardware: Object.assign({}, value.hardware, {
            device: device.map((each) => ({ ...each, colour: 'red' })),
          }),
        }
      },
    ],
  ])('is broken by %s', async (_what, spoil) => {
    expect(problems(spoil(await config()))).not.toEqual([])
  })
})
