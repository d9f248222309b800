import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type {
  VirtualMachineBootOptionsBootableDevice,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { dataType, enumType } from '#vim25/schema.js'
import { createVmLab, usual, type VmLab } from '../testing.js'
import { CHOICES } from './choices.js'
import { MEMBERS, type SpecMember } from './members.js'
import { EXAMPLES, REPLICATION, UUID } from './testing.js'

type Spec = VirtualMachineConfigSpec

function at(config: VirtualMachineConfigInfo, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], config)
}

const exact = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

const lab: VmLab = createVmLab()
const fresh = () => lab.create({ name: `vm ${++made}`, deviceChange: usual() })
let made = 0

/** World wide names belong to one VM. */
const release = (vm: string) => lab.reconfigure(vm, { npivWorldWideNameOp: 'remove' })

const members = (dataType('VirtualMachineConfigSpec')?.properties ?? []).map(({ name }) => name as SpecMember)

describe('every member of VirtualMachineConfigSpec', () => {
  it('has its line in the table, and its example here', () => {
    expect(members.length).toBeGreaterThan(80)
    expect(Object.keys(MEMBERS).sort()).toEqual([...members].sort())
    expect(Object.keys(EXAMPLES).sort()).toEqual([...members].sort())
  })

  it.each(members)('%s is read back, or refused', (member) => {
    const example = EXAMPLES[member]
    const { how, at: path } = MEMBERS[member]
    const vm = member === 'files' ? lab.create({ deviceChange: usual() }) : fresh()
    if (member === 'vAppConfigRemoved') lab.reconfigure(vm, EXAMPLES.vAppConfig.spec)
    const before = lab.config(vm)
    if (example.refused !== undefined) {
      const { changeVersion } = before
      expect(fault(vm, example.spec)).toBe(example.refused)
      expect(lab.config(vm).changeVersion).toBe(changeVersion)
      expect(path === undefined || member === 'npivWorldWideNameType').toBe(true)
      return
    }
    expect(how).not.toBe('refused')
    const { error } = lab.reconfigure(vm, example.spec)
    expect(JSON.stringify(error, exact)).toBeUndefined()
    lab.expectValid('VirtualMachine', vm)
    const after = at(lab.config(vm), path ?? '')
    release(vm)
    if (member === 'vAppConfigRemoved') expect(after).toBeUndefined()
    else if (typeof after === 'object')
      expect(after).toMatchObject((example.shown ?? example.spec[member]) as object)
    else expect(after).toEqual(example.shown ?? example.spec[member])
    expect(JSON.stringify(after, exact)).not.toBe(JSON.stringify(at(before, path ?? ''), exact))
    if (Array.isArray(after) || typeof after !== 'object') return
    // What the spec leaves out stays.
    const left = Object.entries((at(before, path ?? '') ?? {}) as object)
    const named = { ...(example.spec[member] as object), ...(example.shown as object) }
    for (const [name, value] of left)
      if (!(name in named) && value !== undefined) expect(Object.keys(after as object)).toContain(name)
  })

  it.each(members.filter((member) => !EXAMPLES[member].refused && member !== 'vAppConfigRemoved'))(
    '%s can be given at creation',
    (member) => {
      if (['name', 'files', 'deviceChange', 'repConfig'].includes(member))
        return expect(MEMBERS[member].at).toBeDefined()
      const vm = lab.create({ name: `new ${member}`, ...EXAMPLES[member].spec })
      const after = at(lab.config(vm), MEMBERS[member].at ?? '')
      release(vm)
      const shown = EXAMPLES[member].shown ?? EXAMPLES[member].spec[member]
      if (typeof after === 'object') expect(after).toMatchObject(shown as object)
      else expect(after).toEqual(shown)
    },
  )
})

function fault(vm: string, spec: Partial<Spec>): string {
  return lab.fault('VirtualMachine', vm, 'ReconfigVM_Task', { spec: data('VirtualMachineConfigSpec', spec) })
    ._typeName
}

describe('values from a list', () => {
  it('are the values of an enumeration that there is', () => {
    for (const list of Object.values(CHOICES))
      expect(typeof list === 'string' ? enumType(list)?.values.length : list.length).toBeGreaterThan(1)
  })

  it.each([
    { migrateEncryption: 'sometimes' },
    { ftEncryptionMode: 'always' },
    { npivWorldWideNameOp: 'steal' },
    { powerOpInfo: data('VirtualMachineDefaultPowerOpInfo', { resetType: 'gentle' }) },
    { flags: data('VirtualMachineFlagInfo', { htSharing: 'most' }) },
    { vmOpNotificationTimeout: -1 },
    { simultaneousThreads: 0 },
    { bootOptions: data('VirtualMachineBootOptions', { bootDelay: -5 }) },
  ])('are refused otherwise: %o', (spec) => {
    expect(fault(fresh(), spec)).toBe('InvalidArgument')
  })
})

const bootFrom = (device: VirtualMachineBootOptionsBootableDevice) =>
  data('VirtualMachineBootOptions', { bootOrder: [device] })

