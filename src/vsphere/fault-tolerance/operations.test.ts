import { describe, expect, it } from 'vitest'
import { createFtLab, createFtPair, hostRef, vmRef } from './testing.js'

describe('TurnOffFaultToleranceForVM_Task', () => {
  it('takes the secondary away and leaves a VM like any other, with its memory reserved', () => {
    const { lab, vm, secondary } = createFtPair()
    expect(lab.run('TurnOffFaultToleranceForVM_Task').state).toBe('success')
    expect(lab.story()).toEqual([
      `VmFaultToleranceTurnedOffEvent@${vm}`,
      `${vm}:running>notConfigured`,
      `${secondary}:running>notConfigured`,
      `VmRemovedEvent@${secondary}`,
    ])
    expect(lab.sandbox.inventory.read.entity(secondary)).toBeUndefined()
    expect(lab.runtime(vm)).toMatchObject({ powerState: 'poweredOn', faultToleranceState: 'notConfigured' })
    expect(lab.config(vm)).toMatchObject({
      flags: { faultToleranceType: 'unset' },
      memoryReservationLockedToMax: true,
    })
    expect(lab.config(vm).ftInfo).toBeUndefined()
    expect(lab.run('CreateSecondaryVMEx_Task').state).toBe('success')
  })

  it('is refused for a VM without FT, and on a secondary', () => {
    const lab = createFtLab()
    expect(lab.refused('TurnOffFaultToleranceForVM_Task')._typeName).toBe('InvalidState')
    const secondary = lab.turnOn()
    expect(lab.refused('TurnOffFaultToleranceForVM_Task', {}, secondary)).toMatchObject({
      _typeName: 'InvalidOperationOnSecondaryVm',
      instanceUuid: lab.config(secondary).instanceUuid,
    })
  })

  it('is refused while the host of the secondary cannot be reached', () => {
    const { lab, secondary } = createFtPair({ hosts: 2, cluster: {}, on: false })
    lab.fail(lab.runtime(secondary).host?.value ?? '')
    expect(lab.refused('TurnOffFaultToleranceForVM_Task')._typeName).toBe('InvalidState')
  })
})

describe('DisableSecondaryVM_Task and EnableSecondaryVM_Task', () => {
  it('suspend and resume the protection of a running VM', () => {
    const { lab, vm, secondary } = createFtPair()
    expect(lab.run('DisableSecondaryVM_Task', { vm: vmRef(secondary) }).state).toBe('success')
    expect(lab.states(secondary)).toBe('disabled/disabled')
    expect(lab.runtime(secondary).powerState).toBe('poweredOff')
    expect(lab.story()).toEqual([
      `VmSecondaryDisabledEvent@${vm}`,
      `${vm}:running>disabled`,
      `${secondary}:running>disabled`,
    ])
    const info = lab.run('EnableSecondaryVM_Task', { vm: vmRef(secondary) })
    expect(info).toMatchObject({
      state: 'success',
      result: { vm: { value: secondary }, powerOnAttempted: true },
    })
    expect(lab.states(secondary)).toBe('running/running')
    expect(lab.story()).toEqual([
      `VmSecondaryEnabledEvent@${vm}`,
      `${vm}:disabled>needSecondary`,
      `${secondary}:disabled>enabled`,
      `VmStartingSecondaryEvent@${vm}`,
      `${vm}:needSecondary>starting`,
      `${secondary}:enabled>starting`,
      `VmSecondaryStartedEvent@${vm}`,
      `${vm}:starting>running`,
      `${secondary}:starting>running`,
    ])
  })

  it('a disabled secondary does not start with its primary; enabled while off it waits for it', () => {
    const { lab, secondary } = createFtPair()
    lab.run('DisableSecondaryVM_Task', { vm: vmRef(secondary) })
    lab.run('PowerOffVM_Task')
    lab.run('PowerOnVM_Task')
    expect(lab.states(secondary)).toBe('disabled/disabled')
    lab.run('PowerOffVM_Task')
    expect(lab.run('EnableSecondaryVM_Task', { vm: vmRef(secondary) }).result).toMatchObject({
      powerOnAttempted: false,
    })
    expect(lab.states(secondary)).toBe('enabled/enabled')
    lab.run('PowerOnVM_Task')
    expect(lab.states(secondary)).toBe('running/running')
  })

  it('start the secondary on the host that is asked for', () => {
    const { lab, secondary } = createFtPair()
    lab.run('DisableSecondaryVM_Task', { vm: vmRef(secondary) })
    const host = lab.hosts[2] ?? ''
    lab.run('EnableSecondaryVM_Task', { vm: vmRef(secondary), host: hostRef(host) })
    expect(lab.runtime(secondary).host?.value).toBe(host)
  })

  it('are refused where there is nothing to do', () => {
    const { lab, vm, secondary } = createFtPair()
    const args = { vm: vmRef(secondary) }
    expect(lab.refused('EnableSecondaryVM_Task', args)._typeName).toBe('SecondaryVmAlreadyEnabled')
    expect(lab.refused('DisableSecondaryVM_Task', { vm: vmRef(vm) })._typeName).toBe(
      'SecondaryVmNotRegistered',
    )
    expect(lab.refused('EnableSecondaryVM_Task', { vm: vmRef(vm) })._typeName).toBe(
      'SecondaryVmNotRegistered',
    )
    expect(lab.refused('DisableSecondaryVM_Task', args, secondary)._typeName).toBe(
      'InvalidOperationOnSecondaryVm',
    )
    lab.run('DisableSecondaryVM_Task', args)
    expect(lab.refused('DisableSecondaryVM_Task', args)._typeName).toBe('SecondaryVmAlreadyDisabled')
    expect(lab.refused('EnableSecondaryVM_Task', args, secondary)._typeName).toBe(
      'InvalidOperationOnSecondaryVm',
    )
  })

  it('enabling is refused without HA, on an unsuitable host, and without any host', () => {
    const { lab, secondary } = createFtPair()
    const args = { vm: vmRef(secondary) }
    lab.run('DisableSecondaryVM_Task', args)
    expect(lab.refused('EnableSecondaryVM_Task', { ...args, host: lab.runtime(lab.vm).host })._typeName).toBe(
      'IncompatibleHostForFtSecondary',
    )
    for (const host of lab.hosts.slice(1))
      lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0, evacuatePoweredOffVms: false })
    expect(lab.refused('EnableSecondaryVM_Task', args)).toMatchObject({
      _typeName: 'NoHostSuitableForFtSecondary',
      vm: { value: lab.vm },
      vmName: 'demo',
    })
    lab.reconfigureHa({ enabled: false })
    expect(lab.refused('EnableSecondaryVM_Task', args)).toMatchObject({
      _typeName: 'VmFaultToleranceConfigIssue',
      reason: 'haNotEnabled',
    })
  })

  it('disabling is refused while the host of the secondary is in maintenance mode', () => {
    const { lab, secondary } = createFtPair({ on: false })
    const host = lab.runtime(secondary).host?.value ?? ''
    lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0, evacuatePoweredOffVms: false })
    expect(lab.refused('DisableSecondaryVM_Task', { vm: vmRef(secondary) })._typeName).toBe('InvalidState')
  })
})

