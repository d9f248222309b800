import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')
const pool = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT', 'resourcePool')
const checker = (lab: Lab) => lab.ref('VirtualMachineProvisioningChecker')
const web = (lab: Lab) => lab.ref('VirtualMachine', 'web-01')
const snapshot = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo', 'snapshot.currentSnapshot')

const OFF = 'VirtualMachine.PowerOffVM_Task'
const ON = 'VirtualMachine.PowerOnVM_Task'
const RECONFIGURED = 'VirtualMachine.ReconfigVM_Task'
const CREATED = 'Folder.CreateVM_Task'
const SNAPSHOT = 'VirtualMachine.CreateSnapshot_Task'

/** A drive on the IDE controller that every VM has; the client's own, with nothing in it. */
const CD_DRIVE = data('VirtualDeviceConfigSpec', {
  operation: 'add',
  device: data('VirtualCdrom', {
    key: -1,
    controllerKey: 200,
    unitNumber: 0,
    backing: data('VirtualCdromRemotePassthroughBackingInfo', { deviceName: '', exclusive: false }),
  }),
})

/** One vCPU, 512 MB, a paravirtual controller with an 8 GB disk, a card on the VM network. */
export const smallVm = (name: string) =>
  data('VirtualMachineConfigSpec', {
    name,
    guestId: 'otherLinux64Guest',
    numCPUs: 1,
    memoryMB: 512,
    files: data('VirtualMachineFileInfo', { vmPathName: '[nfs-shared]' }),
    deviceChange: [
      data('VirtualDeviceConfigSpec', {
        operation: 'add',
        device: data('ParaVirtualSCSIController', { key: -1, busNumber: 0, sharedBus: 'noSharing' }),
      }),
      data('VirtualDeviceConfigSpec', {
        operation: 'add',
        fileOperation: 'create',
        device: data('VirtualDisk', {
          key: -2,
          controllerKey: -1,
          unitNumber: 0,
          capacityInKB: 8 * 2 ** 20,
          backing: data('VirtualDiskFlatVer2BackingInfo', {
            fileName: '',
            diskMode: 'persistent',
            thinProvisioned: true,
          }),
        }),
      }),
      data('VirtualDeviceConfigSpec', {
        operation: 'add',
        device: data('VirtualVmxnet3', {
          key: -3,
          backing: data('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
        }),
      }),
    ],
  })

const browser = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT', 'environmentBrowser')

export const virtualMachineDescriptions: Descriptions = {
  'EnvironmentBrowser.QueryConfigOptionDescriptor': {
    summary: 'Lists the virtual hardware versions that can be made here',
    example: { on: browser },
  },
  'EnvironmentBrowser.QueryConfigOption': {
    summary: 'Tells what a hardware version can have',
    text: 'Guest systems with their defaults and cards, devices, limits. Without a key: the newest version.',
    example: { on: browser, body: () => ({}) },
  },
  'EnvironmentBrowser.QueryConfigOptionEx': {
    summary: 'The same, for chosen guest systems only',
    example: {
      on: browser,
      body: () => ({
        spec: data('EnvironmentBrowserConfigOptionQuerySpec', { key: 'vmx-19', guestId: ['vmkernel8Guest'] }),
      }),
    },
  },
  'EnvironmentBrowser.QueryConfigTarget': {
    summary: 'Lists the networks, datastores and devices that a VM can use here',
    example: { on: browser, body: () => ({}) },
  },
  'EnvironmentBrowser.QueryTargetCapabilities': {
    summary: 'Tells what the hosts here are able to do',
    example: { on: browser, body: () => ({}) },
  },
  'VirtualMachine.PowerOnVM_Task': {
    summary: 'Powers a VM on',
    text: 'On the given host, else where DRS places it. The checks come first: files, devices, host, resource pool (`InsufficientMemoryResourcesFault` ...), HA admission control (`InsufficientFailoverResourcesFault`). A VM with ESXi on its disk becomes a host that answers at its address.',
    example: { on: demo, first: [OFF], body: () => ({}) },
  },
  'VirtualMachine.PowerOffVM_Task': {
    summary: 'Cuts the power of a VM',
    text: 'Of a nested host too: this server sees the host fall silent, HA restarts its VMs, a fault-tolerant VM fails over.',
    example: { on: demo },
  },
  'VirtualMachine.ResetVM_Task': { summary: 'Presses the reset button', example: { on: demo } },
  'VirtualMachine.SuspendVM_Task': {
    summary: 'Suspends a VM to its datastore',
    example: { on: demo },
  },
  'VirtualMachine.TerminateVM': {
    summary: 'Ends a VM that does not listen any more',
    text: 'At once, without a task.',
    example: { on: demo },
  },
  'VirtualMachine.ShutdownGuest': {
    summary: 'Asks the guest to shut down',
    text: '`ToolsUnavailable` unless VMware Tools run in it.',
    example: { on: (lab) => lab.ref('VirtualMachine', 'vesxi-03') },
  },
  'VirtualMachine.RebootGuest': {
    summary: 'Asks the guest to restart',
    example: { on: (lab) => lab.ref('VirtualMachine', 'vesxi-03') },
  },
  'VirtualMachine.StandbyGuest': {
    summary: 'Asks the guest to stand by',
    example: { on: (lab) => lab.ref('VirtualMachine', 'vesxi-03') },
  },
  'VirtualMachine.ReconfigVM_Task': {
    summary: 'Changes the configuration of a VM',
    text: 'Only what is given changes. Devices by `deviceChange`: in an `add` the key is only a handle inside the specification; a controller that every VM has is merged with it. A bad device is `InvalidDeviceSpec` with its index. A running VM takes what can be hot-plugged; a fault-tolerant one refuses most.',
    example: {
      on: demo,
      first: [OFF],
      body: () => ({
        spec: data('VirtualMachineConfigSpec', {
          numCPUs: 2,
          memoryMB: 2048,
          annotation: 'Ready for the failover drill.',
          deviceChange: [CD_DRIVE],
        }),
      }),
    },
  },
  'VirtualMachine.UpgradeVM_Task': {
    summary: 'Upgrades the virtual hardware',
    text: 'To the given version, else to the newest of the host. `AlreadyUpgraded` if there is nothing to do; the VM must be off.',
    example: {
      on: web,
      first: [CREATED],
      stale: 'the id of a VM with older hardware, such as one made with `version` `vmx-13`',
    },
  },
  'VirtualMachine.UnregisterVM': {
    summary: 'Takes a VM out of the inventory',
    text: 'Its files stay; `Folder.RegisterVM_Task` brings it back. It must be off.',
    example: { on: web, first: [CREATED] },
  },
  'VirtualMachine.Destroy_Task': {
    summary: 'Removes a VM and its files',
    text: 'It must be off, and not fault tolerant.',
    example: { on: web, first: [CREATED] },
  },
  'VirtualMachine.CloneVM_Task': {
    summary: 'Makes a VM or a template like this one',
    text: 'With files, UUIDs and MAC addresses of its own. `location` says where, `config` what is to be different, `customization` what the guest is to be called; with `snapshot` and `diskMoveType` `createNewChildDiskBacking` the disks are based on those of the snapshot. A template needs `location.pool`. Task result: the new VM.',
    example: {
      on: web,
      first: [CREATED],
      body: (lab) => ({
        folder: lab.ref('Datacenter', undefined, 'vmFolder'),
        name: 'web-02',
        spec: data('VirtualMachineCloneSpec', {
          location: data('VirtualMachineRelocateSpec', { pool: pool(lab) }),
          template: false,
          powerOn: false,
          config: data('VirtualMachineConfigSpec', { memoryMB: 1024 }),
        }),
      }),
    },
  },
  'VirtualMachine.RelocateVM_Task': {
    summary: 'Moves a VM to another host, datastore, pool or folder',
    text: 'Running or not; what is not given stays. A running VM goes to another host by vMotion: both hosts need a vmkernel adapter for it (`VMotionNotConfigured`), the destination the networks, the datastores or their replacement, a CPU as good, and the resources. Disks one by one by `disk`. Fault-tolerant VMs change hosts only.',
    example: {
      on: web,
      first: [CREATED],
      body: (lab) => ({
        spec: data('VirtualMachineRelocateSpec', {
          datastore: lab.ref('Datastore', 'nfs-shared'),
          folder: lab.ref('Datacenter', undefined, 'vmFolder'),
        }),
      }),
    },
  },
  'VirtualMachineProvisioningChecker.CheckRelocate_Task': {
    summary: 'Tells whether a VM could be moved like this',
    text: 'Task result: what `RelocateVM_Task` would fail with, and warnings. Nothing is moved.',
    example: {
      on: checker,
      body: (lab) => ({ vm: demo(lab), spec: data('VirtualMachineRelocateSpec', { pool: pool(lab) }) }),
    },
  },
  'VirtualMachineProvisioningChecker.CheckMigrate_Task': {
    summary: 'Tells whether a VM could go to a host or pool',
    example: { on: checker, body: (lab) => ({ vm: demo(lab), pool: pool(lab) }) },
  },
  'VirtualMachineProvisioningChecker.CheckClone_Task': {
    summary: 'Tells whether a VM could be cloned like this',
    example: {
      on: checker,
      body: (lab) => ({
        vm: demo(lab),
        folder: lab.ref('Datacenter', undefined, 'vmFolder'),
        name: 'web-02',
        spec: data('VirtualMachineCloneSpec', {
          location: data('VirtualMachineRelocateSpec', {}),
          template: false,
          powerOn: false,
        }),
      }),
    },
  },
  'VirtualMachineProvisioningChecker.QueryVMotionCompatibilityEx_Task': {
    summary: 'Tells which VMs could go to which hosts',
    text: 'One result for every VM with every host.',
    example: { on: checker, body: (lab) => ({ vm: [demo(lab)], host: [lab.ref('HostSystem')] }) },
  },
  'VirtualMachine.MigrateVM_Task': {
    summary: 'Moves a VM to another host or resource pool',
    text: 'Its files stay where they are. With `state` only a VM that is in this state.',
    example: {
      on: web,
      first: [CREATED],
      body: (lab) => ({ pool: pool(lab), priority: 'defaultPriority' }),
    },
  },
  'VirtualMachine.InstantClone_Task': {
    summary: 'Makes a running twin of a running VM',
    text: 'On the same host; both write to new disks upon the old ones. Task result: the new VM.',
    example: {
      on: demo,
      body: () => ({
        spec: data('VirtualMachineInstantCloneSpec', {
          name: 'smp-ft-demo-twin',
          location: data('VirtualMachineRelocateSpec', {}),
        }),
      }),
    },
  },
  'VirtualMachine.CustomizeVM_Task': {
    summary: 'Gives the guest another identity at its next start',
    text: 'Host name and addresses, shown in `guest` once it runs with VMware Tools. The VM must be off; settings for as many network adapters as it has, else `NicSettingMismatch`.',
    example: {
      on: web,
      first: [CREATED],
      body: () => ({
        spec: data('CustomizationSpec', {
          identity: data('CustomizationLinuxPrep', {
            hostName: data('CustomizationFixedName', { name: 'web-01' }),
            domain: 'lab.local',
          }),
          globalIPSettings: data('CustomizationGlobalIPSettings', {}),
          nicSettingMap: [
            data('CustomizationAdapterMapping', {
              adapter: data('CustomizationIPSettings', { ip: data('CustomizationDhcpIpGenerator', {}) }),
            }),
          ],
        }),
      }),
    },
  },
  'VirtualMachine.MarkAsTemplate': {
    summary: 'Makes a VM a template',
    text: 'It leaves its resource pool and cannot be powered on.',
    example: { on: web, first: [CREATED] },
  },
  'VirtualMachine.MarkAsVirtualMachine': {
    summary: 'Makes a template a VM again',
    example: {
      on: web,
      first: [CREATED, 'VirtualMachine.MarkAsTemplate'],
      body: (lab) => ({ pool: pool(lab) }),
    },
  },
  'VirtualMachine.CreateSnapshot_Task': {
    summary: 'Takes a snapshot',
    text: 'With `memory` of a running VM. A fault-tolerant VM takes none. Task result: the snapshot.',
    example: {
      on: demo,
      body: () => ({ name: 'before the drill', memory: false, quiesce: false }),
    },
  },
  'VirtualMachine.CreateSnapshotEx_Task': {
    summary: 'Takes a snapshot, with a choice how to quiesce',
    example: { on: demo, body: () => ({ name: 'before the drill', memory: false }) },
  },
  'VirtualMachine.RevertToCurrentSnapshot_Task': {
    summary: 'Goes back to the last snapshot',
    example: { on: demo, first: [SNAPSHOT], body: () => ({}) },
  },
  'VirtualMachine.RemoveAllSnapshots_Task': {
    summary: 'Removes all snapshots and keeps the present state',
    example: { on: demo, first: [SNAPSHOT], body: () => ({}) },
  },
  'VirtualMachine.RefreshStorageInfo': {
    summary: 'Reads the space that a VM takes anew',
    text: 'It is always up to date here.',
    example: { on: demo },
  },
  'VirtualMachineSnapshot.RemoveSnapshot_Task': {
    summary: 'Removes a snapshot and keeps the present state',
    example: { on: snapshot, first: [SNAPSHOT], body: () => ({ removeChildren: false }) },
  },
  'VirtualMachineSnapshot.RevertToSnapshot_Task': {
    summary: 'Goes back to a snapshot',
    example: { on: snapshot, first: [SNAPSHOT], body: () => ({}) },
  },
  'VirtualMachineSnapshot.RenameSnapshot': {
    summary: 'Renames a snapshot or changes its description',
    example: { on: snapshot, first: [SNAPSHOT], body: () => ({ name: 'known good' }) },
  },
  'VirtualMachine.MountToolsInstaller': {
    summary: "Puts the CD of VMware Tools' installer into a VM's drive",
    text: 'The VM runs and has a CD drive; without one it is `VmConfigFault`.',
    example: { on: demo, first: [RECONFIGURED, ON] },
  },
  'VirtualMachine.UnmountToolsInstaller': {
    summary: 'Takes the CD out again',
    example: { on: demo, first: [RECONFIGURED, ON, 'VirtualMachine.MountToolsInstaller'] },
  },
  'VirtualMachine.UpgradeTools_Task': {
    summary: 'Upgrades VMware Tools to the version that the host brings along',
    text: 'They must run and be older; `ToolsAlreadyUpgraded` if there is nothing to do.',
    example: {
      on: demo,
      body: () => ({}),
      stale: 'the id of a running VM with older tools, such as one made with `tools.toolsVersion` 11269',
    },
  },
  'VirtualMachine.AcquireTicket': {
    summary: 'Hands out a ticket for the console of a running VM',
    text: 'Of type `webmks` or `mks`. It names the host and a port; nobody redeems it.',
    example: { on: demo, body: () => ({ ticketType: 'webmks' }) },
  },
  'VirtualMachine.AcquireMksTicket': {
    summary: 'The older form of a ticket for the console',
    example: { on: demo },
  },
}
