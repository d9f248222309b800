import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type {
  HttpNfcLeaseInfo,
  ManagedObjectReference,
  OvfCreateDescriptorResult,
  OvfCreateImportSpecResult,
  TaskInfo,
  VirtualMachineImportSpec,
} from '#vim25/generated/types.js'
import { fileAt, filesBelow } from '../datastore/files.js'
import { readDescriptor } from '../ovf/descriptor.js'
import type { OvfSystem } from '../ovf/envelope.js'
import { CPU, DISK, descriptor, item, MEMORY, SCSI, withOvfManager } from '../ovf/testing.js'
import { createVmLab, type VmLab } from '../vm/testing.js'
import { exportedFile, receiveFile } from './transfer.js'

async function* bytes(...parts: readonly string[]) {
  for (const part of parts) yield Buffer.from(part)
}

async function collected(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source ?? []) parts.push(part)
  return Buffer.concat(parts)
}

interface NfcLab extends VmLab {
  plan(text?: string): OvfCreateImportSpecResult
  /** ImportVApp of a package: the lease's id. */
  start(text?: string): string
  lease<T>(id: string, property: string): T
  info(id: string): HttpNfcLeaseInfo
  /** The unguessable part of its addresses. */
  token(id: string): string
  lastTask(): TaskInfo
  /** Calls a method of the lease. */
  on(id: string, method: string, args?: object): unknown
}

function createNfcLab(): NfcLab {
  const lab = withOvfManager(createVmLab())
  const { read } = lab.sandbox.inventory
  const made: Omit<NfcLab, keyof VmLab> = {
    plan: (text = descriptor()) =>
      lab.call('OvfManager', 'OvfManager', 'CreateImportSpec', {
        ovfDescriptor: text,
        resourcePool: lab.pool,
        datastore: read.ref(lab.datastore),
        cisp: data('OvfCreateImportSpecParams', {
          locale: '',
          deploymentOption: '',
          entityName: 'vm',
          diskProvisioning: 'thin',
        }),
      }) as OvfCreateImportSpecResult,
    start(text) {
      const { importSpec: spec } = made.plan(text)
      return (lab.call('ResourcePool', lab.pool.value, 'ImportVApp', { spec }) as ManagedObjectReference)
        .value
    },
    lease: (id, property) => lab.get('HttpNfcLease', id, property),
    info: (id) => made.lease(id, 'info'),
    token: (id) => made.info(id).deviceUrl?.[0]?.url.split('/').at(-2) ?? '',
    lastTask() {
      const current = lab.sandbox.inventory.read
      const infos = [...current.ids('Task')].map((id) => current.get('Task', id).info)
      return infos.findLast(({ descriptionId }) => descriptionId.endsWith('LRO')) as TaskInfo
    },
    on: (id, method, args = {}) => lab.call('HttpNfcLease', id, method, args),
  }
  return Object.assign(lab, made)
}

const vms = (lab: VmLab) => [...lab.sandbox.inventory.read.ids('VirtualMachine')]

