import { describe, expect, it } from 'vitest'
import type { VcenterGuestCustomizationSpec } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { CustomizationSpecItem, GuestInfo } from '#vim25/generated/types.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { usual } from '#vsphere/vm/testing.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'
import { fromVim } from './from-vim.js'
import { netmaskOf, prefixOf } from './tables.js'
import { toVim } from './to-vim.js'

const SPECS = 'com.vmware.vcenter.guest.customization_specs'
const GUEST = 'com.vmware.vcenter.vm.guest.customization'
const MANAGER = 'CustomizationSpecManager'

function labOf(): ServiceLab {
  const lab = createServiceLab()
  lab.act(createServiceObjects)
  return lab
}

const linux: VcenterGuestCustomizationSpec = {
  configuration_spec: {
    linux_config: {
      hostname: { type: 'FIXED', fixed_name: 'web-1' },
      domain: 'lab.local',
      time_zone: 'Europe/Berlin',
    },
  },
  global_DNS_settings: { dns_suffix_list: ['lab.local'], dns_servers: ['192.168.10.1'] },
  interfaces: [
    {
      mac_address: '00:50:56:aa:bb:cc',
      adapter: {
        ipv4: { type: 'STATIC', ip_address: '192.168.10.77', prefix: 24, gateways: ['192.168.10.1'] },
        ipv6: { type: 'STATIC', ipv6: [{ ip_address: 'fd00::7', prefix: 64 }], gateways: ['fd00::1'] },
      },
    },
  ],
}

const windows: VcenterGuestCustomizationSpec = {
  configuration_spec: {
    windows_config: {
      reboot: 'SHUTDOWN',
      sysprep: {
        gui_run_once_commands: ['ipconfig'],
        user_data: {
          computer_name: { type: 'PREFIX', prefix: 'pc' },
          full_name: 'Lab',
          organization: 'Lab & Co',
          product_key: '',
        },
        domain: { type: 'DOMAIN', domain: 'lab.local', domain_username: 'admin', domain_password: 'Secret!' },
        gui_unattended: { auto_logon: true, auto_logon_count: 1, password: 'Secret!', time_zone: 110 },
      },
    },
  },
  global_DNS_settings: {},
  interfaces: [
    {
      adapter: {
        ipv4: { type: 'DHCP' },
        ipv6: { type: 'DHCP' },
        windows: {
          dns_domain: 'lab.local',
          wins_servers: ['10.0.0.1', '10.0.0.2'],
          net_BIOS_mode: 'USE_DHCP',
        },
      },
    },
  ],
}

const others: readonly VcenterGuestCustomizationSpec[] = [
  {
    configuration_spec: {
      cloud_config: { type: 'CLOUDINIT', cloudinit: { metadata: '{}', userdata: '#cloud-config' } },
    },
    global_DNS_settings: {},
    interfaces: [],
  },
  {
    configuration_spec: { windows_config: { reboot: 'REBOOT', sysprep_xml: '<unattend/>' } },
    global_DNS_settings: {},
    interfaces: [
      { adapter: { ipv4: { type: 'USER_INPUT_REQUIRED' }, ipv6: { type: 'USER_INPUT_REQUIRED' } } },
    ],
  },
  {
    configuration_spec: { linux_config: { hostname: { type: 'USER_INPUT_REQUIRED' }, domain: 'a' } },
    global_DNS_settings: {},
    interfaces: [],
  },
]

const create = (lab: ServiceLab, name: string, spec = linux) =>
  lab.invoke(SPECS, 'create', { spec: { name, description: 'Web servers', spec } })
const get = (lab: ServiceLab, name: string) => lab.invoke(SPECS, 'get', { name })

