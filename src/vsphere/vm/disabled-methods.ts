import type { VirtualMachineProperties } from '#vim25/generated/types.js'

/** Methods that make no sense in a state, as vCenter greys them out; hints for clients, not what decides. */
const FT = [
  'MakePrimaryVM_Task',
  'TerminateFaultTolerantVM_Task',
  'TurnOffFaultToleranceForVM_Task',
  'DisableSecondaryVM_Task',
  'EnableSecondaryVM_Task',
  'StartRecording_Task',
  'StopRecording_Task',
  'StartReplaying_Task',
  'StopReplaying_Task',
]
const WHEN_OFF = [
  'ResetVM_Task',
  'RebootGuest',
  'ShutdownGuest',
  'StandbyGuest',
  'SuspendVM_Task',
  'PowerOffVM_Task',
  'TerminateVM',
  'AcquireMksTicket',
  'MountToolsInstaller',
  'UnmountToolsInstaller',
  'UpgradeTools_Task',
  'SendNMI',
]
const WHEN_ON = [
  'PowerOnVM_Task',
  'UnregisterVM',
  'Destroy_Task',
  'MarkAsTemplate',
  'MarkAsVirtualMachine',
  'UpgradeVM_Task',
  'DefragmentAllDisks',
]
const WHEN_TEMPLATE = [
  ...WHEN_OFF,
  'PowerOnVM_Task',
  'MigrateVM_Task',
  'MarkAsTemplate',
  'CreateSnapshot_Task',
  'ReconfigVM_Task',
  'CreateSecondaryVM_Task',
]
const NO_SNAPSHOT = ['RemoveAllSnapshots_Task', 'RevertToCurrentSnapshot_Task']

const lists = new Map<string, readonly string[]>()

/** ManagedEntity.disabledMethod of a VM; the same list for VMs in the same state. */
export function disabledMethods({ runtime, config, snapshot }: VirtualMachineProperties): readonly string[] {
  const state = config?.template ? 'template' : runtime.powerState
  const key = `${state}/${snapshot !== undefined}`
  let list = lists.get(key)
  if (!list) {
    const byState = {
      template: WHEN_TEMPLATE,
      poweredOn: WHEN_ON,
      poweredOff: [...WHEN_OFF, 'MarkAsVirtualMachine'],
      suspended: ['ResetVM_Task', 'SuspendVM_Task', 'UnregisterVM', 'MarkAsTemplate', 'MarkAsVirtualMachine'],
    }[state]
    list = Object.freeze([...new Set([...FT, ...byState, ...(snapshot ? [] : NO_SNAPSHOT)])])
    lists.set(key, list)
  }
  return list
}
