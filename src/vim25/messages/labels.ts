/** How a value reads inside a sentence; keyed by the name of an enum, or by `Fault.field` for fields typed string. */
export const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // "Powered on" and "Powered off" are the real thing's words (rest-wire.md 1.6).
  VirtualMachinePowerState: { poweredOn: 'Powered on', poweredOff: 'Powered off', suspended: 'Suspended' },
  FtIssuesOnHostHostSelectionType: { user: 'the user', vc: 'vCenter Server', drs: 'DRS' },
  'CannotMoveFaultToleranceVm.moveType': { resourcePool: 'resource pool', cluster: 'cluster' },
  'VmFaultToleranceInvalidFileBacking.backingType': {
    virtualFloppy: 'floppy drive',
    virtualCdrom: 'CD/DVD drive',
    virtualSerialPort: 'serial port',
    virtualParallelPort: 'parallel port',
    virtualDisk: 'virtual disk',
  },
  'InvalidDasConfigArgument.entry': {
    admissionControl: 'admission control',
    userHeartbeatDs: 'heartbeat datastore',
    vmConfig: 'virtual machine',
  },
  'CannotPowerOffVmInCluster.operation': {
    suspend: 'suspended',
    powerOff: 'powered off',
    guestShutdown: 'shut down',
    guestSuspend: 'put on standby',
  },
}
