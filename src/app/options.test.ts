import { describe, expect, it } from 'vitest'
import { OptionError, type RawOptions, resolveOptions } from './options.js'

describe('resolveOptions', () => {
  it('has a default for everything', () => {
    expect(resolveOptions({})).toEqual({
      seed: 'smp-ft-nested',
      set: {},
      host: '127.0.0.1',
      port: 0,
      tls: true,
      data: undefined,
      username: 'administrator@vsphere.local',
      password: 'VMware1!',
      accounts: undefined,
      vsphere: '8.0.3',
      pace: 0,
      randomSeed: undefined,
      clock: { at: undefined, rate: 1 },
      logLevel: 'warn',
      maxBodyBytes: 16 * 1024 * 1024,
      latency: undefined,
      certificate: undefined,
      trace: undefined,
      setByExtraConfig: false,
    })
  })

  it('configures the one account as soon as a part of it is given', () => {
    expect(resolveOptions({ password: 'secret' }).accounts).toEqual(
      new Map([['administrator@vsphere.local', 'secret']]),
    )
    expect(resolveOptions({ username: 'root' }).accounts).toEqual(new Map([['root', 'VMware1!']]))
  })

  it.each([
    [{ pace: 'real' }, { pace: 1 }],
    [{ pace: '0.25' }, { pace: 0.25 }],
    [{ pace: 2 }, { pace: 2 }],
    [{ port: '443' }, { port: 443 }],
    [{ tls: 'off' }, { tls: false }],
    [{ set: { vm: 1000, name: 'x' } }, { set: { vm: '1000', name: 'x' } }],
    [{ randomSeed: 7 }, { randomSeed: '7' }],
    [{ clock: { at: '2026-01-31T12:00:00Z', rate: 0 } }, { clock: { at: 1769860800000, rate: 0 } }],
    [{ clock: { at: new Date(5) } }, { clock: { at: 5, rate: 1 } }],
  ])('reads %j', (options: RawOptions, expected) => {
    expect(resolveOptions(options)).toMatchObject(expected)
  })

  it.each<[RawOptions, string]>([
    [{ port: '80x' }, "port must be a whole number from 0 to 65535, not '80x'."],
    [{ port: 65_536 }, 'port must be a whole number from 0 to 65535, not 65536.'],
    [{ pace: 'fast' }, "pace must be instant, real or a factor such as 0.1, not 'fast'."],
    [{ pace: -1 }, 'pace must be instant, real or a factor such as 0.1, not -1.'],
    [{ vsphere: '5.5' }, "vsphere must be one of 6.0, 6.5, 6.7, 7.0.3, 8.0.3, not '5.5'."],
    [{ tls: 'maybe' }, "tls must be true or false, not 'maybe'."],
    [{ tls: 'constructor' }, "tls must be true or false, not 'constructor'."],
    [{ username: '' }, "username must be a non-empty text in one line, not ''."],
    [
      { logLevel: 'loud' },
      "logLevel must be one of fatal, error, warn, info, debug, trace, silent, not 'loud'.",
    ],
    [{ clock: { at: 'soon' } }, "clock.at must be an instant such as 2026-01-31T12:00:00Z, not 'soon'."],
    [{ latency: { delay: 5 } as object }, "latency must be { ms, jitter, methods }; it has no 'delay'."],
    [{ latency: { ms: -1 } }, 'latency.ms must be a number from 0 up, not -1.'],
    [{ certificate: 'x' }, 'certificate must be { certificate, key }.'],
    [{ clock: { now: 5 } as object }, "clock must be { at, rate }; it has no 'now'."],
    [{ clock: { rate: -1 } }, 'clock.rate must be 0 (frozen), 1 (real) or another factor, not -1.'],
    [{ maxBodyBytes: 0 }, 'maxBodyBytes must be a whole number from 1 to 1073741824, not 0.'],
    [{ sead: 'empty' } as RawOptions, 'sead is not an option.'],
  ])('refuses %j', (options, message) => {
    expect(() => resolveOptions(options)).toThrow(new OptionError(...(split(message) as [string, string])))
  })
})

const split = (message: string) => [
  message.slice(0, message.indexOf(' ')),
  message.slice(message.indexOf(' ') + 1),
]
