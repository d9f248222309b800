import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadSeed, parseSeed, SHIPPED_SEEDS } from './load.js'

describe('the shipped seeds', () => {
  it.each(SHIPPED_SEEDS)('%s is a valid seed with a description', (name) => {
    expect(loadSeed(name).seed.description).toMatch(/\w/)
  })

  // The build trusts them whatever is set (load.ts): a number of copies is checked as it is used.
  it.each(SHIPPED_SEEDS)('%s has no parameters but numbers of copies, and yes or no', (name) => {
    const text = readFileSync(new URL(`../../../seeds/${name}.yaml`, import.meta.url), 'utf8')
    const { parameters = {} } = parse(text) as { parameters?: Record<string, unknown> }
    for (const [parameter, usual] of Object.entries(parameters)) {
      if (typeof usual === 'boolean') continue
      expect(() => loadSeed(name, { [parameter]: '-1' })).toThrow(/'count' takes a whole number/)
      expect(() => loadSeed(name, { [parameter]: '0' })).not.toThrow()
    }
    const kinds = Object.values(parameters).map((usual) => typeof usual)
    expect(kinds.filter((kind) => kind !== 'number' && kind !== 'boolean')).toEqual([])
  })

  it('vcsim counts as its parameters say', () => {
    const { seed } = loadSeed('vcsim', { vm: '5', cluster: '2', 'standalone-host': '0' })
    const [datacenter] = seed.datacenters ?? []
    expect(datacenter?.clusters?.map((cluster) => cluster.vms?.length)).toEqual([5, 5])
    expect(datacenter?.hosts).toEqual([])
  })
})

describe('a mistake in a seed', () => {
  const mistake =
    (text: string, set = {}) =>
    () =>
      parseSeed(text, 'my.yaml', set)

  it('names file, line and path of an unknown member', () => {
    expect(mistake('datacenters:\n  - name: DC\n    clouds: []\n')).toThrow(
      /^my\.yaml:2 at datacenters\.0: 'clouds' is not known here/,
    )
  })

  it('names the line of the mapping that a copy came from', () => {
    const text = 'datacenters:\n  - name: DC\n    vms:\n      - { count: 2, name: a, memoryMB: 5 }\n'
    expect(mistake(text)).toThrow(/^my\.yaml:4 at datacenters\.0\.vms\.0\.memoryMB: must be multiple of 4/)
  })

  it.each(['[1, 2]', 'just a text', '7'])('refuses what is no mapping: %s', (text) => {
    expect(mistake(text)).toThrow(/^my\.yaml:1: A seed is a mapping/)
  })

  it('refuses aliases that stand for more than fits in memory', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'])
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`)
    expect(mistake(bomb.join('\n'))).toThrow(/^my\.yaml:1: Excessive alias count/)
  })

  it('says what a pattern stands for', () => {
    const text = 'world:\n  subnets:\n    - { network: N, netmask: 255, first: 1.2.3.4, last: 1.2.3.5 }\n'
    expect(mistake(text.replace('255', "'255'"))).toThrow(/netmask: must be an IPv4 address such as/)
  })

  it('names the line of broken YAML', () => {
    expect(mistake('a: [1\nb: 2\n')).toThrow(/^my\.yaml:\d+: /)
  })

  it('says which parameters there are', () => {
    expect(mistake('parameters: { vm: 2 }\n', { vms: '3' })).toThrow(/no parameter 'vms' to set; there is vm/)
  })

  it('wants a number where the parameter is one', () => {
    expect(mistake('parameters: { vm: 2 }\n', { vm: 'lots' })).toThrow(/takes a number, not 'lots'/)
  })

  it('wants true or false where the parameter is one, and takes it as such', () => {
    const text =
      'parameters: { ha: true }\ndatacenters: [{ name: D, clusters: [{ name: C, ha: { enabled: "${ha}" } }] }]\n'
    expect(mistake(text, { ha: 'yes' })).toThrow(/takes true or false, not 'yes'/)
    const { seed } = parseSeed(text, 'my.yaml', { ha: 'false' })
    expect(seed.datacenters?.[0]?.clusters?.[0]?.ha?.enabled).toBe(false)
  })
})
