import { describe, expect, it } from 'vitest'
import type { ServiceContent, UserSession } from '#vim25/generated/types.js'
import { sessions } from '../core/context.js'
import { holdSession } from './activity.js'
import { bindToSession, newSessionMoid, ownedBySession, removeSessionObject } from './objects.js'
import { fullNameOf, IDLE_TIMEOUT_MS, knownLocale, normalisedUserName, principalName } from './rules.js'
import { CLIENT, faultOf, MANAGER, sessionWorld } from './testing.js'

describe('logging in', () => {
  it('goes from nobody to a session and back', () => {
    const { as, login, open, newEvents } = sessionWorld()
    const nobody = as(undefined)
    const content = nobody.get('ServiceInstance', 'ServiceInstance', 'content') as ServiceContent
    expect(content.sessionManager?.value).toBe('SessionManager')
    expect(nobody.get(...MANAGER, 'currentSession')).toBeUndefined()
    newEvents()

    const client = login('administrator@vsphere.local', 'x', 'en_US')
    expect(client.token).toMatch(/^[0-9a-f]{32}$/)
    expect(client.session).toEqual({
      _typeName: 'UserSession',
      key: expect.stringMatching(/^52[0-9a-f]{6}-[0-9a-f]{4}-/),
      userName: 'VSPHERE.LOCAL\\Administrator',
      fullName: 'Administrator vsphere.local',
      loginTime: '2026-01-01T00:00:00Z',
      lastActiveTime: '2026-01-01T00:00:00Z',
      locale: 'en_US',
      messageLocale: 'en',
      extensionSession: false,
      ipAddress: CLIENT.ip,
      userAgent: CLIENT.userAgent,
      callCount: 0,
    })
    expect(client.get(...MANAGER, 'currentSession')).toMatchObject({ key: client.session.key, callCount: 1 })
    expect(client.call('ServiceInstance', 'ServiceInstance', 'CurrentTime')).toBe('2026-01-01T00:00:00Z')
    expect(newEvents()).toEqual(['UserLoginSessionEvent'])

    const before = open()
    client.call(...MANAGER, 'Logout')
    expect(client.reply.token).toBeNull()
    expect(open()).toBe(before - 1)
    expect(newEvents()).toEqual(['UserLogoutSessionEvent'])
    expect(faultOf(() => client.call('ServiceInstance', 'ServiceInstance', 'CurrentTime'))).toBe(
      'NotAuthenticated',
    )
  })

  it.each([
    ['no name', '', 'x'],
    ['no password', 'administrator@vsphere.local', ''],
  ])('refuses %s', (_what, userName, password) => {
    const { login, open, newEvents } = sessionWorld()
    const before = open()
    expect(faultOf(() => login(userName, password))).toBe('InvalidLogin')
    expect(open()).toBe(before)
    expect(newEvents()).toEqual([])
  })

  it('knows its accounts if it has any, under every spelling of their names', () => {
    const { login } = sessionWorld(new Map([['Administrator@vsphere.local', 'right']]))
    expect(faultOf(() => login('administrator@vsphere.local', 'wrong'))).toBe('InvalidLogin')
    expect(faultOf(() => login('somebody@vsphere.local', 'right'))).toBe('InvalidLogin')
    expect(login('VSPHERE.LOCAL\\administrator', 'right').session.fullName).toBe(
      'Administrator vsphere.local',
    )
  })

  it('refuses who is logged in, and a locale that does not exist', () => {
    const { login, open } = sessionWorld()
    const client = login()
    const before = open()
    expect(faultOf(() => client.call(...MANAGER, 'Login', { userName: 'a', password: 'b' }))).toBe(
      'InvalidLogin',
    )
    expect(faultOf(() => login('a', 'b', 'bogus'))).toBe('InvalidLocale')
    expect(open()).toBe(before)
  })
})

