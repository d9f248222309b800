import { isIP } from 'node:net'
import { service } from '../core/service.js'
import { checkAddresses, checkName, checkOnce, isHost, isName } from './check.js'
import { dnsAfter } from './dns-config.js'
import { hostName, setHostName } from './host-name.js'
import { applianceOf, changeAppliance } from './record.js'

export const domains = service('com.vmware.appliance.networking.dns.domains', {
  list: (call) => applianceOf(call).domains,
  /** Adding a domain that is there already changes nothing. */
  add(call, { domain }) {
    checkName('domain', domain)
    changeAppliance(call, ({ domains }) => ({ domains: [...new Set([...domains, domain])] }))
  },
  set(call, { domains }) {
    for (const [at, domain] of domains.entries()) checkName(`domains[${at}]`, domain)
    checkOnce('domains', domains)
    changeAppliance(call, () => ({ domains }))
  },
})

export const hostname = service('com.vmware.appliance.networking.dns.hostname', {
  get: ({ read }) => hostName(read),
  set(call, { name }) {
    checkName('name', name)
    call.transact((ctx) => setHostName(ctx, name))
  },
  /** Every name resolves (deviation 66). */
  test: (_call, { name }) =>
    verdict([
      isName(name)
        ? { message: `The host name '${name}' can be resolved.`, result: 'success' as const }
        : { message: `'${name}' is no host name.`, result: 'failure' as const },
    ]),
})

export const dnsServers = service('com.vmware.appliance.networking.dns.servers', {
  get(call) {
    const { dnsMode, dnsServers } = applianceOf(call)
    return { mode: dnsMode, servers: dnsServers }
  },
  set(call, { config }) {
    changeAppliance(call, (appliance) => dnsAfter(appliance, config, ''))
  },
  /** From DHCP's servers on, the list is a fixed one. */
  add(call, { server }) {
    checkAddresses('server', [server])
    changeAppliance(call, ({ dnsServers }) => ({
      dnsMode: 'is_static',
      dnsServers: [...new Set([...dnsServers, server])],
    }))
  },
  /** Every address answers, and nothing else does (deviation 66; the text of failure is recorded from 7.0.2). */
  test: (_call, { servers }) =>
    verdict(
      servers.map((server) =>
        isIP(server) !== 0 && isHost(server)
          ? { message: `Reached '${server}'.`, result: 'success' as const }
          : { message: `Failed to reach '${server}'.`, result: 'failure' as const },
      ),
    ),
})

interface Finding {
  readonly message: string
  readonly result: 'success' | 'failure'
}

function verdict<F extends Finding>(messages: readonly F[]) {
  const failures = messages.filter(({ result }) => result === 'failure').length
  const status = failures === 0 ? 'green' : failures < messages.length ? 'orange' : 'red'
  return { status, messages } as const
}
