import type { Family } from '../core/behaviour.js'
import {
  dvsBackupOperations,
  dvsRollbackOperations,
  portgroupRollbackOperations,
} from './backup-operations.js'
import { dvsDerivations } from './derive.js'
import { dvsManagerOperations } from './manager-operations.js'
import { dvsPoolOperations } from './pool-operations.js'
import { dvsPortOperations } from './port-operations.js'
import { dvsPortgroupOperations, portgroupOperations } from './portgroup-operations.js'
import { hostsByPort, portgroupsBySwitch, switchesByHost, switchesByUuid, vmsByPort } from './ports.js'
import { dvsFolderOperations, dvsOperations, vmwareDvsOperations } from './switch-operations.js'

/** Distributed switches: one switch over many hosts, its port groups, its ports and who is connected to them. */
export const dvsFamily: Family = {
  name: 'dvs',
  operations: [
    dvsFolderOperations,
    dvsOperations,
    vmwareDvsOperations,
    dvsPortgroupOperations,
    portgroupOperations,
    dvsPortOperations,
    dvsPoolOperations,
    dvsManagerOperations,
    dvsBackupOperations,
    dvsRollbackOperations,
    portgroupRollbackOperations,
  ],
  indexes: [vmsByPort, hostsByPort, portgroupsBySwitch, switchesByUuid, switchesByHost],
  derivations: dvsDerivations,
}
