import { type Messages, ours } from './message.js'

/** Moving virtual machines between hosts, pools and datastores. */
export const migration: Messages = {
  MigrationFault: ours('The virtual machine cannot be migrated.'),
  MigrationDisabled: ours('Migration is disabled for the virtual machine.'),
  MigrationNotReady: ours('The virtual machine is not ready for migration: {reason}.'),
  MigrationFeatureNotSupported: ours('The host {failedHostName} does not support this kind of migration.'),
  VMotionInterfaceIssue: ours('The vMotion interface of the host {failedHost} has a problem.'),
  VMotionNotConfigured: ours(
    'The vMotion interface of the host {failedHost} is not configured. Enable vMotion on one of its VMkernel network adapters.',
  ),
  VMotionNotLicensed: ours('vMotion is not licensed on the host {failedHost}.'),
  VMotionNotSupported: ours('vMotion is not supported on the host {failedHost}.'),
  VMotionLinkCapacityLow: ours(
    "The vMotion interface of the host {failedHost} is slow: the network '{network}' has less than 1 Gbit/s or is half duplex.",
  ),
  VMotionLinkDown: ours(
    "The vMotion interface of the host {failedHost} has no link on the network '{network}'.",
  ),
  AffinityConfigured: ours('The virtual machine is bound to this host by its {configuredAffinity} affinity.'),
  SuspendedRelocateNotSupported: ours('A suspended virtual machine cannot be relocated. Power it off first.'),
  DisallowedMigrationDeviceAttached: ours('A device of the virtual machine prevents migration: {fault}'),
  SnapshotCopyNotSupported: ours('A virtual machine with snapshots cannot be moved this way.'),
  UncommittedUndoableDisk: ours(
    'The virtual machine has an undoable disk with changes that are not committed.',
  ),
  ToolsInstallationInProgress: ours(
    'VMware Tools are being installed in the virtual machine. Finish or cancel the installation first.',
  ),
  DatacenterMismatch: ours("The objects are not all in the datacenter '{expectedDatacenter}'."),
  DiskMoveTypeNotSupported: ours('The disks cannot be moved in the way that was asked for.'),
  MismatchedNetworkPolicies: ours(
    "The network '{backing}' of '{device}' has other policies on the destination host.",
  ),
  NoGuestHeartbeat: ours('The guest does not send heartbeats.'),
}
