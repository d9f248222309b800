import type {
  VcenterGuestAdapterMapping,
  VcenterGuestConfigurationSpec,
  VcenterGuestCustomizationSpec,
  VcenterGuestDomain,
  VcenterGuestHostnameGenerator,
  VcenterGuestIpv4,
  VcenterGuestIpv6,
  VcenterGuestWindowsNetworkAdapterSettings,
  VcenterGuestWindowsSysprep,
} from '#vapi/generated/types.js'
import type {
  CustomizationAdapterMapping,
  CustomizationCloudinitPrep,
  CustomizationFixedIp,
  CustomizationFixedIpV6,
  CustomizationFixedName,
  CustomizationIdentification,
  CustomizationIPSettings,
  CustomizationIPSettingsIpV6AddressSpec,
  CustomizationLinuxPrep,
  CustomizationName,
  CustomizationPrefixName,
  CustomizationSpec,
  CustomizationSysprep,
  CustomizationSysprepText,
  CustomizationWinOptions,
} from '#vim25/generated/types.js'
import { netBiosModes, prefixOf, rebootOptions } from './tables.js'

/** Members that are set. */
function set<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}

/** A specification of vim25 as this API has it; what it has no word for is left out. */
export function fromVim({
  options,
  identity,
  globalIPSettings,
  nicSettingMap,
}: CustomizationSpec): VcenterGuestCustomizationSpec {
  return {
    configuration_spec: configuration(identity, options),
    global_DNS_settings: set({
      dns_suffix_list: globalIPSettings.dnsSuffixList,
      dns_servers: globalIPSettings.dnsServerList,
    }),
    interfaces: (nicSettingMap ?? []).map(mapping),
  }
}

/** The passwords of a specification, as they are kept. */
export function secretsOf({ identity }: CustomizationSpec): ReadonlySet<string> {
  if (identity._typeName !== 'CustomizationSysprep') return new Set()
  const { guiUnattended, identification } = identity as CustomizationSysprep
  const all = [guiUnattended.password, identification.domainAdminPassword]
  return new Set(all.flatMap((password) => (password && !password.plainText ? [password.value] : [])))
}

function configuration(
  identity: CustomizationSpec['identity'],
  options: CustomizationSpec['options'],
): VcenterGuestConfigurationSpec {
  const reboot = rebootOptions.toApi((options as CustomizationWinOptions | undefined)?.reboot)
  switch (identity._typeName) {
    case 'CustomizationLinuxPrep': {
      const prep = identity as CustomizationLinuxPrep
      return {
        linux_config: set({
          hostname: generator(prep.hostName),
          domain: prep.domain,
          time_zone: prep.timeZone,
          script_text: prep.scriptText,
          compatible_customization_method: prep.compatibleCustomizationMethod,
        }),
      }
    }
    case 'CustomizationCloudinitPrep': {
      const { metadata, userdata } = identity as CustomizationCloudinitPrep
      return { cloud_config: { type: 'CLOUDINIT', cloudinit: set({ metadata, userdata }) } }
    }
    case 'CustomizationSysprep':
      return { windows_config: set({ reboot, sysprep: sysprep(identity as CustomizationSysprep) }) }
    case 'CustomizationSysprepText':
      return { windows_config: set({ reboot, sysprep_xml: (identity as CustomizationSysprepText).value }) }
    default:
      return {}
  }
}

function sysprep(prep: CustomizationSysprep): VcenterGuestWindowsSysprep {
  const { guiUnattended, userData, guiRunOnce, identification } = prep
  return set({
    gui_run_once_commands: guiRunOnce?.commandList,
    user_data: {
      computer_name: generator(userData.computerName),
      full_name: userData.fullName,
      organization: userData.orgName,
      product_key: userData.productId,
    },
    domain: domain(identification),
    gui_unattended: set({
      auto_logon: guiUnattended.autoLogon,
      auto_logon_count: guiUnattended.autoLogonCount,
      password: guiUnattended.password?.value,
      time_zone: guiUnattended.timeZone,
    }),
  })
}

function domain(identification: CustomizationIdentification): VcenterGuestDomain | undefined {
  const { joinWorkgroup, joinDomain, domainAdmin, domainAdminPassword, domainOU } = identification
  if (joinWorkgroup !== undefined) return { type: 'WORKGROUP', workgroup: joinWorkgroup }
  if (joinDomain === undefined) return undefined
  return set({
    type: 'DOMAIN' as const,
    domain: joinDomain,
    domain_username: domainAdmin ?? '',
    domain_password: domainAdminPassword?.value ?? '',
    domain_OU: domainOU,
    workgroup: undefined,
  })
}

function generator(name: CustomizationName): VcenterGuestHostnameGenerator {
  switch (name._typeName) {
    case 'CustomizationFixedName':
      return { type: 'FIXED', fixed_name: (name as CustomizationFixedName).name }
    case 'CustomizationPrefixName':
      return { type: 'PREFIX', prefix: (name as CustomizationPrefixName).base }
    case 'CustomizationVirtualMachineName':
      return { type: 'VIRTUAL_MACHINE' }
    default:
      return { type: 'USER_INPUT_REQUIRED' }
  }
}

function mapping({ macAddress, adapter }: CustomizationAdapterMapping): VcenterGuestAdapterMapping {
  return set({
    mac_address: macAddress,
    adapter: set({
      ipv4: ipv4(adapter),
      ipv6: adapter.ipV6Spec && ipv6(adapter.ipV6Spec),
      windows: windows(adapter),
    }),
  })
}

function ipv4({ ip, subnetMask, gateway }: CustomizationIPSettings): VcenterGuestIpv4 {
  switch (ip._typeName) {
    case 'CustomizationFixedIp':
      return set({
        type: 'STATIC' as const,
        ip_address: (ip as CustomizationFixedIp).ipAddress,
        prefix: prefixOf(subnetMask ?? '255.255.255.0'),
        gateways: gateway,
      })
    case 'CustomizationDhcpIpGenerator':
      return { type: 'DHCP', ...(gateway && { gateways: gateway }) }
    default:
      return { type: 'USER_INPUT_REQUIRED', ...(gateway && { gateways: gateway }) }
  }
}

function ipv6({ ip, gateway }: CustomizationIPSettingsIpV6AddressSpec): VcenterGuestIpv6 {
  const gateways = gateway && { gateways: gateway }
  const fixed = ip.filter(
    (each): each is CustomizationFixedIpV6 => each._typeName === 'CustomizationFixedIpV6',
  )
  if (fixed.length > 0)
    return {
      type: 'STATIC',
      ipv6: fixed.map(({ ipAddress, subnetMask }) => ({
        ip_address: ipAddress,
        prefix: subnetMask,
      })),
      ...gateways,
    }
  const dhcp = ip.some(({ _typeName }) => _typeName === 'CustomizationDhcpIpV6Generator')
  return { type: dhcp ? 'DHCP' : 'USER_INPUT_REQUIRED', ...gateways }
}

function windows({
  dnsServerList,
  dnsDomain,
  primaryWINS,
  secondaryWINS,
  netBIOS,
}: CustomizationIPSettings): VcenterGuestWindowsNetworkAdapterSettings | undefined {
  const servers = [primaryWINS, secondaryWINS].filter((server) => server !== undefined)
  const settings = set<VcenterGuestWindowsNetworkAdapterSettings>({
    dns_servers: dnsServerList,
    dns_domain: dnsDomain,
    wins_servers: servers.length > 0 ? servers : undefined,
    net_BIOS_mode: netBiosModes.toApi(netBIOS),
  })
  return Object.keys(settings).length > 0 ? settings : undefined
}
