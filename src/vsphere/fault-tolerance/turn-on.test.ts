import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type {
  FaultToleranceSecondaryOpResult,
  LocalizedMethodFault,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { mountNfs } from '../datastore/build.js'
import { fileAt } from '../datastore/files.js'
import { add, card } from '../vm/testing.js'
import { setSelections } from '../vmkernel/selections.js'
import { createFtLab, type FtLab, hostRef, ref, vmRef } from './testing.js'

const reasons = (errors: unknown) =>
  (errors as readonly LocalizedMethodFault[]).map(
    ({ fault }) => (fault as { reason?: string }).reason ?? fault._typeName,
  )

const issues = (lab: FtLab) => {
  const found = lab.refused('CreateSecondaryVMEx_Task')
  expect(found._typeName).toBe('VmFaultToleranceOpIssuesList')
  return (found as { errors?: readonly LocalizedMethodFault[] }).errors ?? []
}

describe.each(['CreateSecondaryVM_Task', 'CreateSecondaryVMEx_Task'])('%s', (method) => {
  it('makes a secondary of a running VM and starts it on another host', () => {
    const lab = createFtLab()
    const info = lab.run(method)
    expect(info).toMatchObject({ state: 'success', entity: { value: lab.vm } })
    const result = info.result as FaultToleranceSecondaryOpResult
    const secondary = result.vm.value
    expect(result).toMatchObject({
      powerOnAttempted: true,
      powerOnResult: { attempted: [{ vm: { value: secondary } }] },
    })
    expect(lab.states(secondary)).toBe('running/running')
    expect(lab.runtime(secondary)).toMatchObject({ powerState: 'poweredOn' })
    expect(lab.runtime(secondary).host?.value).not.toBe(lab.runtime(lab.vm).host?.value)
    expect(lab.story()).toEqual([
      `VmSecondaryAddedEvent@${lab.vm}`,
      `${lab.vm}:notConfigured>needSecondary`,
      `${secondary}:notConfigured>enabled`,
      `VmStartingSecondaryEvent@${lab.vm}`,
      `${lab.vm}:needSecondary>starting`,
      `${secondary}:enabled>starting`,
      `VmSecondaryStartedEvent@${lab.vm}`,
      `${lab.vm}:starting>running`,
      `${secondary}:starting>running`,
    ])
  })

  it('makes a secondary of a VM that is off, and leaves it off', () => {
    const lab = createFtLab({ on: false })
    const { result } = lab.run(method)
    expect(result).toMatchObject({ powerOnAttempted: false })
    const secondary = (result as FaultToleranceSecondaryOpResult).vm.value
    expect(lab.states(secondary)).toBe('enabled/enabled')
    expect(lab.runtime(secondary).powerState).toBe('poweredOff')
    expect(lab.story()).toEqual([
      `VmSecondaryAddedEvent@${lab.vm}`,
      `${lab.vm}:notConfigured>enabled`,
      `${secondary}:notConfigured>enabled`,
    ])
  })

  it('is named as the client shows it, and the start is a task of its own', () => {
    const lab = createFtLab()
    const info = lab.run(method)
    expect(info.descriptionId).toBe(
      `VirtualMachine.${method === 'CreateSecondaryVM_Task' ? 'createSecondary' : 'createSecondaryEx'}`,
    )
    const recent = lab.get<{ value: string }[]>('VirtualMachine', lab.vm, 'recentTask')
    const tasks = recent.map(({ value }) => lab.sandbox.inventory.read.get('Task', value).info)
    expect(tasks.at(-1)).toMatchObject({
      descriptionId: 'FaultTolerance.PowerOnSecondaryLRO',
      state: 'success',
      parentTaskKey: info.key,
    })
  })
})

describe('what turning on changes', () => {
  it('reserves all memory, and shows the pair on both halves', () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const [one, two] = [lab.config(lab.vm), lab.config(secondary)]
    for (const config of [one, two])
      expect(config).toMatchObject({
        memoryReservationLockedToMax: true,
        memoryAllocation: { reservation: 1024, limit: -1 },
        flags: { faultToleranceType: 'checkpointing' },
      })
    const shared = {
      instanceUuids: [one.instanceUuid ?? '', two.instanceUuid ?? ''],
      configPaths: [one.files.vmPathName ?? '', two.files.vmPathName ?? ''],
    }
    expect(one.ftInfo).toEqual(
      data('FaultTolerancePrimaryConfigInfo', { role: 1, ...shared, secondaries: [vmRef(secondary)] }),
    )
    expect(two.ftInfo).toEqual(
      data('FaultToleranceSecondaryConfigInfo', { role: 2, ...shared, primaryVM: vmRef(lab.vm) }),
    )
    expect(one.instanceUuid).not.toBe(two.instanceUuid)
    expect(two).toMatchObject({ name: one.name, uuid: one.uuid })
    lab.expectValid('VirtualMachine', lab.vm)
    lab.expectValid('VirtualMachine', secondary)
  })

  it('copies the files into a directory beside the primary', () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const paths = [lab.config(secondary).files.vmPathName, diskFile(lab.config(secondary))]
    expect(paths).toEqual(['[nfs] demo_1/demo.vmx', '[nfs] demo_1/demo.vmdk'])
    for (const path of ['demo/demo.vmdk', 'demo_1/demo.vmdk', 'demo_1/demo.vmx'])
      expect(fileAt(lab.sandbox.inventory.read, lab.datastore, path)).toBeDefined()
  })

  it('places configuration and disks where the spec says', () => {
    const lab = createFtLab()
    const [configs, disks] = ['configs', 'disks'].map((name) =>
      lab.act((ctx) => {
        const on = lab.hosts.map((host) =>
          mountNfs(ctx, host, { remoteHost: 'nas', remotePath: `/${name}`, name }),
        )
        return on[0] ?? ref('Datastore', '')
      }),
    )
    const disk = lab.config(lab.vm).hardware.device?.find(({ _typeName }) => _typeName === 'VirtualDisk')
    const spec = data('FaultToleranceConfigSpec', {
      metaDataPath: data('FaultToleranceMetaSpec', { metaDataDatastore: configs as never }),
      secondaryVmSpec: data('FaultToleranceVMConfigSpec', {
        vmConfig: configs,
        disks: [data('FaultToleranceDiskSpec', { disk: disk as never, datastore: disks as never })],
      }),
    })
    const secondary = (
      lab.run('CreateSecondaryVMEx_Task', { spec }).result as FaultToleranceSecondaryOpResult
    ).vm.value
    const config = lab.config(secondary)
    expect([config.files.vmPathName, diskFile(config)]).toEqual([
      '[configs] demo/demo.vmx',
      '[disks] demo/demo.vmdk',
    ])
    expect(lab.states(secondary)).toBe('running/running')
  })

  it('keeps what both halves take from the pool', () => {
    const lab = createFtLab()
    const used = () =>
      lab.get<{ memory: { reservationUsed: number } }>('ResourcePool', lab.pool.value, 'runtime').memory
        .reservationUsed
    const before = used()
    lab.turnOn()
    // Twice: 1 GB of memory, the VM's overhead, and 1 GB for checkpointing.
    expect(used() - before).toBeGreaterThan(2 * 2 * 2 ** 30 - before)
  })
})

