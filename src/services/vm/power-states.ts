import type { VcenterVmPowerState } from '#vapi/generated/types.js'

/** VirtualMachinePowerState as the Automation API spells it. */
export const POWER_STATES = {
  poweredOff: 'POWERED_OFF',
  poweredOn: 'POWERED_ON',
  suspended: 'SUSPENDED',
} as const satisfies Record<string, VcenterVmPowerState>
