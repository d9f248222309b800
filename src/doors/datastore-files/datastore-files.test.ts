import { afterAll, describe, expect, it } from 'vitest'
import { sweepBlobs } from '#services/blobs/family.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualDisk } from '#vim25/generated/types.js'
import { cloneArgs } from '#vsphere/vm/clone-testing.js'
import { add, disk, edit, scsi } from '#vsphere/vm/testing.js'
import { imageOf, setImage } from '#world/disk-image.js'
import { closeAll, createDoorLab } from './testing.js'

afterAll(closeAll)

describe('files', () => {
  it('go up, are listed, come down whole or in part, and go away', async () => {
    const { lab, ask, at, put, get } = createDoorLab()
    const bytes = Buffer.from('0123456789'.repeat(30_000))
    const before = lab.free()
    expect((await put('new%20dir/a%2Bb.bin', bytes)).statusCode).toBe(201)
    expect((await put('new%20dir/a%2Bb.bin', bytes)).statusCode).toBe(200)
    expect(before - lab.free()).toBe(bytes.length)
    expect(lab.file('new dir/a+b.bin')).toMatchObject({ size: bytes.length, type: 'other' })

    const whole = await get('new%20dir/a%2Bb.bin')
    expect([whole.statusCode, whole.headers['content-length']]).toEqual([200, `${bytes.length}`])
    expect(whole.rawPayload.equals(bytes)).toBe(true)
    expect(whole.headers['last-modified']).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
    const part = await get('new%20dir/a%2Bb.bin', { range: 'bytes=3-7' })
    expect([part.statusCode, part.headers['content-range'], part.body]).toEqual([
      206,
      `bytes 3-7/${bytes.length}`,
      '34567',
    ])
    const beyond = await get('new%20dir/a%2Bb.bin', { range: `bytes=${bytes.length}-` })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`])
    const head = await ask(at('new%20dir/a%2Bb.bin'), { method: 'HEAD' })
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, `${bytes.length}`, ''])

    expect((await ask(at('new%20dir/a%2Bb.bin'), { method: 'DELETE' })).statusCode).toBe(204)
    expect((await get('new%20dir/a%2Bb.bin')).statusCode).toBe(404)
    expect(lab.free()).toBe(before)
  })

  it('keep their bytes when they are copied and moved, and lose them with the last one', async () => {
    const { lab, put, get } = createDoorLab()
    await put('a/one.txt', 'the bytes')
    const transfer = (sourceName: string, destinationName: string) => ({
      sourceName,
      sourceDatacenter: lab.dc,
      destinationName,
    })
    lab.manage('CopyDatastoreFile_Task', transfer('[nfs] a', '[nfs] b'))
    lab.manage('MoveDatastoreFile_Task', transfer('[nfs] a/one.txt', '[nfs] two.txt'))
    expect((await get('b/one.txt')).body).toBe('the bytes')
    expect((await get('two.txt')).body).toBe('the bytes')
    lab.manage('DeleteDatastoreFile_Task', { name: '[nfs] b', datacenter: lab.dc })
    expect(await sweepBlobs(lab.sandbox)).toBe(0)
    expect((await get('two.txt')).body).toBe('the bytes')
  })

  it('come back with a snapshot of the world', async () => {
    const { lab, put, get } = createDoorLab()
    await put('one.txt', 'first')
    const held = lab.sandbox.snapshot()
    await put('one.txt', 'second')
    expect(await sweepBlobs(lab.sandbox)).toBe(0)
    lab.sandbox.restore(held)
    expect((await get('one.txt')).body).toBe('first')
  })

  it('are empty if what was sent is', async () => {
    const { put, get } = createDoorLab()
    expect((await put('empty', '')).statusCode).toBe(201)
    const answer = await get('empty')
    expect([answer.statusCode, answer.headers['content-length'], answer.body]).toEqual([200, '0', ''])
  })

  it('are no longer what they were once something else was sent', async () => {
    const { lab, put } = createDoorLab()
    const path = 'iso/tools.iso'
    lab.act((ctx) => setImage(ctx.tx, lab.datastore, path, { kind: 'esxi-installer', version: '8.0.3' }))
    await put(path, 'another disc')
    expect(imageOf(lab.sandbox.inventory.read, lab.datastore, path)).toBeUndefined()
  })

  it('that nobody sent are zeros of their size', async () => {
    const { get } = createDoorLab()
    const answer = await get('iso/tools.iso')
    expect(answer.rawPayload.equals(Buffer.alloc(1000))).toBe(true)
  })
})

describe("a VM's files", () => {
  it('say what the VM is', async () => {
    const { lab, get } = createDoorLab()
    const vm = lab.create({
      deviceChange: [add(scsi()), add(disk({ gb: 4 }), 'create')],
      annotation: 'say "hi"',
    })
    const vmx = (await get('demo/demo.vmx')).body
    expect(vmx).toContain('displayName = "demo"\n')
    expect(vmx).toContain('annotation = "say |22hi|22"\n')
    expect(vmx).toContain('scsi0:0.fileName = "demo.vmdk"\n')
    const descriptor = (await get('demo/demo.vmdk')).body
    expect(descriptor).toContain(`RW ${(4 * 2 ** 30) / 512} VMFS "demo-flat.vmdk"\n`)
    expect(descriptor).toContain('ddb.thinProvisioned = "1"')
    const flat = await get('demo/demo-flat.vmdk', { range: 'bytes=4294967290-' })
    expect([flat.statusCode, flat.headers['content-range'], flat.rawPayload.length]).toEqual([
      206,
      `bytes 4294967290-${4 * 2 ** 30 - 1}/${4 * 2 ** 30}`,
      6,
    ])
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect((await get('demo/vmware.log')).body).toContain('displayName = "demo"')
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    lab.call('VirtualMachine', vm, 'UnregisterVM')
    expect((await get('demo/demo.vmx')).body).toBe(vmx)
  })

  it('are not written or deleted while it runs', async () => {
    const { lab, ask, at, put } = createDoorLab()
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk(), 'create')] })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    for (const name of ['demo/demo.vmdk', 'demo/demo-flat.vmdk', 'demo/demo.vmx']) {
      expect((await put(name, 'x')).statusCode).toBe(423)
      expect((await ask(at(name), { method: 'DELETE' })).statusCode).toBe(423)
    }
    expect(lab.file('demo/demo.vmdk')?.blob).toBeUndefined()
  })
})

describe('disks', () => {
  const descriptor = (sectors: number) =>
    `# Disk DescriptorFile\nversion=1\n\nRW ${sectors} VMFS "x-flat.vmdk"\n\nddb.adapterType = "lsilogic"\n` +
    'ddb.uuid = "60 00 C2 9a 00 01 02 03-04 05 06 07 08 09 0a 0b"\n'

  it('that come as a descriptor and bytes become one that VMs can have', async () => {
    const { lab, put, get } = createDoorLab()
    const bytes = Buffer.alloc(1024 * 1024, 7)
    await put('up/x.vmdk', descriptor(2048))
    await put('up/x-flat.vmdk', bytes)
    expect((await get('up/x.vmdk')).body).toBe(descriptor(2048))
    expect(lab.file('up/x.vmdk')?.disk).toEqual({
      capacity: 2 ** 20,
      thin: false,
      adapter: 'lsiLogic',
      uuid: '6000C29A-0001-0203-0405-060708090A0B',
    })
    const names = { sourceName: '[nfs] up/x.vmdk', sourceDatacenter: lab.dc, destName: '[nfs] up/y.vmdk' }
    lab.manage('CopyVirtualDisk_Task', names)
    expect((await get('up/y-flat.vmdk')).rawPayload.equals(bytes)).toBe(true)
    const newCapacityKb = 2048
    lab.manage('ExtendVirtualDisk_Task', { name: '[nfs] up/y.vmdk', datacenter: lab.dc, newCapacityKb })
    const end = await get('up/y-flat.vmdk', { range: `bytes=${2 ** 20 - 2}-${2 ** 20 + 1}` })
    expect([...end.rawPayload]).toEqual([7, 7, 0, 0])
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk({ file: '[nfs] up/y.vmdk' }))] })
    expect((lab.device(vm, 2000) as VirtualDisk).capacityInBytes).toBe(2 ** 21)
  })

  it('that were sent are copied with the VM that has them', async () => {
    const { lab, put, get } = createDoorLab()
    await put('x.vmdk', descriptor(2))
    await put('x-flat.vmdk', 'bytes')
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk({ file: '[nfs] x.vmdk' }))] })
    const info = lab.task('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab))
    expect(info.state).toBe('success')
    const { value } = info.result as ManagedObjectReference
    const copy = lab.device(value, 2000) as VirtualDisk
    const { fileName, uuid } = copy.backing as unknown as { readonly fileName: string; readonly uuid: string }
    const path = fileName.replace(/^\[nfs\] /, '')
    expect((await get(path)).body).toContain('RW 2 VMFS')
    expect((await get(path.replace('.vmdk', '-flat.vmdk'))).body).toBe(`bytes${'\0'.repeat(1019)}`)
    const at = { name: fileName, datacenter: lab.dc }
    const found = lab.call('VirtualDiskManager', 'virtualDiskManager', 'QueryVirtualDiskUuid', at) as string
    expect(found.replace(/[ -]/g, '').toUpperCase()).toBe(uuid.replaceAll('-', ''))
    expect(uuid).not.toBe(lab.file('x.vmdk')?.disk?.uuid)
  })

  it('that were sent and are changed are one file, with the bytes that came beside them', async () => {
    const { lab, put, get } = createDoorLab()
    await put('x.vmdk', descriptor(2))
    await put('x-flat.vmdk', 'bytes')
    const newCapacityKb = 2
    lab.manage('ExtendVirtualDisk_Task', { name: '[nfs] x.vmdk', datacenter: lab.dc, newCapacityKb })
    expect(lab.file('x-flat.vmdk')).toBeUndefined()
    expect((await get('x.vmdk')).body).toContain('RW 4 VMFS "x-flat.vmdk"')
    expect((await get('x-flat.vmdk')).body).toBe(`bytes${'\0'.repeat(2043)}`)
    lab.manage('ZeroFillVirtualDisk_Task', { name: '[nfs] x.vmdk', datacenter: lab.dc })
    expect((await get('x-flat.vmdk')).body).toBe('\0'.repeat(2048))
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk({ file: '[nfs] x.vmdk' }))] })
    await put('x-flat.vmdk', 'boot')
    const larger = { ...(lab.device(vm, 2000) as VirtualDisk), capacityInKB: 4, capacityInBytes: 4096 }
    expect(lab.reconfigure(vm, { deviceChange: [edit(larger)] }).state).toBe('success')
    expect((await get('x-flat.vmdk')).body).toBe(`boot${'\0'.repeat(4092)}`)
  })

  it('take bytes in place of their zeros, and give them up', async () => {
    const { lab, ask, at, put, get } = createDoorLab()
    const spec = data('FileBackedVirtualDiskSpec', { diskType: 'thin', adapterType: 'ide', capacityKb: 1024 })
    lab.manage('CreateVirtualDisk_Task', { name: '[nfs] d.vmdk', datacenter: lab.dc, spec })
    expect((await put('d-flat.vmdk', 'boot sector')).statusCode).toBe(200)
    const flat = await get('d-flat.vmdk')
    expect([flat.rawPayload.length, flat.body.slice(0, 11)]).toEqual([2 ** 20, 'boot sector'])
    expect((await ask(at('d-flat.vmdk'), { method: 'DELETE' })).statusCode).toBe(204)
    expect((await get('d-flat.vmdk', { range: 'bytes=0-3' })).rawPayload.equals(Buffer.alloc(4))).toBe(true)
    expect(lab.file('d.vmdk')?.disk?.capacity).toBe(2 ** 20)
  })

  it('that come as a stream are as large as their header says', async () => {
    const { lab, put } = createDoorLab()
    const header = Buffer.alloc(512)
    header.write('KDMV')
    header.writeBigUInt64LE(4096n, 12)
    await put('s.vmdk', header)
    expect(lab.file('s.vmdk')?.disk).toEqual({ capacity: 2 ** 21, thin: true })
    await put('none.vmdk', 'whatever')
    expect(lab.file('none.vmdk')?.disk).toBeUndefined()
    await put('huge.vmdk', descriptor(2 ** 53))
    expect(lab.file('huge.vmdk')?.disk).toBeUndefined()
  })
})

