import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import { createVmLab, type VmLab } from './testing.js'

const spec = (...pairs: readonly (readonly [key: string, value: string])[]) =>
  data('VirtualMachineConfigSpec', {
    extraConfig: pairs.map(([key, value]) => data('OptionValue', { key, value: boxedString(value) })),
  })

function labThatSets(setByExtraConfig = true): { lab: VmLab; vm: string } {
  const lab = createVmLab()
  Object.assign(lab.sandbox.services, { setByExtraConfig })
  return { lab, vm: lab.create({}) }
}

const state = (lab: VmLab, vm: string) => lab.sandbox.inventory.read.get('VirtualMachine', vm)

describe('extraConfig SET.<path>', () => {
  it('sets properties where the server was asked to, and what follows from them', () => {
    const { lab, vm } = labThatSets()
    const wishes = spec(
      ['SET.guest.ipAddress', '10.0.0.1'],
      ['SET.guest.guestOperationsReady', 'true'],
      ['other', 'kept'],
    )
    expect(lab.task('VirtualMachine', vm, 'ReconfigVM_Task', { spec: wishes }).error).toBeUndefined()
    const { guest, summary, config } = state(lab, vm)
    expect(guest).toMatchObject({ ipAddress: '10.0.0.1', guestOperationsReady: true })
    expect(summary.guest?.ipAddress).toBe('10.0.0.1')
    const keys = config?.extraConfig?.map(({ key }) => key)
    expect(keys).toContain('other')
    expect(keys?.filter((key) => key.startsWith('SET.'))).toEqual([])
  })

  it('has a short name for the address', () => {
    const { lab, vm } = labThatSets()
    lab.task('VirtualMachine', vm, 'ReconfigVM_Task', { spec: spec(['ip0', '10.0.0.2']) })
    expect(state(lab, vm).guest?.ipAddress).toBe('10.0.0.2')
  })

  it.each([
    ['SET.guest.nonsense', 'x'],
    ['SET.nonsense', 'x'],
    ['SET.guest', 'x'],
    ['SET.guest.net', 'x'],
    ['SET.guest.guestOperationsReady', 'perhaps'],
    ['SET.guest.toolsRunningStatus.deeper', 'x'],
  ])('refuses %s=%s', (key, value) => {
    const { lab, vm } = labThatSets()
    const { error } = lab.task('VirtualMachine', vm, 'ReconfigVM_Task', { spec: spec([key, value]) })
    expect(error?.fault).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: `spec.extraConfig["${key}"]`,
    })
  })

  it('is extraConfig like any other elsewhere', () => {
    const { lab, vm } = labThatSets(false)
    lab.task('VirtualMachine', vm, 'ReconfigVM_Task', { spec: spec(['SET.guest.ipAddress', '10.0.0.1']) })
    expect(state(lab, vm).guest?.ipAddress).toBeUndefined()
    expect(state(lab, vm).config?.extraConfig?.map(({ key }) => key)).toContain('SET.guest.ipAddress')
  })
})
