import { describe, expect, it } from 'vitest'
import { askingServer } from './server.js'

const { ask } = askingServer()

const VM = '/api/vcenter/vm/vm-24'

const DISK =
  '{"scsi":{"bus":0,"unit":0},"backing":{"vmdk_file":"[nfs-shared] smp-ft-demo/smp-ft-demo.vmdk","type":"VMDK_FILE"},"label":"Hard disk 1","type":"SCSI","capacity":4294967296}'
const SCSI =
  '{"scsi":{"bus":0,"unit":7},"pci_slot_number":160,"label":"SCSI controller 0","type":"PVSCSI","sharing":"NONE"}'
const CPU = '{"hot_remove_enabled":false,"count":4,"hot_add_enabled":false,"cores_per_socket":1}'
const MEMORY = '{"size_MiB":1024,"hot_add_enabled":false}'
const BOOT = '{"delay":0,"retry_delay":10000,"enter_setup_mode":false,"type":"BIOS","retry":false}'
const VERSION = '{"upgrade_policy":"NEVER","upgrade_status":"NONE","version":"VMX_21"}'

describe('a VM on /api, field by field as recorded (rest-wire 2.3)', () => {
  it.each([
    ['/hardware', VERSION],
    ['/hardware/cpu', CPU],
    ['/hardware/memory', MEMORY],
    ['/hardware/boot', BOOT],
    ['/hardware/boot/device', '[]'],
    ['/hardware/disk', '[{"disk":"2000"}]'],
    ['/hardware/disk/2000', DISK],
    ['/hardware/ethernet', '[{"nic":"4000"}]'],
    ['/hardware/cdrom', '[]'],
    ['/hardware/adapter/scsi', '[{"adapter":"1000"}]'],
    ['/hardware/adapter/scsi/1000', SCSI],
  ])('GET %s', async (path, text) => {
    expect(await ask('get', `${VM}${path}`)).toEqual([200, text])
  })

  it('is all of that in one', async () => {
    const [status, text] = await ask('get', VM)
    const [, nic] = await ask('get', `${VM}/hardware/ethernet/4000`)
    expect(nic).toMatch(
      /"pci_slot_number":192,"backing":\{"network_name":"VM Network","type":"STANDARD_PORTGROUP","network":"network-10"\},"mac_address":"[0-9a-f:]{17}","mac_type":"ASSIGNED","allow_guest_control":true,"wake_on_lan_enabled":true,"label":"Network adapter 1","state":"CONNECTED","type":"VMXNET3","upt_compatibility_enabled":true\}$/,
    )
    const { identity } = JSON.parse(text)
    expect([status, text]).toEqual([
      200,
      `{"instant_clone_frozen":false,"cdroms":{},"memory":${MEMORY},"disks":{"2000":${DISK}},"parallel_ports":{},` +
        `"sata_adapters":{},"cpu":${CPU},"scsi_adapters":{"1000":${SCSI}},"power_state":"POWERED_ON","floppies":{},` +
        `"identity":{"name":"smp-ft-demo","instance_uuid":"${identity.instance_uuid}","bios_uuid":"${identity.bios_uuid}"},` +
        `"nvme_adapters":{},"name":"smp-ft-demo","nics":{"4000":${nic}},"boot":${BOOT},"serial_ports":{},` +
        `"boot_devices":[],"guest_OS":"OTHER_LINUX_64","hardware":${VERSION}}`,
    ])
  })

  it('has its devices as pairs on /rest', async () => {
    const [status, text] = await ask('get', '/rest/vcenter/vm/vm-24')
    expect([status, JSON.parse(text).value.disks]).toEqual([200, [{ key: '2000', value: JSON.parse(DISK) }]])
  })
})

describe('devices over HTTP', () => {
  it('come with 201 and a bare id, change and go with 204', async () => {
    expect(await ask('post', `${VM}/hardware/ethernet`, { start_connected: true })).toEqual([201, '"4001"'])
    const nic = `${VM}/hardware/ethernet/4001`
    expect(await ask('patch', nic, { wake_on_lan_enabled: true })).toEqual([204, ''])
    expect(await ask('post', `${nic}?action=disconnect`)).toEqual([204, ''])
    expect(JSON.parse((await ask('get', nic))[1])).toMatchObject({
      wake_on_lan_enabled: true,
      state: 'NOT_CONNECTED',
    })
    expect(await ask('delete', nic)).toEqual([204, ''])
    const [status, text] = await ask('get', nic)
    expect([status, JSON.parse(text).messages[0].id]).toEqual([
      404,
      'com.vmware.api.vcenter.vm.device.not_found',
    ])
  })

  it('set the boot order with PUT', async () => {
    const entries = [{ type: 'DISK', disks: ['2000'] }, { type: 'CDROM' }]
    expect(await ask('put', `${VM}/hardware/boot/device`, { devices: entries })).toEqual([204, ''])
    expect(JSON.parse((await ask('get', `${VM}/hardware/boot/device`))[1])).toEqual(entries)
    expect(await ask('put', `${VM}/hardware/boot/device`, { devices: [] })).toEqual([204, ''])
  })

  it('say what a running VM does not allow', async () => {
    const [status, text] = await ask('post', `${VM}/hardware/cdrom`, { type: 'IDE' })
    expect([status, JSON.parse(text).error_type]).toEqual([400, 'NOT_ALLOWED_IN_CURRENT_STATE'])
  })
})
