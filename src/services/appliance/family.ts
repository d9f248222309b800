import type { Family } from '#vsphere/core/behaviour.js'
import { CHANGE_NETWORK, changeNetworkTask } from './networking-change.js'

export const applianceFamily: Family = {
  name: 'appliance',
  tasks: { [CHANGE_NETWORK]: changeNetworkTask },
}
