import type { VcenterVMInfo } from '#vapi/generated/types.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { guestOsOf } from './guest-os.js'
import { bootInfo } from './hardware/boot-options.js'
import { bootEntries } from './hardware/boot-order.js'
import { cdroms } from './hardware/cdroms.js'
import { disks } from './hardware/disks.js'
import { floppies } from './hardware/floppies.js'
import { infosOf } from './hardware/kind.js'
import { type Machine, machineOf } from './hardware/machine.js'
import { nics } from './hardware/nics.js'
import { parallelPorts } from './hardware/parallel-ports.js'
import { serialPorts } from './hardware/serial-ports.js'
import { cpuInfo, memoryInfo } from './hardware/sizes.js'
import { nvmeAdapters, sataAdapters, scsiAdapters } from './hardware/storage-adapters.js'
import { hardwareInfo } from './hardware/version.js'
import { POWER_STATES } from './power-states.js'

const infos = new WeakMap<Readonly<ManagedTypes['VirtualMachine']>, VcenterVMInfo>()

/**
 * All of a VM, as VM/get tells it: the same frozen object as long as the VM does not change, whatever else does, so that doors
 * keep its bytes. Throws NOT_FOUND, UNAUTHORIZED, RESOURCE_INACCESSIBLE.
 */
export function vmInfo(call: ServiceCall, id: string): VcenterVMInfo {
  const machine = machineOf(call, id)
  let info = infos.get(machine.vm)
  if (!info) {
    info = Object.freeze(infoOf(machine))
    infos.set(machine.vm, info)
  }
  return info
}

function infoOf({ vm, config, devices }: Machine): VcenterVMInfo {
  return {
    guest_OS: guestOsOf(config.guestId),
    name: vm.name,
    identity: { name: vm.name, bios_uuid: config.uuid, instance_uuid: config.instanceUuid ?? '' },
    power_state: POWER_STATES[vm.runtime.powerState],
    instant_clone_frozen: vm.runtime.instantCloneFrozen ?? false,
    hardware: hardwareInfo(config),
    boot: bootInfo(config),
    boot_devices: bootEntries(config.bootOptions?.bootOrder),
    cpu: cpuInfo(config),
    memory: memoryInfo(config),
    disks: infosOf(disks, devices),
    nics: infosOf(nics, devices),
    cdroms: infosOf(cdroms, devices),
    floppies: infosOf(floppies, devices),
    parallel_ports: infosOf(parallelPorts, devices),
    serial_ports: infosOf(serialPorts, devices),
    sata_adapters: infosOf(sataAdapters, devices),
    scsi_adapters: infosOf(scsiAdapters, devices),
    nvme_adapters: infosOf(nvmeAdapters, devices),
  }
}
