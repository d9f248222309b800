import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'
import { smallVm } from './virtual-machine.js'

const manager = (lab: Lab) => lab.ref('OvfManager')
const pool = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT', 'resourcePool')
const web = (lab: Lab) => lab.ref('VirtualMachine', 'web-01')
const lease = (lab: Lab) => lab.ref('HttpNfcLease')

const CREATED = 'Folder.CreateVM_Task'
const IMPORTED = 'ResourcePool.ImportVApp'
const common = { locale: '', deploymentOption: '' }

const OVF = 'http://schemas.dmtf.org/ovf/envelope/1'
const RASD = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData'

const item = (id: number, type: number, quantity: number) =>
  `<Item><rasd:ElementName>${id}</rasd:ElementName><rasd:InstanceID>${id}</rasd:InstanceID>` +
  `<rasd:ResourceType>${type}</rasd:ResourceType><rasd:VirtualQuantity>${quantity}</rasd:VirtualQuantity></Item>`

/** A machine with two CPUs and 512 MB, and nothing else. */
const DESCRIPTOR = [
  `<Envelope xmlns="${OVF}" xmlns:ovf="${OVF}" xmlns:rasd="${RASD}">`,
  '<References/>',
  '<VirtualSystem ovf:id="small"><Info>A virtual machine</Info><Name>small</Name>',
  '<OperatingSystemSection ovf:id="101"><Info>Linux</Info></OperatingSystemSection>',
  `<VirtualHardwareSection><Info>Hardware</Info>${item(1, 3, 2)}${item(2, 4, 512)}</VirtualHardwareSection>`,
  '</VirtualSystem></Envelope>',
].join('')

export const ovfDescriptions: Descriptions = {
  'OvfManager.ParseDescriptor': {
    summary: 'Says what an OVF package contains',
    text: 'Name, licenses, networks, properties with their types, deployment options, sizes. What is wrong with the descriptor stands in `error` and `warning`, as typed faults with line numbers; the call itself never fails for it.',
    example: {
      on: manager,
      body: () => ({ ovfDescriptor: DESCRIPTOR, pdp: data('OvfParseDescriptorParams', common) }),
    },
  },
  'OvfManager.ValidateHost': {
    summary: 'Asks whether a host could run an OVF package',
    example: {
      on: manager,
      body: (lab) => ({
        ovfDescriptor: DESCRIPTOR,
        host: lab.ref('HostSystem'),
        vhp: data('OvfValidateHostParams', common),
      }),
    },
  },
  'OvfManager.CreateImportSpec': {
    summary: 'Plans the import of an OVF package',
    text: 'The answer has a spec for `ImportVApp` and, in `fileItem`, the files to send, by the disks that they are for. `networkMapping` and `propertyMapping` choose networks and values, `diskProvisioning` is `thin`, `thick`, `flat`, `sparse` or `eagerZeroedThick`. With anything in `error` there is no spec. A package of several machines gives the spec of a vApp, which cannot be imported here (deviation 89).',
    example: {
      on: manager,
      body: (lab) => ({
        ovfDescriptor: DESCRIPTOR,
        resourcePool: pool(lab),
        datastore: lab.ref('Datastore', 'nfs-shared'),
        cisp: data('OvfCreateImportSpecParams', { ...common, entityName: 'small', diskProvisioning: 'thin' }),
      }),
    },
  },
  'OvfManager.CreateDescriptor': {
    summary: 'Writes the OVF descriptor of a VM',
    text: '`ovfFiles` are the files that an export gave, by the keys of its `deviceUrl`; disks without one are empty in the package. `exportOption` `extraconfig` keeps the options of the configuration. What no package can hold is told in `warning`.',
    example: {
      on: manager,
      first: [CREATED],
      body: (lab) => ({ obj: web(lab), cdp: data('OvfCreateDescriptorParams', { name: 'web' }) }),
    },
  },
  [IMPORTED]: {
    summary: 'Creates a VM and takes its disks',
    text: 'The VM is there at once, and busy (`TaskInProgress`) until the lease that is answered is complete; aborted, expired or without its session, the lease takes the VM with it. When the lease is `ready`, `info.deviceUrl` says where to send each disk: `POST` or `PUT`, no session needed. Any bytes will do; an export gives them back.',
    example: {
      on: pool,
      body: (lab) => ({
        spec: data('VirtualMachineImportSpec', { configSpec: smallVm('imported'), resPoolEntity: pool(lab) }),
      }),
    },
  },
  'VirtualMachine.ExportVm': {
    summary: 'Gives the disks of a VM that is off',
    text: 'The answer is a lease; when it is `ready`, `GET` each address of `info.deviceUrl`. A disk that an import brought comes as it was sent, any other as an empty stream-optimized VMDK of its size.',
    example: { on: web, first: [CREATED] },
  },
  'HttpNfcLease.HttpNfcLeaseProgress': {
    summary: 'Tells how far a transfer is, and keeps its lease alive',
    text: 'A lease without a sign of life for 300 seconds ends with `Timedout`. The percentage shows in its task too.',
    example: { on: lease, body: () => ({ percent: 50 }), first: [IMPORTED] },
  },
  'HttpNfcLease.HttpNfcLeaseComplete': {
    summary: 'Ends a transfer that is done',
    text: 'What has been sent becomes the disks and images of the VM, which is free to be used.',
    example: { on: lease, first: [IMPORTED] },
  },
  'HttpNfcLease.HttpNfcLeaseAbort': {
    summary: 'Gives a transfer up',
    text: 'An import takes its VM with it. `fault` becomes the error of the lease and of its task; without one that is `RequestCanceled`.',
    example: { on: lease, first: [IMPORTED], body: () => ({}) },
  },
  'HttpNfcLease.HttpNfcLeaseGetManifest': {
    summary: 'Lists the checksums of what has been sent or fetched',
    example: { on: lease, first: [IMPORTED] },
  },
  'HttpNfcLease.HttpNfcLeaseSetManifestChecksumType': {
    summary: 'Chooses the checksums of the manifest: SHA-1 or SHA-256',
    text: 'By the keys of `info.deviceUrl`.',
    example: { on: lease, first: [IMPORTED], body: () => ({ deviceUrlsToChecksumTypes: [] }) },
  },
}
