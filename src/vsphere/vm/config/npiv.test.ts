import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { createVmLab } from '../testing.js'

const NODE = 2882304309355098434n
const PORT = 2882304309355098435n
const SET = {
  npivWorldWideNameOp: 'set',
  npivNodeWorldWideName: [NODE],
  npivPortWorldWideName: [PORT],
} as const

function vms() {
  const lab = createVmLab()
  const vm = lab.create()
  const refused = (spec: Partial<VirtualMachineConfigSpec>, id = vm) =>
    lab.fault('VirtualMachine', id, 'ReconfigVM_Task', { spec: data('VirtualMachineConfigSpec', spec) })
  return { lab, vm, refused }
}

describe('the world wide names of a VM', () => {
  it('are generated, extended and removed', () => {
    const { lab, vm } = vms()
    lab.reconfigure(vm, { npivWorldWideNameOp: 'generate', npivOnNonRdmDisks: true })
    const { npivPortWorldWideName: ports = [], npivNodeWorldWideName: nodes = [] } = lab.config(vm)
    expect([nodes.length, ports.length, lab.config(vm).npivWorldWideNameType]).toEqual([1, 4, 'vc'])
    expect(new Set([...nodes, ...ports]).size).toBe(5)
    expect(ports[0]?.toString(16)).toMatch(/^28..000c29/)
    lab.reconfigure(vm, { npivWorldWideNameOp: 'extend', npivDesiredPortWwns: 6 })
    expect(lab.config(vm).npivPortWorldWideName?.slice(0, 4)).toEqual(ports)
    expect(lab.config(vm).npivPortWorldWideName).toHaveLength(6)
    lab.reconfigure(vm, { npivWorldWideNameOp: 'remove' })
    expect(lab.config(vm)).not.toHaveProperty('npivPortWorldWideName.0')
  })

  it('are given with the operation `set` alone, and belong to one VM', () => {
    const { lab, vm, refused } = vms()
    expect(refused({ npivPortWorldWideName: [PORT] })).toMatchObject({
      _typeName: 'InvalidVmConfig',
      property: 'configSpec.npivPortWorldWideName',
    })
    expect(lab.reconfigure(vm, SET).error).toBeUndefined()
    expect(lab.reconfigure(vm, SET).error).toBeUndefined()
    const other = lab.create({ name: 'other' })
    expect(refused(SET, other)).toMatchObject({ _typeName: 'VmWwnConflict', vm: { value: vm }, wwn: NODE })
  })

  it('need a raw disk, unless the VM is to have them without, and never get fewer by extension', () => {
    const { lab, vm, refused } = vms()
    expect(refused({ npivWorldWideNameOp: 'generate' })._typeName).toBe('InvalidVmConfig')
    lab.reconfigure(vm, { npivWorldWideNameOp: 'generate', npivOnNonRdmDisks: true })
    expect(refused({ npivWorldWideNameOp: 'extend', npivDesiredPortWwns: 2 })._typeName).toBe(
      'InvalidVmConfig',
    )
  })
})