describe('what belongs to others', () => {
  it.each([
    [
      'the kind of Fault Tolerance',
      { flags: data('VirtualMachineFlagInfo', { faultToleranceType: 'checkpointing' }) },
      'InvalidArgument',
    ],
    [
      'the place of the vmx file',
      { files: data('VirtualMachineFileInfo', { vmPathName: '[nfs] b/b.vmx' }) },
      'InvalidArgument',
    ],
    [
      'a directory on no datastore',
      { files: data('VirtualMachineFileInfo', { logDirectory: '/tmp' }) },
      'InvalidDatastorePath',
    ],
    [
      'a directory on a datastore that is not there',
      { files: data('VirtualMachineFileInfo', { snapshotDirectory: '[gone] snapshots/' }) },
      'InvalidDatastorePath',
    ],
    [
      'to boot from a disk that is not there',
      { bootOptions: bootFrom(data('VirtualMachineBootOptionsBootableDiskDevice', { deviceKey: 2007 })) },
      'InvalidArgument',
    ],
    [
      'to boot from a controller as if it were a card',
      { bootOptions: bootFrom(data('VirtualMachineBootOptionsBootableEthernetDevice', { deviceKey: 100 })) },
      'InvalidArgument',
    ],
    [
      'a CPU beyond those of the host',
      { cpuAffinity: data('VirtualMachineAffinityInfo', { affinitySet: [0, 4711] }) },
      'InvalidArgument',
    ],
    [
      'a NUMA node that the host does not have',
      { memoryAffinity: data('VirtualMachineAffinityInfo', { affinitySet: [99] }) },
      'InvalidArgument',
    ],
    [
      'an option without a key',
      { extraConfig: [data('OptionValue', { key: '', value: boxedString('x') })] },
      'InvalidArgument',
    ],
    [
      'a disk that is not there',
      {
        repConfig: {
          ...REPLICATION,
          disk: [data('ReplicationInfoDiskSettings', { key: 2007, diskReplicationId: 'x' })],
        },
      },
      'InvalidArgument',
    ],
    ['decryption of what is not encrypted', { crypto: data('CryptoSpecDecrypt', {}) }, 'InvalidState'],
    ['a board for EFI', { motherboardLayout: 'acpiHostBridges' }, 'InvalidVmConfig'],
    [
      'more vCPU settings than vCPUs',
      { vcpuConfig: [1, 2, 3].map(() => data('VirtualMachineVcpuConfig', {})) },
      'InvalidArgument',
    ],
    [
      'hardware of later',
      {
        scheduledHardwareUpgradeInfo: data('ScheduledHardwareUpgradeInfo', {
          upgradePolicy: 'always',
          versionKey: 'vmx-22',
        }),
      },
      'InvalidArgument',
    ],
  ] as const)('is refused: %s', (_what, spec, name) => {
    expect(fault(fresh(), spec as Partial<Spec>)).toBe(name)
  })

  it('asks for nothing with the default policy and without a change of keys', () => {
    const info = lab.reconfigure(fresh(), {
      vmProfile: [data('VirtualMachineDefaultProfileSpec', {})],
      crypto: data('CryptoSpecNoOp', {}),
    })
    expect(info.error).toBeUndefined()
  })
})

describe('settings that are taken off again', () => {
  it('are those of an extension, of an affinity, and identities that are assigned anew', () => {
    const vm = fresh()
    lab.reconfigure(vm, { ...EXAMPLES.managedBy.spec, ...EXAMPLES.cpuAffinity.spec, locationId: UUID })
    const { instanceUuid } = lab.config(vm)
    lab.newEvents()
    lab.reconfigure(vm, {
      managedBy: data('ManagedByInfo', { extensionKey: '', type: '' }),
      cpuAffinity: data('VirtualMachineAffinityInfo', { affinitySet: [] }),
      locationId: '',
      instanceUuid: '',
    })
    const config = lab.config(vm)
    expect(config.managedBy).toBeUndefined()
    expect(config.cpuAffinity).toBeUndefined()
    expect(config.locationId).not.toBe(UUID)
    expect(config.instanceUuid).toMatch(/^50/)
    expect(config.instanceUuid).not.toBe(instanceUuid)
    expect(lab.newEvents()).toContain('VmInstanceUuidChangedEvent')
  })

  it('ignores options that have members of their own', () => {
    const vm = fresh()
    lab.reconfigure(vm, { extraConfig: [data('OptionValue', { key: 'memsize', value: boxedString('64') })] })
    expect(lab.config(vm).extraConfig?.some(({ key }) => key === 'memsize')).toBe(false)
  })

  it('keeps the name of another guest while other things change', () => {
    const vm = fresh()
    lab.reconfigure(vm, { alternateGuestName: 'Plan 9' })
    lab.reconfigure(vm, { annotation: 'x' })
    expect(lab.config(vm).guestFullName).toBe('Plan 9')
  })
})

describe('a running VM', () => {
  it('takes boot options and an instance UUID, but no other firmware or NUMA node', () => {
    const vm = fresh()
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(
      lab.reconfigure(vm, { ...EXAMPLES.bootOptions.spec, ...EXAMPLES.instanceUuid.spec }).error,
    ).toBeUndefined()
    for (const member of [
      'firmware',
      'virtualNuma',
      'sgxInfo',
      'cpuFeatureMask',
      'npivWorldWideNameOp',
    ] as const)
      expect(fault(vm, EXAMPLES[member].spec)).toBe('InvalidPowerState')
    expect(
      lab.reconfigure(vm, { virtualNuma: data('VirtualMachineVirtualNuma', { coresPerNumaNode: 0 }) }).error,
    ).toBeUndefined()
  })
})
