import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  OvfCreateDescriptorResult,
  VirtualMachineImportSpec,
} from '#vim25/generated/types.js'
import { readDescriptor } from '../ovf/descriptor.js'
import type { OvfSystem } from '../ovf/envelope.js'
import { CPU, DISK, descriptor, MEMORY, SCSI } from '../ovf/testing.js'
import { bytes, collected, createNfcLab, vms } from './testing.js'
import { exportedFile, receiveFile } from './transfer.js'

describe('an export', () => {
  const hardware = [CPU(1), MEMORY(64), SCSI('lsilogic'), DISK('vmdisk1', 4), DISK('vmdisk2', 5, 1)].join('')

  it('gives the bytes that once came, and an empty disk for any other, with a manifest', async () => {
    const lab = createNfcLab()
    const imported = lab.start(descriptor({ hardware }))
    await receiveFile(lab.sandbox, lab.token(imported), 'disk-0.vmdk', bytes('the disk'))
    lab.on(imported, 'HttpNfcLeaseComplete')
    const [vm = ''] = vms(lab)

    const lease = (lab.call('VirtualMachine', vm, 'ExportVm') as ManagedObjectReference).value
    lab.expectValid('HttpNfcLease', lease)
    expect(lab.lastTask()).toMatchObject({ descriptionId: 'VirtualMachine.ExportVmLRO', state: 'running' })
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')._typeName).toBe('TaskInProgress')
    const token = lab.token(lease)
    const first = await exportedFile(lab.sandbox, token, 'disk-0.vmdk')
    expect([first?.size, (await collected(first?.bytes)).toString()]).toEqual([8, 'the disk'])
    const second = await exportedFile(lab.sandbox, token, 'disk-1.vmdk')
    const empty = await collected(second?.bytes)
    expect([empty.length, empty.toString('latin1', 0, 4)]).toEqual([second?.size, 'KDMV'])
    expect(await exportedFile(lab.sandbox, token, 'disk-2.vmdk')).toBeUndefined()
    expect(await receiveFile(lab.sandbox, token, 'disk-0.vmdk', bytes('x'))).toBe('wrong')

    const [url] = lab.info(lease).deviceUrl ?? []
    expect(url).toMatchObject({ targetId: 'disk-0.vmdk', fileSize: 8 })
    const sha256 = { deviceUrlsToChecksumTypes: [data('KeyValue', { key: url?.key ?? '', value: 'sha256' })] }
    lab.on(lease, 'HttpNfcLeaseSetManifestChecksumType', sha256)
    expect(lab.on(lease, 'HttpNfcLeaseGetManifest')).toMatchObject([
      {
        key: url?.key,
        sha1: expect.stringMatching(/^[0-9a-f]{40}$/),
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
        checksumType: 'sha256',
        size: 8,
        capacity: 8 * 2 ** 30,
      },
      { checksumType: 'sha1', size: empty.length },
    ])
    lab.on(lease, 'HttpNfcLeaseComplete')
    expect([lab.lease(lease, 'state'), lab.lastTask().state]).toEqual(['done', 'success'])
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').error).toBeUndefined()
    expect(lab.fault('VirtualMachine', vm, 'ExportVm')._typeName).toBe('InvalidPowerState')
  })

  it('comes with a descriptor that makes the same VM again', () => {
    const lab = createNfcLab()
    lab.on(lab.start(), 'HttpNfcLeaseComplete')
    const [vm = ''] = vms(lab)
    const made = lab.call('OvfManager', 'OvfManager', 'CreateDescriptor', {
      obj: lab.sandbox.inventory.read.ref(vm),
      cdp: data('OvfCreateDescriptorParams', {
        name: 'copy & more',
        exportOption: ['extraconfig', 'mac'],
        ovfFiles: [
          data('OvfFile', { deviceId: `/${vm}/ParaVirtualSCSIController0:0`, path: 'copy-1.vmdk', size: 70 }),
        ],
      }),
    }) as OvfCreateDescriptorResult
    const { envelope, problems } = readDescriptor(made.ovfDescriptor)
    expect(problems.errors).toEqual([])
    expect(envelope?.files).toMatchObject([{ href: 'copy-1.vmdk', size: 70 }])
    expect(envelope?.disks).toMatchObject([
      { capacity: 8 * 2 ** 30, file: { id: 'file1' } },
      { capacity: 2 ** 30 },
    ])
    expect(envelope?.networks).toMatchObject([{ name: 'VM Network' }])
    expect(envelope?.content as OvfSystem).toMatchObject({ name: 'copy & more', annotation: 'Read me' })

    const text = made.ovfDescriptor.replace('<Name>copy &amp; more', '<Name>second')
    const { importSpec, error } = lab.plan(text)
    expect(error).toBeUndefined()
    const spec = patch(importSpec as VirtualMachineImportSpec, {
      configSpec: patch((importSpec as VirtualMachineImportSpec).configSpec, { name: 'second' }),
    })
    const macOf = (devices: readonly object[]) =>
      devices.flatMap((each) => ('macAddress' in each ? [each.macAddress] : []))
    expect(macOf((spec.configSpec.deviceChange ?? []).map(({ device }) => device))).toEqual(
      macOf(lab.config(vm).hardware.device ?? []),
    )
    const lease = lab.call('ResourcePool', lab.pool.value, 'ImportVApp', { spec }) as ManagedObjectReference
    lab.on(lease.value, 'HttpNfcLeaseComplete')
    const [one, two] = vms(lab).map((id) => lab.config(id))
    const kinds = (config = one) =>
      config?.hardware.device?.map(({ _typeName, key }) => `${_typeName} ${key}`)
    expect(kinds(two)).toEqual(kinds(one))
    expect(two).toMatchObject({
      guestId: one?.guestId,
      version: one?.version,
      hardware: { numCPU: 2, memoryMB: 1024 },
    })
    expect(two?.vAppConfig).toEqual(one?.vAppConfig)
  })

  it('tells of devices that no package holds', () => {
    const lab = createNfcLab()
    const vm = lab.create({
      deviceChange: [
        data('VirtualDeviceConfigSpec', {
          operation: 'add',
          device: data('VirtualWDT', { key: -1, runOnBoot: false, running: false }),
        }),
        data('VirtualDeviceConfigSpec', {
          operation: 'add',
          device: data('VirtualCdrom', {
            key: -2,
            controllerKey: 200,
            backing: data('VirtualCdromIsoBackingInfo', { fileName: '[nfs] iso/tools.iso' }),
          }),
        }),
      ],
    })
    const made = lab.call('OvfManager', 'OvfManager', 'CreateDescriptor', {
      obj: lab.sandbox.inventory.read.ref(vm),
      cdp: data('OvfCreateDescriptorParams', {}),
    }) as OvfCreateDescriptorResult
    expect(made.warning?.map(({ fault }) => fault._typeName)).toEqual([
      'OvfUnsupportedDeviceExport',
      'OvfConnectedDeviceIso',
    ])
    const refused = (obj: object) =>
      lab.fault('OvfManager', 'OvfManager', 'CreateDescriptor', {
        obj,
        cdp: data('OvfCreateDescriptorParams', {}),
      })._typeName
    expect(refused(lab.pool)).toBe('NotSupported')
    expect(refused({ ...lab.pool, value: 'vm-0' })).toBe('ManagedObjectNotFound')
  })
})
