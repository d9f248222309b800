import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { XmlElement } from './element.js'
import { readGeneral, XML_LIMITS, XmlError } from './read-general.js'
import { readPlain } from './read-plain.js'

const PREFIXES = ['', 'a', 'b', 'xsi', 'xmlns', 'xml', 'constructor']

/** Everything that an element says, as data. */
const said = ({ children, namespaceOf, ...rest }: XmlElement): object => ({
  ...rest,
  namespaces: PREFIXES.map((prefix) => namespaceOf(prefix)),
  children: children.map(said),
})

/** What the general reader says; undefined for what it does not take. */
function generally(text: string, limits = XML_LIMITS): object | undefined {
  try {
    return said(readGeneral(text, limits))
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}

const from = <T>(...items: readonly T[]) => fc.constantFrom(...items)
/** What documents mostly hold, and now and then something else. */
const mostly = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof({ weight: 30, arbitrary: from(...usual) }, { weight: 1, arbitrary: from(...odd) })
const space = mostly(['', '', ' ', '\n', ' \n  '], ['\t', '\r\n'])
const word = mostly(['x', 'y', 'a:x', 'b:y', 'c-1', '_d.e'], ['1f', 'a:b:c', 'xml:x', ':x', 'x:', 'z:x'])
const text = mostly(
  ['t', 'two words', '\'"', '\n  ', ''],
  ['1 > 0', ']]>', '&lt;', '&#65;', 'é', '\u0001', '<!-- c -->', '<![CDATA[d]]>', '<?p?>'],
)
const attributeName = mostly(
  ['b', 'c', 'a:b', 'b:b', 'xmlns', 'xmlns:a', 'xmlns:b', 'constructor'],
  ['xmlns:xml', 'xmlns:', 'xmlnsx', 'z:b', '1', 'xml:lang'],
)
const attributeValue = mostly(
  ['v', 'urn:1', 'urn:2', ' urn:1 ', '1 > 0'],
  ['', ' ', 'a<b', 'a\nb', 'x&amp;y', 'http://www.w3.org/2000/xmlns/', "it's"],
)
const attribute = fc
  .tuple(
    mostly([' ', '  ', ' \n'], ['\n', '']),
    attributeName,
    mostly(['='], [' = ']),
    from('"', "'"),
    attributeValue,
  )
  .map(([before, name, equals, quote, value]) => before + name + equals + quote + value + quote)
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      word,
      fc.array(attribute, { maxLength: 3 }),
      space,
      fc.option(
        fc.array(fc.oneof({ maxDepth: 4, depthSize: 'small' }, text, tie('element')), { maxLength: 4 }),
      ),
      mostly(['right'], ['wrong']),
    )
    .map(([name, attributes, gap, content, closes]) => {
      const tag = `<${name}${attributes.join('')}${gap}`
      return content ? `${tag}>${content.join('')}</${closes === 'right' ? name : 'x'}>` : `${tag}/>`
    }),
}))
const prolog = mostly(
  [
    '',
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    "<?xml version='1.0' encoding='a'?>",
  ],
  [' ', '<?xml version="1.1"?>', '<?xml version="1.0" standalone="no"?>', '<!DOCTYPE x>'],
)
const document = fc
  .tuple(prolog, element, mostly(['', '\n'], ['x', '<y/>']))
  .map(([before, inside, after]) => `${before}<r xmlns:a="urn:1" xmlns:b="urn:2">${inside}</r>${after}`)

const envelope = (call: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"\n xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<soapenv:Body>\n${call}</soapenv:Body>\n</soapenv:Envelope>\n`

describe('readPlain', () => {
  it('reads the envelopes that clients send, as the general reader does', () => {
    for (const text of [
      envelope(
        '<CurrentTime xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></CurrentTime>',
      ),
      envelope(
        '<A xmlns="urn:vim25"><skip>true</skip><selectSet xsi:type="TraversalSpec"/><x></x></A>',
      ).replace('\n', ''),
      envelope("<A xmlns='urn:vim25'>  <B xmlns=''>1</B>\n  <C/></A>"),
    ]) {
      const plain = readPlain(text, XML_LIMITS)
      expect(plain && said(plain)).toEqual(generally(text))
      expect(plain).toBeDefined()
    }
  })

  it('never says anything else than the general reader', () => {
    let read = 0
    fc.assert(
      fc.property(document, (text) => {
        const plain = readPlain(text, XML_LIMITS)
        if (!plain) return
        read++
        expect(said(plain)).toEqual(generally(text))
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(500)
  })

  it('leaves to the general reader what is changed anywhere', () => {
    const whole = envelope('<A xmlns="urn:vim25" b="1"><c:d xmlns:c="urn:c" c:e="2">f</c:d></A>')
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(3),
        from('', '<', '>', '"', '&', '/', ':', '=', ' ', '\n', 'x'),
        (at, gone, come) => {
          const text = whole.slice(0, at) + come + whole.slice(at + gone)
          const plain = readPlain(text, XML_LIMITS)
          if (plain) expect(said(plain)).toEqual(generally(text))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('leaves what is beyond a limit to the general reader', () => {
    const limits = { depth: 3, elements: 5, attributes: 2 }
    expect(readPlain('<a><b><c/></b><b/><b p="1" q="2"/></a>', limits)?.children).toHaveLength(3)
    for (const text of ['<a><b><c><d/></c></b></a>', '<a><b/><b/><b/><b/><b/></a>', '<a p="1" q="2" r="3"/>'])
      expect([readPlain(text, limits), generally(text, limits)]).toEqual([undefined, undefined])
    expect(readPlain(`<a>${' '.repeat(70_000)}</a>`, XML_LIMITS)).toBeUndefined()
  })
})
