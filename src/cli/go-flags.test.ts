import { describe, expect, it } from 'vitest'
import { goUsage, parseGoFlags } from './go-flags.js'

const FLAGS = {
  l: { type: 'string', usage: 'Listen address', value: '127.0.0.1:8989' },
  vm: { type: 'int', usage: 'Number of VMs', value: 2 },
  tls: { type: 'bool', usage: 'Enable TLS', value: true },
  v: { type: 'bool', usage: 'Say more', value: false },
  jitter: { type: 'float', usage: 'Jitter', value: 0 },
} as const

const parsed = (...args: string[]) => parseGoFlags(FLAGS, args)
const values = (...args: string[]) => {
  const result = parsed(...args)
  return result.outcome === 'ok' ? result.values : result
}

describe("Go's flag syntax", () => {
  it('has defaults', () => {
    expect(parsed()).toEqual({
      outcome: 'ok',
      values: { l: '127.0.0.1:8989', vm: 2, tls: true, v: false, jitter: 0 },
      given: new Set(),
      words: [],
    })
  })

  it.each([
    [['-vm', '5']],
    [['--vm', '5']],
    [['-vm=5']],
    [['--vm=5']],
    [['-vm=0x5']],
    [['-vm=005']],
    [['-vm=+5']],
    [['-vm', '1', '-vm', '5']],
  ])('reads %j', (args) => {
    expect(values(...args)).toMatchObject({ vm: 5 })
  })

  it('takes negative numbers, empty texts and what holds an equals sign', () => {
    expect(values('-vm', '-1', '-l=')).toMatchObject({ vm: -1, l: '' })
    expect(values('-l=a=b')).toMatchObject({ l: 'a=b' })
    expect(values('-l', '-tls')).toMatchObject({ l: '-tls', tls: true })
    expect(values('-vm=1_000')).toMatchObject({ vm: 1000 })
  })

  it.each([
    ['-tls=false', false],
    ['-tls=F', false],
    ['-tls=0', false],
    ['--tls=true', true],
    ['-tls', true],
  ])('reads %s', (arg, tls) => {
    expect(values(arg)).toMatchObject({ tls })
  })

  it('takes no word after what is true or false', () => {
    expect(parsed('-tls', 'false', '-v')).toMatchObject({
      values: { tls: true, v: false },
      words: ['false', '-v'],
    })
  })

  it('reads decimals', () => {
    expect(values('-jitter', '0.5')).toMatchObject({ jitter: 0.5 })
    expect(values('-jitter=.5e1')).toMatchObject({ jitter: 5 })
  })

  it('ends at the first word, at a lone dash and at two', () => {
    expect(parsed('-v', 'uuidgen', '-tls')).toMatchObject({ words: ['uuidgen', '-tls'] })
    expect(parsed('-', '-v')).toMatchObject({ words: ['-', '-v'], values: { v: false } })
    expect(parsed('--', '-v')).toMatchObject({ words: ['-v'], values: { v: false } })
  })

  it('knows which flags were given', () => {
    expect(parsed('-vm', '2')).toMatchObject({ given: new Set(['vm']) })
  })

  it.each([[['-h']], [['--help']], [['-vm', '1', '-help']]])('asks for help with %j', (args) => {
    expect(parsed(...args)).toEqual({ outcome: 'help' })
  })

  it.each([
    [['-x'], 'flag provided but not defined: -x'],
    [['--x=1'], 'flag provided but not defined: -x'],
    [['-constructor'], 'flag provided but not defined: -constructor'],
    [['---vm'], 'bad flag syntax: ---vm'],
    [['-=1'], 'bad flag syntax: -=1'],
    [['-vm'], 'flag needs an argument: -vm'],
    [['-vm', 'many'], 'invalid value "many" for flag -vm: parse error'],
    [['-vm='], 'invalid value "" for flag -vm: parse error'],
    [['-vm=1.5'], 'invalid value "1.5" for flag -vm: parse error'],
    [['-vm=99999999999999999999'], 'invalid value "99999999999999999999" for flag -vm: parse error'],
    [['-jitter=much'], 'invalid value "much" for flag -jitter: parse error'],
    [['-tls=maybe'], 'invalid boolean value "maybe" for -tls: parse error'],
    [['-tls=constructor'], 'invalid boolean value "constructor" for -tls: parse error'],
  ])('refuses %j', (args, message) => {
    expect(parsed(...args)).toEqual({ outcome: 'wrong', message })
  })

  it('lists every flag with its default', () => {
    expect(goUsage('vcsim', FLAGS)).toBe(
      [
        'Usage of vcsim:',
        '  -jitter float\n    \tJitter',
        '  -l string\n    \tListen address (default "127.0.0.1:8989")',
        '  -tls\n    \tEnable TLS (default true)',
        '  -v\tSay more',
        '  -vm int\n    \tNumber of VMs (default 2)',
        '',
      ].join('\n'),
    )
  })
})
