import { expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

it('boots a new VM as its spec says, the old way of EFI included', async () => {
  const lab = createServiceLab()
  const spec = {
    guest_OS: 'OTHER_64',
    placement: { folder: lab.vmFolder, cluster: lab.cluster, datastore: lab.datastore },
    boot: { type: 'EFI', efi_legacy_boot: true, delay: 50 },
    boot_devices: [{ type: 'CDROM' }],
    cdroms: [{}],
  } as const
  const vm = await lab.invoke('com.vmware.vcenter.VM', 'create', { spec })
  expect(await lab.invoke('com.vmware.vcenter.vm.hardware.boot', 'get', { vm })).toMatchObject({
    type: 'EFI',
    efi_legacy_boot: true,
    delay: 50,
  })
  expect(await lab.invoke('com.vmware.vcenter.vm.hardware.boot.device', 'get', { vm })).toEqual([
    { type: 'CDROM' },
  ])
  const wrong = { ...spec, boot: { delay: -1 } }
  expect((await lab.error('com.vmware.vcenter.VM', 'create', { spec: wrong })).type).toBe('INVALID_ARGUMENT')
})