function diskFile(config: VirtualMachineConfigInfo): string | undefined {
  const disk = config.hardware.device?.find(({ _typeName }) => _typeName === 'VirtualDisk')
  return (disk?.backing as { fileName?: string } | undefined)?.fileName
}

describe('turning on is refused', () => {
  it('without HA, once for all hosts', () => {
    const lab = createFtLab()
    lab.reconfigureHa({ enabled: false })
    const [error, ...rest] = issues(lab)
    expect(error?.fault).toMatchObject({
      reason: 'haNotEnabled',
      entity: { value: lab.vm },
      entityName: 'demo',
    })
    expect(rest).toEqual([])
  })

  it.each([
    ['vmotion', 'missingVMotionNic'],
    ['faultToleranceLogging', 'missingFTLoggingNic'],
  ])('when the primary host has no adapter for %s', (nicType, reason) => {
    const lab = createFtLab()
    const [host = ''] = lab.hosts
    lab.act((ctx) =>
      setSelections(ctx, host, {
        management: ['vmk0'],
        vmotion: ['vmk0'],
        faultToleranceLogging: ['vmk0'],
        [nicType]: [],
      }),
    )
    expect(issues(lab)).toMatchObject([{ fault: { reason, entity: { value: host } } }])
  })

  it('when no other host can hold the secondary: each with its reasons', () => {
    const lab = createFtLab()
    const [, two = '', three = ''] = lab.hosts
    lab.act((ctx) => setSelections(ctx, two, { management: ['vmk0'], vmotion: ['vmk0'] }))
    lab.task('HostSystem', three, 'EnterMaintenanceMode_Task', { timeout: 0 })
    const errors = issues(lab).map(({ fault }) => fault as { host?: { value: string }; errors?: unknown })
    expect(errors.map(({ host, errors: found }) => [host?.value, reasons(found)])).toEqual([
      [two, ['missingFTLoggingNic']],
      [three, ['hostInactive']],
    ])
  })

  it('when there is one host only', () => {
    const lab = createFtLab({
      hosts: 1,
      cluster: { dasConfig: data('ClusterDasConfigInfo', { enabled: true, admissionControlEnabled: false }) },
    })
    const [error] = issues(lab) as readonly { fault: { errors?: readonly LocalizedMethodFault[] } }[]
    expect(reasons(error?.fault.errors)).toEqual(['FaultToleranceAntiAffinityViolated'])
  })

  it('for an unsuitable host that the client names', () => {
    const lab = createFtLab()
    const [one = '', two = ''] = lab.hosts
    expect(lab.refused('CreateSecondaryVMEx_Task', { host: hostRef(one) })).toMatchObject({
      _typeName: 'IncompatibleHostForFtSecondary',
      host: { value: one },
    })
    lab.act((ctx) => setSelections(ctx, two, { management: ['vmk0'] }))
    const found = lab.refused('CreateSecondaryVM_Task', { host: hostRef(two) }) as { error?: unknown }
    expect(reasons(found.error)).toEqual(['missingVMotionNic', 'missingFTLoggingNic'])
  })

  it('for what a VM is or has', () => {
    const lab = createFtLab({ on: false })
    lab.task('VirtualMachine', lab.vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    lab.reconfigure(lab.vm, { nestedHVEnabled: true, numCPUs: 16, memoryMB: 262_144 })
    expect(reasons(issues(lab))).toEqual([
      'hasSnapshots',
      'hasNestedHVConfiguration',
      'tooManyVCPUs',
      'tooMuchMemory',
    ])
  })

  it('a second time', () => {
    const lab = createFtLab()
    lab.turnOn()
    expect(reasons(issues(lab))).toEqual(['moreThanOneSecondary'])
  })

  it('for a template, and outside of a cluster: NotSupported', () => {
    const lab = createFtLab({ on: false })
    lab.call('VirtualMachine', lab.vm, 'MarkAsTemplate')
    expect(lab.refused('CreateSecondaryVMEx_Task')._typeName).toBe('NotSupported')
  })

  it('for a host that does not exist: ManagedObjectNotFound', () => {
    const lab = createFtLab()
    expect(lab.refused('CreateSecondaryVMEx_Task', { host: hostRef('host-999') })._typeName).toBe(
      'ManagedObjectNotFound',
    )
  })

  it('when the pool cannot reserve all of the primary: InsufficientMemoryResourcesFault', () => {
    const lab = createFtLab()
    lab.task('VirtualMachine', lab.create({ name: 'big', memoryMB: 250_000 }), 'ReconfigVM_Task', {
      spec: data('VirtualMachineConfigSpec', { memoryReservationLockedToMax: true }),
    })
    const small = data('ResourceConfigSpec', {
      cpuAllocation: data('ResourceAllocationInfo', {
        reservation: 0,
        limit: -1,
        expandableReservation: true,
      }),
      memoryAllocation: data('ResourceAllocationInfo', {
        reservation: 512,
        limit: -1,
        expandableReservation: false,
      }),
    })
    const pool = lab.call('ResourcePool', lab.pool.value, 'CreateResourcePool', {
      name: 'small',
      spec: small,
    })
    lab.call('ResourcePool', (pool as { value: string }).value, 'MoveIntoResourcePool', {
      list: [vmRef(lab.vm)],
    })
    expect(lab.refused('CreateSecondaryVMEx_Task')._typeName).toBe('InsufficientMemoryResourcesFault')
  })

  it('for disks that the spec names and the VM does not have', () => {
    const lab = createFtLab()
    const spec = data('FaultToleranceConfigSpec', {
      secondaryVmSpec: data('FaultToleranceVMConfigSpec', {
        disks: [
          data('FaultToleranceDiskSpec', {
            disk: data('VirtualDisk', { key: 4711, capacityInKB: 0 }) as never,
            datastore: ref('Datastore', lab.datastore),
          }),
        ],
      }),
    })
    expect(lab.refused('CreateSecondaryVMEx_Task', { spec })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.secondaryVmSpec.disks[0].disk.key',
    })
  })

  it('while another task works on the VM', () => {
    const lab = createFtLab()
    lab.act((ctx) => {
      Object.assign(ctx.services, { pace: 1 })
    })
    lab.call('VirtualMachine', lab.vm, 'PowerOffVM_Task')
    expect(lab.refused('CreateSecondaryVMEx_Task')._typeName).toBe('TaskInProgress')
  })
})

