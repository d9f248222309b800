import type { VAppProductInfo, VAppPropertyInfo, VmConfigInfo } from '#vim25/generated/types.js'
import { type Node, node } from './xml-text.js'

const NAMELESS = { classId: '', instanceId: '' } as VAppProductInfo

/** The ProductSections and EulaSections of a vApp configuration. */
export function productNodes(vApp: VmConfigInfo | undefined): readonly Node[] {
  if (!vApp) return []
  const products = vApp.product ?? []
  const rest = (vApp.property ?? []).filter((each) => !products.some((product) => isOf(product, each)))
  const all = rest.length > 0 ? [...products, NAMELESS] : products
  return [
    ...all.map((product) =>
      productNode(
        product,
        product === NAMELESS ? rest : (vApp.property ?? []).filter((each) => isOf(product, each)),
      ),
    ),
    ...(vApp.eula ?? []).map((eula) =>
      node('EulaSection', {}, [node('Info', {}, 'An end-user license agreement'), node('License', {}, eula)]),
    ),
  ]
}

const isOf = (product: VAppProductInfo, property: VAppPropertyInfo) =>
  (product.classId ?? '') === (property.classId ?? '') &&
  (product.instanceId ?? '') === (property.instanceId ?? '')

function productNode(product: VAppProductInfo, properties: readonly VAppPropertyInfo[]): Node {
  const text = (name: string, value: string | undefined) => (value ? node(name, {}, value) : undefined)
  let category = ''
  const settings = properties.flatMap((property) => {
    const heading = property.category && property.category !== category ? [property.category] : []
    category = property.category ?? category
    return [...heading.map((each) => node('Category', {}, each)), propertyNode(property)]
  })
  return node(
    'ProductSection',
    { 'ovf:class': product.classId || undefined, 'ovf:instance': product.instanceId || undefined },
    [
      node('Info', {}, 'Information about the installed software'),
      text('Product', product.name),
      text('Vendor', product.vendor),
      text('Version', product.version),
      text('FullVersion', product.fullVersion),
      text('ProductUrl', product.productUrl),
      text('VendorUrl', product.vendorUrl),
      text('AppUrl', product.appUrl),
      ...settings,
    ],
  )
}

function propertyNode(property: VAppPropertyInfo): Node {
  const { type, qualifiers, vmw } = typeOf(property.type ?? 'string')
  return node(
    'Property',
    {
      'ovf:key': property.id,
      'ovf:type': type,
      'ovf:qualifiers': qualifiers || undefined,
      'vmw:qualifiers': vmw,
      'ovf:password': property.type?.startsWith('password') ? true : undefined,
      'ovf:userConfigurable': property.userConfigurable ?? false,
      'ovf:value': property.defaultValue ?? '',
    },
    [
      property.label ? node('Label', {}, property.label) : undefined,
      property.description ? node('Description', {}, property.description) : undefined,
    ],
  )
}

/** The OVF form of VAppPropertyInfo.type: the other way round of properties.ts. */
function typeOf(text: string): {
  readonly type: string
  readonly qualifiers: string
  readonly vmw?: string | undefined
} {
  if (text === 'ip') return { type: 'string', qualifiers: '', vmw: 'Ip' }
  if (text.startsWith('ip:')) return { type: 'string', qualifiers: '', vmw: `Ip(${text.slice(3)})` }
  const [, base = 'string', rest = ''] = /^([a-z]+)(.*)$/s.exec(text) ?? []
  const type = base === 'password' ? 'string' : base === 'real' ? 'real64' : base
  if (rest.startsWith('[')) return { type, qualifiers: `ValueMap{${rest.slice(1, -1)}}` }
  const [, low, high] = /^\((.*?)\.\.(.*)\)$/.exec(rest) ?? []
  const words = type === 'string' ? ['MinLen', 'MaxLen'] : ['MinValue', 'MaxValue']
  const said = [low && `${words[0]}(${low})`, high && `${words[1]}(${high})`].filter(Boolean)
  return { type, qualifiers: said.join(' ') }
}
