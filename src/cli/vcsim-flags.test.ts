import { describe, expect, it } from 'vitest'
import { parseGoFlags } from './go-flags.js'
import { VCSIM_FLAGS, vcsimRequest } from './vcsim-flags.js'

function asked(...args: string[]) {
  const parsed = parseGoFlags(VCSIM_FLAGS, args)
  if (parsed.outcome !== 'ok') throw new Error(`Wrong flags: ${args.join(' ')}`)
  return vcsimRequest(parsed.values, parsed.given, (value) => (value === '/file' ? 'from file' : value))
}

describe('the flags of vcsim', () => {
  it('have the defaults of the original', () => {
    expect(asked()).toEqual({
      options: {
        host: '127.0.0.1',
        port: 8989,
        seed: 'vcsim',
        set: {
          dc: 1,
          cluster: 1,
          host: 3,
          'standalone-host': 1,
          pool: 0,
          app: 0,
          pod: 0,
          pg: 1,
          'pg-nsx': 0,
          nsx: 0,
          folder: 0,
          vm: 2,
          ds: 1,
          autostart: true,
        },
        tls: true,
        certificate: undefined,
        username: undefined,
        password: undefined,
        vsphere: undefined,
        latency: undefined,
        trace: undefined,
        setByExtraConfig: true,
      },
      user: 'user',
      password: 'pass',
      remarks: [],
    })
  })

  it.each([
    ['-l=:0', { host: '0.0.0.0', port: 0 }],
    ['-l=[::1]:443', { host: '::1', port: 443 }],
    ['-l=vcenter.lab:8989', { host: 'vcenter.lab', port: 8989 }],
    ['-tls=false', { tls: false }],
    ['-trace', { trace: '-' }],
    ['-trace-file=/tmp/x', { trace: '/tmp/x' }],
    ['-api-version=7.0.3.0', { vsphere: '7.0.3' }],
    ['-delay=100', { latency: { ms: 100, methods: {}, jitter: 0 } }],
    [
      '-method-delay=Login:5, PowerOn:100',
      { latency: { ms: 0, methods: { Login: 5, PowerOn: 100 }, jitter: 0 } },
    ],
    ['-load=dir', { seed: 'dir' }],
  ])('%s', (flag, options) => {
    const request = asked(flag)
    expect(request.options).toMatchObject(options)
    expect(request.remarks).toEqual([])
  })

  it('take names and passwords from files', () => {
    expect(asked('-username', 'me', '-password', '/file')).toMatchObject({
      options: { username: 'me', password: 'from file' },
      user: 'me',
      password: 'from file',
    })
  })

  it('count no more folders than datacenters, and nothing below 0', () => {
    expect(asked('-folder', '5', '-dc', '2', '-vm', '-1').options.set).toMatchObject({
      folder: 2,
      dc: 2,
      vm: 0,
    })
  })

  it('count what an ESXi has only', () => {
    expect(asked('-esx', '-vm', '3').options).toMatchObject({
      seed: 'esx',
      set: { vm: 3, ds: 1, autostart: true },
    })
  })

  it.each([
    ['-tunnel=0', '-tunnel does nothing yet: there is no SDK tunnel here. Everything else is as asked.'],
    ['-password=x', '-password has no effect without -username.'],
    ['-api-version=8.0.1.0', '-api-version 8.0.1.0 is none that this server speaks; it is 8.0.3.0.'],
    ['-api-version=9.0.0.0', '-api-version 9.0.0.0 is none that this server speaks; it is 8.0.3.0.'],
    ['-api-version=5.5', '-api-version 5.5 is none that this server speaks; it is 6.0.'],
  ])('%s says what it does not do', (flag, remark) => {
    expect(asked(flag).remarks).toEqual([remark])
  })

  it('say which of them a loaded inventory has no use for', () => {
    expect(asked('-load', 'dir', '-vm', '3', '-esx').remarks).toEqual([
      '-load brings its own inventory: -vm, -esx did nothing.',
    ])
  })

  it.each([
    ['-l=8989', /-l must be an address and a port/],
    ['-l=x:99999', /-l must be an address and a port/],
    ['-username=me', /-username needs -password/],
    ['-tlscert=x', /-tlscert and -tlskey belong together/],
    ['-method-delay=Login', /-method-delay must be METHOD:MILLISECONDS/],
    ['-api-version=new', /-api-version must be like 8.0.3.0/],
  ])('%s is refused', (flag, message) => {
    expect(() => asked(flag)).toThrow(message)
  })
})
