import { tellsErrorTypes } from '#vapi/eras.js'
import { type ErrorType, type LocalizableMessage, message, VapiError } from '#vapi/error.js'
import { releaseIndex } from '#vapi/release.js'
import type { Operation } from '#vapi/types.js'
import type { VimFault } from '#vim25/fault.js'
import type { DataTypes } from '#vim25/generated/types.js'
import { dataType } from '#vim25/schema.js'
import type { Identity } from '#vsphere/core/identity.js'
import { cause } from './cause.js'
import { notFoundMessage } from './objects.js'

/**
 * vim25 faults as errors of the Automation API: per fault, or the nearest of its bases, the errors that fit, best first. An
 * operation gives the first that it declares (rest-wire 1.5; what is not recorded there is ours, deviation 43).
 */
const TABLE: Readonly<Record<string, readonly ErrorType[]>> = {
  ManagedObjectNotFound: ['NOT_FOUND', 'INVALID_ARGUMENT'],
  NotAuthenticated: ['UNAUTHENTICATED'],
  InvalidLogin: ['UNAUTHENTICATED', 'INVALID_ARGUMENT'],
  NoPermission: ['UNAUTHORIZED'],
  InvalidArgument: ['INVALID_ARGUMENT'],
  InvalidRequest: ['INVALID_ARGUMENT'],
  InvalidName: ['INVALID_ARGUMENT'],
  InvalidType: ['INVALID_ARGUMENT'],
  InvalidDatastorePath: ['INVALID_ARGUMENT'],
  InvalidDatastore: ['INVALID_ARGUMENT', 'NOT_FOUND'],
  InvalidFolder: ['INVALID_ARGUMENT'],
  VmConfigFault: ['INVALID_ARGUMENT', 'UNSUPPORTED'],
  DeviceHotPlugNotSupported: ['NOT_ALLOWED_IN_CURRENT_STATE', 'INVALID_ARGUMENT'],
  CpuHotPlugNotSupported: ['NOT_ALLOWED_IN_CURRENT_STATE'],
  MemoryHotPlugNotSupported: ['NOT_ALLOWED_IN_CURRENT_STATE'],
  DisallowedDiskModeChange: ['NOT_ALLOWED_IN_CURRENT_STATE', 'INVALID_ARGUMENT'],
  DeviceNotFound: ['NOT_FOUND', 'INVALID_ARGUMENT'],
  InvalidDeviceBacking: ['INVALID_ARGUMENT', 'NOT_FOUND'],
  TooManyDevices: ['UNABLE_TO_ALLOCATE_RESOURCE', 'INVALID_ARGUMENT'],
  DeviceNotSupported: ['UNSUPPORTED', 'INVALID_ARGUMENT'],
  DeviceUnsupportedForVmVersion: ['UNSUPPORTED', 'INVALID_ARGUMENT'],
  DuplicateName: ['ALREADY_EXISTS', 'INVALID_ARGUMENT'],
  AlreadyExists: ['ALREADY_EXISTS', 'RESOURCE_IN_USE'],
  FileAlreadyExists: ['ALREADY_EXISTS', 'RESOURCE_IN_USE'],
  AlreadyConnected: ['ALREADY_EXISTS', 'RESOURCE_IN_USE', 'ALREADY_IN_DESIRED_STATE'],
  AlreadyBeingManaged: ['RESOURCE_IN_USE', 'ALREADY_EXISTS'],
  InvalidState: ['NOT_ALLOWED_IN_CURRENT_STATE'],
  AlreadyUpgraded: ['ALREADY_IN_DESIRED_STATE', 'NOT_ALLOWED_IN_CURRENT_STATE'],
  InvalidPowerState: ['NOT_ALLOWED_IN_CURRENT_STATE', 'ALREADY_IN_DESIRED_STATE'],
  CustomizationFault: ['INVALID_ARGUMENT', 'NOT_ALLOWED_IN_CURRENT_STATE'],
  CustomizationPending: ['NOT_ALLOWED_IN_CURRENT_STATE'],
  VmFaultToleranceIssue: ['NOT_ALLOWED_IN_CURRENT_STATE', 'UNSUPPORTED'],
  ToolsUnavailable: ['SERVICE_UNAVAILABLE'],
  TaskInProgress: ['RESOURCE_BUSY'],
  ConcurrentAccess: ['CONCURRENT_CHANGE', 'RESOURCE_BUSY'],
  ResourceInUse: ['RESOURCE_IN_USE', 'NOT_ALLOWED_IN_CURRENT_STATE'],
  InsufficientResourcesFault: ['UNABLE_TO_ALLOCATE_RESOURCE'],
  NoDiskSpace: ['UNABLE_TO_ALLOCATE_RESOURCE'],
  InsufficientStorageSpace: ['UNABLE_TO_ALLOCATE_RESOURCE'],
  NoCompatibleHost: ['UNABLE_TO_ALLOCATE_RESOURCE'],
  NotFound: ['NOT_FOUND', 'INVALID_ARGUMENT'],
  FileNotFound: ['NOT_FOUND', 'RESOURCE_INACCESSIBLE'],
  FileLocked: ['RESOURCE_IN_USE', 'RESOURCE_BUSY'],
  FileFault: ['RESOURCE_INACCESSIBLE'],
  HostCommunication: ['RESOURCE_INACCESSIBLE'],
  HostConnectFault: ['RESOURCE_INACCESSIBLE'],
  NotSupportedHost: ['UNSUPPORTED', 'RESOURCE_INACCESSIBLE'],
  SSLVerifyFault: ['UNVERIFIED_PEER', 'INVALID_ARGUMENT'],
  MigrationFault: ['UNSUPPORTED', 'NOT_ALLOWED_IN_CURRENT_STATE'],
  SnapshotFault: ['NOT_ALLOWED_IN_CURRENT_STATE'],
  NotSupported: ['UNSUPPORTED', 'NOT_ALLOWED_IN_CURRENT_STATE'],
  NotImplemented: ['UNSUPPORTED'],
  NotEnoughLicenses: ['UNSUPPORTED'],
  LimitExceeded: ['UNABLE_TO_ALLOCATE_RESOURCE'],
  Timedout: ['TIMED_OUT'],
  RequestCanceled: ['CANCELED'],
  MethodFault: ['ERROR'],
  RuntimeFault: ['INTERNAL_SERVER_ERROR'],
}

