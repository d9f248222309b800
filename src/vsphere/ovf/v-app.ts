import { data } from '#vim25/data.js'
import type {
  OvfCreateImportSpecParams,
  VAppIPAssignmentInfo,
  VAppProductInfo,
  VAppPropertyInfo,
  VmConfigSpec,
} from '#vim25/generated/types.js'
import type { OvfContent, OvfProduct } from './envelope.js'

type Wishes = Pick<OvfCreateImportSpecParams, 'ipAllocationPolicy' | 'ipProtocol'>

/** What an entity's products, licences and properties become: VirtualMachineConfigSpec.vAppConfig; undefined: nothing. */
export function vAppSpec(
  content: OvfContent,
  properties: readonly VAppPropertyInfo[],
  wishes: Wishes,
): VmConfigSpec | undefined {
  const { products, eulas, ipAssignment } = content
  const transport = content.kind === 'system' ? (content.hardware[0]?.transport ?? []) : []
  const install = content.kind === 'system' ? content.install : undefined
  if (
    products.length + eulas.length + properties.length + transport.length === 0 &&
    !install &&
    !ipAssignment
  )
    return undefined
  return data('VmConfigSpec', vAppMembers(content, properties, wishes))
}

/** The members that the configurations of VMs and vApps have in common. */
export function vAppMembers(content: OvfContent, properties: readonly VAppPropertyInfo[], wishes: Wishes) {
  const { products, eulas } = content
  const system = content.kind === 'system' ? content : undefined
  return {
    product: products.map((product, key) =>
      data('VAppProductSpec', { operation: 'add', info: productInfo(product, key) }),
    ),
    property: properties.map((info) => data('VAppPropertySpec', { operation: 'add', info })),
    ipAssignment: ipAssignment(content, wishes),
    eula: [...eulas],
    ovfEnvironmentTransport: [...(system?.hardware[0]?.transport ?? [])],
    installBootRequired: system?.install !== undefined,
    installBootStopDelay: system?.install?.stopDelay ?? 0,
  }
}

export const productInfo = (product: OvfProduct, key: number): VAppProductInfo =>
  data('VAppProductInfo', {
    key,
    classId: product.class,
    instanceId: product.instance,
    name: product.name,
    vendor: product.vendor,
    version: product.version,
    fullVersion: product.fullVersion,
    vendorUrl: product.vendorUrl,
    productUrl: product.productUrl,
    appUrl: product.appUrl,
  })

function ipAssignment(content: OvfContent, wishes: Wishes): VAppIPAssignmentInfo {
  return data('VAppIPAssignmentInfo', {
    supportedAllocationScheme: [...(content.ipAssignment?.schemes ?? [])],
    ipAllocationPolicy: wishes.ipAllocationPolicy || 'fixedPolicy',
    supportedIpProtocol: [...(content.ipAssignment?.protocols ?? [])],
    ipProtocol: wishes.ipProtocol || 'IPv4',
  })
}
