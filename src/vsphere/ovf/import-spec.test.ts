import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  OvfCreateImportSpecParams,
  OvfCreateImportSpecResult,
  OvfParseDescriptorResult,
  OvfValidateHostResult,
  VirtualAppImportSpec,
  VirtualController,
  VirtualMachineImportSpec,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { createVmLab } from '../vm/testing.js'
import { CARD, CPU, DISK, descriptor, item, MEMORY, SCSI, withOvfManager } from './testing.js'

const lab = withOvfManager(createVmLab())
const nfs: ManagedObjectReference = lab.sandbox.inventory.read.ref(lab.datastore)

const common = { locale: '', deploymentOption: '' }

function plan(
  ovfDescriptor: string,
  changes: Partial<OvfCreateImportSpecParams> = {},
  place: object = {},
): OvfCreateImportSpecResult {
  const cisp = data('OvfCreateImportSpecParams', { ...common, entityName: 'vm', ...changes })
  const args = { ovfDescriptor, resourcePool: lab.pool, datastore: nfs, cisp, ...place }
  return lab.call('OvfManager', 'OvfManager', 'CreateImportSpec', args) as OvfCreateImportSpecResult
}

const specOf = (result: OvfCreateImportSpecResult) =>
  (result.importSpec as VirtualMachineImportSpec).configSpec
const errorsOf = ({ error = [] }: OvfCreateImportSpecResult) => error.map(({ fault }) => fault._typeName)
const valid = (method: string, value: unknown) => {
  const result = managedType('OvfManager')?.methods.get(method)?.result
  return result ? problemsOf(value, result) : ['no result']
}

