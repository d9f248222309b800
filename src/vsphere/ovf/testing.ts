import type { VmLab } from '../vm/testing.js'
import { OVF_MANAGER } from './build.js'

/** Gives a lab the manager that a whole vCenter has. */
export function withOvfManager<L extends VmLab>(lab: L): L {
  lab.act((ctx) => ctx.tx.create('OvfManager', 'OvfManager', OVF_MANAGER))
  return lab
}

/** A descriptor of a small appliance: a disk of 8 GB on `disk1.vmdk`, an empty one of 1 GB, a card, two deployment options. */
export interface Sample {
  /** Put in place of the usual section. */
  readonly hardware?: string
  readonly products?: string
  readonly sections?: string
  readonly envelope?: string
  readonly family?: string
  readonly osType?: string
}

const NAMESPACES = [
  'xmlns="http://schemas.dmtf.org/ovf/envelope/1"',
  'xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"',
  'xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"',
  'xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"',
  'xmlns:vmw="http://www.vmware.com/schema/ovf"',
].join(' ')

/** An item by the members of its rasd; `attributes` as they stand in the element, `more` inside it. */
export function item(
  members: Readonly<Record<string, string | number>>,
  { attributes = '', more = '' }: { readonly attributes?: string; readonly more?: string } = {},
): string {
  const inside = Object.entries(members).map(([name, value]) => `<rasd:${name}>${value}</rasd:${name}>`)
  return `<Item ${attributes}>${inside.join('')}${more}</Item>`
}

export const CPU = (count: number, id = 1, attributes = '') =>
  item(
    { ElementName: `${count} CPUs`, InstanceID: id, ResourceType: 3, VirtualQuantity: count },
    { attributes },
  )

export const MEMORY = (mb: number, id = 2, attributes = '') =>
  item(
    {
      AllocationUnits: 'byte * 2^20',
      ElementName: `${mb} MB`,
      InstanceID: id,
      ResourceType: 4,
      VirtualQuantity: mb,
    },
    { attributes },
  )

export const SCSI = (subType = 'VirtualSCSI') =>
  item({ Address: 0, ElementName: 'SCSI', InstanceID: 3, ResourceSubType: subType, ResourceType: 6 })

export const DISK = (disk: string, id: number, unit = 0, parent = 3) =>
  item({
    AddressOnParent: unit,
    ElementName: `disk ${id}`,
    HostResource: `ovf:/disk/${disk}`,
    InstanceID: id,
    Parent: parent,
    ResourceType: 17,
  })

export const CARD = (network = 'nat', subType = 'VmxNet3', id = 6) =>
  item({
    AutomaticAllocation: 'true',
    Connection: network,
    ElementName: 'ethernet0',
    InstanceID: id,
    ResourceSubType: subType,
    ResourceType: 10,
  })

export const usualItems = [
  CPU(2, 1, 'ovf:configuration="small"'),
  CPU(4, 11, 'ovf:configuration="big"'),
  MEMORY(1024, 2, 'ovf:configuration="small"'),
  MEMORY(4096, 12, 'ovf:configuration="big"'),
  SCSI(),
  DISK('vmdisk1', 4, 0),
  DISK('vmdisk2', 5, 1),
  CARD(),
].join('\n')

const usualProducts = `<ProductSection ovf:class="app"><Info/>
  <Product>The Appliance</Product><Vendor>Somebody</Vendor><Version>1.0</Version>
  <Category>Network</Category>
  <Property ovf:key="host" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="MinLen(1) MaxLen(20)" ovf:value="me">
    <Label>Host name</Label><Description>How it is called</Description>
    <Value ovf:configuration="big" ovf:value="big-me"/>
  </Property>
  <Property ovf:key="mode" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers='ValueMap{"one","two"}' ovf:value="one"/>
  <Property ovf:key="port" ovf:type="uint16" ovf:userConfigurable="true" ovf:value="80"/>
  <Property ovf:key="secret" ovf:type="string" ovf:password="true" ovf:userConfigurable="true"/>
  <Property ovf:key="fixed" ovf:type="boolean" ovf:value="true"/>
</ProductSection>`

export function descriptor(sample: Sample = {}): string {
  const { hardware = usualItems, products = usualProducts, family = 'vmx-13 vmx-99' } = sample
  return `<?xml version="1.0" encoding="UTF-8"?>
<Envelope ${NAMESPACES}>
  <References><File ovf:href="disk1.vmdk" ovf:id="file1" ovf:size="1000"/></References>
  <DiskSection><Info/>
    <Disk ovf:capacity="8" ovf:capacityAllocationUnits="byte * 2^30" ovf:diskId="vmdisk1" ovf:fileRef="file1" ovf:populatedSize="5000"/>
    <Disk ovf:capacity="1073741824" ovf:diskId="vmdisk2"/>
  </DiskSection>
  <NetworkSection><Info/><Network ovf:name="nat"><Description>The nat network</Description></Network></NetworkSection>
  <DeploymentOptionSection><Info/>
    <Configuration ovf:id="small"><Label>Small</Label><Description>For one</Description></Configuration>
    <Configuration ovf:id="big"><Label>Big</Label><Description>For many</Description></Configuration>
  </DeploymentOptionSection>${sample.envelope ?? ''}
  <VirtualSystem ovf:id="appliance"><Info/>
    <Name>The VM</Name>
    <OperatingSystemSection ovf:id="94" vmw:osType="${sample.osType ?? 'ubuntu64Guest'}"><Info/></OperatingSystemSection>
    <AnnotationSection><Info/><Annotation>Read me</Annotation></AnnotationSection>
    ${products}${sample.sections ?? ''}
    <VirtualHardwareSection ovf:transport="com.vmware.guestInfo"><Info/>
      <System><vssd:VirtualSystemType>${family}</vssd:VirtualSystemType></System>
      ${hardware}
      <vmw:Config ovf:required="false" vmw:key="cpuHotAddEnabled" vmw:value="true"/>
      <vmw:ExtraConfig vmw:key="guestinfo.a" vmw:value="b"/>
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>`
}
