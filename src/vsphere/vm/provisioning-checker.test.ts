import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { CheckResult, TaskInfo } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { setSelections } from '../vmkernel/selections.js'
import { cloneArgs, secondStore } from './clone-testing.js'
import { createMoveLab, machineOn, ref, runtime, standalone } from './relocate-testing.js'
import type { VmLab } from './testing.js'

const CHECKER = 'ProvChecker'
const ask = (lab: VmLab, method: string, args: object) => {
  if (!lab.sandbox.inventory.read.entity(CHECKER))
    lab.act((ctx) => ctx.tx.create('VirtualMachineProvisioningChecker', CHECKER, {}))
  return lab.task('VirtualMachineProvisioningChecker', CHECKER, method, args)
}
const results = ({ result, error }: TaskInfo): readonly CheckResult[] => {
  if (error) throw new Error(JSON.stringify(error))
  return Array.isArray(result)
    ? result
    : ((result as unknown as { _value: readonly CheckResult[] })._value ?? [])
}
const errors = ({ error }: CheckResult) => (error ?? []).map(({ fault }) => fault._typeName)

describe('VirtualMachineProvisioningChecker', () => {
  it('says what a move would meet, and moves nothing', () => {
    const lab = createMoveLab()
    const { vm, one, two } = machineOn(lab, true)
    const away = secondStore(lab, [two])
    ask(lab, 'CheckRelocate_Task', { vm: ref(lab, vm), spec: data('VirtualMachineRelocateSpec', {}) })
    const before = lab.objects()
    const check = (members: object) =>
      results(
        ask(lab, 'CheckRelocate_Task', {
          vm: ref(lab, vm),
          spec: data('VirtualMachineRelocateSpec', members),
        }),
      ).map(errors)
    expect(check({ host: ref(lab, two) })).toEqual([[]])
    expect(check({ host: ref(lab, one), datastore: ref(lab, away) })).toEqual([['InvalidDatastore']])
    expect(lab.objects()).toEqual(before)
    expect(runtime(lab, vm).host?.value).toBe(one)
    const info = ask(lab, 'CheckRelocate_Task', {
      vm: ref(lab, vm),
      spec: data('VirtualMachineRelocateSpec', {}),
      testType: ['moonTests'],
    })
    expect(info.error?.fault).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'testType' })
  })

  it('asks for one host or pool', () => {
    const lab = createMoveLab()
    const { vm, two } = machineOn(lab, true)
    const args = { vm: ref(lab, vm), host: ref(lab, two) }
    expect(results(ask(lab, 'CheckMigrate_Task', args))).toMatchObject([
      { vm: { value: vm }, host: { value: two } },
    ])
    lab.act((ctx) => setSelections(ctx, two, { management: ['vmk0'] }))
    expect(results(ask(lab, 'CheckMigrate_Task', args)).map(errors)).toEqual([['VMotionNotConfigured']])
    const wrong = ask(lab, 'CheckMigrate_Task', { ...args, state: 'poweredOff' })
    expect(wrong.error?.fault).toMatchObject({ _typeName: 'InvalidPowerState', existingState: 'poweredOn' })
  })

  it('tells a clone that cannot be from one that can', () => {
    const lab = createMoveLab()
    const { vm } = machineOn(lab, false)
    const clone = (name: string) => ({ vm: ref(lab, vm), ...cloneArgs(lab), name })
    expect(results(ask(lab, 'CheckClone_Task', clone('fine'))).map(errors)).toEqual([[]])
    expect(results(ask(lab, 'CheckClone_Task', clone('demo'))).map(errors)).toEqual([['DuplicateName']])
    expect(lab.sandbox.inventory.read.count('VirtualMachine')).toBe(1)
  })

  it('compares every VM with every host, and warns of slow links', () => {
    const lab = createMoveLab()
    const { vm, one, two } = machineOn(lab, true)
    const { host: far } = standalone(lab)
    lab.act((ctx) => {
      const machine = machineOfHost(ctx.tx, far) ?? ''
      const { hardware } = ctx.tx.get(machines, machine)
      if (hardware)
        ctx.tx.set(machines, machine, { hardware: { ...hardware, cpuVendor: 'amd', evcModeKey: 'amd-zen3' } })
    })
    const host = [one, two, far].map((id) => ref(lab, id))
    const found = results(ask(lab, 'QueryVMotionCompatibilityEx_Task', { vm: [ref(lab, vm)], host }))
    expect(found.map(errors)).toEqual([[], [], ['FeatureRequirementsNotMet']])
    expect(found.map((each) => each.host?.value)).toEqual([one, two, far])
    expect(found.flatMap(({ warning }) => warning ?? [])).toEqual([])
    lab.act((ctx) => {
      const machine = machineOfHost(ctx.tx, two) ?? ''
      const { hardware } = ctx.tx.get(machines, machine)
      const nics = hardware?.nics.map((nic) => ({ ...nic, speedMb: 100 })) ?? []
      if (hardware) ctx.tx.set(machines, machine, { hardware: { ...hardware, nics } })
      ctx.tx.schedule(ctx.now, 'world.linkChanged', { machine })
    })
    const slow = results(ask(lab, 'QueryVMotionCompatibilityEx_Task', { vm: [ref(lab, vm)], host }))
    expect(slow.map(({ warning }) => warning?.map(({ fault }) => fault))).toMatchObject([
      undefined,
      [{ _typeName: 'VMotionLinkCapacityLow', atSourceHost: false, network: 'Management Network' }],
      undefined,
    ])
  })
})
