import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attribute, child, childrenOf } from './element.js'
import { escapeXml } from './escape.js'
import { readXml, XmlError } from './read.js'

/** The problem of a document that must not be read. */
function problem(text: string, limits?: Parameters<typeof readXml>[1]) {
  try {
    readXml(text, limits)
  } catch (error) {
    if (error instanceof XmlError) return error
    throw error
  }
  throw new Error('the document was read')
}

describe('readXml', () => {
  it('resolves the names of elements and attributes, whatever their prefixes', () => {
    const root = readXml(
      '<a:x xmlns:a="urn:a" xmlns="urn:d" b="1" a:b="2"><y/><a:y>t</a:y><y xmlns="">u</y></a:x>',
    )
    expect([root.name, root.namespace]).toEqual(['x', 'urn:a'])
    expect([attribute(root, 'b'), attribute(root, 'b', 'urn:a')]).toEqual(['1', '2'])
    expect(childrenOf(root, 'y').map((each) => each.namespace)).toEqual(['urn:d', 'urn:a', ''])
    expect(child(root, 'y', 'urn:a')?.text).toBe('t')
    expect(child(root, 'z')).toBeUndefined()
  })

  it('knows what a prefix means at an element, for names in values', () => {
    const root = readXml('<x xmlns="urn:d" xmlns:a="urn:1"><y xmlns:a="urn:2"><z/></y></x>')
    const z = root.children[0]?.children[0]
    expect([root.namespaceOf('a'), z?.namespaceOf('a'), z?.namespaceOf('')]).toEqual([
      'urn:1',
      'urn:2',
      'urn:d',
    ])
    expect(z?.namespaceOf('toString')).toBeUndefined()
  })

  it('reads references and CDATA, passes comments and instructions over', () => {
    expect(readXml('<?xml version="1.0"?><x>a&amp;&#65;<!-- no --><![CDATA[<b>]]><?no no?>c</x>').text).toBe(
      'a&A<b>c',
    )
  })

  it('says where an element begins', () => {
    const root = readXml('<x>\n  <y a="1"/>\n</x>')
    expect([root.line, root.column]).toEqual([1, 1])
    expect([root.children[0]?.line, root.children[0]?.column]).toEqual([2, 3])
  })

  it.each([
    ['nothing', '', 'syntax'],
    ['text alone', 'hello', 'syntax'],
    ['an open end', '<x><y></y>', 'syntax'],
    ['crossed tags', '<x><y></x></y>', 'syntax'],
    ['two roots', '<x/><y/>', 'syntax'],
    ['an unknown prefix', '<a:x/>', 'syntax'],
    ['an unknown entity', '<x>&nbsp;</x>', 'syntax'],
    ['an attribute twice', '<x a="1" a="2"/>', 'syntax'],
    ['an attribute twice by namespace', '<x xmlns:a="u" xmlns:b="u" a:c="1" b:c="2"/>', 'syntax'],
    ['a control character', '<x>\u0001</x>', 'syntax'],
    ['a document type', '<!DOCTYPE x><x/>', 'doctype'],
    ['entities that multiply', '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>', 'doctype'],
  ])('refuses %s', (_what, text, kind) => {
    expect(problem(text).problem).toBe(kind)
  })

  it('says where it stopped reading', () => {
    expect(problem('<x>\n<y></z></x>')).toMatchObject({ line: 2, column: 8 })
  })

  it('has limits to depth, elements and attributes, and stops there', () => {
    const limits = { depth: 3, elements: 5, attributes: 2 }
    expect(readXml('<a><b><c/></b><b/><b p="1" q="2"/></a>', limits).children).toHaveLength(3)
    expect(problem('<a><b><c><d/></c></b></a>', limits).message).toBe('more than 3 levels of elements')
    expect(problem('<a><b/><b/><b/><b/><b/></a>', limits).message).toBe('more than 5 elements')
    expect(problem('<a p="1" q="2" r="3"/>', limits).message).toBe('more than 2 attributes in one element')
    expect(problem('<a>'.repeat(1_000_000)).message).toBe('more than 256 levels of elements')
  })
})

describe('escapeXml', () => {
  it('writes the five references of vCenter', () => {
    expect(escapeXml(`a<b>&"'`)).toBe('a&lt;b&gt;&amp;&quot;&apos;')
  })

  it('is undone by reading, in text and in attributes, for all that XML can say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
        expect(readXml(`<x>${escapeXml(text)}</x>`).text).toBe(said)
        const spaced = said.replace(/[\t\n]/g, ' ')
        expect(attribute(readXml(`<x a="${escapeXml(text)}"/>`), 'a')).toBe(spaced)
      }),
    )
  })

  it('replaces halves of surrogate pairs', () => {
    expect(escapeXml('a\ud800b\udc00c😀')).toBe('a\ufffdb\ufffdc😀')
  })
})
