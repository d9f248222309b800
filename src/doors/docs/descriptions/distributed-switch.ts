import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const HOST = 'vesxi-01.lab.local'
const NAME = 'VDS'
const GROUP_NAME = 'VDS Production'

const folder = (lab: Lab) => lab.ref('Datacenter', undefined, 'networkFolder')
const theSwitch = (lab: Lab) => lab.ref('VmwareDistributedVirtualSwitch', NAME)
const group = (lab: Lab) => lab.ref('DistributedVirtualPortgroup', GROUP_NAME)
const manager = (lab: Lab) => lab.ref('DistributedVirtualSwitchManager')
const datacenter = (lab: Lab) => lab.ref('Datacenter')
const uuid = (lab: Lab) => lab.text('VmwareDistributedVirtualSwitch', NAME, 'uuid')
const key = (lab: Lab) => lab.text('DistributedVirtualPortgroup', GROUP_NAME, 'key')

const CREATE = 'Folder.CreateDVS_Task'
const GROUP = 'DistributedVirtualSwitch.CreateDVPortgroup_Task'
const POOL = 'DistributedVirtualSwitch.AddNetworkResourcePool'

const vlan = (vlanId: number) =>
  data('VMwareDVSPortSetting', {
    vlan: data('VmwareDistributedVirtualSwitchVlanIdSpec', { inherited: false, vlanId }),
  })

const product = (version: string) => data('DistributedVirtualSwitchProductSpec', { version })

const portgroup = (name: string, vlanId: number) =>
  data('DVPortgroupConfigSpec', { name, type: 'earlyBinding', numPorts: 8, defaultPortConfig: vlan(vlanId) })

const pool = (members: object) => ({
  configSpec: [data('DVSNetworkResourcePoolConfigSpec', { key: '', ...members })],
})

/** The key of the first pool that a client adds. */
const POOL_KEY = 'NetworkResourcePool-1'

const blob = (kept: object) => Buffer.from(JSON.stringify(kept)).toString('base64')

/** A backup of the switch, as DVSManagerExportEntity_Task gives it. */
const backupOf = (dvsUuid: string) =>
  data('EntityBackupConfig', {
    entityType: 'distributedVirtualSwitch',
    configBlob: blob({ kind: 'fauxsphere.dvs', spec: { description: 'as it was' } }),
    key: dvsUuid,
    name: NAME,
  })

