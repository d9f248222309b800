import type { Descriptions, Lab } from './description.js'

const HOST = 'vesxi-01.lab.local'
const host = (lab: Lab) => lab.ref('HostSystem', HOST)
const of = (member: string) => (lab: Lab) => lab.ref('HostSystem', HOST, `configManager.${member}`)

const clock = of('dateTimeSystem')
const autoStart = of('autoStartManager')
const accounts = of('accountManager')
const storage = of('storageSystem')
const network = of('networkSystem')
const health = of('healthStatusSystem')
const diagnostics = (lab: Lab) => lab.ref('DiagnosticManager')

/** The disk of every host of the default seed has its datastore. */
const EMPTY_DISK = 'a disk of yours that holds nothing (`storageDeviceInfo.scsiLun[].uuid`)'
const DISK = 'a disk (`storageDeviceInfo.scsiLun`)'
const PATH = 'a path (`storageDeviceInfo.multipathInfo.lun[].path[].name`)'

const user = (changes: object = {}) => ({
  user: {
    _typeName: 'HostAccountSpec',
    id: 'ops',
    password: 'Secret!23',
    description: 'Operations',
    ...changes,
  },
})
const made = ['HostLocalAccountManager.CreateUser']

export const hostServiceDescriptions: Descriptions = {
  'HostDateTimeSystem.UpdateDateTime': {
    summary: "Sets the host's clock",
    text: 'Only what the host says the time is: events, tasks and everything else go by the world’s clock.',
    example: { on: clock, body: () => ({ dateTime: '2030-01-01T00:00:00Z' }) },
  },
  'HostDateTimeSystem.TestTimeService': {
    summary: 'Tells whether the host gets its time from somewhere',
    text: 'It does when synchronization is enabled and names a server.',
    example: { on: clock },
  },
  'HostAutoStartManager.AutoStartPowerOn': {
    summary: 'Starts the VMs that start with the host',
    text: 'One after the other, in order, each after the delay of the one before. Nothing happens while automatic start is not enabled.',
    example: { on: autoStart },
  },
  'HostAutoStartManager.AutoStartPowerOff': {
    summary: 'Stops the VMs that stop with the host',
    text: 'In the opposite order: off or suspended, as each says.',
    example: { on: autoStart },
  },
  'HostLocalAccountManager.CreateUser': {
    summary: 'Makes a user of the host’s own',
    text: 'A name that is taken is `AlreadyExists`.',
    example: { on: accounts, body: () => user() },
  },
  'HostLocalAccountManager.UpdateUser': {
    summary: 'Changes a user’s password or description',
    text: 'With a new password of `root` the host is added or connected from then on.',
    example: { on: accounts, first: made, body: () => user({ description: 'On call' }) },
  },
  'HostLocalAccountManager.RemoveUser': {
    summary: 'Removes a user',
    text: 'Those that ESXi brings along stay.',
    example: { on: accounts, first: made, body: () => ({ userName: 'ops' }) },
  },
  'HostLocalAccountManager.ChangePassword': {
    summary: 'Changes one’s own password',
    text: 'A wrong old one is `InvalidLogin`.',
    example: {
      on: accounts,
      first: made,
      body: () => ({ user: 'ops', oldPassword: 'Secret!23', newPassword: 'Other!23' }),
    },
  },
  'HostNetworkSystem.UpdateDnsConfig': {
    summary: 'Changes the host’s name and name servers',
    text: 'Its name in the inventory stays.',
    example: {
      on: network,
      body: () => ({
        config: {
          _typeName: 'HostDnsConfig',
          dhcp: false,
          hostName: 'vesxi-01',
          domainName: 'lab.local',
          address: ['192.168.10.2'],
          searchDomain: ['lab.local'],
        },
      }),
    },
  },
  'HostNetworkSystem.UpdateIpRouteConfig': {
    summary: 'Changes the default gateway',
    example: {
      on: network,
      body: () => ({ config: { _typeName: 'HostIpRouteConfig', defaultGateway: '192.168.10.1' } }),
    },
  },
  'HostNetworkSystem.UpdateConsoleIpRouteConfig': {
    summary: 'Changes the gateway of the service console',
    text: 'ESXi has none: always `NotSupported`.',
    example: {
      stale: 'nothing, for no ESXi has a service console',
      on: network,
      body: () => ({ config: { _typeName: 'HostIpRouteConfig', defaultGateway: '192.168.10.1' } }),
    },
  },
  'HostNetworkSystem.RefreshNetworkSystem': {
    summary: 'Reads the network settings anew',
    text: 'They are always what is shown.',
    example: { on: network },
  },
  'HostSystem.QueryMemoryOverhead': {
    summary: 'Tells how much memory a VM of a size costs beside its own',
    text: 'Both in bytes.',
    example: { on: host, body: () => ({ memorySize: 1_073_741_824, numVcpus: 2 }) },
  },
  'HostSystem.QueryMemoryOverheadEx': {
    summary: 'Tells how much memory a VM costs beside its own',
    text: 'The same for the whole `config` of a VM.',
    example: {
      stale: 'the `config` of a VM',
      on: host,
      body: () => ({ vmConfigInfo: { _typeName: 'VirtualMachineConfigInfo' } }),
    },
  },
  'HostSystem.QueryTpmAttestationReport': {
    summary: 'Asks for what the TPM measured',
    text: 'No machine here has a TPM: there is no report.',
    example: { on: host },
  },
  'HostHealthStatusSystem.RefreshHealthStatusSystem': {
    summary: 'Reads the sensors anew',
    text: 'They are always what is shown.',
    example: { on: health },
  },
  'HostHealthStatusSystem.ResetSystemHealthInfo': {
    summary: 'Resets the sensors',
    example: { on: health },
  },
  'HostHealthStatusSystem.FetchSystemEventLog': {
    summary: 'Reads the log of the machine’s management controller',
    text: 'It is empty: no part of a machine here ever reports anything.',
    example: { on: health },
  },
  'HostHealthStatusSystem.ClearSystemEventLog': {
    summary: 'Empties the log of the machine’s management controller',
    example: { on: health },
  },
  'DiagnosticManager.QueryDescriptions': {
    summary: 'Lists the logs of the vCenter or of a host',
    example: { on: diagnostics, body: (lab) => ({ host: host(lab) }) },
  },
  'DiagnosticManager.BrowseDiagnosticLog': {
    summary: 'Reads lines of a log',
    text: '`vpxd:vpxd.log` of the vCenter has a line for each event, `hostd` and `vpxa` of a host one for each event of the host. At most 1,000 lines at once.',
    example: { on: diagnostics, body: () => ({ key: 'vpxd:vpxd.log', start: 1, lines: 5 }) },
  },
  'HostStorageSystem.RescanAllHba': {
    summary: 'Looks for new devices on all adapters',
    text: 'Finds what is there: devices come and go with their machine.',
    example: { on: storage },
  },
  'HostStorageSystem.RescanHba': {
    summary: 'Looks for new devices on one adapter',
    example: { on: storage, body: () => ({ hbaDevice: 'vmhba0' }) },
  },
  'HostStorageSystem.RescanVmfs': {
    summary: 'Looks for new VMFS volumes',
    example: { on: storage },
  },
  'HostStorageSystem.RefreshStorageSystem': {
    summary: 'Reads the storage settings anew',
    example: { on: storage },
  },
  'HostStorageSystem.QueryPathSelectionPolicyOptions': {
    summary: 'Lists the policies that choose paths',
    example: { on: storage },
  },
  'HostStorageSystem.QueryStorageArrayTypePolicyOptions': {
    summary: 'Lists the policies for kinds of storage arrays',
    example: { on: storage },
  },
  'HostStorageSystem.SetMultipathLunPolicy': {
    summary: 'Changes the policy that chooses a device’s paths',
    example: {
      stale: 'a device (`storageDeviceInfo.multipathInfo.lun[].id`)',
      on: storage,
      body: () => ({
        lunId: '0200',
        policy: { _typeName: 'HostMultipathInfoLogicalUnitPolicy', policy: 'VMW_PSP_RR' },
      }),
    },
  },
  'HostStorageSystem.EnableMultipathPath': {
    summary: 'Uses a path again',
    example: { stale: PATH, on: storage, body: () => ({ pathName: 'vmhba0:C0:T0:L0' }) },
  },
  'HostStorageSystem.DisableMultipathPath': {
    summary: 'Uses a path no longer',
    text: 'The last one to a device stays: `HostConfigFault`.',
    example: { stale: PATH, on: storage, body: () => ({ pathName: 'vmhba0:C0:T0:L0' }) },
  },
  'HostStorageSystem.AttachScsiLun': {
    summary: 'Attaches a detached device',
    example: { stale: 'a detached device', on: storage, body: () => ({ lunUuid: '0200' }) },
  },
  'HostStorageSystem.DetachScsiLun': {
    summary: 'Detaches a device',
    text: 'With a volume that is mounted it is `ResourceInUse`.',
    example: { stale: EMPTY_DISK, on: storage, body: () => ({ lunUuid: '0200' }) },
  },
  'HostStorageSystem.AttachScsiLunEx_Task': {
    summary: 'Attaches several devices',
    text: 'What became of each is in the result.',
    example: { on: storage, body: () => ({ lunUuid: ['0200'] }) },
  },
  'HostStorageSystem.DetachScsiLunEx_Task': {
    summary: 'Detaches several devices',
    text: 'What became of each is in the result.',
    example: { on: storage, body: () => ({ lunUuid: ['0200'] }) },
  },
  'HostStorageSystem.UpdateScsiLunDisplayName': {
    summary: 'Renames a device',
    example: { stale: DISK, on: storage, body: () => ({ lunUuid: '0200', displayName: 'Fast one' }) },
  },
  'HostStorageSystem.MarkAsSsd_Task': {
    summary: 'Treats a disk as flash',
    example: { stale: DISK, on: storage, body: () => ({ scsiDiskUuid: '0200' }) },
  },
  'HostStorageSystem.MarkAsNonSsd_Task': {
    summary: 'Treats a disk as no flash',
    example: { stale: DISK, on: storage, body: () => ({ scsiDiskUuid: '0200' }) },
  },
  'HostStorageSystem.MarkAsLocal_Task': {
    summary: 'Treats a disk as the host’s own',
    example: { stale: DISK, on: storage, body: () => ({ scsiDiskUuid: '0200' }) },
  },
  'HostStorageSystem.MarkAsNonLocal_Task': {
    summary: 'Treats a disk as shared',
    example: { stale: DISK, on: storage, body: () => ({ scsiDiskUuid: '0200' }) },
  },
  'HostStorageSystem.UpdateSoftwareInternetScsiEnabled': {
    summary: 'Switches software iSCSI on or off',
    text: 'Its adapter is `vmhba65`.',
    example: { on: storage, body: () => ({ enabled: true }) },
  },
  'HostStorageSystem.RetrieveDiskPartitionInfo': {
    summary: 'Reads the partitions of disks',
    example: { on: storage, body: () => ({ devicePath: [] }) },
  },
  'HostStorageSystem.ComputeDiskPartitionInfo': {
    summary: 'Works out the partitions of a layout',
    text: 'Nothing is written. Where partitions overlap it is `HostConfigFault`.',
    example: {
      stale: DISK,
      on: storage,
      body: () => ({
        devicePath: '/vmfs/devices/disks/naa.02',
        layout: { _typeName: 'HostDiskPartitionLayout', partition: [] },
      }),
    },
  },
  'HostStorageSystem.UpdateDiskPartitions': {
    summary: 'Partitions a disk',
    text: 'Partitions whose volume is mounted stay: `HostConfigFault`.',
    example: {
      stale: EMPTY_DISK,
      on: storage,
      body: () => ({
        devicePath: '/vmfs/devices/disks/naa.02',
        spec: { _typeName: 'HostDiskPartitionSpec', partitionFormat: 'gpt', partition: [] },
      }),
    },
  },
}
