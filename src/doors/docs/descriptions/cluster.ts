import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'
import { connectTo, REMOVED } from './host.js'
import { smallVm } from './virtual-machine.js'

const cluster = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT')
const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')
const pool = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT', 'resourcePool')
const testing = (lab: Lab) => lab.ref('ResourcePool', 'Testing')

const POOL = 'ResourcePool.CreateResourcePool'
const recommendation = 'the `key` of an entry of `recommendation`; a fully automated cluster has none'

const allocation = (reservation: number) =>
  data('ResourceAllocationInfo', {
    reservation,
    expandableReservation: true,
    limit: -1,
    shares: data('SharesInfo', { shares: 4000, level: 'normal' }),
  })

const poolSpec = (reservedMB: number) =>
  data('ResourceConfigSpec', {
    cpuAllocation: allocation(0),
    memoryAllocation: allocation(reservedMB),
  })

export const clusterDescriptions: Descriptions = {
  'ClusterComputeResource.ReconfigureComputeResource_Task': {
    summary: 'Changes HA, DRS, rules and options of a cluster',
    text: 'With `modify` what is left out stays as it is; without, it goes back to its default. HA agents are set up on the hosts when HA comes on. A cluster with fault-tolerant VMs keeps HA.',
    example: {
      on: cluster,
      body: () => ({
        spec: data('ClusterConfigSpecEx', {
          dasConfig: data('ClusterDasConfigInfo', {
            enabled: true,
            admissionControlEnabled: true,
            admissionControlPolicy: data('ClusterFailoverLevelAdmissionControlPolicy', { failoverLevel: 1 }),
          }),
        }),
        modify: true,
      }),
    },
  },
  'ComputeResource.ReconfigureComputeResource_Task': {
    summary: 'Changes a compute resource',
    text: 'Where swap files go, and for a cluster everything else.',
    example: {
      on: cluster,
      body: () => ({
        spec: data('ComputeResourceConfigSpec', { vmSwapPlacement: 'vmDirectory' }),
        modify: true,
      }),
    },
  },
  'ClusterComputeResource.ReconfigureCluster_Task': {
    summary: 'Changes a cluster, as clients before 2.5 did',
    text: 'Use `ReconfigureComputeResource_Task`.',
    example: {
      on: cluster,
      body: () => ({
        spec: data('ClusterConfigSpec', {
          drsConfig: data('ClusterDrsConfigInfo', { enabled: true, vmotionRate: 2 }),
        }),
        modify: true,
      }),
    },
  },
  'ClusterComputeResource.AddHost_Task': {
    summary: 'Takes a host under management, into this cluster',
    text: 'The host must answer at its address: a physical machine of the seed, or a VM with ESXi on its disk that runs. A wrong or missing thumbprint: `SSLVerifyFault` with the right one; a wrong password: `InvalidLogin`; no answer: `NoHost`. Task result: the host.',
    example: {
      on: cluster,
      first: [REMOVED],
      body: (lab) => ({ spec: connectTo(lab, 'vesxi-03.lab.local'), asConnected: true }),
    },
  },
  'ClusterComputeResource.MoveInto_Task': {
    summary: 'Moves hosts into this cluster',
    text: 'From a standalone place as they are; from another cluster in maintenance mode.',
    example: {
      on: (lab) => lab.ref('ClusterComputeResource', 'Physical'),
      first: ['HostSystem.EnterMaintenanceMode_Task'],
      body: (lab) => ({ host: [lab.ref('HostSystem', 'vesxi-03.lab.local')] }),
    },
  },
  'ClusterComputeResource.MoveHostInto_Task': {
    summary: 'Moves a standalone host into this cluster, with its pools',
    example: {
      on: cluster,
      first: ['Folder.AddStandaloneHost_Task'],
      body: (lab) => ({ host: lab.ref('HostSystem', 'vesxi-03.lab.local') }),
    },
  },
  'ClusterComputeResource.RetrieveDasAdvancedRuntimeInfo': {
    summary: 'Tells what HA admission control counts',
    text: 'For the policy of tolerated failures: slot size, slots in all, used, unreserved, per host; and heartbeat datastores, agent states.',
    example: { on: cluster },
  },
  'ClusterComputeResource.RecommendHostsForVm': {
    summary: 'Ranks the hosts for a VM',
    example: { on: cluster, body: (lab) => ({ vm: demo(lab) }) },
  },
  'ClusterComputeResource.FindRulesForVm': {
    summary: 'Lists the rules that name a VM',
    example: { on: cluster, body: (lab) => ({ vm: demo(lab) }) },
  },
  'ClusterComputeResource.RefreshRecommendation': {
    summary: 'Lets DRS look at the cluster now',
    example: { on: cluster },
  },
  'ClusterComputeResource.ApplyRecommendation': {
    summary: 'Does what DRS recommends',
    example: { on: cluster, body: () => ({ key: '1' }), stale: recommendation },
  },
  'ClusterComputeResource.CancelRecommendation': {
    summary: 'Drops what DRS recommends',
    example: { on: cluster, body: () => ({ key: '1' }), stale: recommendation },
  },
  'ClusterComputeResource.EvcManager': {
    summary: "Names the manager of the cluster's EVC mode",
    example: { on: cluster },
  },

  'ResourcePool.CreateResourcePool': {
    summary: 'Makes a resource pool below this one',
    text: 'Reservations come out of the parent, and where they are expandable out of those above it. `NotSupported` in a cluster without DRS.',
    example: { on: pool, body: () => ({ name: 'Testing', spec: poolSpec(2048) }) },
  },
  'ResourcePool.UpdateConfig': {
    summary: 'Renames a pool or changes its allocations',
    example: { on: testing, first: [POOL], body: () => ({ name: 'Testing', config: poolSpec(1024) }) },
  },
  'ResourcePool.UpdateChildResourceConfiguration': {
    summary: 'Changes the allocations of children, all or none',
    example: {
      on: pool,
      first: [POOL],
      body: (lab) => ({
        spec: [
          data('ResourceConfigSpec', {
            entity: testing(lab),
            cpuAllocation: allocation(0),
            memoryAllocation: allocation(512),
          }),
        ],
      }),
    },
  },
  'ResourcePool.MoveIntoResourcePool': {
    summary: 'Moves VMs and pools into this pool',
    example: { on: testing, first: [POOL], body: (lab) => ({ list: [demo(lab)] }) },
  },
  'ResourcePool.DestroyChildren': {
    summary: 'Removes all pools below this one',
    text: 'Their VMs move up to it.',
    example: { on: pool, first: [POOL] },
  },
  'ResourcePool.Destroy_Task': {
    summary: 'Removes a pool',
    text: 'Its VMs and pools move up to its parent.',
    example: { on: testing, first: [POOL] },
  },
  'ResourcePool.RefreshRuntime': {
    summary: 'Reads the usage anew',
    text: 'It is always up to date here.',
    example: { on: pool },
  },
  'ResourcePool.QueryResourceConfigOption': {
    summary: 'Tells the defaults of a pool',
    example: { on: pool },
  },
  'ResourcePool.CreateChildVM_Task': {
    summary: 'Makes a VM in a pool or vApp',
    example: {
      on: pool,
      body: () => ({ config: smallVm('web-01') }),
      stale: 'the id of a vApp: in other pools VMs are made by `Folder.CreateVM_Task`',
    },
  },
  'ResourcePool.RegisterChildVM_Task': {
    summary: 'Registers a VM in a pool or vApp',
    example: {
      on: pool,
      body: () => ({ path: '[nfs-shared] web-01/web-01.vmx' }),
      stale: 'the id of a vApp: in other pools VMs are registered by `Folder.RegisterVM_Task`',
    },
  },
}