/** Every operation may give these, whether it says so or not. */
const ALWAYS: ReadonlySet<ErrorType> = new Set(['UNAUTHENTICATED', 'UNAUTHORIZED', 'INTERNAL_SERVER_ERROR'])

/** The fault as the operation gives it: its own word first, the fault's message as the cause. */
export function fromVimFault(
  error: VimFault,
  operation: Operation,
  { instanceUuid, apiVersion }: Identity,
): VapiError {
  const { fault } = error
  const type = chosen(candidates(fault._typeName, fault), operation)
  if (type === 'UNAUTHENTICATED') return authenticationRequired(releaseIndex(apiVersion))
  if (type === 'UNAUTHORIZED') return insufficient(fault as DataTypes['NoPermission'], instanceUuid)
  return new VapiError(type, [own(type, fault, instanceUuid), cause(error)])
}

const AUTHENTICATION_REQUIRED = new VapiError('UNAUTHENTICATED', [
  message('com.vmware.vapi.endpoint.method.authentication.required', 'Authentication required.'),
])

/** Recorded from 6.x (rest-wire 1.3). */
const AUTHENTICATION_WAS_REQUIRED = new VapiError('UNAUTHENTICATED', [
  message('vapi.method.authentication.required', 'This method requires authentication.'),
])

/** No session, or none any more, as a release (an index into RELEASES) says it. */
export const authenticationRequired = (release: number): VapiError =>
  tellsErrorTypes(release) ? AUTHENTICATION_REQUIRED : AUTHENTICATION_WAS_REQUIRED

function candidates(type: string, fault: object): readonly ErrorType[] {
  if (type === 'InvalidPowerState' && isThere(fault as DataTypes['InvalidPowerState']))
    return ['ALREADY_IN_DESIRED_STATE', 'NOT_ALLOWED_IN_CURRENT_STATE']
  for (let name: string | undefined = type; name; name = dataType(name)?.base) {
    const found = TABLE[name]
    if (found) return found
  }
  return ['ERROR']
}

const isThere = ({ requestedState, existingState }: DataTypes['InvalidPowerState']) =>
  requestedState === existingState

function chosen(fitting: readonly ErrorType[], operation: Operation): ErrorType {
  const declared = new Set(
    operation.errors.map((name) => name.slice(name.lastIndexOf('.') + 1).toUpperCase()),
  )
  const can = (type: ErrorType) => declared.has(type) || ALWAYS.has(type)
  return fitting.find(can) ?? (declared.has('ERROR') ? 'ERROR' : (fitting[0] as ErrorType))
}

function own(type: ErrorType, fault: object, instanceUuid: string): LocalizableMessage {
  const { obj } = fault as Partial<DataTypes['ManagedObjectNotFound']>
  if (obj && type === 'NOT_FOUND') return notFoundMessage(obj.type, obj.value, instanceUuid)
  return message('com.vmware.api.vcenter.error', 'An error has occurred while invoking the operation.')
}

/** Recorded from vCenter 8.0 (rest-wire 1.6). */
function insufficient({ object, privilegeId }: DataTypes['NoPermission'], instanceUuid: string): VapiError {
  const what = `object: ${object ? `${object.value}:${instanceUuid}` : ''} privileges: ${privilegeId ?? ''}`
  return new VapiError('UNAUTHORIZED', [
    message('vapi.authz.error.no.privs', 'The following ({0}) privileges are insufficient to user', [what]),
  ])
}
