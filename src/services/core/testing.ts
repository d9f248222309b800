import { VapiError } from '#vapi/error.js'
import type { Services } from '#vapi/generated/types.js'
import { decodeStructure } from '#vapi/json/decode.js'
import { createProblems } from '#vapi/json/problems.js'
import { releaseIndex } from '#vapi/release.js'
import { operation as operationOf } from '#vapi/schema.js'
import { sessions } from '#vsphere/core/context.js'
import { families } from '#vsphere/families.js'
import { createVmLab, type VmLab, type VmLabOptions } from '#vsphere/vm/testing.js'
import { serviceFamilies } from '../families.js'
import { theServices } from '../services.js'
import { invoke } from './dispatch.js'

type InputOf<O> = O extends { input: infer I } ? I : never
type OutputOf<O> = O extends { output: infer R } ? R : never

export interface ServiceLab extends VmLab {
  /** Calls an operation as the administrator; its answer must be as declared. Throws VapiError. */
  invoke<S extends keyof Services & string, O extends keyof Services[S] & string>(
    service: S,
    operation: O,
    input: InputOf<Services[S][O]>,
  ): Promise<OutputOf<Services[S][O]>>
  /** The error that an operation answers with; fails when it succeeds. The input may be anything. */
  error(service: string, operation: string, input?: object): Promise<VapiError>
}

/** The lab of vm/testing.ts with every service: a cluster `C` with two hosts and the NFS datastore `nfs`, strict, frozen. */
export function createServiceLab(options: Omit<VmLabOptions, 'families'> = {}): ServiceLab {
  const lab = createVmLab({ ...options, families: [...families, ...serviceFamilies] })
  const { sandbox } = lab
  const [id = ''] = sandbox.inventory.read.ids(sessions)
  const { token } = sandbox.inventory.read.get(sessions, id)
  const release = releaseIndex(sandbox.services.identity.apiVersion)

  const run = async (service: string, name: string, input: object): Promise<unknown> => {
    const operation = operationOf(service, name)
    if (!operation) throw new Error(`There is no operation ${service}/${name}.`)
    return invoke(sandbox, theServices(), {
      operation,
      token,
      client: { ip: '127.0.0.1', userAgent: 'test' },
      release,
      input() {
        const problems = createProblems()
        const to = { release, dialect: { maps: 'object' }, problems } as const
        const value = decodeStructure(operation.input, input as Record<string, unknown>, '', to)
        problems.check()
        return value as Readonly<Record<string, unknown>>
      },
    })
  }
  return Object.assign(lab, {
    invoke: async (service: string, name: string, input: unknown) =>
      (await run(service, name, input as object)) as never,
    async error(service: string, name: string, input: object = {}) {
      try {
        await run(service, name, input)
      } catch (error) {
        if (error instanceof VapiError) return error
        throw error
      }
      throw new Error(`${service}/${name} succeeded.`)
    },
  })
}
