import type { Descriptions, Lab } from './description.js'

const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')
const secondary = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo', 'config.ftInfo.secondaries.0')
const host = (lab: Lab) => lab.ref('HostSystem', 'vesxi-02.lab.local')

const ON = 'VirtualMachine.CreateSecondaryVMEx_Task'

export const faultToleranceDescriptions: Descriptions = {
  'VirtualMachine.CreateSecondaryVMEx_Task': {
    summary: 'Turns Fault Tolerance on',
    text: 'Makes a secondary on another host (the given one, else one that fits) and, if the VM runs, starts it. What stands against it comes all at once, as `VmFaultToleranceOpIssuesList`: the issues of the VM and its cluster (HA off, too many vCPUs, snapshots, devices), of its host (no vMotion or FT logging adapter, no HA agent), or of each candidate host. Follow `runtime.faultToleranceState` from `starting` to `running`. Task result: `FaultToleranceSecondaryOpResult`.',
    example: { on: demo, body: (lab) => ({ host: host(lab) }) },
  },
  'VirtualMachine.CreateSecondaryVM_Task': {
    summary: 'Turns Fault Tolerance on, without a choice of datastores',
    text: 'As `CreateSecondaryVMEx_Task` without its specification.',
    example: { on: demo, body: () => ({}) },
  },
  'VirtualMachine.TurnOffFaultToleranceForVM_Task': {
    summary: 'Turns Fault Tolerance off',
    text: 'The secondary and its files go; the primary runs on as an ordinary VM.',
    example: { on: demo, first: [ON] },
  },
  'VirtualMachine.DisableSecondaryVM_Task': {
    summary: 'Suspends Fault Tolerance',
    text: 'The secondary stays, powered off, and does not start again until it is enabled.',
    example: { on: demo, first: [ON], body: (lab) => ({ vm: secondary(lab) }) },
  },
  'VirtualMachine.EnableSecondaryVM_Task': {
    summary: 'Resumes Fault Tolerance',
    example: {
      on: demo,
      first: ['VirtualMachine.DisableSecondaryVM_Task'],
      body: (lab) => ({ vm: secondary(lab) }),
    },
  },
  'VirtualMachine.MakePrimaryVM_Task': {
    summary: 'Tests a failover',
    text: 'The secondary takes over, the old primary goes, a new secondary starts where there is a host for it.',
    example: { on: demo, first: [ON], body: (lab) => ({ vm: secondary(lab) }) },
  },
  'VirtualMachine.TerminateFaultTolerantVM_Task': {
    summary: 'Ends one half of a pair, to test a restart',
    text: 'The named half; without one, the primary, whose part the secondary then takes.',
    example: { on: demo, first: [ON], body: (lab) => ({ vm: secondary(lab) }) },
  },
  'VirtualMachine.QueryFaultToleranceCompatibility': {
    summary: 'Lists what stands against legacy Fault Tolerance on the VM itself',
    text: 'The older form: since 6.0 it knows of the legacy kind only, which takes one vCPU and thick disks.',
    example: { on: demo },
  },
  'VirtualMachine.QueryFaultToleranceCompatibilityEx': {
    summary: 'Lists what stands against SMP or legacy Fault Tolerance on the VM itself',
    text: 'An empty list: nothing does.',
    example: { on: demo, body: () => ({ forLegacyFt: false }) },
  },
}