describe('CreateImportSpec', () => {
  const result = plan(descriptor())
  const spec = specOf(result)

  it('makes a spec of the descriptor that fits the schema', () => {
    expect(valid('CreateImportSpec', result)).toEqual([])
    expect([result.error, result.warning]).toEqual([undefined, undefined])
    expect(spec).toMatchObject({
      name: 'vm',
      version: 'vmx-13',
      guestId: 'ubuntu64Guest',
      annotation: 'Read me',
      numCPUs: 2,
      memoryMB: 1024,
      cpuHotAddEnabled: true,
      files: { vmPathName: '[nfs]' },
      extraConfig: [{ key: 'guestinfo.a' }],
    })
  })

  it('adds the devices, controllers first, disks to be made', () => {
    expect(spec.deviceChange?.map(({ device }) => device._typeName)).toEqual([
      'ParaVirtualSCSIController',
      'VirtualDisk',
      'VirtualDisk',
      'VirtualVmxnet3',
    ])
    const [controller, disk, second, card] = spec.deviceChange ?? []
    expect(disk).toMatchObject({
      fileOperation: 'create',
      device: { controllerKey: controller?.device.key, unitNumber: 0, capacityInKB: 8 * 2 ** 20 },
    })
    expect(second?.device).toMatchObject({ unitNumber: 1, capacityInKB: 2 ** 20 })
    expect(card?.device).toMatchObject({ backing: { deviceName: 'VM Network' } })
  })

  it('names the files to send by the disks that they are for', () => {
    expect(result.fileItem).toMatchObject([
      {
        deviceId: '/vm/ParaVirtualSCSIController0:0',
        path: 'disk1.vmdk',
        size: 1000,
        cimType: 17,
        create: false,
      },
    ])
  })

  it('takes the deployment option, values and networks that are asked for', () => {
    const other = specOf(
      plan(descriptor(), {
        deploymentOption: 'big',
        propertyMapping: [data('KeyValue', { key: 'app.mode', value: 'two' })],
        networkMapping: [
          data('OvfNetworkMapping', {
            name: 'nat',
            network: lab.get<readonly ManagedObjectReference[]>(
              'HostSystem',
              lab.hosts[0] ?? '',
              'network',
            )[0] as ManagedObjectReference,
          }),
        ],
        diskProvisioning: 'thin',
      }),
    )
    expect(other).toMatchObject({ numCPUs: 4, memoryMB: 4096 })
    const properties = other.vAppConfig?.property?.map(({ info }) => info) ?? []
    expect(properties.map((each) => [each?.id, each?.type, each?.defaultValue, each?.value])).toEqual([
      ['host', 'string(1..20)', 'big-me', ''],
      ['mode', 'string["one","two"]', 'one', 'two'],
      ['port', 'int(0..65535)', '80', ''],
      ['secret', 'password', '', ''],
      ['fixed', 'boolean', 'true', ''],
    ])
    expect(other.deviceChange?.[1]?.device.backing).toMatchObject({ thinProvisioned: true })
  })

  it('can have a disk whose size is a property', () => {
    const products =
      '<ProductSection><Info/><Property ovf:key="size" ovf:type="int" ovf:userConfigurable="true" ovf:value="3"/></ProductSection>'
    const text = descriptor({ products }).replace('capacity="8"', ['capacity="$', '{size}"'].join(''))
    const size = (each: OvfCreateImportSpecResult) =>
      specOf(each).deviceChange?.map(({ device }) => (device as { capacityInKB?: number }).capacityInKB)[1]
    expect(size(plan(text))).toBe(3 * 2 ** 20)
    const propertyMapping = [data('KeyValue', { key: 'size', value: '5' })]
    expect(size(plan(text, { propertyMapping }))).toBe(5 * 2 ** 20)
  })

  it('maps a guest that the host does not know, and says so', () => {
    const mapped = plan(descriptor({ osType: 'haiku64Guest' }).replace('ovf:id="94"', 'ovf:id="0"'))
    expect(specOf(mapped).guestId).toBe('otherGuest')
    expect(mapped.warning?.[0]?.fault).toMatchObject({
      _typeName: 'OvfMappedOsId',
      ovfDescription: 'haiku64Guest',
    })
  })

  it('brings drives with their images, and the usual small devices', () => {
    const hardware = [
      CPU(1),
      MEMORY(256),
      item({ ElementName: 'ide', InstanceID: 3, ResourceType: 5, Address: 1 }),
      item({
        ElementName: 'cd',
        InstanceID: 4,
        ResourceType: 15,
        Parent: 3,
        HostResource: 'ovf:/file/file1',
      }),
      item({ ElementName: 'cd', InstanceID: 5, ResourceType: 15, Parent: 3 }),
      item({ ElementName: 'floppy', InstanceID: 6, ResourceType: 14 }),
      item({ ElementName: 'video', InstanceID: 7, ResourceType: 24 }),
      item({ ElementName: 'vmci', InstanceID: 8, ResourceType: 1, ResourceSubType: 'vmware.vmci' }),
      item({ ElementName: 'usb', InstanceID: 9, ResourceType: 23, ResourceSubType: 'vmware.usb.xhci' }),
      item({ ElementName: 'sata', InstanceID: 10, ResourceType: 20, ResourceSubType: 'vmware.sata.ahci' }),
      item({
        ElementName: 'nvme',
        InstanceID: 11,
        ResourceType: 20,
        ResourceSubType: 'vmware.nvme.controller',
      }),
      item({ ElementName: 'serial', InstanceID: 12, ResourceType: 21 }),
      item({
        ElementName: 'sound',
        InstanceID: 13,
        ResourceType: 35,
        ResourceSubType: 'vmware.soundcard.hdaudio',
      }),
    ].join('')
    const made = plan(descriptor({ hardware }))
    expect(
      specOf(made)
        .deviceChange?.map(({ device }) => device._typeName)
        .sort(),
    ).toEqual([
      'VirtualAHCIController',
      'VirtualCdrom',
      'VirtualCdrom',
      'VirtualFloppy',
      'VirtualHdAudioCard',
      'VirtualIDEController',
      'VirtualMachineVideoCard',
      'VirtualNVMEController',
      'VirtualSerialPort',
      'VirtualUSBXHCIController',
    ])
    expect(made.fileItem).toMatchObject([
      { deviceId: '/vm/VirtualIDEController1:0', path: 'disk1.vmdk', create: true, cimType: 15 },
    ])
  })

  it('gives a guest the card that it can have, and says so', () => {
    const made = plan(descriptor({ hardware: [CPU(1), MEMORY(64), CARD('nat', 'PCNet32')].join('') }))
    expect(specOf(made).deviceChange?.map(({ device }) => device._typeName)).toEqual(['VirtualVmxnet3'])
    expect(made.warning?.map(({ fault }) => fault._typeName)).toEqual(['OvfUnsupportedSubType'])
  })

  it('finds buses for controllers that want the same, as long as there are any', () => {
    const ide = (id: number) => item({ Address: 1, ElementName: 'ide', InstanceID: id, ResourceType: 5 })
    const made = (count: number) =>
      plan(descriptor({ hardware: [CPU(1), MEMORY(64), ...[3, 4, 5].slice(0, count).map(ide)].join('') }))
    const buses = specOf(made(2)).deviceChange?.map(({ device }) => (device as VirtualController).busNumber)
    expect(buses).toEqual([1, 0])
    expect(errorsOf(made(3))).toEqual(['OvfUnsupportedType'])
  })

  it('plans a vApp for a collection', () => {
    const inner = (id: string) =>
      `<VirtualSystem ovf:id="${id}"><Info/><VirtualHardwareSection><Info/>${CPU(1)}${MEMORY(64)}${SCSI('lsilogic')}${DISK('vmdisk1', 4)}</VirtualHardwareSection></VirtualSystem>`
    const text = descriptor().replace(
      /<VirtualSystem [\s\S]*<\/VirtualSystem>/,
      `<VirtualSystemCollection ovf:id="two"><Info/><StartupSection><Info/><Item ovf:id="b" ovf:order="1"/></StartupSection>${inner('a')}${inner('b')}</VirtualSystemCollection>`,
    )
    const made = plan(text)
    expect(valid('CreateImportSpec', made)).toEqual([])
    expect(made.importSpec as VirtualAppImportSpec).toMatchObject({
      _typeName: 'VirtualAppImportSpec',
      name: 'vm',
      child: [{ configSpec: { name: 'a' } }, { configSpec: { name: 'b' }, entityConfig: { startOrder: 1 } }],
    })
    expect(made.fileItem?.map(({ deviceId }) => deviceId)).toEqual([
      '/vm/a/VirtualLsiLogicController0:0',
      '/vm/b/VirtualLsiLogicController0:0',
    ])
  })

  const small = (...items: readonly string[]) =>
    descriptor({ hardware: [CPU(1), MEMORY(64), ...items].join('') })
  const property = (attributes: string) =>
    descriptor({ products: `<ProductSection><Info/><Property ovf:key="a" ${attributes}/></ProductSection>` })
  it.each([
    ['hardware that no host runs', descriptor({ family: 'virtualbox-2.2' }), 'OvfNoSupportedHardwareFamily'],
    [
      'a device of no kind',
      small(item({ ElementName: 'x', InstanceID: 9, ResourceType: 99 })),
      'OvfUnsupportedType',
    ],
    ['a controller of no kind', small(SCSI('whatever')), 'OvfUnsupportedSubType'],
    ['a card of no kind', small(CARD('nat', 'token ring')), 'OvfUnsupportedSubType'],
    ['a card on no network', small(CARD('elsewhere')), 'OvfInvalidValueReference'],
    ['a disk that is not there', small(SCSI(), DISK('vmdisk7', 4)), 'OvfInvalidValueReference'],
    ['a disk on no controller', small(DISK('vmdisk1', 4)), 'OvfInvalidValueReference'],
    [
      'too many disks',
      small(
        item({ ElementName: 'ide', InstanceID: 3, ResourceType: 5 }),
        ...[4, 5, 6].map((id) => DISK('vmdisk2', id)),
      ),
      'OvfNoSpaceOnController',
    ],
    ['a property of no type', property('ovf:type="colour"'), 'OvfPropertyType'],
    ['a property with a wrong value', property('ovf:type="uint8" ovf:value="300"'), 'OvfPropertyValue'],
    ['nonsense', 'nonsense', 'OvfXmlFormat'],
  ])('tells of %s', (_what, text, type) => {
    const failed = plan(text)
    expect(errorsOf(failed)).toContain(type)
    expect([failed.importSpec, failed.fileItem]).toEqual([undefined, undefined])
    expect(valid('CreateImportSpec', failed)).toEqual([])
  })

  it('tells of choices that the package or the hosts do not have', () => {
    expect(errorsOf(plan(descriptor(), { deploymentOption: 'huge' }))).toEqual([
      'OvfInvalidValueConfiguration',
    ])
    expect(errorsOf(plan(descriptor(), { diskProvisioning: 'monolithicSparse' }))).toEqual([
      'OvfUnsupportedDiskProvisioning',
    ])
    expect(errorsOf(plan(descriptor(), { diskProvisioning: 'toString' }))).toHaveLength(1)
    const propertyMapping = [data('KeyValue', { key: 'app.port', value: 'eighty' })]
    expect(errorsOf(plan(descriptor(), { propertyMapping }))).toEqual(['OvfPropertyValue'])
  })

  it('tells of hosts without a network', () => {
    const bare = withOvfManager(createVmLab())
    bare.act((ctx) => {
      for (const host of bare.hosts) ctx.tx.set('HostSystem', host, { network: [] })
    })
    const args = {
      ovfDescriptor: descriptor(),
      resourcePool: bare.pool,
      datastore: bare.sandbox.inventory.read.ref(bare.datastore),
      cisp: data('OvfCreateImportSpecParams', { ...common, entityName: 'vm' }),
    }
    const made = bare.call('OvfManager', 'OvfManager', 'CreateImportSpec', args) as OvfCreateImportSpecResult
    expect(errorsOf(made)).toEqual(['OvfNoHostNic'])
  })

  it('refuses places that are none', () => {
    const cisp = data('OvfCreateImportSpecParams', { ...common, entityName: 'vm' })
    const call = (changes: object) =>
      lab.fault('OvfManager', 'OvfManager', 'CreateImportSpec', {
        ovfDescriptor: descriptor(),
        resourcePool: lab.pool,
        datastore: nfs,
        cisp: data('OvfCreateImportSpecParams', { ...cisp, ...changes }),
      })._typeName
    const ghost = { type: 'HostSystem', value: 'host-0', _typeName: 'ManagedObjectReference' } as const
    expect(call({ hostSystem: ghost })).toBe('InvalidArgument')
    const network = { ...ghost, type: 'Network', value: 'network-0' }
    expect(call({ networkMapping: [data('OvfNetworkMapping', { name: 'nat', network })] })).toBe(
      'ManagedObjectNotFound',
    )
  })
})

