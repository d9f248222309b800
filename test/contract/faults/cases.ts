import { isA, managedType } from '#vim25/schema.js'
import { accessCases } from './access.js'
import type { FaultCase } from './case.js'
import { faultToleranceCases } from './fault-tolerance.js'
import { hostNetworkCases } from './host-network.js'
import { hostCases } from './hosts.js'
import { inventoryCases } from './inventory.js'
import { storageCases } from './storage.js'
import { vmBusyCases } from './vm-busy.js'
import { vmConfigCases } from './vm-config.js'
import { vmCreateCases } from './vm-create.js'
import { vmPowerCases } from './vm-power.js'

/** Every case, by the file beside this one that it stands in. */
export const FAULT_CASES: Readonly<Record<string, readonly FaultCase[]>> = {
  'access.ts': accessCases,
  'inventory.ts': inventoryCases,
  'hosts.ts': hostCases,
  'host-network.ts': hostNetworkCases,
  'storage.ts': storageCases,
  'vm-create.ts': vmCreateCases,
  'vm-config.ts': vmConfigCases,
  'vm-power.ts': vmPowerCases,
  'vm-busy.ts': vmBusyCases,
  'fault-tolerance.ts': faultToleranceCases,
}

export interface FiledCase extends FaultCase {
  readonly file: string
}

const filed: readonly FiledCase[] = Object.entries(FAULT_CASES).flatMap(([file, cases]) =>
  cases.map((each) => ({ ...each, file })),
)

/** The cases of a method (`Type.Method`) that end with a fault or a subtype of it. */
export const casesOf = (method: string, declared: string): readonly FiledCase[] =>
  filed.filter((each) => each.method === method && isA(each.fault, declared))

/** Those that end with something that the method does not declare: runtime faults, deviations 6 and 20. */
export const casesBeyond = (method: string): readonly FiledCase[] =>
  filed.filter(
    (each) => each.method === method && !declaredFaults(method).some((fault) => isA(each.fault, fault)),
  )

/** The faults that a method (`Type.Method`) declares. */
export function declaredFaults(method: string): readonly string[] {
  const [type = '', name = ''] = method.split('.')
  return managedType(type)?.methods.get(name)?.faults ?? []
}
