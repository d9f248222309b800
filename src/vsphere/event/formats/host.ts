import { exact, ours } from './format.js'

/** Formats of hosts' events that a real server was seen with (govmomi's simulator/esx, mails of an alerting script). */
export const hostFormats = exact([
  ['HostRemovedEvent', 'info', 'Host removed', 'Removed host {host.name} in {datacenter.name}'],
  [
    'EnteringMaintenanceModeEvent',
    'info',
    'Entering maintenance mode',
    'Host {host.name} in {datacenter.name} has started to enter maintenance mode',
  ],
  [
    'EnteredMaintenanceModeEvent',
    'info',
    'Entered maintenance mode',
    'Host {host.name} in {datacenter.name} has entered maintenance mode',
  ],
  [
    'ExitMaintenanceModeEvent',
    'info',
    'Exit maintenance mode',
    'Host {host.name} in {datacenter.name} has exited maintenance mode',
  ],
  [
    'HostConnectionLostEvent',
    'error',
    'Host connection lost',
    'Host {host.name} in {datacenter.name} is not responding',
  ],
  [
    'GeneralHostErrorEvent',
    'error',
    'Host error',
    'Error detected on {host.name} in {datacenter.name}: {message}',
  ],
])

export const ourHostFormats = ours([
  ['HostAddedEvent', 'info', 'Host added', 'Added host {host.name} to datacenter {datacenter.name}'],
  [
    'HostAddFailedEvent',
    'error',
    'Cannot add host',
    'Cannot add host {hostname} to datacenter {datacenter.name}',
  ],
  ['HostConnectedEvent', 'info', 'Host connected', 'Connected to {host.name} in {datacenter.name}'],
  [
    'HostDisconnectedEvent',
    'info',
    'Host disconnected',
    'Disconnected from {host.name} in {datacenter.name}. Reason: {reason}',
  ],
  [
    'HostReconnectionFailedEvent',
    'error',
    'Cannot reconnect host',
    'Cannot reconnect to {host.name} in {datacenter.name}',
  ],
  [
    'HostCnxFailedEvent',
    'error',
    'Cannot connect host',
    'Cannot connect {host.name} in {datacenter.name}: cause unknown',
  ],
  [
    'HostCnxFailedBadUsernameEvent',
    'error',
    'Cannot connect host - incorrect user name',
    'Cannot connect {host.name} in {datacenter.name}: incorrect user name or password',
  ],
  [
    'HostCnxFailedNoConnectionEvent',
    'error',
    'Cannot connect host - host not reachable',
    'Cannot connect {host.name} in {datacenter.name}: the host does not answer',
  ],
  [
    'HostCnxFailedNetworkErrorEvent',
    'error',
    'Cannot connect host - network error',
    'Cannot connect {host.name} in {datacenter.name}: network error',
  ],
  [
    'HostCnxFailedNotFoundEvent',
    'error',
    'Cannot connect host - host not found',
    'Cannot connect {host.name} in {datacenter.name}: its name cannot be resolved',
  ],
  [
    'HostCnxFailedTimeoutEvent',
    'error',
    'Cannot connect host - time-out',
    'Cannot connect {host.name} in {datacenter.name}: time-out waiting for the host to answer',
  ],
  [
    'HostCnxFailedAlreadyManagedEvent',
    'error',
    'Cannot connect host - already managed',
    'Cannot connect {host.name} in {datacenter.name}: already managed by {serverName}',
  ],
  [
    'HostCnxFailedBadVersionEvent',
    'error',
    'Cannot connect host - incorrect version',
    'Cannot connect {host.name} in {datacenter.name}: its version is not supported',
  ],
  [
    'HostCnxFailedNoAccessEvent',
    'error',
    'Cannot connect host - no access',
    'Cannot connect {host.name} in {datacenter.name}: the account may not manage the host',
  ],
  [
    'HostCnxFailedNoLicenseEvent',
    'error',
    'Cannot connect host - no license',
    'Cannot connect {host.name} in {datacenter.name}: not enough licenses',
  ],
  ['HostShutdownEvent', 'info', 'Host shutdown', 'Shut down of {host.name} in {datacenter.name}: {reason}'],
  [
    'HostIpChangedEvent',
    'warning',
    'Host IP changed',
    'IP address of the host {host.name} changed from {oldIP} to {newIP}',
  ],
  [
    'CanceledHostOperationEvent',
    'info',
    'Canceled host operation',
    'The operation performed on host {host.name} in {datacenter.name} was canceled',
  ],
  [
    'TimedOutHostOperationEvent',
    'warning',
    'Host operation timed out',
    'The operation performed on host {host.name} in {datacenter.name} timed out',
  ],
  [
    'HostDasEnablingEvent',
    'info',
    'Enabling host vSphere HA agent',
    'Enabling vSphere HA agent on {host.name} in cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'HostDasEnabledEvent',
    'info',
    'vSphere HA agent enabled',
    'vSphere HA agent on {host.name} in cluster {computeResource.name} in {datacenter.name} is enabled',
  ],
  [
    'HostDasDisablingEvent',
    'info',
    'Disabling vSphere HA',
    'vSphere HA agent on {host.name} in cluster {computeResource.name} in {datacenter.name} is being disabled',
  ],
  [
    'HostDasDisabledEvent',
    'info',
    'vSphere HA agent disabled',
    'vSphere HA agent on {host.name} in cluster {computeResource.name} in {datacenter.name} is disabled',
  ],
  [
    'HostDasOkEvent',
    'info',
    'vSphere HA agent configured',
    'vSphere HA agent on {host.name} in cluster {computeResource.name} in {datacenter.name} is configured correctly',
  ],
  [
    'HostDasErrorEvent',
    'error',
    'vSphere HA agent error',
    'vSphere HA agent on {host.name} in cluster {computeResource.name} in {datacenter.name} has an error: {message}',
  ],
  [
    'HostNoRedundantManagementNetworkEvent',
    'warning',
    'Host has no redundant management network',
    'Host {host.name} in cluster {computeResource.name} in {datacenter.name} has no redundancy in its management network',
  ],
  [
    'GeneralHostInfoEvent',
    'info',
    'Host information',
    'Issue detected on {host.name} in {datacenter.name}: {message}',
  ],
  [
    'GeneralHostWarningEvent',
    'warning',
    'Host warning',
    'Issue detected on {host.name} in {datacenter.name}: {message}',
  ],
])
