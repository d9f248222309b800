import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type { HostSystemProperties, VirtualDevice, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { createIdentity } from '../core/identity.js'
import { createLocalDatastore } from '../datastore/build.js'
import { smpFtIssues } from './derive.js'
import { vmIssues } from './issues.js'
import { ftLimits, legacyOffered } from './limits.js'
import { createFtLab, type FtLab, ref } from './testing.js'

/** The issues of the lab's VM with another configuration, by reason or type; inner faults by type. */
function found(
  lab: FtLab,
  change: (config: VirtualMachineConfigInfo) => Partial<VirtualMachineConfigInfo>,
  legacy = false,
): readonly string[] {
  lab.act((ctx) =>
    ctx.tx.update('VirtualMachine', lab.vm, ({ config }) => ({
      config: config && patch(config, change(config)),
    })),
  )
  const { read } = lab.sandbox.inventory
  return vmIssues(read, lab.vm, lab.sandbox.services.identity, legacy).map(({ fault }) => {
    const inner = (fault as { fault?: { fault: { _typeName: string } } }).fault?.fault._typeName
    return (fault as { reason?: string }).reason ?? inner ?? fault._typeName
  })
}

const hardware = (config: VirtualMachineConfigInfo, device: readonly VirtualDevice[]) => ({
  hardware: patch(config.hardware, { device: [...(config.hardware.device ?? []), ...device] }),
})

const editDisk = (config: VirtualMachineConfigInfo, backing: object, members: object = {}) => ({
  hardware: patch(config.hardware, {
    device: (config.hardware.device ?? []).map((device) =>
      device._typeName === 'VirtualDisk'
        ? patch(device, {
            ...members,
            backing: patch(device.backing as VirtualDevice['backing'] & object, backing as never),
          })
        : device,
    ),
  }),
})

const connected = data('VirtualDeviceConnectInfo', {
  startConnected: true,
  allowGuestControl: true,
  connected: true,
})

describe('what of a VM speaks against FT', () => {
  it('is nothing for an ordinary VM', () => {
    expect(found(createFtLab(), () => ({}))).toEqual([])
  })

  it.each<[string, (config: VirtualMachineConfigInfo) => Partial<VirtualMachineConfigInfo>]>([
    ['hasNestedHVConfiguration', () => ({ nestedHVEnabled: true })],
    [
      'ReplicationIncompatibleWithFT',
      () => ({
        repConfig: data('ReplicationConfigSpec', {
          generation: 1,
          vmReplicationId: 'GID-1',
          destination: '192.168.10.9',
          port: 31_031,
          rpo: 60,
          quiesceGuestEnabled: false,
          paused: false,
          oppUpdatesEnabled: false,
        }),
      }),
    ],
    ['hasNestedHVConfiguration', ({ flags }) => ({ flags: patch(flags, { vbsEnabled: true }) })],
    [
      'esxAgentVm',
      () => ({ managedBy: data('ManagedByInfo', { extensionKey: 'com.example', type: 'agent' }) }),
    ],
    ['tooManyVCPUs', ({ hardware: all }) => ({ hardware: patch(all, { numCPU: 9 }) })],
    ['tooMuchMemory', ({ hardware: all }) => ({ hardware: patch(all, { memoryMB: 131_076 }) })],
    ['hasUnsupportedDisk', (config) => editDisk(config, {}, { capacityInBytes: 2 * 2 ** 40 + 1 })],
    ['VirtualDiskModeNotSupported', (config) => editDisk(config, { diskMode: 'independent_persistent' })],
    ['MultiWriterNotSupported', (config) => editDisk(config, { sharing: 'sharingMultiWriter' })],
    [
      'hasLinkedCloneDisk',
      (config) =>
        editDisk(config, {
          parent: data('VirtualDiskFlatVer2BackingInfo', {
            fileName: '[nfs] base/base.vmdk',
            diskMode: 'persistent',
          }),
        }),
    ],
    [
      'DeviceNotSupported',
      (config) => hardware(config, [data('VirtualSerialPort', { key: 9000, yieldOnPoll: true })]),
    ],
    [
      'DeviceNotSupported',
      (config) => hardware(config, [data('VirtualUSB', { key: 7000, connected: true })]),
    ],
    ['DeviceNotSupported', (config) => hardware(config, [data('VirtualHdAudioCard', { key: 5000 })])],
    [
      'DeviceNotSupported',
      (config) =>
        hardware(config, [
          data('VirtualCdrom', {
            key: 3000,
            connectable: connected,
            backing: data('VirtualCdromAtapiBackingInfo', { deviceName: '/dev/cdrom' }),
          }),
        ]),
    ],
    [
      'video3dEnabled',
      (config) => ({
        hardware: patch(config.hardware, {
          device: [data('VirtualMachineVideoCard', { key: 500, enable3DSupport: true })],
        }),
      }),
    ],
  ])('%s', (reason, change) => {
    expect(found(createFtLab({ on: false }), change)).toEqual([reason])
  })

  it('an ISO on shared storage is fine, one on a local datastore is not', () => {
    const lab = createFtLab({ on: false })
    const local = lab.act((ctx) =>
      createLocalDatastore(ctx, lab.hosts[0] ?? '', 'local', '/vmfs/volumes/local', 2 ** 40),
    )
    const cdrom = (datastore: string, fileName: string) => (config: VirtualMachineConfigInfo) =>
      hardware(config, [
        data('VirtualCdrom', {
          key: 3000,
          connectable: connected,
          backing: data('VirtualCdromIsoBackingInfo', { fileName, datastore: ref('Datastore', datastore) }),
        }),
      ])
    expect(found(lab, cdrom(lab.datastore, '[nfs] iso/tools.iso'))).toEqual([])
    expect(found(lab, cdrom(local.value, '[local] tools.iso'))).toEqual([
      'VmFaultToleranceInvalidFileBacking',
    ])
  })

  it('EFI and the sizes depend on the release; thin disks and several vCPUs on the kind', () => {
    const old = createFtLab({ version: '6.0', esxi: '6.0.0', on: false })
    expect(found(old, () => ({ firmware: 'efi' }))).toEqual(['hasEFIFirmware'])
    expect(found(old, () => ({ firmware: 'bios' }), true)).toEqual(['multipleVCPU', 'thinDisk'])
  })
})

describe('limits', () => {
  it.each([
    ['6.0', 4, 65_536, true],
    ['6.5', 4, 65_536, false],
    ['6.7', 8, 131_072, false],
    ['8.0.3', 8, 131_072, false],
  ] as const)('of %s: %i vCPUs, %i MB', (version, vcpus, memoryMB, legacy) => {
    const identity = createIdentity(version, 'id')
    expect(ftLimits(identity)).toMatchObject({ vcpus, memoryMB, disks: 16 })
    expect(legacyOffered(identity)).toBe(legacy)
  })
})

describe('what a host lacks', () => {
  const host = (state: string | undefined, selected: readonly string[], version = '8.0.3') =>
    ({
      runtime: { dasHostState: state && { state } },
      config: {
        product: { version },
        virtualNicManagerInfo: { netConfig: selected.map((nicType) => ({ nicType, selectedVnic: ['x'] })) },
      },
    }) as unknown as HostSystemProperties

  it.each([
    [host('master', ['vmotion', 'faultToleranceLogging']), []],
    [host('connectedToMaster', ['vmotion']), ['missingFTLoggingNic']],
    [host('election', ['faultToleranceLogging']), ['haAgentIssue', 'missingVMotionNic']],
    [host(undefined, []), ['haAgentIssue', 'missingFTLoggingNic', 'missingVMotionNic']],
    [host('master', ['vmotion', 'faultToleranceLogging'], '5.5.0'), ['unsupportedProduct']],
  ])('is told in the recorded order %#', (value, issues) => {
    expect(smpFtIssues(value)).toEqual(issues)
  })
})
