import { message } from '#vapi/error.js'
import type {
  ApplianceNetworkingProxyConfig,
  ApplianceNetworkingProxyProtocol,
} from '#vapi/generated/types.js'
import { service } from '../core/service.js'
import { checkHosts, checkNetwork, checkRange, isHost } from './check.js'
import { invalid } from './errors.js'
import { NIC } from './interfaces.js'
import { applianceOf, changeAppliance } from './record.js'

const PROTOCOLS: readonly ApplianceNetworkingProxyProtocol[] = ['FTP', 'HTTP', 'HTTPS']

/** What stands where no proxy is set, recorded from 7.0.2. */
const NONE: ApplianceNetworkingProxyConfig = { server: '', port: -1, enabled: false }

export const proxy = service('com.vmware.appliance.networking.proxy', {
  list(call) {
    const { proxies } = applianceOf(call)
    return Object.fromEntries(PROTOCOLS.map((name) => [name, proxies[name] ?? NONE])) as Record<
      ApplianceNetworkingProxyProtocol,
      ApplianceNetworkingProxyConfig
    >
  },
  get: (call, { protocol }) => applianceOf(call).proxies[protocolOf(protocol)] ?? NONE,
  /** The password is taken and never shown. */
  set(call, { protocol, config }) {
    const name = protocolOf(protocol)
    checkProxy(config)
    const { password: _, ...shown } = config
    changeAppliance(call, ({ proxies }) => ({ proxies: { ...proxies, [name]: shown } }))
  },
  delete(call, { protocol }) {
    const name = protocolOf(protocol)
    changeAppliance(call, ({ proxies: { [name]: _, ...proxies } }) => ({ proxies }))
  },
  /** Every proxy reaches every host (deviation 66). */
  test(_call, { host, protocol, config }) {
    protocolOf(protocol)
    checkProxy(config)
    return isHost(serverOf(host))
      ? {
          status: 'SERVER_REACHABLE',
          message: message('com.vmware.appliance.networking.proxy.reachable', 'Host {0} is reachable.', [
            host,
          ]),
        }
      : {
          status: 'SERVER_UNREACHABLE',
          message: message('com.vmware.appliance.networking.proxy.unreachable', 'Host {0} is unreachable.', [
            host,
          ]),
        }
  },
})

/** Clients write protocols small as well (recorded from 7.0.2: `/proxy/http`). */
function protocolOf(text: string): ApplianceNetworkingProxyProtocol {
  const found = PROTOCOLS.find((name) => name === text.toUpperCase())
  if (!found) throw invalid('protocol', `'${text}' is none of ${PROTOCOLS.join(', ')}.`)
  return found
}

/** `proxy.lab.local` of `http://proxy.lab.local/`. */
const serverOf = (url: string): string => url.replace(/^[a-z]+:\/\//i, '').replace(/[:/].*$/, '')

function checkProxy({ server, port, enabled }: ApplianceNetworkingProxyConfig): void {
  if (!enabled && server === '') return
  if (!isHost(serverOf(server))) throw invalid('server', `'${server}' is no name, address or URL.`)
  checkRange('port', port, 1, 65_535)
}

/** Always reached directly, recorded from 7.0.2. */
const OWN = ['localhost', '127.0.0.1']

export const noProxy = service('com.vmware.appliance.networking.no_proxy', {
  get: (call) => [...new Set([...applianceOf(call).noProxy, ...OWN])],
  set(call, { servers }) {
    checkHosts('servers', servers)
    changeAppliance(call, () => ({ noProxy: servers }))
  },
})

export const firewallInbound = service('com.vmware.appliance.networking.firewall.inbound', {
  get: (call) => applianceOf(call).firewall,
  /** Rules apply in their order; one without an interface is for all of them (`*`, recorded from 7.0.2). */
  set(call, { rules }) {
    for (const [at, { address, prefix, interface_name = '*' }] of rules.entries()) {
      checkNetwork(`rules[${at}].`, address, prefix, address.includes(':') ? 6 : 4)
      if (interface_name !== '*' && interface_name !== NIC)
        throw invalid(`rules[${at}].interface_name`, `There is no interface '${interface_name}'.`)
    }
    changeAppliance(call, () => ({
      firewall: rules.map((rule) => ({ ...rule, interface_name: rule.interface_name ?? '*' })),
    }))
  },
})
