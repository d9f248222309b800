import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { fileAt } from '#vsphere/datastore/files.js'
import { locate } from '#vsphere/datastore/paths.js'
import { networkNames } from '#vsphere/network/networks.js'
import { madeAs, type Site } from './builder.js'
import { dvPortGroupKey } from './networking.js'
import type { SeedVm } from './seed.js'

/** The guest operating system under which every card can be added: the post's way around the gate (deviation 1). */
const ANY_CARD = 'otherGuest64'

const CARDS = { vmxnet3: 'VirtualVmxnet3', e1000: 'VirtualE1000', e1000e: 'VirtualE1000e' } as const

/**
 * A VM of a seed as CreateVM_Task takes it, to be registered on the host. A seed that leaves the guest of an ESXi to us may
 * use any card: the VM is then called `otherGuest64` until its cards are in.
 */
export function specOf(site: Site, seed: SeedVm, host: ManagedObjectReference): VirtualMachineConfigSpec {
  const datastore = seed.datastore ?? site.seed.datastores?.[0]?.name
  if (datastore === undefined) throw site.mistake(`'${seed.name}' has no datastore to be on.`, seed)
  return data('VirtualMachineConfigSpec', {
    name: seed.name,
    guestId: seed.guestId ?? (seed.disks?.[0]?.image ? ANY_CARD : 'otherGuest'),
    version: seed.version,
    firmware: seed.firmware,
    numCPUs: seed.cpus ?? 1,
    numCoresPerSocket: seed.coresPerSocket,
    memoryMB: seed.memoryMB ?? 32,
    nestedHVEnabled: seed.nestedHV,
    files: data('VirtualMachineFileInfo', { vmPathName: `[${datastore}]` }),
    deviceChange: devicesOf(site, seed, datastore, host),
    extraConfig: Object.entries(seed.extraConfig ?? {}).map(([key, value]) =>
      data('OptionValue', { key, value: boxedString(value) }),
    ),
  })
}

/** Handles of new devices inside the spec; what they become is the VM's business. */
const CONTROLLER = -1

function devicesOf(
  site: Site,
  seed: SeedVm,
  datastore: string,
  host: ManagedObjectReference,
): readonly VirtualDeviceConfigSpec[] {
  const add = (device: VirtualDevice, fileOperation?: 'create') =>
    data('VirtualDeviceConfigSpec', { operation: 'add', fileOperation, device })
  const disks = seed.disks ?? []
  return [
    ...(disks.length > 0
      ? [add(data('ParaVirtualSCSIController', { key: CONTROLLER, busNumber: 0, sharedBus: 'noSharing' }))]
      : []),
    ...disks.map((disk, at) =>
      add(
        data('VirtualDisk', {
          key: -100 - at,
          controllerKey: CONTROLLER,
          capacityInKB: Math.round(disk.sizeGB * 2 ** 20),
          backing: data('VirtualDiskFlatVer2BackingInfo', {
            fileName: `[${datastore}]`,
            diskMode: 'persistent',
            thinProvisioned: disk.thin ?? true,
          }),
        }),
        'create',
      ),
    ),
    ...(seed.nics ?? []).map((nic, at) =>
      add(
        data(CARDS[nic.type ?? 'vmxnet3'], {
          key: -200 - at,
          backing: backingOf(site, nic, host),
        }) as VirtualDevice,
      ),
    ),
    ...(seed.cdrom === undefined ? [] : [add(cdrom(site, seed, seed.cdrom))]),
  ]
}

function cdrom(site: Site, seed: SeedVm, fileName: string): VirtualDevice {
  const { datastore, path } = locate(site.ctx.tx, site.datacenter.value, fileName)
  if (!fileAt(site.ctx.tx, datastore, path))
    throw site.mistake(`There is no file '${fileName}' for its CD-ROM drive.`, seed)
  return data('VirtualCdrom', {
    key: -300,
    controllerKey: 200,
    backing: data('VirtualCdromIsoBackingInfo', { fileName }),
    connectable: data('VirtualDeviceConnectInfo', {
      startConnected: true,
      allowGuestControl: true,
      connected: true,
    }),
  })
}

/** A distributed port group of this seed, else a port group of the host by name. */
function backingOf(
  site: Site,
  nic: NonNullable<SeedVm['nics']>[number],
  host: ManagedObjectReference,
): VirtualDevice['backing'] {
  const { network } = nic
  const group = madeAs(site, dvPortGroupKey(network))
  if (!group) {
    if (!networkNames(site.ctx.tx.get('HostSystem', host.value)).includes(network))
      throw site.mistake(`There is no network '${network}' for VMs on this host.`, nic)
    return data('VirtualEthernetCardNetworkBackingInfo', { deviceName: network })
  }
  const { config } = site.ctx.tx.get('DistributedVirtualPortgroup', group.value)
  const dvs = config.distributedVirtualSwitch
  return data('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
    port: data('DistributedVirtualSwitchPortConnection', {
      switchUuid: dvs ? site.ctx.tx.get('DistributedVirtualSwitch', dvs.value).uuid : '',
      portgroupKey: group.value,
    }),
  })
}
