import { data } from '#vim25/data.js'
import { localizedFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { FaultCase, Given } from './case.js'
import { type FaultLab, reserved } from './lab.js'

const uuidOf = (lab: FaultLab, vm: string) => ({ instanceUuid: lab.config(vm).instanceUuid })

/** A method that takes the pair's secondary. */
const withSecondary = (lab: FaultLab, secondary: string, members: object = {}): Given => ({
  on: lab.vm,
  args: { vm: lab.ref(secondary) },
  members,
})

const disabled = (lab: FaultLab) => {
  const secondary = lab.turnOn()
  lab.done<void>('VirtualMachine', lab.vm, 'DisableSecondaryVM_Task', { vm: lab.ref(secondary) })
  return secondary
}

const withoutHa = (lab: FaultLab) => ({ reason: 'haNotEnabled', entityName: 'demo', entity: lab.ref(lab.vm) })

/** The methods of a pair, and whether they name its secondary. */
const PAIR_METHODS: readonly (readonly [method: string, names: boolean])[] = [
  ['EnableSecondaryVM_Task', true],
  ['DisableSecondaryVM_Task', true],
  ['MakePrimaryVM_Task', true],
  ['TerminateFaultTolerantVM_Task', false],
  ['TurnOffFaultToleranceForVM_Task', false],
]

const pair: readonly FaultCase[] = PAIR_METHODS.flatMap(([name, names]) => [
  {
    method: `VirtualMachine.${name}`,
    fault: 'InvalidState',
    when: 'the VM is not fault tolerant',
    given: (lab) => ({ on: lab.vm, args: names ? { vm: lab.ref(lab.idle) } : {} }),
  },
  {
    method: `VirtualMachine.${name}`,
    fault: 'InvalidOperationOnSecondaryVm',
    when: 'the VM is the secondary',
    given(lab) {
      const on = lab.turnOn()
      return { on, args: names ? { vm: lab.ref(on) } : {}, members: uuidOf(lab, on) }
    },
  },
  ...(names
    ? [
        {
          method: `VirtualMachine.${name}`,
          fault: 'SecondaryVmNotRegistered',
          when: 'the VM that is named is not the secondary',
          given(lab: FaultLab) {
            lab.turnOn()
            return withSecondary(lab, lab.idle, uuidOf(lab, lab.idle))
          },
        },
      ]
    : []),
])

const pool = (lab: FaultLab) =>
  lab.done<ManagedObjectReference>('ResourcePool', lab.pool.value, 'CreateResourcePool', {
    name: 'small',
    spec: data('ResourceConfigSpec', {
      cpuAllocation: data('ResourceAllocationInfo', {
        ...reserved(0),
        expandableReservation: true,
        limit: -1,
      }),
      memoryAllocation: data('ResourceAllocationInfo', {
        ...reserved(512),
        expandableReservation: false,
        limit: -1,
      }),
    }),
  })

const creation: readonly FaultCase[] = ['CreateSecondaryVM_Task', 'CreateSecondaryVMEx_Task'].flatMap(
  (name) => [
    {
      method: `VirtualMachine.${name}`,
      fault: 'VmFaultToleranceOpIssuesList',
      when: 'the VM has a snapshot',
      given(lab) {
        const args = { name: 'first', memory: false, quiesce: false }
        lab.done('VirtualMachine', lab.vm, 'CreateSnapshot_Task', args)
        const issue = { reason: 'hasSnapshots' as const, entityName: 'demo', entity: lab.ref(lab.vm) }
        return {
          on: lab.vm,
          members: { errors: [localizedFault('VmFaultToleranceConfigIssue', issue)] },
        }
      },
    },
    {
      method: `VirtualMachine.${name}`,
      fault: 'InvalidOperationOnSecondaryVm',
      when: 'the VM is a secondary',
      given(lab) {
        const on = lab.turnOn()
        return { on, members: uuidOf(lab, on) }
      },
    },
    {
      method: `VirtualMachine.${name}`,
      fault: 'InsufficientMemoryResourcesFault',
      when: 'its resource pool cannot reserve all of its memory',
      given(lab) {
        const small = pool(lab)
        lab.done('ResourcePool', small.value, 'MoveIntoResourcePool', { list: [lab.ref(lab.vm)] })
        return { on: lab.vm, members: { unreserved: 536_870_912, requested: 2_187_182_735 } }
      },
    },
    {
      method: `VirtualMachine.${name}`,
      fault: 'NoDiskSpace',
      when: 'the datastore has no room for the secondary’s files',
      given(lab) {
        lab.fill()
        return { on: lab.vm, members: { file: '[nfs] demo_1/demo.vmx', datastore: 'nfs' } }
      },
    },
  ],
)

export const faultToleranceCases: readonly FaultCase[] = [
  ...creation,
  ...pair,
  {
    method: 'VirtualMachine.EnableSecondaryVM_Task',
    fault: 'SecondaryVmAlreadyEnabled',
    when: 'the secondary is enabled',
    given(lab) {
      const secondary = lab.turnOn()
      return withSecondary(lab, secondary, uuidOf(lab, secondary))
    },
  },
  {
    method: 'VirtualMachine.EnableSecondaryVM_Task',
    fault: 'NoHostSuitableForFtSecondary',
    when: 'the primary runs and no other host is in use',
    given(lab) {
      const secondary = disabled(lab)
      for (const host of lab.hosts) if (host !== lab.hostOf(lab.vm)) lab.maintain(host)
      return withSecondary(lab, secondary, { vm: lab.ref(lab.vm), vmName: 'demo' })
    },
  },
  {
    method: 'VirtualMachine.DisableSecondaryVM_Task',
    fault: 'SecondaryVmAlreadyDisabled',
    when: 'the secondary is disabled',
    given(lab) {
      const secondary = disabled(lab)
      return withSecondary(lab, secondary, uuidOf(lab, secondary))
    },
  },
  ...['MakePrimaryVM_Task', 'TerminateFaultTolerantVM_Task'].map(
    (name): FaultCase => ({
      method: `VirtualMachine.${name}`,
      fault: 'VmFaultToleranceConfigIssue',
      when: 'HA is turned off',
      given(lab) {
        const secondary = lab.turnOn()
        lab.reconfigureHa({ enabled: false })
        return withSecondary(lab, secondary, withoutHa(lab))
      },
    }),
  ),
  {
    method: 'VirtualMachine.TurnOffFaultToleranceForVM_Task',
    fault: 'InvalidState',
    when: 'the secondary’s host is in maintenance mode',
    given(lab) {
      const secondary = disabled(lab)
      lab.maintain(lab.hostOf(secondary))
      return { on: lab.vm }
    },
  },
]
