import { describe, expect, it } from 'vitest'
import { unboxed } from '#vim25/any.js'
import { createApplianceLab } from './testing.js'

const NET = 'com.vmware.appliance.networking'

describe('the network of the appliance', () => {
  it('tells one story through all its services, and through vim25', async () => {
    const lab = createApplianceLab()
    const all = await lab.invoke(NET, 'get', {})
    const nic = await lab.invoke(`${NET}.interfaces`, 'get', { interface_name: 'nic0' })
    expect(all.interfaces).toEqual({ nic0: nic })
    expect(await lab.invoke(`${NET}.interfaces`, 'list', {})).toEqual([nic])
    expect(await lab.invoke(`${NET}.interfaces.ipv4`, 'get', { interface_name: 'nic0' })).toEqual(nic.ipv4)
    expect(nic).toMatchObject({
      status: 'up',
      ipv4: { mode: 'STATIC', address: '192.168.10.10', prefix: 24, default_gateway: '192.168.10.1' },
    })
    expect(nic.mac).toMatch(/^00:50:56:bf:[0-9a-f]{2}:[0-9a-f]{2}$/)
    expect(all.dns.servers).toEqual((await lab.invoke(`${NET}.dns.servers`, 'get', {})).servers)
    expect(all.dns.hostname).toBe('vcenter.lab.local')

    await lab.invoke(`${NET}.dns.hostname`, 'set', { name: 'vc2.lab.local' })
    expect(await lab.invoke(`${NET}.dns.hostname`, 'get', {})).toBe('vc2.lab.local')
    const { setting } = lab.sandbox.inventory.read.get('OptionManager', 'VpxSettings')
    const fqdn = setting?.find(({ key }) => key === 'VirtualCenter.FQDN')
    expect(unboxed(fqdn?.value)).toBe('vc2.lab.local')
  })

  it('keeps an IPv4 configuration, and refuses what is none', async () => {
    const lab = createApplianceLab()
    const IPV4 = `${NET}.interfaces.ipv4` as const
    const set = { mode: 'STATIC' as const, address: '10.1.2.3', prefix: 16, default_gateway: '10.1.0.1' }
    await lab.invoke(IPV4, 'set', { interface_name: 'nic0', config: set })
    expect(await lab.invoke(IPV4, 'get', { interface_name: 'nic0' })).toEqual({ configurable: true, ...set })
    await lab.invoke(IPV4, 'set', { interface_name: 'nic0', config: { mode: 'DHCP' } })
    expect(await lab.invoke(IPV4, 'get', { interface_name: 'nic0' })).toMatchObject({
      mode: 'DHCP',
      address: '10.1.2.3',
    })
    const wrong = { interface_name: 'nic0', config: { mode: 'STATIC', address: '10.1.2.300', prefix: 16 } }
    expect((await lab.error(IPV4, 'set', wrong)).messages[0]?.default_message).toContain('address')
    const none = { interface_name: 'nic0', config: { mode: 'UNCONFIGURED' } }
    expect((await lab.error(IPV4, 'set', none)).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    const missing = await lab.error(IPV4, 'get', { interface_name: 'nic7' })
    expect(missing.type).toBe('NOT_FOUND')
    expect(missing.messages[0]?.args).toEqual(['nic7'])
    expect(await lab.invoke(IPV4, 'get', { interface_name: 'nic0' })).toMatchObject({ mode: 'DHCP' })
  })

  it('changes name and network in one task', async () => {
    const lab = createApplianceLab()
    const spec = {
      hostname: 'vc3.lab.local',
      SSO_user: 'administrator@vsphere.local',
      SSO_password: 'VMware1!hidden',
      dns: { mode: 'is_static' as const, servers: ['10.0.0.53'] },
    }
    expect((await lab.error(NET, 'change$task', { spec: { ...spec, SSO_password: '' } })).type).toBe(
      'UNAUTHENTICATED',
    )
    expect((await lab.error(NET, 'change$task', { spec: { ...spec, hostname: '?' } })).type).toBe(
      'INVALID_ARGUMENT',
    )
    expect((await lab.invoke(NET, 'get', {})).dns.hostname).toBe('vcenter.lab.local')
    const task = await lab.invoke(NET, 'change$task', { spec })
    expect(JSON.stringify([...lab.sandbox.inventory.root.entities.values()])).not.toContain('hidden')
    lab.sandbox.clock.advance(3_600_000)
    expect(await lab.invoke('com.vmware.cis.tasks', 'get', { task, spec: {} })).toMatchObject({
      status: 'SUCCEEDED',
      service: NET,
      operation: 'change$task',
    })
    expect((await lab.invoke(NET, 'get', {})).dns).toEqual({
      mode: 'STATIC',
      hostname: 'vc3.lab.local',
      servers: ['10.0.0.53'],
    })
  })

  it('turns IPv6 on and off', async () => {
    const lab = createApplianceLab()
    const IPV6 = `${NET}.interfaces.ipv6` as const
    const nic = () => lab.invoke(`${NET}.interfaces`, 'get', { interface_name: 'nic0' })
    expect((await nic()).ipv6).toBeUndefined()
    await lab.invoke(NET, 'update', { spec: { ipv6_enabled: true } })
    expect((await nic()).ipv6?.addresses).toMatchObject([{ origin: 'LINKLAYER', prefix: 64 }])
    const config = {
      dhcp: false,
      autoconf: true,
      addresses: [{ address: '2001:db8::5', prefix: 64 }],
      default_gateway: '2001:db8::1',
    }
    await lab.invoke(IPV6, 'set', { interface_name: 'nic0', config })
    expect(await lab.invoke(IPV6, 'get', { interface_name: 'nic0' })).toMatchObject({
      autoconf: true,
      addresses: [{ address: '2001:db8::5', origin: 'MANUAL' }, { origin: 'LINKLAYER' }],
    })
    await lab.invoke(`${NET}.interfaces.ipv4`, 'set', {
      interface_name: 'nic0',
      config: { mode: 'UNCONFIGURED' },
    })
    expect((await nic()).ipv4).toEqual({ configurable: true, mode: 'UNCONFIGURED' })
    const bad = { ...config, addresses: [{ address: '10.0.0.1', prefix: 64 }] }
    const error = await lab.error(IPV6, 'set', { interface_name: 'nic0', config: bad })
    expect(error.messages[0]?.default_message).toContain('addresses[0].address')
  })

  it('keeps DNS servers and search domains', async () => {
    const lab = createApplianceLab()
    const SERVERS = `${NET}.dns.servers` as const
    const DOMAINS = `${NET}.dns.domains` as const
    await lab.invoke(SERVERS, 'set', { config: { mode: 'is_static', servers: ['10.0.0.53'] } })
    await lab.invoke(SERVERS, 'add', { server: '2001:db8::53' })
    expect(await lab.invoke(SERVERS, 'get', {})).toEqual({
      mode: 'is_static',
      servers: ['10.0.0.53', '2001:db8::53'],
    })
    await lab.invoke(SERVERS, 'set', { config: { mode: 'dhcp', servers: [] } })
    expect(await lab.invoke(SERVERS, 'get', {})).toEqual({ mode: 'dhcp', servers: ['192.168.10.1'] })
    expect((await lab.error(SERVERS, 'add', { server: 'ns1.lab.local' })).type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(SERVERS, 'test', { servers: ['var'] })).toEqual({
      status: 'red',
      messages: [{ message: "Failed to reach 'var'.", result: 'failure' }],
    })
    await lab.invoke(DOMAINS, 'set', { domains: ['foobar'] })
    await lab.invoke(DOMAINS, 'add', { domain: 'barfoo' })
    expect(await lab.invoke(DOMAINS, 'list', {})).toEqual(['foobar', 'barfoo'])
    expect((await lab.error(DOMAINS, 'add', { domain: 'not a name' })).type).toBe('INVALID_ARGUMENT')
    expect((await lab.error(`${NET}.dns.hostname`, 'set', { name: '-x-' })).type).toBe('INVALID_ARGUMENT')
    expect((await lab.invoke(`${NET}.dns.hostname`, 'test', { name: 'a.b' })).status).toBe('green')
  })

  it('keeps proxies, exceptions and firewall rules, but no password', async () => {
    const lab = createApplianceLab()
    const PROXY = `${NET}.proxy` as const
    const none = { enabled: false, port: -1, server: '' }
    expect(await lab.invoke(PROXY, 'list', {})).toEqual({ FTP: none, HTTP: none, HTTPS: none })
    const config = { server: 'http://47.244.50.194', port: 8081, enabled: true, username: 'u' }
    await lab.invoke(PROXY, 'set', { protocol: 'http', config: { ...config, password: 'secret' } })
    expect(await lab.invoke(PROXY, 'get', { protocol: 'HTTP' })).toEqual(config)
    expect(JSON.stringify([...lab.sandbox.inventory.root.entities.values()])).not.toContain('secret')
    await lab.invoke(PROXY, 'delete', { protocol: 'http' })
    expect(await lab.invoke(PROXY, 'get', { protocol: 'http' })).toEqual(none)
    expect((await lab.error(PROXY, 'get', { protocol: 'gopher' })).type).toBe('INVALID_ARGUMENT')
    await lab.invoke(`${NET}.no_proxy`, 'set', { servers: ['redhat.com'] })
    expect(await lab.invoke(`${NET}.no_proxy`, 'get', {})).toEqual(['redhat.com', 'localhost', '127.0.0.1'])
    const FIREWALL = `${NET}.firewall.inbound` as const
    await lab.invoke(FIREWALL, 'set', { rules: [{ address: '1.2.3.0', prefix: 24, policy: 'REJECT' }] })
    const rules = [{ address: '1.2.3.0', interface_name: '*', policy: 'REJECT', prefix: 24 }]
    expect(await lab.invoke(FIREWALL, 'get', {})).toEqual(rules)
    const wrong = { rules: [{ address: '1.2.3.0', prefix: 33, policy: 'ACCEPT' }] }
    expect((await lab.error(FIREWALL, 'set', wrong)).messages[0]?.default_message).toContain(
      'rules[0].prefix',
    )
    expect(await lab.invoke(FIREWALL, 'get', {})).toEqual(rules)
  })
})