describe('customization specifications with a name', () => {
  it.each([linux, windows, ...others])('come back as they were said', (spec) => {
    expect(fromVim(toVim(spec))).toEqual(spec)
  })

  it('are one thing here and in vim25', async () => {
    const lab = labOf()
    expect(await create(lab, 'web')).toBe('web')
    const { last_modified, spec } = await get(lab, 'web')
    expect(spec).toEqual({
      fingerprint: expect.any(String),
      spec: linux,
      description: 'Web servers',
      name: 'web',
    })
    const item = lab.call(MANAGER, MANAGER, 'GetCustomizationSpec', { name: 'web' }) as CustomizationSpecItem
    expect(item.info).toMatchObject({
      type: 'Linux',
      lastUpdateTime: last_modified,
      changeVersion: spec.fingerprint,
    })
    expect(item.spec.nicSettingMap?.[0]?.adapter).toMatchObject({
      ip: { _typeName: 'CustomizationFixedIp', ipAddress: '192.168.10.77' },
      subnetMask: '255.255.255.0',
    })
    expect(
      (await lab.error(SPECS, 'create', { spec: { name: 'web', description: '', spec: linux } })).messages,
    ).toEqual([
      {
        args: ['web'],
        default_message: "Guest customization specification 'web' exists already.",
        id: 'com.vmware.api.vcenter.guest.customization_spec.already_exists',
      },
      expect.objectContaining({ id: 'vmsg.AlreadyExists.summary' }),
    ])
    await lab.invoke(SPECS, 'delete', { name: 'web' })
    for (const operation of ['get', 'delete', 'export'])
      expect(
        (await lab.error(SPECS, operation, { name: 'web', ...(operation === 'export' && { format: 'XML' }) }))
          .type,
      ).toBe('NOT_FOUND')
  })

  it('are listed with every filter', async () => {
    const lab = labOf()
    await create(lab, 'web')
    await create(lab, 'desktop', windows)
    const list = async (filter?: object) =>
      (await lab.invoke(SPECS, 'list', filter ? { filter } : {})).map(({ name }) => name)
    expect(await list()).toEqual(['desktop', 'web'])
    expect(await list({ OS_type: 'WINDOWS' })).toEqual(['desktop'])
    expect(await list({ names: ['web', 'other'] })).toEqual(['web'])
    expect((await lab.invoke(SPECS, 'list', {}))[1]).toEqual({
      name: 'web',
      description: 'Web servers',
      OS_type: 'LINUX',
      last_modified: expect.any(String),
    })
  })

  it('are set by whoever has the last fingerprint, passwords as they were, to another name, too', async () => {
    const lab = labOf()
    await create(lab, 'desktop', windows)
    const { spec } = await get(lab, 'desktop')
    expect(JSON.stringify(spec)).not.toContain('Secret!')
    await lab.invoke(SPECS, 'set', { name: 'desktop', spec: { ...spec, description: 'New' } })
    const after = (await get(lab, 'desktop')).spec
    expect({ ...after, fingerprint: '' }).toEqual({ ...spec, description: 'New', fingerprint: '' })
    expect((await lab.error(SPECS, 'set', { name: 'desktop', spec })).messages[0]?.id).toBe(
      'com.vmware.api.vcenter.guest.customization_spec.fingerprint_mismatch',
    )
    await lab.invoke(SPECS, 'set', { name: 'desktop', spec: { ...after, name: 'pc' } })
    expect((await get(lab, 'pc')).spec.name).toBe('pc')
    expect((await lab.error(SPECS, 'set', { name: 'desktop', spec: after })).type).toBe('NOT_FOUND')
  })

  it.each(['JSON', 'XML'] as const)('go out and come in as %s, without passwords', async (format) => {
    const lab = labOf()
    await create(lab, 'desktop', windows)
    const text = await lab.invoke(SPECS, 'export', { name: 'desktop', format })
    expect(text).not.toContain(
      (await get(lab, 'desktop')).spec.spec.configuration_spec.windows_config?.sysprep?.gui_unattended
        .password,
    )
    const back = await lab.invoke(SPECS, 'import_specification', { customization_spec: text })
    expect(back).toMatchObject({
      name: 'desktop',
      description: 'Web servers',
      spec: { interfaces: windows.interfaces },
    })
    expect(back.spec.configuration_spec.windows_config?.sysprep?.user_data).toEqual(
      windows.configuration_spec.windows_config?.sysprep?.user_data,
    )
    expect(await lab.invoke(SPECS, 'create', { spec: { ...back, name: 'again' } })).toBe('again')
  })

  it.each(['', 'nothing', '{', '{"name": 1}', '<ConfigRoot/>'])('are refused as text: %s', async (text) => {
    const error = await labOf().error(SPECS, 'import_specification', { customization_spec: text })
    expect(error.type).toBe('INVALID_ARGUMENT')
  })

  it.each([
    ['no guest', { ...linux, configuration_spec: {} }],
    [
      'two guests',
      { ...linux, configuration_spec: { ...linux.configuration_spec, ...windows.configuration_spec } },
    ],
    ['no sysprep', { ...windows, configuration_spec: { windows_config: {} } }],
    [
      'a prefix',
      {
        ...linux,
        interfaces: [{ adapter: { ipv4: { type: 'STATIC', ip_address: '1.2.3.4', prefix: 33 } } }],
      },
    ],
  ])('must make sense: %s', async (_, spec) => {
    const lab = labOf()
    const error = await lab.error(SPECS, 'create', { spec: { name: 'a', description: '', spec } })
    expect(error.type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(SPECS, 'list', {})).toEqual([])
  })

  it('tells prefixes and netmasks', () => {
    expect([0, 8, 22, 24, 32].map((prefix) => prefixOf(netmaskOf(prefix)))).toEqual([0, 8, 22, 24, 32])
    expect(netmaskOf(22)).toBe('255.255.252.0')
  })
})

