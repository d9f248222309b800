import { isIP } from 'node:net'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostDnsConfig, HostIpRouteConfig } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { connectedHost, networkOf, setNetwork } from '../vmkernel/hosts.js'
import { invalid } from './config.js'

/** A label of a host name (RFC 1123). */
const HOST_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

export const networkSettingsOperations = operations('HostNetworkSystem', {
  UpdateDnsConfig(ctx, self, { config }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    if (config.dhcp && !network.vnic?.some(({ device }) => device === config.virtualNicDevice))
      throw fault('NotFound', {})
    checkDns(config)
    setNetwork(ctx, host, patch(network, { dnsConfig: config }))
  },

  UpdateIpRouteConfig(ctx, self, { config }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    checkRoutes(config)
    setNetwork(ctx, host, patch(network, { ipRouteConfig: config }))
  },

  /** ESXi has no service console (API reference: only of ESX). */
  UpdateConsoleIpRouteConfig() {
    throw fault('NotSupported', {})
  },

  RefreshNetworkSystem(ctx, self) {
    connectedHost(ctx.tx, self)
  },
})

function checkDns({ hostName, address = [] }: HostDnsConfig): void {
  if (!HOST_NAME.test(hostName)) throw invalid('config.hostName')
  if (!address.every((server) => isIP(server))) throw invalid('config.address')
}

function checkRoutes({ defaultGateway, ipV6DefaultGateway }: HostIpRouteConfig): void {
  if (defaultGateway && isIP(defaultGateway) !== 4) throw invalid('config.defaultGateway')
  if (ipV6DefaultGateway && isIP(ipV6DefaultGateway) !== 6) throw invalid('config.ipV6DefaultGateway')
}
