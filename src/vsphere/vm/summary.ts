import { data } from '#vim25/data.js'
import type {
  GuestInfo,
  ManagedObjectReference,
  VAppProductInfo,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSummary,
  VirtualMachineGuestSummary,
  VirtualMachineProperties,
  VirtualMachineQuickStats,
  VirtualMachineStorageInfo,
  VirtualMachineStorageSummary,
  VirtualMachineSummary,
  VmConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { memo } from './share.js'

/** VirtualMachine.summary: a selection of the VM's other properties. */
export function summaryOf(vm: VirtualMachineProperties, self: ManagedObjectReference): VirtualMachineSummary {
  return data('VirtualMachineSummary', {
    vm: self,
    runtime: vm.runtime,
    guest: vm.guest && guestSummary(vm.guest),
    config: vm.config
      ? configSummary(vm.config)
      : data('VirtualMachineConfigSummary', { name: vm.name, template: false, vmPathName: '' }),
    storage: vm.storage && storageSummary(vm.storage),
    quickStats: noStats(vm.guestHeartbeatStatus),
    overallStatus: vm.overallStatus,
    customValue: vm.customValue,
  })
}

const guestSummaries = new WeakMap<GuestInfo, VirtualMachineGuestSummary>()

function guestSummary(guest: GuestInfo): VirtualMachineGuestSummary {
  let summary = guestSummaries.get(guest)
  if (!summary) {
    summary = data('VirtualMachineGuestSummary', {
      guestId: guest.guestId,
      guestFullName: guest.guestFullName,
      toolsStatus: guest.toolsStatus,
      toolsVersionStatus: guest.toolsVersionStatus,
      toolsVersionStatus2: guest.toolsVersionStatus2,
      toolsRunningStatus: guest.toolsRunningStatus,
      hostName: guest.hostName,
      ipAddress: guest.ipAddress,
      hwVersion: guest.hwVersion,
    })
    guestSummaries.set(guest, summary)
  }
  return summary
}

function configSummary(config: VirtualMachineConfigInfo): VirtualMachineConfigSummary {
  let cards = 0
  let disks = 0
  let tpm = false
  for (const device of config.hardware.device ?? []) {
    if (isA(device._typeName, 'VirtualEthernetCard')) cards++
    else if (device._typeName === 'VirtualDisk') disks++
    else if (device._typeName === 'VirtualTPM') tpm = true
  }
  return data('VirtualMachineConfigSummary', {
    name: config.name,
    template: config.template,
    vmPathName: config.files.vmPathName ?? '',
    memorySizeMB: config.hardware.memoryMB,
    cpuReservation: Number(config.cpuAllocation?.reservation ?? 0),
    memoryReservation: Number(config.memoryAllocation?.reservation ?? 0),
    numCpu: config.hardware.numCPU,
    numEthernetCards: cards,
    numVirtualDisks: disks,
    uuid: config.uuid,
    instanceUuid: config.instanceUuid,
    guestId: config.guestId,
    guestFullName: config.guestFullName,
    annotation: config.annotation,
    product: mainProduct(config.vAppConfig),
    installBootRequired: config.vAppConfig?.installBootRequired ?? false,
    ftInfo: config.ftInfo,
    managedBy: config.managedBy,
    tpmPresent: tpm,
    numVmiopBackings: 0,
    hwVersion: config.version,
  })
}

/** The product that the VM itself is: the one without a class, else the first. */
function mainProduct(vApp: VmConfigInfo | undefined): VAppProductInfo | undefined {
  return vApp?.product?.find(({ classId }) => !classId) ?? vApp?.product?.[0]
}

function storageSummary(storage: VirtualMachineStorageInfo): VirtualMachineStorageSummary {
  const sum = (member: 'committed' | 'uncommitted' | 'unshared') =>
    (storage.perDatastoreUsage ?? []).reduce((total, usage) => total + Number(usage[member]), 0)
  return data('VirtualMachineStorageSummary', {
    committed: sum('committed'),
    uncommitted: sum('uncommitted'),
    unshared: sum('unshared'),
    timestamp: storage.timestamp,
  })
}

const PENDING = memo<VirtualMachineQuickStats>()

/** Statistics come with the reading (project.ts); only the heartbeat is state. */
function noStats(guestHeartbeatStatus: VirtualMachineQuickStats['guestHeartbeatStatus']) {
  return PENDING(guestHeartbeatStatus, () => data('VirtualMachineQuickStats', { guestHeartbeatStatus }))
}
