import type { Family } from '../core/behaviour.js'
import { cloneOperations } from './clone-operations.js'
import { vmsByWwn } from './config/npiv.js'
import { poolVmOperations, vmFolderOperations } from './create-operations.js'
import { customizationWork } from './customization.js'
import { vmDerivations } from './derive.js'
import { guestWork, vmGuestOperations } from './guest-operations.js'
import { vmInventoryOperations } from './inventory-operations.js'
import { environmentBrowserOperations, ownersByBrowser } from './options/operations.js'
import { multiPowerOperations, vmPowerOperations } from './power-operations.js'
import { vmProjections } from './project.js'
import { provisioningCheckerOperations } from './provisioning-checker.js'
import { relocateOperations } from './relocate-operations.js'
import { childSnapshot, snapshotOperations, vmSnapshotOperations } from './snapshot-operations.js'
import { vmsByDirectory, vmsByVmx } from './storage.js'
import { vmTicketOperations } from './ticket-operations.js'
import { vmToolsOperations } from './tools-operations.js'

/** Virtual machines: their making, changing, running and end; snapshots and templates. */
export const vmFamily: Family = {
  name: 'vm',
  operations: [
    vmFolderOperations,
    poolVmOperations,
    vmInventoryOperations,
    cloneOperations,
    relocateOperations,
    provisioningCheckerOperations,
    vmPowerOperations,
    vmGuestOperations,
    vmToolsOperations,
    vmTicketOperations,
    vmSnapshotOperations,
    snapshotOperations,
    multiPowerOperations,
    environmentBrowserOperations,
  ],
  derivations: [...vmDerivations, childSnapshot],
  indexes: [vmsByDirectory, vmsByVmx, vmsByWwn, ownersByBrowser],
  projections: vmProjections,
  work: { ...guestWork, ...customizationWork },
}
