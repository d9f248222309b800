import type {
  VcenterGuestAdapterMapping,
  VcenterGuestConfigurationSpec,
  VcenterGuestCustomizationSpec,
  VcenterGuestDomain,
  VcenterGuestHostnameGenerator,
  VcenterGuestIpv4,
  VcenterGuestIpv6,
  VcenterGuestLinuxConfiguration,
  VcenterGuestWindowsConfiguration,
  VcenterGuestWindowsSysprep,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type {
  CustomizationAdapterMapping,
  CustomizationIdentification,
  CustomizationIdentitySettings,
  CustomizationIpGenerator,
  CustomizationIpV6Generator,
  CustomizationName,
  CustomizationPassword,
  CustomizationSpec,
} from '#vim25/generated/types.js'
import { badSpec } from './errors.js'
import { netBiosModes, netmaskOf, rebootOptions } from './tables.js'

type Secrets = ReadonlySet<string>

/** `info.type` of a specification. */
export const typeOf = ({ windows_config }: VcenterGuestConfigurationSpec): 'Linux' | 'Windows' =>
  windows_config ? 'Windows' : 'Linux'

/**
 * A specification as vim25 has it. `known` are passwords as they are kept: they come back as they are. Throws
 * INVALID_ARGUMENT unless it is for exactly one kind of guest.
 */
export function toVim(spec: VcenterGuestCustomizationSpec, known: Secrets = new Set()): CustomizationSpec {
  const { configuration_spec, global_DNS_settings, interfaces } = spec
  const { windows_config, linux_config, cloud_config } = configuration_spec
  const kinds = [windows_config, linux_config, cloud_config].filter((config) => config !== undefined)
  if (kinds.length !== 1)
    throw badSpec('exactly one of windows_config, linux_config and cloud_config must be set.')
  return data('CustomizationSpec', {
    options: windows_config && windowsOptions(windows_config),
    identity: identityOf(configuration_spec, known),
    globalIPSettings: data('CustomizationGlobalIPSettings', {
      dnsSuffixList: global_DNS_settings.dns_suffix_list,
      dnsServerList: global_DNS_settings.dns_servers,
    }),
    nicSettingMap: interfaces.map(adapter),
  })
}

const windowsOptions = ({ reboot }: VcenterGuestWindowsConfiguration) =>
  data('CustomizationWinOptions', {
    changeSID: true,
    deleteAccounts: false,
    reboot: rebootOptions.toVim(reboot ?? 'REBOOT') as never,
  })

function identityOf(
  { windows_config, linux_config, cloud_config }: VcenterGuestConfigurationSpec,
  known: Secrets,
): CustomizationIdentitySettings {
  if (linux_config) return linux(linux_config)
  const { cloudinit } = cloud_config ?? {}
  if (cloudinit)
    return data('CustomizationCloudinitPrep', { metadata: cloudinit.metadata, userdata: cloudinit.userdata })
  const { sysprep, sysprep_xml } = windows_config ?? {}
  if ((sysprep === undefined) === (sysprep_xml === undefined))
    throw badSpec('exactly one of sysprep and sysprep_xml must be set.')
  return sysprep ? windows(sysprep, known) : data('CustomizationSysprepText', { value: sysprep_xml ?? '' })
}

const linux = (config: VcenterGuestLinuxConfiguration) =>
  data('CustomizationLinuxPrep', {
    hostName: nameOf(config.hostname),
    domain: config.domain,
    timeZone: config.time_zone,
    scriptText: config.script_text,
    compatibleCustomizationMethod: config.compatible_customization_method,
  })

function windows(sysprep: VcenterGuestWindowsSysprep, known: Secrets): CustomizationIdentitySettings {
  const { gui_run_once_commands, user_data, domain, gui_unattended } = sysprep
  return data('CustomizationSysprep', {
    guiUnattended: data('CustomizationGuiUnattended', {
      password: password(gui_unattended.password, known),
      timeZone: gui_unattended.time_zone,
      autoLogon: gui_unattended.auto_logon,
      autoLogonCount: gui_unattended.auto_logon_count,
    }),
    userData: data('CustomizationUserData', {
      fullName: user_data.full_name,
      orgName: user_data.organization,
      computerName: nameOf(user_data.computer_name),
      productId: user_data.product_key,
    }),
    guiRunOnce:
      gui_run_once_commands && data('CustomizationGuiRunOnce', { commandList: gui_run_once_commands }),
    identification: identification(domain, known),
  })
}

function identification(domain: VcenterGuestDomain | undefined, known: Secrets): CustomizationIdentification {
  return data('CustomizationIdentification', {
    joinWorkgroup: domain?.workgroup,
    joinDomain: domain?.domain,
    domainAdmin: domain?.domain_username,
    domainAdminPassword: password(domain?.domain_password, known),
    domainOU: domain?.domain_OU,
  })
}

const password = (value: string | undefined, known: Secrets): CustomizationPassword | undefined =>
  value === undefined ? undefined : data('CustomizationPassword', { value, plainText: !known.has(value) })

function nameOf({ type, fixed_name, prefix }: VcenterGuestHostnameGenerator): CustomizationName {
  switch (type) {
    case 'FIXED':
      return data('CustomizationFixedName', { name: fixed_name ?? '' })
    case 'PREFIX':
      return data('CustomizationPrefixName', { base: prefix ?? '' })
    case 'VIRTUAL_MACHINE':
      return data('CustomizationVirtualMachineName', {})
    case 'USER_INPUT_REQUIRED':
      return data('CustomizationUnknownName', {})
  }
}

function adapter({ mac_address, adapter }: VcenterGuestAdapterMapping): CustomizationAdapterMapping {
  const { ipv4, ipv6, windows } = adapter
  const [primaryWINS, secondaryWINS] = windows?.wins_servers ?? []
  if (ipv4?.prefix !== undefined && (ipv4.prefix < 0 || ipv4.prefix > 32))
    throw badSpec(`${ipv4.prefix} is no length of an IPv4 prefix.`)
  return data('CustomizationAdapterMapping', {
    macAddress: mac_address,
    adapter: data('CustomizationIPSettings', {
      ip: address(ipv4),
      subnetMask: ipv4?.prefix === undefined ? undefined : netmaskOf(ipv4.prefix),
      gateway: ipv4?.gateways,
      ipV6Spec:
        ipv6 &&
        data('CustomizationIPSettingsIpV6AddressSpec', { ip: addresses(ipv6), gateway: ipv6.gateways }),
      dnsServerList: windows?.dns_servers,
      dnsDomain: windows?.dns_domain,
      primaryWINS,
      secondaryWINS,
      netBIOS: netBiosModes.toVim(windows?.net_BIOS_mode) as never,
    }),
  })
}

/** vim25 always says how an address is found; where this API says nothing it is DHCP (deviation 63). */
function address(ipv4: VcenterGuestIpv4 | undefined): CustomizationIpGenerator {
  switch (ipv4?.type) {
    case 'STATIC':
      return data('CustomizationFixedIp', { ipAddress: ipv4.ip_address ?? '' })
    case 'USER_INPUT_REQUIRED':
      return data('CustomizationUnknownIpGenerator', {})
    default:
      return data('CustomizationDhcpIpGenerator', {})
  }
}

function addresses({ type, ipv6 = [] }: VcenterGuestIpv6): readonly CustomizationIpV6Generator[] {
  switch (type) {
    case 'STATIC':
      return ipv6.map(({ ip_address, prefix }) =>
        data('CustomizationFixedIpV6', { ipAddress: ip_address, subnetMask: prefix }),
      )
    case 'USER_INPUT_REQUIRED':
      return [data('CustomizationUnknownIpV6Generator', {})]
    case 'DHCP':
      return [data('CustomizationDhcpIpV6Generator', {})]
  }
}
