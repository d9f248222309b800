import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../../core/testing.js'

const HARDWARE = 'com.vmware.vcenter.vm.hardware'

function lab(guestId = 'debian12_64Guest', version = 'vmx-21') {
  const world = createServiceLab()
  const vm = world.create({ guestId, version })
  return Object.assign(world, {
    vm,
    start: () => world.invoke('com.vmware.vcenter.vm.power', 'start', { vm }),
    refused: async (operation: string, spec: object = {}) =>
      (
        await world.error(
          `${HARDWARE}.${operation.split('/')[0]}`.replace(/\.$/, ''),
          operation.split('/')[1] ?? '',
          { vm, ...spec },
        )
      ).type,
  })
}

describe('hardware version', () => {
  it('plans an upgrade and takes it back', async () => {
    const { vm, invoke, config } = lab('debian12_64Guest', 'vmx-19')
    expect(await invoke(HARDWARE, 'get', { vm })).toEqual({
      upgrade_policy: 'NEVER',
      upgrade_status: 'NONE',
      version: 'VMX_19',
    })
    await invoke(HARDWARE, 'update', { vm, spec: { upgrade_policy: 'AFTER_CLEAN_SHUTDOWN' } })
    expect(await invoke(HARDWARE, 'get', { vm })).toEqual({
      upgrade_policy: 'AFTER_CLEAN_SHUTDOWN',
      upgrade_version: 'VMX_21',
      upgrade_status: 'PENDING',
      version: 'VMX_19',
    })
    expect(config(vm).scheduledHardwareUpgradeInfo).toMatchObject({ upgradePolicy: 'onSoftPowerOff' })
    await invoke(HARDWARE, 'update', { vm, spec: { upgrade_policy: 'ALWAYS', upgrade_version: 'VMX_20' } })
    expect((await invoke(HARDWARE, 'get', { vm })).upgrade_version).toBe('VMX_20')
    await invoke(HARDWARE, 'update', { vm, spec: { upgrade_policy: 'NEVER' } })
    expect((await invoke(HARDWARE, 'get', { vm })).upgrade_status).toBe('NONE')
  })

  it('upgrades a VM that is off, to a newer version that its host runs', async () => {
    const { vm, invoke, refused, config, start } = lab('debian12_64Guest', 'vmx-19')
    expect(await refused('/upgrade', { version: 'VMX_19' })).toBe('ALREADY_IN_DESIRED_STATE')
    expect(await refused('/upgrade', { version: 'VMX_15' })).toBe('INVALID_ARGUMENT')
    expect(await refused('/upgrade', { version: 'VMX_12' })).toBe('UNSUPPORTED')
    expect(await refused('/update', { spec: { upgrade_version: 'VMX_20' } })).toBe('INVALID_ARGUMENT')
    await invoke(HARDWARE, 'upgrade', { vm, version: 'VMX_20' })
    expect(config(vm).version).toBe('vmx-20')
    await start()
    expect(await refused('/upgrade')).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await invoke('com.vmware.vcenter.vm.power', 'stop', { vm })
    await invoke(HARDWARE, 'upgrade', { vm })
    expect(await refused('/upgrade')).toBe('ALREADY_IN_DESIRED_STATE')
  })
})

