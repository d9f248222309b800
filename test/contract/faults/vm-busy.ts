import { data } from '#vim25/data.js'
import type { FaultCase } from './case.js'
import type { FaultLab } from './lab.js'

const partner = (lab: FaultLab) => ({ vm: lab.ref(lab.idle) })

/** Methods of VMs that exclude each other, with arguments that could do. */
const EXCLUSIVE: Readonly<Record<string, (lab: FaultLab) => object>> = {
  ReconfigVM_Task: () => ({ spec: data('VirtualMachineConfigSpec', { annotation: 'new' }) }),
  PowerOnVM_Task: () => ({}),
  PowerOffVM_Task: () => ({}),
  ResetVM_Task: () => ({}),
  SuspendVM_Task: () => ({}),
  ShutdownGuest: () => ({}),
  RebootGuest: () => ({}),
  UnregisterVM: () => ({}),
  CreateSnapshot_Task: () => ({ name: 'first', memory: false, quiesce: false }),
  RemoveAllSnapshots_Task: () => ({}),
  CreateSecondaryVM_Task: () => ({}),
  CreateSecondaryVMEx_Task: () => ({}),
  EnableSecondaryVM_Task: partner,
  DisableSecondaryVM_Task: partner,
  MakePrimaryVM_Task: partner,
  TerminateFaultTolerantVM_Task: () => ({}),
  TurnOffFaultToleranceForVM_Task: () => ({}),
}

/** One VM, one task at a time. */
export const vmBusyCases: readonly FaultCase[] = Object.entries(EXCLUSIVE).map(([name, args]) => ({
  method: `VirtualMachine.${name}`,
  fault: 'TaskInProgress',
  when: 'another task works on the VM',
  given: (lab) => ({ on: lab.vm, args: args(lab), members: { task: lab.busy(lab.vm) } }),
}))
