import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { SessionManagerGenericServiceTicket } from '#vim25/generated/types.js'
import { sessions } from '../core/context.js'
import { createFileLab, type FileLab } from '../file-manager/testing.js'
import { removeSession } from './open.js'
import { redeemTicket } from './ticket.js'

const URL = 'https://vm1.lab.local/folder/a?dsName=nfs'
const spec = (members: object) => ({
  spec: data('SessionManagerHttpServiceRequestSpec', { url: URL, ...members }),
})
const acquire = (lab: FileLab, members: object = {}) =>
  lab.call(
    'SessionManager',
    'SessionManager',
    'AcquireGenericServiceTicket',
    spec(members),
  ) as SessionManagerGenericServiceTicket
const redeem = (lab: FileLab, id: string, method = 'GET', url = URL) =>
  lab.act((ctx) => redeemTicket(ctx, id, method, (made) => made === url))

describe('AcquireGenericServiceTicket', () => {
  it('gives a ticket that is good once, for what it was made for', () => {
    const lab = createFileLab()
    const { id, hostName, sslThumbprint } = acquire(lab, { method: 'httpGet' })
    expect(id).toMatch(/^52[0-9a-f]{6}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)
    expect([hostName, sslThumbprint]).toEqual(['vm1.lab.local', expect.stringMatching(/^([0-9A-F]{2}:){19}/)])
    expect(redeem(lab, id, 'PUT')).toBeUndefined()
    expect(redeem(lab, id, 'GET', `${URL}2`)).toBeUndefined()
    expect(redeem(lab, id)?.userName).toBe('VSPHERE.LOCAL\\Administrator')
    expect(redeem(lab, id)).toBeUndefined()
  })

  it('knows hosts by their addresses, and takes any method where none is said', () => {
    const lab = createFileLab()
    const { id, hostName } = acquire(lab, { url: 'https://192.168.10.31:443/folder/a' })
    expect(hostName).toBe('vm1.lab.local')
    expect(redeem(lab, id, 'DELETE', 'https://192.168.10.31:443/folder/a')).toBeDefined()
    expect(acquire(lab, { url: 'https://elsewhere/a' })).toMatchObject({ hostName: 'elsewhere' })
  })

  it('ends with its session, and by itself', () => {
    const lab = createFileLab()
    const late = acquire(lab).id
    lab.sandbox.clock.advance(121_000)
    expect(redeem(lab, late)).toBeUndefined()
    const { id } = acquire(lab)
    lab.act((ctx) => {
      for (const session of [...ctx.tx.ids(sessions)]) removeSession(ctx, ctx.tx.get(sessions, session).token)
    })
    expect(redeem(lab, id)).toBeUndefined()
  })

  it.each([
    [{ method: 'httpSteal' }, 'spec.method'],
    [{ url: 'vm1.lab.local/folder' }, 'spec.url'],
    [{ url: 'ftp://vm1/folder' }, 'spec.url'],
    [{ url: `https://a/${'x'.repeat(9000)}` }, 'spec.url'],
  ])('refuses %j', (members, invalidProperty) => {
    const lab = createFileLab()
    const method = 'AcquireGenericServiceTicket'
    expect(lab.fault('SessionManager', 'SessionManager', method, spec(members))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
  })

  it('is for requests over HTTP alone', () => {
    const lab = createFileLab()
    const other = {
      spec: data('SessionManagerVmomiServiceRequestSpec', { method: 'VirtualMachine.Destroy' }),
    }
    const fault = lab.fault('SessionManager', 'SessionManager', 'AcquireGenericServiceTicket', other)
    expect(fault._typeName).toBe('NotSupported')
  })
})
