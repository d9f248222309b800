import { exact, type Messages, ours } from './message.js'

const RECORDED = 'recorded faultstrings of vCenter Server (soap-wire.md 2.10)'

/** Faults that any method can give: session, privileges, arguments, state, names. */
export const general: Messages = {
  NotAuthenticated: exact(RECORDED, 'The session is not authenticated.'),
  NoPermission: exact(RECORDED, 'Permission to perform this operation was denied.'),
  ManagedObjectNotFound: exact(
    RECORDED,
    "The object '{obj}' has already been deleted or has not been completely created",
    // Servers before 5.0 named no object.
    'The object has already been deleted or has not been completely created',
  ),
  InvalidArgument: exact(RECORDED, 'A specified parameter was not correct: {invalidProperty}'),
  InvalidState: exact(RECORDED, 'The operation is not allowed in the current state.'),
  InvalidType: exact(RECORDED, 'The request refers to an unexpected or unknown type.'),
  RequestCanceled: exact(RECORDED, 'The task was canceled by a user.'),
  InvalidLogin: exact(
    'recorded faultstring (soap-wire.md 2.9)',
    'Cannot complete login due to an incorrect user name or password.',
  ),
  NotSupported: exact("govmomi's tests against a real ESXi", 'The operation is not supported on the object.'),
  AlreadyExists: exact(
    'public ESXi and vCenter transcripts',
    "The specified key, name, or identifier '{name}' already exists.",
    'The specified key, name, or identifier already exists.',
  ),
  NotFound: exact("govmomi's tests", 'The object or item referred to could not be found.'),
  DuplicateName: exact(
    'ansible-collections/community.vmware#156, cluster-api-provider-vsphere#625',
    "The name '{name}' already exists.",
  ),
  MethodDisabled: exact('vic test cases', "The method is disabled by '{source}'", 'The method is disabled'),
  RestrictedVersion: exact(
    'rbvmomi and terraform reports about free ESXi',
    'Current license or ESXi version prohibits execution of the requested operation.',
  ),
  SystemError: exact('many public logs', 'A general system error occurred: {reason}'),
  HostCommunication: exact(
    'cloudfoundry/bosh-vsphere-cpi-release',
    'An error occurred while communicating with the remote host.',
  ),
  HostNotConnected: exact(
    'VMware SDK samples for Perl',
    'Unable to communicate with the remote host, since it is disconnected.',
  ),
  // Widely seen, but not found again in public material.
  TaskInProgress: ours('Another task is already in progress.'),
  NotEnoughLicenses: ours('There are not enough licenses installed to perform the operation.'),
  Timedout: ours('Operation timed out.'),
  ResourceInUse: ours(
    "The resource '{name}' is in use. Release it and try again.",
    'The resource is in use. Release it and try again.',
  ),

  MethodFault: ours('The operation failed.'),
  RuntimeFault: ours('The operation failed.'),
  VimFault: ours('The operation failed.'),
  SecurityError: ours('The operation was refused for a security reason.'),
  InvalidRequest: ours('The request could not be read as a call of this method.'),
  MethodNotFound: ours("The object '{receiver}' has no method {method}."),
  // The real thing sends an empty text here (soap-wire.md 2.10); a client's user deserves more.
  InvalidProperty: ours("The property '{name}' does not exist on this type of object."),
  NotImplemented: ours('The method exists in the API but is not implemented by this server.'),
  UnexpectedFault: ours('An unexpected fault was received: {faultName}.'),
  InvalidName: ours(
    "The name '{name}' is not valid. A name has 1 to 80 characters, with %, / and \\ written as %25, %2f and %5c.",
  ),
  InvalidFolder: ours(
    "The object cannot be placed in '{target}': that folder does not hold objects of this type, or is the object itself or below it.",
  ),
  InvalidCollectorVersion: ours(
    'The version passed to the property collector is unknown or no longer valid. Start again with an empty version.',
  ),
  InvalidPrivilege: ours("The privilege '{privilege}' does not exist."),
  InvalidLocale: ours(
    'The locale is not supported. Use one of the locales that the session manager lists, such as en_US.',
  ),
  InvalidIndexArgument: ours("A specified parameter was not correct: {invalidProperty}. Key: '{key}'."),
  LimitExceeded: ours('The limit of {limit} was exceeded for {property}.', 'A limit was exceeded.'),
  OutOfBounds: ours('The value of {argumentName} is out of bounds.'),
  ConcurrentAccess: ours(
    'The object was changed by someone else in the meantime. Read it again and repeat the operation.',
  ),
  ResourceNotAvailable: ours(
    "No {type} is available in '{containerName}'.",
    'The requested resource is not available.',
  ),
  KeyNotFound: ours("The key '{key}' was not found."),
  UserNotFound: ours("The user or group named '{principal}' does not exist."),
  AuthMinimumAdminPermission: ours(
    'The change would leave nobody with administrator rights. At least one user must keep the Administrator role at the root.',
  ),
  SessionNotFound: ours('The session does not exist. It may have been closed or may have expired.'),
  PasswordExpired: ours('Cannot complete login because the password has expired. Change the password first.'),
  InvalidClientCertificate: ours('Cannot complete login because the client certificate is not valid.'),
  NoClientCertificate: ours(
    'No client certificate was presented. Call the method over a connection with one.',
  ),
  NoSubjectName: ours('The client certificate has no subject name.'),
  SolutionUserRequired: ours('The method may only be called by a solution user.'),
  InvalidToken: ours('The authentication token is not valid or has expired.'),
  OperationDisallowedOnHost: ours('The operation is not allowed on this host.'),
  DisallowedChangeByService: ours("The change is not allowed by the service '{serviceName}'."),
  HostNotReachable: ours(
    'The host cannot be reached. Check that it is powered on and that its network is up.',
  ),
  ExtendedFault: ours('The operation failed: {faultTypeId}.'),
  DatabaseError: ours('The database of the server gave an error.'),
  LicenseAssignmentFailed: ours('The license could not be assigned: {reason}.'),
  LicenseEntityNotFound: ours(
    "The object '{entityId}' has no license and is not known to the license manager.",
  ),
  InvalidLicense: ours("The license '{licenseContent}' is not valid."),
  LicenseExpired: ours("The license '{licenseKey}' has expired."),
  InvalidEvent: ours('The event cannot be posted: it does not fit the object that it names.'),
  UnsupportedVimApiVersion: ours('The API version {version} is not supported.'),
}
