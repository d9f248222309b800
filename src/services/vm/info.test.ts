import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import { add, disk, scsi } from '#vsphere/vm/testing.js'
import { createServiceLab } from '../core/testing.js'

const VM = 'com.vmware.vcenter.VM'
const MEMORY = 'com.vmware.vcenter.vm.hardware.memory'

describe('VM/get', () => {
  it('tells all of a VM as vCenter 7.0 and 8.0 were recorded to (rest-wire 2.3)', async () => {
    const lab = createServiceLab()
    const network = lab.sandbox.inventory.read.find('HostSystem', lab.hosts[0] ?? '')?.network?.[0]?.value
    const vm = lab.create({
      guestId: 'debian12_64Guest',
      deviceChange: [
        add(scsi()),
        add(disk(), 'create'),
        add(
          data('VirtualVmxnet3', {
            key: -20,
            backing: data('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
          }),
        ),
      ],
    })
    const config = lab.config(vm)
    const info = await lab.invoke(VM, 'get', { vm })
    expect(info).toEqual({
      guest_OS: 'DEBIAN_12_64',
      name: 'demo',
      identity: { name: 'demo', bios_uuid: config.uuid, instance_uuid: config.instanceUuid },
      power_state: 'POWERED_OFF',
      instant_clone_frozen: false,
      hardware: { upgrade_policy: 'NEVER', upgrade_status: 'NONE', version: 'VMX_21' },
      boot: { delay: 0, retry_delay: 10_000, enter_setup_mode: false, type: 'BIOS', retry: false },
      boot_devices: [],
      cpu: { hot_remove_enabled: false, count: 2, hot_add_enabled: false, cores_per_socket: 1 },
      memory: { size_MiB: 1024, hot_add_enabled: false },
      disks: {
        '2000': {
          scsi: { bus: 0, unit: 0 },
          backing: { vmdk_file: '[nfs] demo/demo.vmdk', type: 'VMDK_FILE' },
          label: 'Hard disk 1',
          type: 'SCSI',
          capacity: 4 * 2 ** 30,
        },
      },
      nics: {
        '4000': {
          start_connected: true,
          backing: { network_name: 'VM Network', type: 'STANDARD_PORTGROUP', network },
          mac_address: expect.stringMatching(/^00:50:56:/),
          mac_type: 'ASSIGNED',
          allow_guest_control: true,
          wake_on_lan_enabled: true,
          label: 'Network adapter 1',
          state: 'NOT_CONNECTED',
          type: 'VMXNET3',
          upt_compatibility_enabled: true,
          upt_v2_compatibility_enabled: false,
        },
      },
      cdroms: {},
      floppies: {},
      parallel_ports: {},
      serial_ports: {},
      sata_adapters: {},
      scsi_adapters: {
        '1000': { scsi: { bus: 0, unit: 7 }, label: 'SCSI controller 0', type: 'PVSCSI', sharing: 'NONE' },
      },
      nvme_adapters: {},
    })
  })

  it('gives the same frozen object until the VM itself changes', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const first = await lab.invoke(VM, 'get', { vm })
    lab.create({ name: 'other' })
    expect(await lab.invoke(VM, 'get', { vm })).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
    lab.reconfigure(vm, { memoryMB: 2048 })
    expect((await lab.invoke(VM, 'get', { vm })).memory.size_MiB).toBe(2048)
  })

  it('tells of templates in the releases in which they are virtual machines', async () => {
    const template = (version: IdentityVersion) => {
      const lab = createServiceLab({ version, hosts: ['6.7.0', '6.7.0'] })
      const vm = lab.create()
      lab.call('VirtualMachine', vm, 'MarkAsTemplate')
      return { lab, vm }
    }
    const old = template('6.7')
    expect(await old.lab.invoke(MEMORY, 'get', { vm: old.vm })).toMatchObject({ size_MiB: 1024 })
    const { lab, vm } = template('7.0.3')
    const spec = { source: vm, name: 'copy' }
    for (const error of [
      await lab.error(VM, 'get', { vm }),
      await lab.error(MEMORY, 'get', { vm }),
      await lab.error(VM, 'clone', { spec }),
      await lab.error('com.vmware.vcenter.vm.power', 'start', { vm }),
    ])
      expect([error.type, error.messages[0]?.id]).toEqual([
        'NOT_FOUND',
        'com.vmware.api.vcenter.vm.not_found',
      ])
  })

  it.each(['6.5', '6.7', '7.0.3'] as const)('answers what a vCenter %s has a form for', async (version) => {
    const lab = createServiceLab({ version, hosts: ['6.5.0'] })
    const vm = lab.create({ guestId: 'debian8_64Guest' })
    expect(await lab.invoke(VM, 'get', { vm })).toMatchObject({ guest_OS: 'DEBIAN_8_64', name: 'demo' })
  })

  it('does not know a VM that is not there', async () => {
    const error = await createServiceLab().error(VM, 'get', { vm: 'vm-404' })
    expect([error.type, error.messages[0]?.id]).toEqual(['NOT_FOUND', 'com.vmware.api.vcenter.vm.not_found'])
  })
})