describe('a secondary that is not admitted', () => {
  it('is made all the same: two hosts, one of them kept free for failover', () => {
    const lab = createFtLab({ hosts: 2 })
    const result = lab.run('CreateSecondaryVMEx_Task').result as FaultToleranceSecondaryOpResult | undefined
    expect(result?.powerOnResult?.notAttempted).toMatchObject([
      { fault: { fault: { _typeName: 'InsufficientFailoverResourcesFault' } } },
    ])
    expect(lab.states(result?.vm.value ?? '')).toBe('needSecondary/enabled')
    expect(lab.story()).toContain(`VmFailedStartingSecondaryEvent@${lab.vm}`)
  })
})

describe('QueryFaultToleranceCompatibilityEx', () => {
  const method = 'QueryFaultToleranceCompatibilityEx'

  it('says what of the VM speaks against FT, and only that', () => {
    const lab = createFtLab({ on: false })
    lab.reconfigureHa({ enabled: false })
    expect(lab.call('VirtualMachine', lab.vm, method)).toEqual([])
    lab.task('VirtualMachine', lab.vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    expect(reasons(lab.call('VirtualMachine', lab.vm, method))).toEqual(['hasSnapshots'])
  })

  it('does not know templates', () => {
    const lab = createFtLab({ on: false })
    lab.call('VirtualMachine', lab.vm, 'MarkAsTemplate')
    expect(lab.refused(method)._typeName).toBe('NotSupported')
  })
})

describe('QueryFaultToleranceCompatibility', () => {
  it('knows of the legacy kind only, which takes one vCPU and no thin disk', () => {
    const lab = createFtLab({ on: false })
    const found = lab.call('VirtualMachine', lab.vm, 'QueryFaultToleranceCompatibility')
    expect(reasons(found)).toEqual(['multipleVCPU', 'thinDisk'])
    const forLegacyFt = lab.call('VirtualMachine', lab.vm, 'QueryFaultToleranceCompatibilityEx', {
      forLegacyFt: true,
    })
    expect(forLegacyFt).toEqual(found)
  })
})

describe('release 6.0', () => {
  const legacy = { extraConfig: [data('OptionValue', { key: 'vm.UseLegacyFT', value: boxedString('TRUE') })] }

  it('protects four vCPUs, not eight', () => {
    const lab = createFtLab({ version: '6.0', esxi: '6.0.0', on: false })
    lab.reconfigure(lab.vm, { numCPUs: 8 })
    expect(issues(lab)[0]?.fault).toMatchObject({ _typeName: 'NumVirtualCpusIncompatible', numCpu: 8 })
    lab.reconfigure(lab.vm, { numCPUs: 4 })
    expect(lab.run('CreateSecondaryVMEx_Task').state).toBe('success')
  })

  it('has the legacy kind for one vCPU and thick disks, which share them', () => {
    const lab = createFtLab({
      version: '6.0',
      esxi: '6.0.0',
      on: false,
      vm: { numCPUs: 1, deviceChange: [add(card())] },
    })
    lab.reconfigure(lab.vm, legacy)
    expect(reasons(lab.call('VirtualMachine', lab.vm, 'QueryFaultToleranceCompatibilityEx'))).toEqual([])
    lab.turnOn()
    expect(lab.config(lab.vm).flags.faultToleranceType).toBe('recordReplay')
    expect(lab.run('TurnOffFaultToleranceForVM_Task').state).toBe('success')
  })

  it('is the last that has it', () => {
    const lab = createFtLab()
    lab.reconfigure(lab.vm, legacy)
    lab.turnOn()
    expect(lab.config(lab.vm).flags.faultToleranceType).toBe('checkpointing')
  })
})