describe('ParseDescriptor', () => {
  const parse = (ovfDescriptor: string) =>
    lab.call('OvfManager', 'OvfManager', 'ParseDescriptor', {
      ovfDescriptor,
      pdp: data('OvfParseDescriptorParams', common),
    }) as OvfParseDescriptorResult

  it('says what the package says of itself', () => {
    const sections =
      '<EulaSection><Info/><License>Be nice</License></EulaSection><vmw:IpAssignmentSection ovf:required="false" vmw:schemes="ovfenv,dhcp" vmw:protocols="IPv4"><Info/></vmw:IpAssignmentSection>'
    const parsed = parse(descriptor({ sections }))
    expect(valid('ParseDescriptor', parsed)).toEqual([])
    expect(parsed).toMatchObject({
      eula: ['Be nice'],
      network: [{ name: 'nat' }],
      ipAllocationScheme: ['ovfenv', 'dhcp'],
      ipProtocols: ['IPv4'],
      productInfo: { name: 'The Appliance', vendor: 'Somebody' },
      annotation: 'Read me',
      approximateDownloadSize: 1000,
      approximateFlatDeploymentSize: 9 * 2 ** 30,
      approximateSparseDeploymentSize: 5000,
      defaultEntityName: 'The VM',
      virtualApp: false,
      defaultDeploymentOption: 'small',
      entityName: [{ key: 'appliance', value: 'The VM' }],
    })
    expect(parsed.property).toHaveLength(5)
    expect(parsed.deploymentOption?.map(({ key }) => key)).toEqual(['small', 'big'])
  })

  it('tells what is wrong, and fits the schema all the same', () => {
    const parsed = parse('<nonsense')
    expect(parsed.error?.[0]?.fault._typeName).toBe('OvfXmlFormat')
    expect(valid('ParseDescriptor', parsed)).toEqual([])
  })
})

describe('ValidateHost', () => {
  const validate = (ovfDescriptor: string) =>
    lab.call('OvfManager', 'OvfManager', 'ValidateHost', {
      ovfDescriptor,
      host: lab.sandbox.inventory.read.ref(lab.hosts[0] ?? ''),
      vhp: data('OvfValidateHostParams', common),
    }) as OvfValidateHostResult

  it('says what a package takes on a host that can have it', () => {
    const fits = validate(descriptor())
    expect(valid('ValidateHost', fits)).toEqual([])
    expect(fits).toMatchObject({ downloadSize: 1000, flatDeploymentSize: 9 * 2 ** 30 })
    expect(fits.supportedDiskProvisioning).toContain('thin')
    expect(fits.error).toBeUndefined()
  })

  it('tells what the host does not have', () => {
    const error = validate(descriptor({ hardware: CPU(512) + MEMORY(1e6) })).error ?? []
    expect(error.map(({ fault }) => fault._typeName)).toEqual([
      'OvfHostResourceConstraint',
      'OvfHostResourceConstraint',
    ])
  })
})
