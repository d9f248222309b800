import { describe, expect, it } from 'vitest'
import { managedType, typeNames } from '#vim25/schema.js'
import { labelledTasks, labelOf, summaryOf } from './labels.js'

/** `VirtualMachine.powerOn` for every method of every type, inherited ones under each type that has them. */
const methodIds = new Set(
  typeNames('managed').flatMap((name) => {
    const type = managedType(name)
    const prefix = type?.vmodl.replace(/^vim\./, '') ?? name
    return [...(type?.methods.values() ?? [])].map((method) => `${prefix}.${method.vmodl}`)
  }),
)

/** Work that the server starts by itself, and methods that only it has. */
const INTERNAL = /LRO$|^DasConfig\.|^ClusterComputeResource\.setSuspendedState$/

describe('labels of tasks', () => {
  // Fact sheet A.7, recorded from a vCenter Server.
  it.each([
    ['VirtualMachine.createSecondaryEx', 'Turn On Fault Tolerance', 'Creates a secondary VM'],
    ['VirtualMachine.turnOffFaultTolerance', 'Turn Off Fault Tolerance', 'Turn Off Fault Tolerance'],
    ['VirtualMachine.makePrimary', 'Test failover', 'Test failover'],
    [
      'VirtualMachine.terminateFaultTolerantVM',
      'Test restarting Secondary VM',
      'Test restarting Secondary VM',
    ],
    ['VirtualMachine.disableSecondary', 'Suspend Fault Tolerance', 'Suspend Fault Tolerance'],
    ['VirtualMachine.enableSecondary', 'Resume Fault Tolerance', 'Resume Fault Tolerance'],
    [
      'FaultTolerance.PowerOnSecondaryLRO',
      'Start Fault Tolerance Secondary VM',
      'Start Secondary VM as the Primary VM is powered on',
    ],
    ['DasConfig.ConfigureHost', 'Configuring vSphere HA', 'Configuring vSphere HA'],
    ['ClusterComputeResource.reconfigureEx', 'Reconfigure cluster', 'Reconfigure cluster'],
    ['VirtualMachine.powerOn', 'Power On virtual machine', 'Power On this virtual machine'],
    ['Datacenter.powerOnVm', 'Initialize powering On', 'Initialize tasks for powering on virtual machines'],
  ])('%s is "%s"', (id, label, summary) => {
    expect([labelOf(id), summaryOf(id)]).toEqual([label, summary])
  })

  it('shows the name of a method that has no label', () => {
    expect(labelOf('VirtualMachine.createForkChild')).toBe('createForkChild')
    expect(labelOf('backup')).toBe('backup')
  })

  it('has labels only for what exists', () => {
    expect(labelledTasks.filter((id) => !methodIds.has(id) && !INTERNAL.test(id))).toEqual([])
  })
})
