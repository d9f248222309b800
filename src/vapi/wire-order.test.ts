import { describe, expect, it } from 'vitest'
import { wireOrder } from './wire-order.js'

/** Names in the order of definition; the recorded order of the wire (rest-wire 1.4, 1.5 and 2.3). */
const RECORDED: Readonly<Record<string, readonly [string, string]>> = {
  'VM summary': [
    'vm name power_state cpu_count memory_size_MiB',
    'memory_size_MiB vm name power_state cpu_count',
  ],
  'cluster summary': ['cluster name ha_enabled drs_enabled', 'drs_enabled cluster name ha_enabled'],
  'VM info': [
    'name identity power_state instant_clone_frozen hardware boot boot_devices cpu memory disks nics cdroms floppies parallel_ports serial_ports sata_adapters scsi_adapters nvme_adapters guest_OS',
    'instant_clone_frozen cdroms memory disks parallel_ports sata_adapters cpu scsi_adapters power_state floppies identity nvme_adapters name nics boot serial_ports boot_devices guest_OS hardware',
  ],
  error: ['messages error_type', 'error_type messages'],
  message: ['id default_message args localized', 'args default_message localized id'],
  boot: ['type delay retry retry_delay enter_setup_mode', 'delay retry_delay enter_setup_mode type retry'],
  hardware: ['version upgrade_policy upgrade_status', 'upgrade_policy upgrade_status version'],
  disk: ['label type scsi backing capacity', 'scsi backing label type capacity'],
  'distributed backing': [
    'type network distributed_switch_uuid distributed_port connection_cookie',
    'connection_cookie distributed_switch_uuid distributed_port type network',
  ],
  'network card': [
    'label type upt_compatibility_enabled mac_type mac_address pci_slot_number wake_on_lan_enabled backing state start_connected allow_guest_control',
    'start_connected pci_slot_number backing mac_address mac_type allow_guest_control wake_on_lan_enabled label state type upt_compatibility_enabled',
  ],
  datacenter: [
    'name datastore_folder host_folder network_folder vm_folder',
    'datastore_folder host_folder network_folder name vm_folder',
  ],
  datastore: [
    'name type accessible free_space multiple_host_access thin_provisioning_supported',
    'accessible multiple_host_access name type free_space thin_provisioning_supported',
  ],
  'guest identity': [
    'name full_name host_name family ip_address',
    'full_name name ip_address family host_name',
  ],
}

describe('the order of fields on the wire', () => {
  it.each(Object.entries(RECORDED))('is the recorded one for %s', (_what, [defined, recorded]) => {
    expect(wireOrder(defined.split(' ')).join(' ')).toBe(recorded)
  })
})