describe('CPUs and memory', () => {
  it('changes what is set and leaves the rest', async () => {
    const { vm, invoke } = lab()
    await invoke(`${HARDWARE}.cpu`, 'update', {
      vm,
      spec: { count: 4, cores_per_socket: 2, hot_add_enabled: true },
    })
    expect(await invoke(`${HARDWARE}.cpu`, 'get', { vm })).toEqual({
      hot_remove_enabled: false,
      count: 4,
      hot_add_enabled: true,
      cores_per_socket: 2,
    })
    await invoke(`${HARDWARE}.memory`, 'update', { vm, spec: { size_MiB: 2048, hot_add_enabled: true } })
    expect(await invoke(`${HARDWARE}.memory`, 'get', { vm })).toEqual({
      size_MiB: 2048,
      hot_add_enabled: true,
    })
  })

  it('tells how far memory grows only while it can, and refuses what a running VM does not allow', async () => {
    const { vm, invoke, refused, start } = lab()
    await invoke(`${HARDWARE}.memory`, 'update', { vm, spec: { hot_add_enabled: true } })
    await start()
    expect(await invoke(`${HARDWARE}.memory`, 'get', { vm })).toEqual({
      size_MiB: 1024,
      hot_add_enabled: true,
      hot_add_increment_size_MiB: 128,
      hot_add_limit_MiB: 16_384,
    })
    await invoke(`${HARDWARE}.memory`, 'update', { vm, spec: { size_MiB: 2048 } })
    expect(await refused('memory/update', { spec: { size_MiB: 1024 } })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect(await refused('cpu/update', { spec: { count: 4 } })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect(await refused('cpu/update', { spec: { hot_add_enabled: true } })).toBe(
      'NOT_ALLOWED_IN_CURRENT_STATE',
    )
  })

  it('refuses sizes that there are not', async () => {
    const { vm, refused, objects } = lab()
    const before = objects().get(vm)
    expect(await refused('cpu/update', { spec: { count: 0 } })).toBe('INVALID_ARGUMENT')
    expect(await refused('cpu/update', { spec: { count: 3, cores_per_socket: 2 } })).toBe('INVALID_ARGUMENT')
    expect(await refused('memory/update', { spec: { size_MiB: 3 } })).toBe('INVALID_ARGUMENT')
    expect(objects().get(vm)).toEqual(before)
  })
})

describe('boot', () => {
  it('changes the firmware and its options', async () => {
    const { vm, invoke, refused, config } = lab()
    expect(await invoke(`${HARDWARE}.boot`, 'get', { vm })).toEqual({
      delay: 0,
      retry_delay: 10_000,
      enter_setup_mode: false,
      type: 'BIOS',
      retry: false,
    })
    const spec = {
      type: 'EFI',
      efi_legacy_boot: true,
      network_protocol: 'IPV6',
      delay: 500,
      retry: true,
    } as const
    await invoke(`${HARDWARE}.boot`, 'update', { vm, spec })
    expect(await invoke(`${HARDWARE}.boot`, 'get', { vm })).toEqual({
      ...spec,
      retry_delay: 10_000,
      enter_setup_mode: false,
    })
    expect(config(vm).firmware).toBe('efi')
    expect(await refused('boot/update', { spec: { delay: -1 } })).toBe('INVALID_ARGUMENT')
    expect(await refused('boot/update', { spec: { type: 'BIOS', efi_legacy_boot: true } })).toBe(
      'INVALID_ARGUMENT',
    )
  })

  it('sets the order of devices that the VM has, each once', async () => {
    const { vm, invoke, refused } = lab()
    await invoke(`${HARDWARE}.adapter.scsi`, 'create', { vm, spec: {} })
    for (const _ of [0, 1]) await invoke(`${HARDWARE}.disk`, 'create', { vm, spec: { new_vmdk: {} } })
    await invoke(`${HARDWARE}.ethernet`, 'create', { vm, spec: {} })
    const devices = [
      { type: 'ETHERNET', nic: '4000' },
      { type: 'DISK', disks: ['2001', '2000'] },
      { type: 'CDROM' },
    ] as const
    await invoke(`${HARDWARE}.boot.device`, 'set', { vm, devices })
    expect(await invoke(`${HARDWARE}.boot.device`, 'get', { vm })).toEqual(devices)
    const set = (...entries: object[]) => refused('boot.device/set', { devices: entries })
    expect(await set({ type: 'DISK', disks: ['4000'] })).toBe('NOT_FOUND')
    expect(await set({ type: 'CDROM' }, { type: 'CDROM' })).toBe('INVALID_ARGUMENT')
    expect(await set({ type: 'DISK', disks: ['2000', '2000'] })).toBe('INVALID_ARGUMENT')
    expect(await set({ type: 'ETHERNET' })).toBe('INVALID_ARGUMENT')
    await invoke(`${HARDWARE}.boot.device`, 'set', { vm, devices: [] })
    expect(await invoke(`${HARDWARE}.boot.device`, 'get', { vm })).toEqual([])
  })
})