describe('lists', () => {
  it('lead from datacenters over datastores to directories', async () => {
    const { ask, put } = createDoorLab()
    await put('iso/a%3Cb%3E%26%22.txt', 'x')
    const links = async (url: string) => {
      const { statusCode, headers, body } = await ask(url)
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
      return [...body.matchAll(/<a href="([^"]*)">([^<]*)<\/a>/g)].map(
        ([, href = '', text]) => [href.replaceAll('&amp;', '&'), text] as const,
      )
    }
    const [datacenter] = await links('/folder')
    expect(datacenter).toEqual(['/folder?dcPath=Lab', 'Lab'])
    const stores = await links(datacenter?.[0] ?? '')
    const nfs = stores.find(([, name]) => name === 'nfs')
    expect(nfs?.[0]).toBe('/folder?dcPath=Lab&dsName=nfs')
    const root = await links(nfs?.[0] ?? '')
    expect(root.map(([, name]) => name)).toEqual(['Parent Directory', 'iso/'])
    const inside = await links(root[1]?.[0] ?? '')
    expect(inside.map(([, name]) => name)).toEqual([
      'Parent Directory',
      'a&lt;b&gt;&amp;&quot;.txt',
      'tools.iso',
    ])
    expect((await ask(inside[1]?.[0] ?? '')).body).toBe('x')
  })
})
