import { data } from '#vim25/data.js'
import type {
  CustomizationIpGenerator,
  ManagedObjectReference,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualEthernetCard,
  VirtualMachineCloneSpec,
  VirtualMachineRelocateSpec,
} from '#vim25/generated/types.js'
import { mountNfs } from '../datastore/build.js'
import { usual, type VmLab } from './testing.js'

/** Arguments of CloneVM_Task for a VM `copy` in the datacenter's VM folder. */
export const cloneArgs = (
  lab: VmLab,
  spec: Partial<VirtualMachineCloneSpec> = {},
  location: Partial<VirtualMachineRelocateSpec> = {},
) => ({
  folder: lab.sandbox.inventory.read.ref(lab.vmFolder),
  name: 'copy',
  spec: data('VirtualMachineCloneSpec', {
    location: data('VirtualMachineRelocateSpec', location),
    template: false,
    powerOn: false,
    ...spec,
  }),
})

/** A datastore `more` on these hosts. */
export const secondStore = (lab: VmLab, hosts: readonly string[] = lab.hosts): string =>
  lab.act((ctx) => {
    let found = ''
    for (const host of hosts)
      found = mountNfs(ctx, host, { remoteHost: 'nas2.lab.local', remotePath: '/more', name: 'more' }).value
    return found
  })

export const fixedIp = (ipAddress: string) => data('CustomizationFixedIp', { ipAddress })

/** A Linux guest's name in lab.local, and how each of its adapters gets its address. */
export const customization = (name: string, adapters: readonly CustomizationIpGenerator[]) =>
  data('CustomizationSpec', {
    identity: data('CustomizationLinuxPrep', {
      hostName: data('CustomizationFixedName', { name }),
      domain: 'lab.local',
    }),
    globalIPSettings: data('CustomizationGlobalIPSettings', { dnsServerList: ['192.168.10.1'] }),
    nicSettingMap: adapters.map((ip) =>
      data('CustomizationAdapterMapping', {
        adapter: data('CustomizationIPSettings', { ip, subnetMask: '255.255.255.0' }),
      }),
    ),
  })

export const clone = (
  lab: VmLab,
  vm: string,
  spec: Partial<VirtualMachineCloneSpec> = {},
  location: Partial<VirtualMachineRelocateSpec> = {},
) => {
  const info = lab.task('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab, spec, location))
  if (info.error) throw new Error(`CloneVM_Task failed: ${JSON.stringify(info.error)}`)
  return (info.result as ManagedObjectReference).value
}

export const read = (lab: VmLab) => lab.sandbox.inventory.read

export const backing = (lab: VmLab, vm: string, key = 2000) =>
  (lab.device(vm, key) as VirtualDisk).backing as VirtualDiskFlatVer2BackingInfo

export const mac = (lab: VmLab, vm: string, key = 4000) =>
  (lab.device(vm, key) as VirtualEthernetCard | undefined)?.macAddress

export const snapshotOf = (lab: VmLab, vm: string, name = 's') =>
  lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name, memory: false, quiesce: false })
    .result as ManagedObjectReference

export const template = (lab: VmLab) => {
  const vm = lab.create({ name: 'golden', deviceChange: usual() })
  lab.call('VirtualMachine', vm, 'MarkAsTemplate')
  return vm
}
