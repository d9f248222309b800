import { ours } from './format.js'

/** Fault Tolerance: categories and descriptions as recorded (fact sheet A.8), the formats are not public. */
export const faultToleranceFormats = ours([
  [
    'VmSecondaryAddedEvent',
    'info',
    'Fault Tolerance secondary VM added',
    'Created Fault Tolerance Secondary VM for {vm.name} on {host.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmSecondaryEnabledEvent',
    'info',
    'Enabled Fault Tolerance secondary VM',
    'Enabled Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmSecondaryDisabledEvent',
    'info',
    'Disabled Fault Tolerance secondary VM',
    'Disabled Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmSecondaryDisabledBySystemEvent',
    'error',
    'vCenter disabled Fault Tolerance',
    'vCenter disabled Fault Tolerance on {vm.name} in {computeResource.name} in {datacenter.name}: the Secondary VM could not be powered on. {reason.localizedMessage}',
  ],
  [
    'VmStartingSecondaryEvent',
    'info',
    'Starting Fault Tolerance secondary VM',
    'Starting Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmSecondaryStartedEvent',
    'info',
    'Started Fault Tolerance secondary VM',
    'Started Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmFailedStartingSecondaryEvent',
    'error',
    'vCenter cannot start the Fault Tolerance secondary VM',
    'vCenter cannot start the Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}. Reason: {reason}',
  ],
  [
    'VmTimedoutStartingSecondaryEvent',
    'error',
    'Starting the Fault Tolerance secondary VM timed out',
    'Starting the Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name} timed out after {timeout} ms',
  ],
  [
    'VmNoCompatibleHostForSecondaryEvent',
    'error',
    'No compatible host for the Fault Tolerance secondary VM',
    'No host is compatible with the Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmFailedUpdatingSecondaryConfig',
    'error',
    'vCenter cannot update the Fault Tolerance secondary VM configuration',
    'vCenter cannot update the configuration of the Fault Tolerance Secondary VM for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmFaultToleranceStateChangedEvent',
    'info',
    'VM Fault Tolerance state changed',
    'The Fault Tolerance state of {vm.name} on {host.name} in {datacenter.name} changed from {oldState} to {newState}',
  ],
  [
    'VmFaultToleranceTurnedOffEvent',
    'info',
    'VM Fault Tolerance turned off',
    'Fault Tolerance has been turned off for {vm.name} in {computeResource.name} in {datacenter.name}',
  ],
  [
    'VmFaultToleranceVmTerminatedEvent',
    'info',
    'Fault Tolerance VM terminated',
    'The Fault Tolerance VM {vm.name} on {host.name} in {datacenter.name} has been terminated. Reason: {reason}',
  ],
  [
    'VmPrimaryFailoverEvent',
    'error',
    'Fault Tolerance VM failover',
    'Fault Tolerance VM {vm.name} failed over to {host.name} in {computeResource.name} in {datacenter.name}. Reason: {reason}',
  ],
  [
    'VmMaxFTRestartCountReached',
    'warning',
    'vSphere HA reached maximum Secondary VM restart count.',
    'vSphere HA reached the maximum number of restarts of the Secondary VM of {vm.name} in {datacenter.name}',
  ],
])
