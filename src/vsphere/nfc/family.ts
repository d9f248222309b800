import type { Family } from '../core/behaviour.js'
import {
  endWithSession,
  expireLease,
  forgetLease,
  LEASE_EXPIRES,
  LEASE_FORGET,
  LEASE_READY,
  makeReady,
} from './lease.js'
import { leaseOperations, poolImportOperations, vmExportOperations } from './operations.js'
import { nfcLeasesByBlob, nfcLeasesByObject, nfcLeasesByVm } from './records.js'

/** Leases under which the bytes of VMs come and go. */
export const nfcFamily: Family = {
  name: 'nfc',
  operations: [leaseOperations, poolImportOperations, vmExportOperations],
  indexes: [nfcLeasesByObject, nfcLeasesByVm, nfcLeasesByBlob],
  work: {
    [LEASE_READY]: makeReady,
    [LEASE_EXPIRES]: expireLease,
    [LEASE_FORGET]: forgetLease,
    'session.ended': endWithSession,
  },
}