describe('the customization of a guest', () => {
  const vmOf = (lab: ServiceLab) =>
    lab.create({
      guestId: 'otherLinux64Guest',
      deviceChange: usual(),
      tools: data('ToolsConfigInfo', { toolsVersion: 12_000 }),
    })
  const adapter = { adapter: { ipv4: { type: 'STATIC', ip_address: '192.168.10.77', prefix: 24 } } } as const
  const spec = { ...linux, interfaces: [adapter] }
  const status = async (lab: ServiceLab, vm: string) => (await lab.invoke(GUEST, 'get', { vm })).status

  it('is asked for by name, done at the power-on, and told', async () => {
    const lab = labOf()
    const vm = vmOf(lab)
    expect(await status(lab, vm)).toBe('IDLE')
    await create(lab, 'web', spec)
    await lab.invoke(GUEST, 'set', { vm, spec: { name: 'web' } })
    expect(await status(lab, vm)).toBe('PENDING')
    expect((await lab.error(GUEST, 'set', { vm, spec: { spec } })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
    expect(lab.get<GuestInfo>('VirtualMachine', vm, 'guest').hostName).toBe('web-1.lab.local')
    expect(await lab.invoke(GUEST, 'get', { vm })).toEqual({
      status: 'SUCCEEDED',
      start_time: expect.any(String),
      end_time: expect.any(String),
    })
  })

  it('is refused where it cannot be', async () => {
    const lab = labOf()
    const vm = vmOf(lab)
    const refused = async (input: object) => (await lab.error(GUEST, 'set', { vm, spec: input })).type
    expect(await refused({})).toBe('INVALID_ARGUMENT')
    expect(await refused({ name: 'none' })).toBe('NOT_FOUND')
    expect(await refused({ name: 'web', spec })).toBe('INVALID_ARGUMENT')
    expect(await refused({ spec: { ...spec, interfaces: [] } })).toBe('INVALID_ARGUMENT')
    expect((await lab.error(GUEST, 'set', { vm: 'vm-404', spec: { spec } })).type).toBe('NOT_FOUND')
    expect((await lab.error(GUEST, 'get', { vm: 'vm-404' })).type).toBe('NOT_FOUND')
    expect(await status(lab, vm)).toBe('IDLE')
  })
})
