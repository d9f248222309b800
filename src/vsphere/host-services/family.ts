import type { Family } from '../core/behaviour.js'
import { accountOperations } from './account-operations.js'
import { AUTO_START, AUTO_STOP, autoStart, autoStartOperations, autoStop } from './auto-start.js'
import { dateTimeOperations } from './date-time-operations.js'
import { diagnosticOperations } from './diagnostic-operations.js'
import { healthOperations } from './health-operations.js'
import { hostQueryOperations } from './host-operations.js'
import { networkSettingsOperations } from './network-settings-operations.js'
import { partitionOperations } from './partition-operations.js'
import { storageOperations } from './storage-operations.js'

/** What is set on hosts one by one: services, firewall, clock, storage devices, users, what starts with the host. */
export const hostServicesFamily: Family = {
  name: 'host-services',
  operations: [
    dateTimeOperations,
    autoStartOperations,
    accountOperations,
    storageOperations,
    partitionOperations,
    networkSettingsOperations,
    hostQueryOperations,
    healthOperations,
    diagnosticOperations,
  ],
  work: { [AUTO_START]: autoStart, [AUTO_STOP]: autoStop },
}
