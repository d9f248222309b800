import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineImportSpec } from '#vim25/generated/types.js'
import { fileAt, filesBelow } from '../datastore/files.js'
import { CPU, descriptor, item, MEMORY } from '../ovf/testing.js'
import { bytes, createNfcLab, vms } from './testing.js'
import { receiveFile } from './transfer.js'

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