describe('sessions', () => {
  it('are told active by key and exact name', () => {
    const { login } = sessionWorld()
    const { session, call } = login()
    const active = (sessionID: string, userName: string) =>
      call(...MANAGER, 'SessionIsActive', { sessionID, userName })
    expect(active(session.key, session.userName)).toBe(true)
    expect(active(session.key, 'administrator@vsphere.local')).toBe(false)
    expect(active('52000000-0000-0000-0000-000000000000', session.userName)).toBe(false)
  })

  it('can be terminated by another, not by themselves', () => {
    const { login, open, newEvents } = sessionWorld()
    const one = login()
    const other = login('bob@lab.local')
    newEvents()
    const before = open()
    const end = (key: string) => one.call(...MANAGER, 'TerminateSession', { sessionId: [key] })
    expect(faultOf(() => end(one.session.key))).toBe('InvalidArgument')
    expect(faultOf(() => end('unknown'))).toBe('NotFound')
    expect(open()).toBe(before)
    end(other.session.key)
    expect(newEvents()).toEqual(['SessionTerminatedEvent'])
    expect(faultOf(() => other.call('ServiceInstance', 'ServiceInstance', 'CurrentTime'))).toBe(
      'NotAuthenticated',
    )
    expect((one.get(...MANAGER, 'sessionList') as UserSession[]).map(({ key }) => key)).not.toContain(
      other.session.key,
    )
  })

  it('change their locale', () => {
    const { login } = sessionWorld()
    const client = login()
    expect(faultOf(() => client.call(...MANAGER, 'SetLocale', { locale: 'klingon' }))).toBe('InvalidLocale')
    expect(client.get(...MANAGER, 'currentSession')).toMatchObject({ locale: 'en' })
    client.call(...MANAGER, 'SetLocale', { locale: 'de_DE' })
    expect(client.get(...MANAGER, 'currentSession')).toMatchObject({ locale: 'de_DE', messageLocale: 'en' })
  })

  it('end after half an hour without a call, and not before', () => {
    const { sandbox, login } = sessionWorld()
    const busy = login()
    const idle = login()
    const alive = ({ session }: typeof busy) =>
      (busy.get(...MANAGER, 'sessionList') as UserSession[]).some(({ key }) => key === session.key)
    sandbox.clock.advance(IDLE_TIMEOUT_MS - 1000)
    const revision = sandbox.inventory.root.revision
    expect(alive(idle)).toBe(true)
    expect(sandbox.inventory.root.revision).toBe(revision)
    sandbox.clock.advance(1000)
    expect(alive(idle)).toBe(false)
    expect(alive(busy)).toBe(true)
    sandbox.clock.advance(IDLE_TIMEOUT_MS)
    expect(faultOf(() => busy.get(...MANAGER, 'sessionList'))).toBe('NotAuthenticated')
    expect(sandbox.inventory.root.agenda).toEqual([])
  })

  it('are not idle while a call of theirs waits', () => {
    const { sandbox, login, open } = sessionWorld()
    const { token } = login()
    const session = sandbox.inventory.read.get(sessions, `session:${token}`)
    const release = holdSession(sandbox, session)
    sandbox.clock.advance(3 * IDLE_TIMEOUT_MS)
    expect(sandbox.inventory.read.find(sessions, `session:${token}`)).toBeDefined()
    release()
    sandbox.clock.advance(2 * IDLE_TIMEOUT_MS)
    expect(open()).toBe(0)
  })

  it('survive a reset of the world, and still become idle', () => {
    const { sandbox, login } = sessionWorld()
    const client = login()
    sandbox.reset()
    expect(client.get(...MANAGER, 'currentSession')).toMatchObject({ key: client.session.key })
    sandbox.clock.advance(IDLE_TIMEOUT_MS)
    expect(client.get(...MANAGER, 'currentSession')).toBeUndefined()
  })
})

describe('sessions of a process that was restarted', () => {
  it('get their half hour anew', () => {
    const { sandbox, login } = sessionWorld()
    const client = login()
    sandbox.services.volatile.clear()
    sandbox.clock.advance(IDLE_TIMEOUT_MS)
    expect(client.get(...MANAGER, 'currentSession')).toMatchObject({ key: client.session.key })
    sandbox.clock.advance(IDLE_TIMEOUT_MS)
    expect(client.get(...MANAGER, 'currentSession')).toBeUndefined()
  })
})

describe('objects of a session', () => {
  it('have ids of their session and vanish with it', () => {
    const { sandbox, login } = sessionWorld()
    const client = login()
    const session = sandbox.inventory.read.get(sessions, `session:${client.token}`)
    const make = () =>
      sandbox.transact({ session }, (ctx) => {
        const ref = ctx.tx.create('ListView', newSessionMoid(ctx), { view: [] })
        bindToSession(ctx, ref)
        return ref.value
      })
    const [first, second, third] = [make(), make(), make()]
    expect(first).toMatch(/^session\[52[0-9a-f-]{34}\]52[0-9a-f-]{34}$/)
    expect(second.slice(0, 45)).toBe(first.slice(0, 45))
    expect(ownedBySession(sandbox.inventory.read, client.token)).toEqual([first, second, third])
    sandbox.transact({}, (ctx) => removeSessionObject(ctx.tx, second))
    expect(ownedBySession(sandbox.inventory.read, client.token)).toEqual([first, third])

    const other = login('bob@lab.local')
    expect(faultOf(() => other.get('ListView', first, 'view'))).toBe('ManagedObjectNotFound')
    expect(client.get('ListView', first, 'view')).toEqual([])
    client.call(...MANAGER, 'Logout')
    expect(sandbox.inventory.read.entity(first)).toBeUndefined()
    expect(sandbox.inventory.read.entity(third)).toBeUndefined()
    expect(sandbox.inventory.read.entity(`owned:${first}`)).toBeUndefined()
  })
})

describe('names', () => {
  it.each([
    ['administrator@vsphere.local', 'VSPHERE.LOCAL\\Administrator', 'Administrator vsphere.local'],
    ['vsphere.local\\ADMINISTRATOR', 'VSPHERE.LOCAL\\Administrator', 'Administrator vsphere.local'],
    ['user', 'VSPHERE.LOCAL\\user', 'user'],
    ['bob@lab.local', 'LAB.LOCAL\\bob', 'bob'],
    ['Administrator@lab.local', 'LAB.LOCAL\\Administrator', 'Administrator'],
    ['root', 'root', 'root'],
  ])('%s is %s', (name, normalised, fullName) => {
    expect(normalisedUserName(name)).toBe(normalised)
    expect(fullNameOf(normalised)).toBe(fullName)
  })

  it('are written with an @ by the Automation API', () => {
    expect(principalName('VSPHERE.LOCAL\\Administrator')).toBe('Administrator@vsphere.local')
    expect(principalName('root')).toBe('root@localos')
  })

  it.each([
    ['en', 'en'],
    ['en_US', 'en_US'],
    ['en-us', 'en_US'],
    [undefined, 'en'],
    ['', 'en'],
    ['xx', undefined],
    ['english', undefined],
  ])('locale %s is %s', (asked, kept) => {
    expect(knownLocale(asked)).toBe(kept)
  })
})
