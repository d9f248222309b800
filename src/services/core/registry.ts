import { operation as findOperation } from '#vapi/schema.js'
import type { AnyImplementation, ServiceTable } from './service.js'

/** All services as the dispatcher uses them; made once per process. */
export interface ServiceRegistry {
  implementation(service: string, operation: string): AnyImplementation | undefined
  /** Every implemented operation as `service/operation`, sorted. */
  readonly implemented: readonly string[]
}

export function createServiceRegistry(tables: readonly ServiceTable[]): ServiceRegistry {
  const implementations = new Map<string, AnyImplementation>()
  for (const { id, operations } of tables)
    for (const [operation, implementation] of Object.entries(operations)) {
      const key = `${id}/${operation}`
      if (implementations.has(key)) throw new Error(`${key} is implemented twice.`)
      implementations.set(key, implementation)
    }
  return {
    implementation: (service, operation) => implementations.get(`${service}/${operation}`),
    implemented: [...implementations.keys()].sort(),
  }
}

/** Names in the tables that the API does not have: mistakes that a test finds without every start paying for it. */
export function unknownOperations({ implemented }: ServiceRegistry): readonly string[] {
  return implemented.filter((key) => {
    const [service = '', operation = ''] = key.split('/')
    return !findOperation(service, operation)
  })
}
