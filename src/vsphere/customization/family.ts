import type { Family } from '../core/behaviour.js'
import { specInfos } from './derive.js'
import { customizationSpecOperations } from './operations.js'

/** Customization specifications that are saved under a name, for clones to come. */
export const customizationFamily: Family = {
  name: 'customization',
  operations: [customizationSpecOperations],
  derivations: [specInfos],
}
