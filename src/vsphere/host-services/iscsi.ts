import { data } from '#vim25/data.js'
import type { HostHostBusAdapter, HostInternetScsiHba } from '#vim25/generated/types.js'

/** The software adapter's place behind those of the machine. */
const DEVICE = 'vmhba65'

const DISCOVERY = data('HostInternetScsiHbaDiscoveryCapabilities', {
  iSnsDiscoverySettable: false,
  slpDiscoverySettable: false,
  staticTargetDiscoverySettable: true,
  sendTargetsDiscoverySettable: true,
})

const DISCOVERED = data('HostInternetScsiHbaDiscoveryProperties', {
  iSnsDiscoveryEnabled: false,
  slpDiscoveryEnabled: false,
  staticTargetDiscoveryEnabled: true,
  sendTargetsDiscoveryEnabled: true,
})

/** ESXi's software iSCSI adapter on a host of this name. */
export const SOFTWARE_ISCSI = (hostName: string): HostInternetScsiHba =>
  data('HostInternetScsiHba', {
    key: `key-vim.host.InternetScsiHba-${DEVICE}`,
    device: DEVICE,
    bus: 0,
    status: 'online',
    model: 'iSCSI Software Adapter',
    driver: 'iscsi_vmk',
    storageProtocol: 'scsi',
    isSoftwareBased: true,
    canBeDisabled: true,
    networkBindingSupport: 'optional',
    discoveryCapabilities: DISCOVERY,
    discoveryProperties: DISCOVERED,
    authenticationCapabilities: data('HostInternetScsiHbaAuthenticationCapabilities', {
      chapAuthSettable: true,
      krb5AuthSettable: false,
      srpAuthSettable: false,
      spkmAuthSettable: false,
      mutualChapSettable: true,
      targetChapSettable: true,
      targetMutualChapSettable: true,
    }),
    authenticationProperties: data('HostInternetScsiHbaAuthenticationProperties', {
      chapAuthEnabled: false,
    }),
    ipCapabilities: data('HostInternetScsiHbaIPCapabilities', {
      addressSettable: false,
      ipConfigurationMethodSettable: false,
      subnetMaskSettable: false,
      defaultGatewaySettable: false,
      primaryDnsServerAddressSettable: false,
      alternateDnsServerAddressSettable: false,
      ipv6Supported: true,
      arpRedirectSettable: false,
      mtuSettable: false,
      hostNameAsTargetAddress: true,
    }),
    ipProperties: data('HostInternetScsiHbaIPProperties', { dhcpConfigurationEnabled: false }),
    iScsiName: `iqn.1998-01.com.vmware:${hostName.toLowerCase()}`,
    iScsiAlias: '',
  })

export const withoutIscsi = (adapters: readonly HostHostBusAdapter[]): readonly HostHostBusAdapter[] =>
  adapters.filter(({ device }) => device !== DEVICE)
