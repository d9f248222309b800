import type { Family } from '../core/behaviour.js'
import { autoStartOperations } from './auto-start-operations.js'
import { linksByMachine } from './connection.js'
import { connectionOperations } from './connection-operations.js'
import { dateTimeOperations } from './date-time-operations.js'
import { hostVm, mirrors, networkRuntime, option, overallStatus, summary, swapCache } from './derive.js'
import { firewallOperations } from './firewall-operations.js'
import { maintenanceOperations } from './maintenance-operations.js'
import { clusterHostOperations, folderHostOperations } from './membership-operations.js'
import { powerOperations } from './power-operations.js'
import { hostProjections } from './project.js'
import { serviceOperations } from './service-operations.js'
import { onMachineDown, onMachineUp, vmsByHost } from './status.js'

/** Hosts: joining and leaving, connection, maintenance, power. */
export const hostFamily: Family = {
  name: 'host',
  operations: [
    connectionOperations,
    maintenanceOperations,
    powerOperations,
    folderHostOperations,
    clusterHostOperations,
    serviceOperations,
    firewallOperations,
    dateTimeOperations,
    autoStartOperations,
  ],
  derivations: [overallStatus, summary, hostVm, option, networkRuntime, swapCache, ...mirrors],
  indexes: [linksByMachine, vmsByHost],
  projections: hostProjections,
  work: { 'world.machineDown': onMachineDown, 'world.machineUp': onMachineUp },
}