describe('MakePrimaryVM_Task', () => {
  it('fails over: the secondary is the primary now, and gets a secondary', () => {
    const { lab, vm, secondary } = createFtPair()
    const host = lab.runtime(secondary).host
    expect(lab.run('MakePrimaryVM_Task', { vm: vmRef(secondary) }).state).toBe('success')
    expect(lab.story()).toEqual([
      `VmFaultToleranceVmTerminatedEvent@${vm}`,
      `VmPrimaryFailoverEvent@${secondary}`,
      `${vm}:running>enabled`,
      `${secondary}:running>needSecondary`,
      `VmStartingSecondaryEvent@${secondary}`,
      `${secondary}:needSecondary>starting`,
      `${vm}:enabled>starting`,
      `VmSecondaryStartedEvent@${secondary}`,
      `${secondary}:starting>running`,
      `${vm}:starting>running`,
    ])
    expect(lab.config(secondary).ftInfo).toMatchObject({ role: 1, secondaries: [{ value: vm }] })
    expect(lab.config(vm).ftInfo).toMatchObject({ role: 2, primaryVM: { value: secondary } })
    expect(lab.runtime(secondary).host).toEqual(host)
    expect(lab.runtime(vm).host).not.toEqual(host)
  })

  it('is refused on a secondary, for somebody else, without HA, and while nothing is protected', () => {
    const { lab, vm, secondary } = createFtPair()
    const args = { vm: vmRef(secondary) }
    expect(lab.refused('MakePrimaryVM_Task', { vm: vmRef(vm) }, secondary)._typeName).toBe(
      'InvalidOperationOnSecondaryVm',
    )
    expect(lab.refused('MakePrimaryVM_Task', { vm: vmRef(vm) })._typeName).toBe('SecondaryVmNotRegistered')
    lab.reconfigureHa({ enabled: false })
    expect(lab.refused('MakePrimaryVM_Task', args)._typeName).toBe('VmFaultToleranceConfigIssue')
    lab.reconfigureHa({ enabled: true })
    lab.run('PowerOffVM_Task')
    expect(lab.refused('MakePrimaryVM_Task', args)._typeName).toBe('InvalidState')
  })
})

