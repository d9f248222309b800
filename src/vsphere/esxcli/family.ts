import type { Family } from '../core/behaviour.js'
import { esxcliHostOperations, executerOperations, typeManagerOperations } from './operations.js'

/** esxcli: the commands of hosts, as clients send them through vim25. */
export const esxcliFamily: Family = {
  name: 'esxcli',
  operations: [esxcliHostOperations, executerOperations, typeManagerOperations],
}
