import type { Services } from '#vapi/generated/types.js'
import type { OvfParseDescriptorResult, VAppPropertyInfo } from '#vim25/generated/types.js'
import type { OvfEnvelope } from '#vsphere/ovf/envelope.js'

type Summary = Services['com.vmware.vcenter.ovf.library_item']['filter']['output']
export type Params = NonNullable<Summary['additional_params']>

const CLASS = 'com.vmware.vcenter.ovf.'

/** What of a package can be chosen, each a structure that names itself (rest-wire 2.3). */
export function paramsOf(parsed: OvfParseDescriptorResult, envelope: OvfEnvelope): Params {
  const preset = parsed.defaultDeploymentOption
  return [
    {
      '@class': `${CLASS}deployment_option_params`,
      type: 'DeploymentOptionParams',
      selected_key: preset,
      deployment_options: (parsed.deploymentOption ?? []).map(({ key, label, description }) => ({
        key,
        label,
        description,
        default_choice: key === preset,
      })),
    },
    {
      '@class': `${CLASS}extra_config_params`,
      type: 'ExtraConfigParams',
      extra_configs: extraConfigs(envelope),
    },
    {
      '@class': `${CLASS}ip_allocation_params`,
      type: 'IpAllocationParams',
      supported_allocation_scheme: (parsed.ipAllocationScheme ?? []).flatMap((each) => SCHEMES[each] ?? []),
      supported_ip_allocation_policy: ['STATIC_MANUAL', 'DHCP'],
      ip_allocation_policy: 'STATIC_MANUAL',
      supported_ip_protocol: (parsed.ipProtocols ?? []).flatMap((each) => PROTOCOLS[each] ?? []),
      ip_protocol: 'IPV4',
    },
    {
      '@class': `${CLASS}property_params`,
      type: 'PropertyParams',
      properties: (parsed.property ?? []).filter(({ userConfigurable }) => userConfigurable).map(property),
    },
    {
      '@class': `${CLASS}size_params`,
      type: 'SizeParams',
      approximate_download_size: Number(parsed.approximateDownloadSize ?? 0),
      approximate_flat_deployment_size: Number(parsed.approximateFlatDeploymentSize ?? 0),
      approximate_sparse_deployment_size: Number(parsed.approximateSparseDeploymentSize ?? 0),
      variable_disk_size: envelope.disks.some(({ capacityProperty }) => capacityProperty !== undefined),
    },
    {
      '@class': `${CLASS}unknown_section_params`,
      type: 'UnknownSectionParams',
      unknown_sections: (parsed.warning ?? []).flatMap(({ fault }) =>
        fault._typeName === 'OvfUnsupportedSection' && 'name' in fault && 'info' in fault
          ? [{ tag: String(fault.name), info: String(fault.info) }]
          : [],
      ),
    },
  ]
}

const SCHEMES: Readonly<Record<string, string>> = { dhcp: 'DHCP', ovfenv: 'OVF_ENVIRONMENT' }
const PROTOCOLS: Readonly<Record<string, string>> = { IPv4: 'IPV4', IPv6: 'IPV6' }

const property = (info: VAppPropertyInfo) => ({
  class_id: info.classId ?? '',
  id: info.id ?? '',
  instance_id: info.instanceId ?? '',
  category: info.category ?? '',
  ui_optional: false,
  label: info.label ?? '',
  description: info.description ?? '',
  type: info.type ?? 'string',
  value: info.value || info.defaultValue || '',
})

function extraConfigs({ content }: OvfEnvelope) {
  if (content.kind !== 'system') return []
  return (content.hardware[0]?.extraConfig ?? []).map(({ key, value }) => ({
    key,
    value,
    virtual_system_id: content.id,
  }))
}

/** What a caller has chosen of it. */
export interface Choices {
  readonly deploymentOption: string
  readonly properties: readonly { readonly key: string; readonly value: string }[]
  readonly ipAllocationPolicy?: string | undefined
  readonly ipProtocol?: string | undefined
  /** Added to the descriptor's. */
  readonly extraConfig: readonly { readonly key: string; readonly value: string }[]
  readonly withoutExtraConfig: ReadonlySet<string>
}

/** The choices in a list of such structures; those that choose nothing here are passed over. */
export function choicesOf(params: Params | undefined): Choices {
  const named = (name: string) =>
    (params ?? []).filter((each) => each['@class'] === `${CLASS}${name}`) as Readonly<
      Record<string, unknown>
    >[]
  const [option] = named('deployment_option_params')
  const [ip] = named('ip_allocation_params')
  const extra = named('extra_config_params')
  const list = (value: unknown) =>
    Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : []
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    deploymentOption: text(option?.selected_key) ?? '',
    properties: named('property_params')
      .flatMap(({ properties }) => list(properties))
      .flatMap((each) => {
        const key = [each.class_id, each.id, each.instance_id].filter((part) => text(part)).join('.')
        return typeof each.value === 'string' ? [{ key, value: each.value }] : []
      }),
    ipAllocationPolicy: POLICIES[text(ip?.ip_allocation_policy) ?? ''],
    ipProtocol: text(ip?.ip_protocol) === 'IPV6' ? 'IPv6' : undefined,
    extraConfig: extra
      .flatMap(({ extra_configs }) => list(extra_configs))
      .flatMap(({ key, value }) =>
        text(key) && typeof value === 'string' ? [{ key: String(key), value }] : [],
      ),
    withoutExtraConfig: new Set(
      extra.flatMap(({ exclude_keys }) => (Array.isArray(exclude_keys) ? exclude_keys.map(String) : [])),
    ),
  }
}

const POLICIES: Readonly<Record<string, string>> = {
  DHCP: 'dhcpPolicy',
  TRANSIENT_IPPOOL: 'transientPolicy',
  STATIC_MANUAL: 'fixedPolicy',
  STATIC_IPPOOL: 'fixedAllocatedPolicy',
}