describe('an import', () => {
  it('makes the VM with its devices, properties and networks, busy until its lease is complete', async () => {
    const lab = createNfcLab()
    lab.newEvents()
    const lease = lab.start()
    expect(lab.newEvents()).toEqual(
      expect.arrayContaining(['VmBeingCreatedEvent', 'VmCreatedEvent', 'TaskEvent']),
    )
    const [vm = ''] = vms(lab)
    expect(lab.lease(lease, 'state')).toBe('ready')
    lab.expectValid('HttpNfcLease', lease)
    lab.expectValid('VirtualMachine', vm)
    expect(lab.info(lease)).toMatchObject({
      entity: { value: vm },
      leaseTimeout: 300,
      totalDiskCapacityInKB: 9 * 2 ** 20,
      deviceUrl: [
        {
          key: `/${vm}/ParaVirtualSCSIController0:0`,
          importKey: '/vm/ParaVirtualSCSIController0:0',
          url: `https://localhost:443/nfc/${lab.token(lease)}/disk-0.vmdk`,
          disk: true,
        },
        { importKey: '/vm/ParaVirtualSCSIController0:1' },
      ],
    })
    expect(lab.lastTask()).toMatchObject({ descriptionId: 'ResourcePool.ImportVAppLRO', state: 'running' })
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')._typeName).toBe('TaskInProgress')
    expect(lab.fault('VirtualMachine', vm, 'Destroy_Task')._typeName).toBe('TaskInProgress')

    expect(await receiveFile(lab.sandbox, lab.token(lease), 'disk-0.vmdk', bytes('the ', 'disk'))).toBe(
      'received',
    )
    lab.on(lease, 'HttpNfcLeaseProgress', { percent: 50 })
    expect([lab.lease(lease, 'transferProgress'), lab.lastTask().progress]).toEqual([50, 50])
    lab.on(lease, 'HttpNfcLeaseComplete')
    expect(lab.lease(lease, 'state')).toBe('done')
    expect(lab.lastTask()).toMatchObject({ state: 'success', result: { value: vm } })

    const config = lab.config(vm)
    expect(config).toMatchObject({ name: 'vm', guestId: 'ubuntu64Guest', annotation: 'Read me' })
    expect(config.vAppConfig).toMatchObject({
      product: [{ name: 'The Appliance' }],
      ovfEnvironmentTransport: ['com.vmware.guestInfo'],
    })
    expect(config.vAppConfig?.property?.map(({ id }) => id)).toEqual([
      'host',
      'mode',
      'port',
      'secret',
      'fixed',
    ])
    const networks = lab.get<readonly ManagedObjectReference[]>('VirtualMachine', vm, 'network')
    expect(networks.map(({ value }) => lab.get('Network', value, 'name'))).toEqual(['VM Network'])
    const { read } = lab.sandbox.inventory
    expect(fileAt(read, lab.datastore, 'vm/vm.vmdk')?.disk?.stream?.size).toBe(8)
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').error).toBeUndefined()
  })

  it('puts images into the VM and its drives', async () => {
    const lab = createNfcLab()
    const hardware = [
      CPU(1),
      MEMORY(256),
      item({ ElementName: 'ide', InstanceID: 3, ResourceType: 5, Address: 1 }),
      item({ ElementName: 'cd', InstanceID: 4, ResourceType: 15, Parent: 3 }),
      item({
        ElementName: 'cd',
        InstanceID: 5,
        ResourceType: 15,
        Parent: 3,
        HostResource: 'ovf:/file/file1',
      }),
    ].join('')
    const lease = lab.start(descriptor({ hardware }))
    const [vm = ''] = vms(lab)
    expect(lab.info(lease).deviceUrl).toMatchObject([
      { importKey: '/vm/VirtualIDEController1:1', disk: false, url: expect.stringMatching(/file-0\.iso$/) },
    ])
    await receiveFile(lab.sandbox, lab.token(lease), 'file-0.iso', bytes('image'))
    lab.on(lease, 'HttpNfcLeaseComplete')
    const drive = lab.config(vm).hardware.device?.find(({ key }) => key === 3003)
    expect(drive).toMatchObject({ backing: { fileName: '[nfs] vm/file-0.iso' } })
    expect(fileAt(lab.sandbox.inventory.read, lab.datastore, 'vm/file-0.iso')).toMatchObject({ size: 5 })
    lab.expectValid('VirtualMachine', vm)
  })

  it('leaves nothing when it is aborted', async () => {
    const lab = createNfcLab()
    const before = filesBelow(lab.sandbox.inventory.read, lab.datastore, '')
    const lease = lab.start()
    const token = lab.token(lease)
    await receiveFile(lab.sandbox, token, 'disk-0.vmdk', bytes('x'))
    lab.on(lease, 'HttpNfcLeaseAbort')
    expect(vms(lab)).toEqual([])
    expect(filesBelow(lab.sandbox.inventory.read, lab.datastore, '')).toEqual(before)
    expect([lab.lease(lease, 'state'), lab.lastTask().state]).toEqual(['error', 'error'])
    expect(lab.lease(lease, 'error')).toMatchObject({ fault: { _typeName: 'RequestCanceled' } })
    expect(await receiveFile(lab.sandbox, token, 'disk-0.vmdk', bytes('x'))).toBe('absent')
    expect(lab.fault('HttpNfcLease', lease, 'HttpNfcLeaseComplete')._typeName).toBe('InvalidState')
    expect(lab.fault('HttpNfcLease', lease, 'HttpNfcLeaseAbort')._typeName).toBe('InvalidState')
    expect(lab.fault('HttpNfcLease', lease, 'HttpNfcLeaseGetManifest')._typeName).toBe('InvalidState')
  })

  it('ends with the fault that the client gives', () => {
    const lab = createNfcLab()
    const lease = lab.start()
    const fault = data('FileFault', { file: 'disk1.vmdk' })
    lab.on(lease, 'HttpNfcLeaseAbort', {
      fault: data('LocalizedMethodFault', { fault, localizedMessage: 'gone' }),
    })
    expect(lab.lastTask().error).toMatchObject({
      fault: { _typeName: 'FileFault' },
      localizedMessage: 'gone',
    })
  })

  it('is over after 300 seconds without a sign of life', () => {
    const lab = createNfcLab()
    const lease = lab.start()
    lab.sandbox.clock.advance(200_000)
    lab.on(lease, 'HttpNfcLeaseProgress', { percent: 1 })
    lab.sandbox.clock.advance(200_000)
    expect(lab.lease(lease, 'state')).toBe('ready')
    lab.sandbox.clock.advance(101_000)
    expect(lab.lease(lease, 'error')).toMatchObject({ fault: { _typeName: 'Timedout' } })
    expect(vms(lab)).toEqual([])
    expect(lab.fault('HttpNfcLease', lease, 'HttpNfcLeaseProgress', { percent: 2 })._typeName).toBe(
      'Timedout',
    )
    expect(lab.fault('HttpNfcLease', lease, 'HttpNfcLeaseComplete')._typeName).toBe('Timedout')
    lab.sandbox.clock.advance(300_000)
    expect(lab.fault('HttpNfcLease', lease, 'HttpNfcLeaseComplete')._typeName).toBe('ManagedObjectNotFound')
  })

  it('ends with its session', () => {
    const lab = createNfcLab()
    lab.start()
    expect(vms(lab)).toHaveLength(1)
    lab.act((ctx) => ctx.tx.schedule(ctx.now, 'session.ended', { token: 'of somebody else' }))
    expect(vms(lab)).toHaveLength(1)
    const sessionManager = 'SessionManager'
    lab.act((ctx) => {
      if (!ctx.tx.entity(sessionManager)) ctx.tx.create('SessionManager', sessionManager, {} as never)
    })
    lab.call('SessionManager', sessionManager, 'Logout')
    expect(vms(lab)).toEqual([])
  })

  it('survives a snapshot of the world', async () => {
    const lab = createNfcLab()
    const lease = lab.start()
    const root = lab.sandbox.snapshot()
    lab.on(lease, 'HttpNfcLeaseAbort')
    lab.sandbox.restore(root)
    expect(await receiveFile(lab.sandbox, lab.token(lease), 'disk-0.vmdk', bytes('x'))).toBe('received')
    lab.on(lease, 'HttpNfcLeaseComplete')
    expect(vms(lab)).toHaveLength(1)
  })

  it('refuses what CreateVM_Task refuses, and changes nothing', () => {
    const lab = createNfcLab()
    const { importSpec } = lab.plan()
    const spec = importSpec as VirtualMachineImportSpec
    const refused = (changes: object, more: object = {}) => {
      const before = lab.objects()
      const wrong = patch(spec, { configSpec: patch(spec.configSpec, changes) })
      const fault = lab.fault('ResourcePool', lab.pool.value, 'ImportVApp', { spec: wrong, ...more })
      expect(lab.objects()).toEqual(before)
      return fault._typeName
    }
    expect(refused({ name: '' })).toBe('InvalidName')
    expect(refused({ files: undefined })).toBe('InvalidVmConfig')
    expect(refused({ files: data('VirtualMachineFileInfo', { vmPathName: '[none]' }) })).toBe(
      'InvalidDatastorePath',
    )
    expect(refused({}, { folder: lab.sandbox.inventory.read.ref('group-d1') })).toBe('NotSupported')
    lab.create({ name: 'vm' })
    expect(refused({})).toBe('DuplicateName')
    const vApp = data('VirtualAppImportSpec', {
      name: 'a',
      vAppConfigSpec: data('VAppConfigSpec', {}),
      resourcePoolSpec: data('ResourceConfigSpec', {
        cpuAllocation: data('ResourceAllocationInfo', {}),
        memoryAllocation: data('ResourceAllocationInfo', {}),
      }),
    })
    expect(lab.fault('ResourcePool', lab.pool.value, 'ImportVApp', { spec: vApp })._typeName).toBe(
      'NotSupported',
    )
  })

  it('refuses progress that is none and checksums of no kind', () => {
    const lab = createNfcLab()
    const lease = lab.start()
    const refused = (method: string, args: object) => lab.fault('HttpNfcLease', lease, method, args)._typeName
    expect(refused('HttpNfcLeaseProgress', { percent: 101 })).toBe('InvalidArgument')
    const types = (value: string) => ({
      deviceUrlsToChecksumTypes: [
        data('KeyValue', { key: lab.info(lease).deviceUrl?.[0]?.key ?? '', value }),
      ],
    })
    expect(refused('HttpNfcLeaseSetManifestChecksumType', types('md5'))).toBe('InvalidArgument')
  })
})

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
