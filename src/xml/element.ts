/** An attribute; `namespace` is empty for one without a prefix. */
export interface XmlAttribute {
  readonly name: string
  readonly namespace: string
  readonly value: string
}

/** An element of a document that was read, its names resolved. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** The character data directly inside, references and CDATA resolved. */
  readonly text: string
  /** Where its start tag begins: both count from 1. */
  readonly line: number
  readonly column: number
  /** The namespace that a prefix stands for here ('' = the default one), for qualified names in values such as xsi:type. */
  namespaceOf(prefix: string): string | undefined
}

/** The value of an attribute; `namespace` is empty for one without a prefix. */
export const attribute = (element: XmlElement, name: string, namespace = ''): string | undefined =>
  element.attributes.find((each) => each.name === name && each.namespace === namespace)?.value

/** The first child of that name, in any namespace unless one is given. */
export const child = (element: XmlElement, name: string, namespace?: string): XmlElement | undefined =>
  element.children.find(is(name, namespace))

/** All children of that name, in any namespace unless one is given. */
export const childrenOf = (element: XmlElement, name: string, namespace?: string): readonly XmlElement[] =>
  element.children.filter(is(name, namespace))

const is = (name: string, namespace: string | undefined) => (each: XmlElement) =>
  each.name === name && (namespace === undefined || each.namespace === namespace)