export const distributedSwitchDescriptions: Descriptions = {
  'Folder.CreateDVS_Task': {
    summary: 'Creates a distributed switch',
    text: 'In a network folder, with its uplink port group `<name>-DVUplinks-<number>` and, if the specification names some, its first member hosts.',
    example: {
      on: folder,
      body: () => ({
        spec: data('DVSCreateSpec', {
          configSpec: data('VMwareDVSConfigSpec', { name: NAME, maxMtu: 9000 }),
          productInfo: product('8.0.0'),
        }),
      }),
    },
  },
  'DistributedVirtualSwitch.ReconfigureDvs_Task': {
    summary: 'Changes a distributed switch and its member hosts',
    text: 'What the specification leaves out stays. `ConcurrentAccess` when its `configVersion` is not the present one. A host joins with the NICs of its `backing`, which no other switch may have (`ResourceInUse`).',
    example: {
      on: theSwitch,
      first: [CREATE],
      body: (lab) => ({
        spec: data('VMwareDVSConfigSpec', {
          configVersion: '1',
          host: [
            data('DistributedVirtualSwitchHostMemberConfigSpec', {
              operation: 'add',
              host: lab.ref('HostSystem', HOST),
              backing: data('DistributedVirtualSwitchHostMemberPnicBacking', {}),
            }),
          ],
        }),
      }),
    },
  },
  'DistributedVirtualSwitch.Rename_Task': {
    summary: 'Renames a distributed switch',
    example: { on: theSwitch, first: [CREATE], body: () => ({ newName: 'VDS renamed' }) },
  },
  'DistributedVirtualSwitch.Destroy_Task': {
    summary: 'Removes a distributed switch',
    text: 'With its port groups, and from its hosts. `ResourceInUse` while a VM or a vmkernel adapter is on it.',
    example: { on: theSwitch, first: [CREATE] },
  },
  'DistributedVirtualSwitch.AddDVPortgroup_Task': {
    summary: 'Adds several port groups to a distributed switch',
    text: 'All or none.',
    example: {
      on: theSwitch,
      first: [CREATE],
      body: () => ({ spec: [portgroup('VDS Test', 31), portgroup('VDS Backup', 32)] }),
    },
  },
  'DistributedVirtualSwitch.CreateDVPortgroup_Task': {
    summary: 'Adds a port group to a distributed switch',
    text: 'What its `defaultPortConfig` leaves out it inherits from the switch. A group with static binding grows by eight ports when all are taken, unless `autoExpand` is false.',
    example: { on: theSwitch, first: [CREATE], body: () => ({ spec: portgroup(GROUP_NAME, 30) }) },
  },
  'DistributedVirtualSwitch.LookupDvPortGroup': {
    summary: 'Finds a port group of a switch by its key',
    example: { on: theSwitch, first: [CREATE, GROUP], body: (lab) => ({ portgroupKey: key(lab) }) },
  },
  'DistributedVirtualPortgroup.ReconfigureDVPortgroup_Task': {
    summary: 'Changes a distributed port group',
    text: 'What the specification leaves out stays; `ConcurrentAccess` when its `configVersion` is not the present one.',
    example: {
      on: group,
      first: [CREATE, GROUP],
      body: () => ({
        spec: data('DVPortgroupConfigSpec', {
          configVersion: '0',
          numPorts: 16,
          defaultPortConfig: vlan(35),
        }),
      }),
    },
  },
  'DistributedVirtualPortgroup.Rename_Task': {
    summary: 'Renames a distributed port group',
    example: { on: group, first: [CREATE, GROUP], body: () => ({ newName: 'VDS Staging' }) },
  },
  'DistributedVirtualPortgroup.Destroy_Task': {
    summary: 'Removes a distributed port group',
    text: '`ResourceInUse` while a VM or a vmkernel adapter is on it; `NotSupported` for the uplinks.',
    example: { on: group, first: [CREATE, GROUP] },
  },
  'DistributedVirtualSwitch.FetchDVPorts': {
    summary: 'Lists ports with who is connected to them',
    text: 'By criteria: connected, active, uplink ports, those of some port groups or hosts.',
    example: {
      on: theSwitch,
      first: [CREATE, GROUP],
      body: () => ({ criteria: data('DistributedVirtualSwitchPortCriteria', { uplinkPort: false }) }),
    },
  },
  'DistributedVirtualSwitch.FetchDVPortKeys': {
    summary: 'Lists the keys of ports',
    example: { on: theSwitch, first: [CREATE, GROUP], body: () => ({}) },
  },
  'DistributedVirtualSwitch.QueryUsedVlanIdInDvs': {
    summary: 'Lists the VLANs that port groups and ports have',
    text: 'Trunks do not count.',
    example: { on: theSwitch, first: [CREATE, GROUP] },
  },
  'DistributedVirtualSwitch.RefreshDVPortState': {
    summary: 'Asks for the state of ports anew',
    text: 'The state is always as it is; only unknown keys are refused.',
    example: { on: theSwitch, first: [CREATE], body: () => ({}) },
  },
  'DistributedVirtualSwitch.ReconfigureDVPort_Task': {
    summary: 'Changes single ports',
    text: 'As far as their port group lets them differ. `add` makes a port in no group, `remove` takes such a one away.',
    example: {
      on: theSwitch,
      first: [CREATE, GROUP],
      body: () => ({ port: [data('DVPortConfigSpec', { operation: 'edit', key: '0', name: 'first' })] }),
    },
  },
  'DistributedVirtualSwitch.MoveDVPort_Task': {
    summary: 'Moves free ports to another port group',
    text: 'Without a destination: out of all groups.',
    example: { on: theSwitch, first: [CREATE, GROUP], body: () => ({ portKey: ['1'] }) },
  },
  'DistributedVirtualSwitch.RectifyDvsHost_Task': {
    summary: 'Brings member hosts in line with the switch',
    example: { on: theSwitch, first: [CREATE], body: () => ({}) },
  },
  'DistributedVirtualSwitch.UpdateDVSHealthCheckConfig_Task': {
    summary: 'Switches health checks on or off',
    example: {
      on: theSwitch,
      first: [CREATE],
      body: () => ({
        healthCheckConfig: [data('VMwareDVSVlanMtuHealthCheckConfig', { enable: true, interval: 1 })],
      }),
    },
  },
  'DistributedVirtualSwitch.UpdateDvsCapability': {
    summary: 'Changes what a switch says that it can do',
    example: {
      on: theSwitch,
      first: [CREATE],
      body: () => ({ capability: data('DVSCapability', { dvsOperationSupported: true }) }),
    },
  },
  'DistributedVirtualSwitch.PerformDvsProductSpecOperation_Task': {
    summary: 'Upgrades a distributed switch',
    text: '`InvalidState` for a version that is no step up, or that a member host is too old for.',
    example: {
      on: theSwitch,
      first: [CREATE],
      body: () => ({ operation: 'upgrade', productSpec: product('8.0.3') }),
    },
  },
  'DistributedVirtualSwitch.EnableNetworkResourceManagement': {
    summary: 'Switches network I/O control on or off',
    example: { on: theSwitch, first: [CREATE], body: () => ({ enable: false }) },
  },
  'DistributedVirtualSwitch.AddNetworkResourcePool': {
    summary: 'Adds a network resource pool',
    example: { on: theSwitch, first: [CREATE], body: () => pool({ name: 'Gold' }) },
  },
  'DistributedVirtualSwitch.UpdateNetworkResourcePool': {
    summary: 'Changes a network resource pool',
    example: {
      on: theSwitch,
      first: [CREATE, POOL],
      body: () =>
        pool({
          key: POOL_KEY,
          configVersion: '0',
          allocationInfo: data('DVSNetworkResourcePoolAllocationInfo', { limit: 1000 }),
        }),
    },
  },
  'DistributedVirtualSwitch.RemoveNetworkResourcePool': {
    summary: 'Removes a network resource pool',
    text: '`ResourceInUse` for the pools of system traffic.',
    example: { on: theSwitch, first: [CREATE, POOL], body: () => ({ key: [POOL_KEY] }) },
  },
  'VmwareDistributedVirtualSwitch.UpdateDVSLacpGroupConfig_Task': {
    summary: 'Adds, changes and removes link aggregation groups',
    example: {
      on: theSwitch,
      first: [CREATE],
      body: () => ({
        lacpGroupSpec: [
          data('VMwareDvsLacpGroupSpec', {
            operation: 'add',
            lacpGroupConfig: data('VMwareDvsLacpGroupConfig', { name: 'lag1', mode: 'active', uplinkNum: 2 }),
          }),
        ],
      }),
    },
  },
  'DistributedVirtualSwitchManager.QueryAvailableDvsSpec': {
    summary: 'Lists the versions of switches, newest first',
    example: { on: manager, body: () => ({}) },
  },
  'DistributedVirtualSwitchManager.QueryCompatibleHostForNewDvs': {
    summary: 'Lists the hosts that could join a switch of a version',
    example: {
      on: manager,
      body: (lab) => ({ container: datacenter(lab), recursive: true, switchProductSpec: product('7.0.3') }),
    },
  },
  'DistributedVirtualSwitchManager.QueryCompatibleHostForExistingDvs': {
    summary: 'Lists the hosts that could join a switch',
    example: {
      on: manager,
      first: [CREATE],
      body: (lab) => ({ container: datacenter(lab), recursive: true, dvs: theSwitch(lab) }),
    },
  },
  'DistributedVirtualSwitchManager.QueryDvsCompatibleHostSpec': {
    summary: 'Tells the ESXi releases that a version of switches takes',
    example: { on: manager, body: () => ({ switchProductSpec: product('8.0.0') }) },
  },
  'DistributedVirtualSwitchManager.QueryDvsFeatureCapability': {
    summary: 'Tells what switches of a version can do',
    example: { on: manager, body: () => ({ switchProductSpec: product('8.0.3') }) },
  },
  'DistributedVirtualSwitchManager.QueryDvsByUuid': {
    summary: 'Finds a distributed switch by its UUID',
    example: { on: manager, first: [CREATE], body: (lab) => ({ uuid: uuid(lab) }) },
  },
  'DistributedVirtualSwitchManager.DVSManagerLookupDvPortGroup': {
    summary: 'Finds a port group by its key and the UUID of its switch',
    example: {
      on: manager,
      first: [CREATE, GROUP],
      body: (lab) => ({ switchUuid: uuid(lab), portgroupKey: key(lab) }),
    },
  },
  'DistributedVirtualSwitchManager.QueryDvsConfigTarget': {
    summary: 'Lists the switches and port groups that something can be connected to',
    text: 'Those of a host, of one switch, or all.',
    example: { on: manager, body: () => ({}) },
  },
  'DistributedVirtualSwitchManager.QueryDvsCheckCompatibility': {
    summary: 'Tells of each host whether, and why not, it could join',
    example: {
      on: manager,
      body: (lab) => ({
        hostContainer: data('DistributedVirtualSwitchManagerHostContainer', {
          container: datacenter(lab),
          recursive: true,
        }),
        dvsProductSpec: data('DistributedVirtualSwitchManagerDvsProductSpec', {
          newSwitchProductSpec: product('8.0.0'),
        }),
      }),
    },
  },
  'DistributedVirtualSwitchManager.RectifyDvsOnHost_Task': {
    summary: 'Brings hosts in line with all their switches',
    example: { on: manager, body: (lab) => ({ hosts: [lab.ref('HostSystem', HOST)] }) },
  },
  'DistributedVirtualSwitchManager.DVSManagerExportEntity_Task': {
    summary: 'Backs up switches and port groups',
    text: 'Their settings, without hosts and connections. The bytes are for this server only.',
    example: {
      on: manager,
      first: [CREATE, GROUP],
      body: (lab) => ({
        selectionSet: [
          data('DVSSelection', { dvsUuid: uuid(lab) }),
          data('DVPortgroupSelection', { dvsUuid: uuid(lab), portgroupKey: [key(lab)] }),
        ],
      }),
    },
  },
  'DistributedVirtualSwitchManager.DVSManagerImportEntity_Task': {
    summary: 'Brings backups of switches and port groups back',
    text: 'Over what they are of (`applyToEntitySpecified`), or as new ones in their container.',
    example: {
      on: manager,
      first: [CREATE],
      body: (lab) => ({ entityBackup: [backupOf(uuid(lab))], importType: 'applyToEntitySpecified' }),
    },
  },
  'DistributedVirtualSwitch.DVSRollback_Task': {
    summary: 'Tells how to take a switch back to a backup',
    text: "The task's result is a specification for `ReconfigureDvs_Task`. `RollbackFailure` without a backup of the switch.",
    example: {
      on: theSwitch,
      first: [CREATE],
      body: (lab) => ({ entityBackup: backupOf(uuid(lab)) }),
    },
  },
  'DistributedVirtualPortgroup.DVPortgroupRollback_Task': {
    summary: 'Tells how to take a port group back to a backup',
    text: "The task's result is a specification for `ReconfigureDVPortgroup_Task`. `RollbackFailure` without a backup of the group.",
    example: {
      on: group,
      first: [CREATE, GROUP],
      body: (lab) => ({
        entityBackup: data('EntityBackupConfig', {
          entityType: 'distributedVirtualPortgroup',
          configBlob: blob({ kind: 'fauxsphere.dvportgroup', spec: { description: 'as it was' } }),
          key: key(lab),
        }),
      }),
    },
  },
}