describe('TerminateFaultTolerantVM_Task', () => {
  it.each([['the secondary'], [undefined]])('ends %s, and another start follows', (named) => {
    const { lab, vm, secondary } = createFtPair()
    expect(lab.run('TerminateFaultTolerantVM_Task', named ? { vm: vmRef(secondary) } : {}).state).toBe(
      'success',
    )
    expect(lab.story()).toEqual([
      `VmFaultToleranceVmTerminatedEvent@${vm}`,
      `${vm}:running>needSecondary`,
      `${secondary}:running>enabled`,
      `VmStartingSecondaryEvent@${vm}`,
      `${vm}:needSecondary>starting`,
      `${secondary}:enabled>starting`,
      `VmSecondaryStartedEvent@${vm}`,
      `${vm}:starting>running`,
      `${secondary}:starting>running`,
    ])
  })

  it('is refused for a primary, on a secondary, for somebody else, without HA, and while nothing is protected', () => {
    const { lab, vm, secondary } = createFtPair()
    const other = lab.create({ name: 'other' })
    expect(lab.refused('TerminateFaultTolerantVM_Task', { vm: vmRef(vm) })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'vm',
    })
    expect(lab.refused('TerminateFaultTolerantVM_Task', { vm: vmRef(other) })._typeName).toBe(
      'SecondaryVmNotRegistered',
    )
    expect(lab.refused('TerminateFaultTolerantVM_Task', {}, secondary)._typeName).toBe(
      'InvalidOperationOnSecondaryVm',
    )
    lab.reconfigureHa({ enabled: false })
    expect(lab.refused('TerminateFaultTolerantVM_Task', {})._typeName).toBe('VmFaultToleranceConfigIssue')
    lab.run('PowerOffVM_Task')
    lab.reconfigureHa({ enabled: true })
    expect(lab.refused('TerminateFaultTolerantVM_Task', {})._typeName).toBe('InvalidState')
  })
})

describe('a VM that is no primary', () => {
  it.each([
    ['DisableSecondaryVM_Task', 'vm'],
    ['EnableSecondaryVM_Task', 'vm'],
    ['MakePrimaryVM_Task', 'vm'],
    ['TerminateFaultTolerantVM_Task', undefined],
  ])('%s is InvalidState', (method, argument) => {
    const lab = createFtLab()
    expect(lab.refused(method, argument ? { vm: vmRef(lab.vm) } : {})._typeName).toBe('InvalidState')
  })
})

describe('the power of a primary', () => {
  it('takes the secondary along: off and on', () => {
    const { lab, vm, secondary } = createFtPair()
    expect(lab.run('PowerOffVM_Task').state).toBe('success')
    expect(lab.story()).toEqual([
      `VmStoppingEvent@${vm}`,
      `VmPoweredOffEvent@${vm}`,
      // vSphere HA protects it no more.
      `EventEx@${vm}`,
      `VmPoweredOffEvent@${secondary}`,
      `${vm}:running>enabled`,
      `${secondary}:running>enabled`,
    ])
    expect(lab.run('PowerOnVM_Task').state).toBe('success')
    expect(lab.states(secondary)).toBe('running/running')
    expect(lab.story().slice(0, 4)).toEqual([
      `VmStartingEvent@${vm}`,
      `DrsVmPoweredOnEvent@${vm}`,
      `EventEx@${vm}`,
      `${vm}:enabled>needSecondary`,
    ])
  })

  it('takes the secondary along: suspended and resumed', () => {
    const { lab, secondary } = createFtPair()
    expect(lab.run('SuspendVM_Task').state).toBe('success')
    expect(lab.states(secondary)).toBe('enabled/enabled')
    expect(lab.runtime(secondary).powerState).toBe('poweredOff')
    expect(lab.run('PowerOnVM_Task').state).toBe('success')
    expect(lab.states(secondary)).toBe('running/running')
  })

  it('is refused without HA', () => {
    const { lab } = createFtPair({ on: false })
    lab.reconfigureHa({ enabled: false })
    expect(lab.refused('PowerOnVM_Task')).toMatchObject({
      _typeName: 'VmConfigIncompatibleForFaultTolerance',
      fault: { fault: { reason: 'haNotEnabled' } },
    })
  })

  it('is refused when the two halves cannot both be admitted', () => {
    const { lab } = createFtPair({ hosts: 2, on: false })
    expect(lab.refused('PowerOnVM_Task')._typeName).toBe('InsufficientFailoverResourcesFault')
  })

  it('comes on alone when no host can hold the secondary', () => {
    const { lab, vm, secondary } = createFtPair({ on: false })
    lab.reconfigureHa({ admissionControlEnabled: false })
    for (const host of lab.hosts.slice(1))
      lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0, evacuatePoweredOffVms: false })
    lab.story()
    expect(lab.run('PowerOnVM_Task').state).toBe('success')
    expect(lab.states(secondary)).toBe('needSecondary/enabled')
    expect(lab.story()).toContain(`VmNoCompatibleHostForSecondaryEvent@${vm}`)
    lab.task('HostSystem', lab.hosts[1] ?? '', 'ExitMaintenanceMode_Task', { timeout: 0 })
    expect(lab.states(secondary)).toBe('running/running')
  })
})
