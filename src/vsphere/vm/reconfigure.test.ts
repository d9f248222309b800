import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { createVmLab } from './testing.js'

describe('ReconfigVM_Task', () => {
  it('changes sizes and settings and tells', () => {
    const lab = createVmLab()
    const vm = lab.create()
    const { changeVersion } = lab.config(vm)
    lab.newEvents()
    const info = lab.reconfigure(vm, {
      changeVersion,
      name: 'renamed',
      numCPUs: 8,
      numCoresPerSocket: 4,
      memoryMB: 4096,
      annotation: 'a note',
      cpuHotAddEnabled: true,
      memoryHotAddEnabled: true,
      memoryAllocation: data('ResourceAllocationInfo', {
        reservation: 512,
        limit: 2048,
        shares: data('SharesInfo', { level: 'high', shares: 0 }),
      }),
      bootOptions: data('VirtualMachineBootOptions', { bootDelay: 5000 }),
      extraConfig: [data('OptionValue', { key: 'guestinfo.hostname', value: boxedString('esx.lab') })],
    })
    expect(info.error).toBeUndefined()
    lab.expectValid('VirtualMachine', vm)
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmRenamedEvent', 'VmReconfiguredEvent'])
    const config = lab.config(vm)
    expect(config).toMatchObject({
      name: 'renamed',
      annotation: 'a note',
      hardware: { numCPU: 8, numCoresPerSocket: 4, memoryMB: 4096 },
      memoryAllocation: { reservation: 512, limit: 2048, shares: { level: 'high', shares: 20 * 4096 } },
      cpuAllocation: { shares: { level: 'normal', shares: 8000 } },
      bootOptions: { bootDelay: 5000, bootRetryDelay: 10_000 },
    })
    expect(config.extraConfig).toContainEqual(
      data('OptionValue', { key: 'guestinfo.hostname', value: boxedString('esx.lab') }),
    )
    expect(config.changeVersion).not.toBe(changeVersion)
    expect(lab.get('VirtualMachine', vm, 'name')).toBe('renamed')
  })

  it('removes an option with an empty value', () => {
    const lab = createVmLab()
    const option = (value: string) => [data('OptionValue', { key: 'my.key', value: boxedString(value) })]
    const vm = lab.create({ extraConfig: option('on') })
    const keys = () => lab.config(vm).extraConfig?.map(({ key }) => key)
    expect(keys()).toContain('my.key')
    lab.reconfigure(vm, { extraConfig: option('') })
    expect(keys()).not.toContain('my.key')
  })

  it('keeps the reservation at the memory size while it is locked to it', () => {
    const lab = createVmLab()
    const vm = lab.create({ memoryReservationLockedToMax: true })
    expect(lab.config(vm).memoryAllocation?.reservation).toBe(1024)
    lab.reconfigure(vm, { memoryMB: 2048 })
    expect(lab.config(vm).memoryAllocation?.reservation).toBe(2048)
  })

  const refused = (
    name: string,
    changes: Partial<VirtualMachineConfigSpec>,
    expected: object,
    options: { on?: boolean; start?: Partial<VirtualMachineConfigSpec> } = {},
  ) =>
    it(`refuses ${name} and changes nothing`, () => {
      const lab = createVmLab()
      lab.create({ name: 'other' })
      const vm = lab.create(options.start)
      if (options.on) lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
      const before = lab.objects()
      expect(lab.reconfigure(vm, changes).error?.fault).toMatchObject(expected)
      expect(lab.objects()).toEqual(before)
    })

  refused(
    'an outdated change version',
    { changeVersion: 'old', annotation: 'x' },
    { _typeName: 'ConcurrentAccess' },
  )
  refused('a name that is taken', { name: 'other' }, { _typeName: 'DuplicateName' })
  refused('an empty name', { name: '' }, { _typeName: 'InvalidName' })
  refused(
    'another hardware version',
    { version: 'vmx-19' },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.version' },
  )
  refused('more CPUs while it runs', { numCPUs: 4 }, { _typeName: 'CpuHotPlugNotSupported' }, { on: true })
  refused(
    'fewer CPUs while it runs',
    { numCPUs: 1 },
    { _typeName: 'CpuHotPlugNotSupported' },
    { on: true, start: { cpuHotAddEnabled: true } },
  )
  refused(
    'more memory while it runs',
    { memoryMB: 2048 },
    { _typeName: 'MemoryHotPlugNotSupported' },
    { on: true },
  )
  refused(
    'less memory while it runs',
    { memoryMB: 512 },
    { _typeName: 'MemoryHotPlugNotSupported' },
    { on: true, start: { memoryHotAddEnabled: true } },
  )
  refused(
    'another guest while it runs',
    { guestId: 'otherGuest' },
    { _typeName: 'InvalidPowerState', existingState: 'poweredOn' },
    { on: true },
  )
  refused(
    'a reservation that the host cannot give',
    { memoryAllocation: data('ResourceAllocationInfo', { reservation: 2 ** 18 }) },
    { _typeName: 'InsufficientMemoryResourcesFault' },
    { on: true, start: { memoryMB: 2 ** 18 } },
  )

  it('adds CPUs and memory to a running VM that allows it', () => {
    const lab = createVmLab()
    const vm = lab.create({ cpuHotAddEnabled: true, memoryHotAddEnabled: true })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(lab.reconfigure(vm, { numCPUs: 4, memoryMB: 2048 }).state).toBe('success')
    expect(lab.config(vm)).toMatchObject({
      hardware: { numCPU: 4, memoryMB: 2048 },
      hotPlugMemoryLimit: 32_768,
      hotPlugMemoryIncrementSize: 128,
    })
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({
      maxCpuUsage: 8000,
      maxMemoryUsage: 2048,
    })
  })

  it('does not touch a template', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.call('VirtualMachine', vm, 'MarkAsTemplate')
    expect(lab.reconfigure(vm, { memoryMB: 2048 }).error?.fault._typeName).toBe('NotSupported')
    expect(lab.reconfigure(vm, { annotation: 'gold' }).state).toBe('success')
  })
})

describe('UpgradeVM_Task', () => {
  it('brings the newest hardware, once', () => {
    const lab = createVmLab()
    const vm = lab.create({ version: 'vmx-13' })
    lab.newEvents()
    expect(lab.task('VirtualMachine', vm, 'UpgradeVM_Task').state).toBe('success')
    expect(lab.config(vm).version).toBe('vmx-21')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmUpgradingEvent', 'VmUpgradeCompleteEvent'])
    expect(lab.fault('VirtualMachine', vm, 'UpgradeVM_Task')._typeName).toBe('AlreadyUpgraded')
    expect(lab.fault('VirtualMachine', vm, 'UpgradeVM_Task', { version: 'vmx-19' })._typeName).toBe(
      'InvalidArgument',
    )
  })
})
