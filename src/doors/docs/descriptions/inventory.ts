import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'
import { connectTo, REMOVED } from './host.js'
import { smallVm } from './virtual-machine.js'

const root = (lab: Lab) => lab.ref('ServiceInstance', undefined, 'content.rootFolder')
const vmFolder = (lab: Lab) => lab.ref('Datacenter', 'Lab', 'vmFolder')
const hostFolder = (lab: Lab) => lab.ref('Datacenter', 'Lab', 'hostFolder')
const datacenter = (lab: Lab) => lab.ref('Datacenter', 'Lab')
const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')
const pool = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT', 'resourcePool')

export const inventoryDescriptions: Descriptions = {
  'ManagedEntity.Rename_Task': {
    summary: 'Renames an entity',
    text: 'Names are unique among the children of a folder (`DuplicateName`); `%`, `/` and `\\` are stored escaped.',
    example: { on: demo, body: () => ({ newName: 'smp-ft-test' }) },
  },
  'ManagedEntity.Destroy_Task': {
    summary: 'Removes an entity and what is below it',
    text: 'What must be gone or off first depends on the type; a datacenter or folder with hosts in use refuses.',
    example: { on: (lab) => lab.ref('Folder', 'Tests'), first: ['Folder.CreateFolder'] },
  },
  'ManagedEntity.Reload': {
    summary: 'Reads the entity anew from where it lives',
    text: 'There is nothing behind this server to read from: it changes nothing.',
    example: { on: demo },
  },

  'Folder.CreateFolder': {
    summary: 'Makes a folder below this one, for the same kind of entities',
    example: { on: vmFolder, body: () => ({ name: 'Tests' }) },
  },
  'Folder.CreateDatacenter': {
    summary: 'Makes a datacenter with its four folders',
    example: { on: root, body: () => ({ name: 'Second site' }) },
  },
  'Folder.CreateClusterEx': {
    summary: 'Makes a cluster',
    text: 'HA and DRS as the specification says; both are off without one.',
    example: {
      on: hostFolder,
      body: () => ({
        name: 'New cluster',
        spec: data('ClusterConfigSpecEx', {
          dasConfig: data('ClusterDasConfigInfo', { enabled: true }),
          drsConfig: data('ClusterDrsConfigInfo', { enabled: true, defaultVmBehavior: 'fullyAutomated' }),
        }),
      }),
    },
  },
  'Folder.CreateCluster': {
    summary: 'Makes a cluster, as clients before 2.5 did',
    text: 'Use `CreateClusterEx`.',
    example: { on: hostFolder, body: () => ({ name: 'Old cluster', spec: data('ClusterConfigSpec', {}) }) },
  },
  'Folder.AddStandaloneHost_Task': {
    summary: 'Takes a host under management, without a cluster',
    text: 'The host must answer at its address. A wrong or missing thumbprint: `SSLVerifyFault` with the right one; a wrong password: `InvalidLogin`; no answer: `NoHost`.',
    example: {
      on: hostFolder,
      first: [REMOVED],
      body: (lab) => ({ spec: connectTo(lab, 'vesxi-03.lab.local'), addConnected: true }),
    },
  },
  'Folder.MoveIntoFolder_Task': {
    summary: 'Moves entities into this folder',
    example: {
      on: (lab) => lab.ref('Folder', 'Tests'),
      first: ['Folder.CreateFolder'],
      body: (lab) => ({ list: [demo(lab)] }),
    },
  },
  'Folder.CreateVM_Task': {
    summary: 'Makes a virtual machine',
    text: 'It is registered on the host that is given, else on one of the cluster; its files appear on the datastore of `files.vmPathName`. The default devices (IDE, PCI, PS2, SIO controllers, video card, keyboard, mouse) come by themselves. Task result: the VM.',
    example: { on: vmFolder, body: (lab) => ({ config: smallVm('web-01'), pool: pool(lab) }) },
  },
  'Folder.RegisterVM_Task': {
    summary: 'Registers a VM whose files are there',
    text: 'The path of its `.vmx` file must be one that an unregistered VM left behind.',
    example: {
      on: vmFolder,
      first: ['Folder.CreateVM_Task', 'VirtualMachine.UnregisterVM'],
      body: (lab) => ({ path: '[nfs-shared] web-01/web-01.vmx', asTemplate: false, pool: pool(lab) }),
    },
  },

  'Datacenter.QueryConnectionInfo': {
    summary: 'Looks at a host before it is added',
    text: 'Without the right thumbprint it answers `SSLVerifyFault`, whose `thumbprint` is the one to trust.',
    example: {
      on: datacenter,
      body: (lab) => ({
        hostname: 'vesxi-03.lab.local',
        port: 443,
        username: 'root',
        password: 'VMware1!',
        sslThumbprint: lab.thumbprint('vesxi-03.lab.local'),
      }),
    },
  },
  'Datacenter.QueryConnectionInfoViaSpec': {
    summary: 'Looks at a host before it is added, by specification',
    example: { on: datacenter, body: (lab) => ({ spec: connectTo(lab, 'vesxi-03.lab.local') }) },
  },
  'Datacenter.PowerOnMultiVM_Task': {
    summary: 'Powers several VMs on, on hosts that DRS chooses',
    text: 'Task result: which were tried, which recommendations remain, which could not be.',
    example: {
      on: datacenter,
      first: ['VirtualMachine.PowerOffVM_Task'],
      body: (lab) => ({ vm: [demo(lab)] }),
    },
  },

  'Network.DestroyNetwork': {
    summary: 'Removes a network that nothing uses any more',
    text: '`ResourceInUse` while a host has its port group.',
    example: { on: (lab) => lab.ref('Network'), stale: 'the id of a network without hosts and VMs' },
  },
}
