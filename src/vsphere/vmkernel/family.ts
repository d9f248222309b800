import { hostsByVmkAddress } from '#world/subnet.js'
import type { Family } from '../core/behaviour.js'
import { vmkernelDerivations } from './derive.js'
import { hintOperations } from './hint-operations.js'
import { nicManagerOperations, vmotionOperations } from './nic-manager-operations.js'
import { portGroupOperations } from './port-group-operations.js'
import { linkChanged } from './signals.js'
import { switchOperations } from './switch-operations.js'
import { vnicOperations } from './vnic-operations.js'

/** Host networking: standard switches, port groups, vmkernel adapters and the services that they carry. */
export const vmkernelFamily: Family = {
  name: 'vmkernel',
  operations: [
    switchOperations,
    portGroupOperations,
    vnicOperations,
    hintOperations,
    nicManagerOperations,
    vmotionOperations,
  ],
  indexes: [hostsByVmkAddress],
  derivations: vmkernelDerivations,
  work: { 'world.linkChanged': linkChanged },
}
