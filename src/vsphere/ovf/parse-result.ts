import { data } from '#vim25/data.js'
import type { OvfParseDescriptorParams, OvfParseDescriptorResult } from '#vim25/generated/types.js'
import { deploymentOption } from './choices.js'
import { readDescriptor } from './descriptor.js'
import { type OvfContent, type OvfEnvelope, systemsOf } from './envelope.js'
import { sizesOf } from './package-sizes.js'
import { propertyInfos } from './properties.js'
import { productInfo } from './v-app.js'

/** OvfManager.ParseDescriptor: what a package says of itself, wherever it is to be deployed. */
export function parseDescriptor(
  ovfDescriptor: string,
  { msgBundle, deploymentOption: wanted }: OvfParseDescriptorParams,
): OvfParseDescriptorResult {
  const { envelope, problems } = readDescriptor(ovfDescriptor, msgBundle)
  const lists = () => ({ error: [...problems.errors], warning: [...problems.warnings] })
  if (!envelope)
    return data('OvfParseDescriptorResult', {
      annotation: '',
      defaultEntityName: '',
      virtualApp: false,
      defaultDeploymentOption: '',
      ...lists(),
    })
  const { content, networks, configurations } = envelope
  const all = [content, ...inside(content)]
  const configuration = deploymentOption(envelope, wanted, problems)
  const products = all.flatMap((each) => each.products)
  const property = propertyInfos(products, { configuration, values: [] }, problems)
  const [product] = products
  const sizes = sizesOf(envelope)
  return data('OvfParseDescriptorResult', {
    eula: all.flatMap(({ eulas }) => eulas),
    network: networks.map(({ name, description }) => data('OvfNetworkInfo', { name, description })),
    ipAllocationScheme: [...(content.ipAssignment?.schemes ?? [])],
    ipProtocols: [...(content.ipAssignment?.protocols ?? [])],
    property: [...property],
    productInfo: product && productInfo(product, 0),
    annotation: content.annotation ?? '',
    approximateDownloadSize: sizes.download,
    approximateFlatDeploymentSize: sizes.flat,
    approximateSparseDeploymentSize: sizes.sparse,
    defaultEntityName: content.name || content.id,
    virtualApp: content.kind === 'collection',
    deploymentOption: configurations.map(({ id, label, description }) =>
      data('OvfDeploymentOption', { key: id, label, description }),
    ),
    defaultDeploymentOption: configurations.find(({ isDefault }) => isDefault)?.id ?? '',
    entityName: entityNames(envelope),
    ...lists(),
  })
}

const inside = (content: OvfContent): readonly OvfContent[] =>
  content.kind === 'system' ? [] : content.children.flatMap((each) => [each, ...inside(each)])

/** Names of the machines by their identifiers in the descriptor. */
const entityNames = ({ content }: OvfEnvelope) =>
  systemsOf(content).map(({ id, name }) => data('KeyValue', { key: id, value: name || id }))
