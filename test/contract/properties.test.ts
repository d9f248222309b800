import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { managedType, typeNames, versionIndex } from '#vim25/schema.js'
import { contractOf } from './contract.js'
import { type ContractServer, documentOf, startServer } from './server.js'

const RELEASE = '8.0.3.0'
const newest = versionIndex(RELEASE) ?? 0

let server: ContractServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Ids of the world's objects of exactly this type. */
function objectsOf(type: string): readonly string[] {
  const { read } = server.vc.sandbox.inventory
  return [...read.ids(type as never)].filter((id) => read.entity(id)?.type === type)
}

describe('every property of every object of the default seed answers as documented:', () => {
  for (const type of typeNames('managed'))
    it(type, async () => {
      const properties = [...(managedType(type)?.properties ?? [])].filter(({ since }) => since <= newest)
      const ids = objectsOf(type)
      const contract = ids.length > 0 ? contractOf(documentOf(server, type)) : undefined
      const problems: string[] = []
      for (const id of ids)
        for (const { name } of properties) {
          const answer = await server.ask(
            'get',
            `/sdk/vim25/${RELEASE}/${type}/${encodeURIComponent(id)}/${name}`,
          )
          const found = contract?.problems(`/${type}/{moId}/${name}`, 'get', answer) ?? []
          problems.push(...found.slice(0, 3).map((problem) => `${id}.${name}: ${problem}`))
          if (answer.status >= 400) problems.push(`${id}.${name}: ${answer.status} ${answer.text}`)
        }
      expect(problems.slice(0, 20)).toEqual([])
    })

  it('which is not about nothing', () => {
    const seeded = typeNames('managed').filter((type) => objectsOf(type).length > 0)
    expect(seeded.length).toBeGreaterThan(30)
    expect(seeded).toEqual(expect.arrayContaining(['VirtualMachine', 'HostSystem', 'ClusterComputeResource']))
  })
})
