import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { UserSession } from '#vim25/generated/types.js'
import { ROLE } from '../authorization/roles.js'
import { CLIENT, faultOf, MANAGER, sessionWorld } from './testing.js'
import { TICKET_LIFETIME_MS } from './ticket.js'

type World = ReturnType<typeof sessionWorld>

const currentOf = ({ as }: World, token: string | null | undefined) =>
  as(token ?? undefined).get(...MANAGER, 'currentSession') as UserSession | undefined

/** Lets bob@lab.local look at everything, and do nothing. */
function readOnlyBob({ call }: World): void {
  const bob = data('Permission', {
    principal: 'bob@lab.local',
    group: false,
    roleId: ROLE.readOnly,
    propagate: true,
  })
  call('AuthorizationManager', 'AuthorizationManager', 'SetEntityPermissions', {
    entity: { type: 'Folder', value: 'group-d1' },
    permission: [bob],
  })
}

describe('AcquireCloneTicket and CloneSession', () => {
  const clone = (world: World, cloneTicket: string) => {
    const client = world.as(undefined)
    const session = client.call(...MANAGER, 'CloneSession', { cloneTicket }) as UserSession
    return { session, token: client.reply.token }
  }

  it('open another session of the same user, once', () => {
    const world = sessionWorld()
    const bob = world.login('bob@lab.local', 'x', 'de_DE')
    const ticket = bob.call(...MANAGER, 'AcquireCloneTicket') as string
    expect(ticket).toMatch(/^cst-VCT-52[0-9a-f]{6}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    world.newEvents()
    const { session, token } = clone(world, ticket)
    expect(session).toMatchObject({ userName: 'LAB.LOCAL\\bob', locale: 'de_DE' })
    expect(session.key).not.toBe(bob.session.key)
    expect(currentOf(world, token)?.key).toBe(session.key)
    expect(world.newEvents()).toEqual(['UserLoginSessionEvent'])
    const before = world.open()
    expect(faultOf(() => clone(world, ticket))).toBe('InvalidLogin')
    expect(world.open()).toBe(before)
    bob.call(...MANAGER, 'Logout')
    expect(currentOf(world, token)?.key).toBe(session.key)
  })

  it('refuse what is no ticket, is too late, is of a session that ended, or comes from somebody who is logged in', () => {
    const world = sessionWorld()
    const bob = world.login('bob@lab.local')
    const acquire = () => bob.call(...MANAGER, 'AcquireCloneTicket') as string
    expect(faultOf(() => clone(world, 'cst-VCT-52000000-0000-0000-0000-000000000000'))).toBe('InvalidLogin')
    const late = acquire()
    world.sandbox.clock.advance(TICKET_LIFETIME_MS)
    expect(faultOf(() => clone(world, late))).toBe('InvalidLogin')
    const good = acquire()
    expect(faultOf(() => bob.call(...MANAGER, 'CloneSession', { cloneTicket: good }))).toBe('InvalidLogin')
    expect(clone(world, good).session.userName).toBe('LAB.LOCAL\\bob')
    const orphan = acquire()
    bob.call(...MANAGER, 'Logout')
    expect(faultOf(() => clone(world, orphan))).toBe('InvalidLogin')
    expect(faultOf(() => world.as(undefined).call(...MANAGER, 'AcquireCloneTicket'))).toBe('NotAuthenticated')
  })
})

describe('ImpersonateUser', () => {
  const impersonate = (client: ReturnType<World['login']>, userName: string, locale?: string) =>
    client.call(...MANAGER, 'ImpersonateUser', { userName, locale }) as UserSession

  it("turns a session into another user's, with his rights", () => {
    const world = sessionWorld()
    readOnlyBob(world)
    const admin = world.login()
    world.login('bob@lab.local')
    const update = () => admin.call(...MANAGER, 'UpdateServiceMessage', { message: 'mine' })
    update()
    expect(impersonate(admin, 'bob@LAB.local', 'fr')).toMatchObject({
      key: admin.session.key,
      userName: 'LAB.LOCAL\\bob',
      fullName: 'bob',
      locale: 'fr',
    })
    expect(currentOf(world, admin.token)).toMatchObject({
      key: admin.session.key,
      userName: 'LAB.LOCAL\\bob',
    })
    expect(faultOf(update)).toBe('NoPermission')
    expect(faultOf(() => impersonate(admin, 'administrator@vsphere.local'))).toBe('NoPermission')
  })

  it.each([
    ['a user without a session', 'alice@lab.local', undefined, 'InvalidLogin'],
    ['nobody', '', undefined, 'InvalidLogin'],
    ['a language that there is not', 'bob@lab.local', 'xx', 'InvalidLocale'],
  ])('refuses %s', (_what, userName, locale, fault) => {
    const world = sessionWorld()
    const admin = world.login()
    world.login('bob@lab.local')
    expect(faultOf(() => impersonate(admin, userName, locale))).toBe(fault)
    expect(currentOf(world, admin.token)).toMatchObject({ userName: 'VSPHERE.LOCAL\\Administrator' })
  })
})

describe('LoginByToken', () => {
  const login = ({ as }: World, subject: string | undefined, locale?: string) => {
    const client = as(undefined, { ...CLIENT, subject })
    return client.call(...MANAGER, 'LoginByToken', { locale }) as UserSession
  }

  it('opens a session of the user whom the token is about', () => {
    const world = sessionWorld()
    expect(login(world, 'Administrator@VSPHERE.LOCAL', 'en_US')).toMatchObject({
      userName: 'VSPHERE.LOCAL\\Administrator',
      locale: 'en_US',
    })
    expect(world.newEvents()).toEqual(['UserLoginSessionEvent'])
  })

  it('refuses a request without a token, one about nobody, and a bad locale', () => {
    const world = sessionWorld(new Map([['alice@vsphere.local', 'secret']]))
    const before = world.open()
    expect(faultOf(() => login(world, undefined))).toBe('InvalidLogin')
    expect(faultOf(() => login(world, 'bob@vsphere.local'))).toBe('InvalidLogin')
    expect(faultOf(() => login(world, 'alice@vsphere.local', 'xx'))).toBe('InvalidLocale')
    expect(world.open()).toBe(before)
    expect(login(world, 'alice@VSPHERE.LOCAL').userName).toBe('VSPHERE.LOCAL\\alice')
  })
})

describe('logins of extensions', () => {
  it.each([
    ['LoginExtensionByCertificate', 'com.vmware.vim.eam', undefined, 'NoClientCertificate'],
    ['LoginExtensionBySubjectName', 'com.vmware.vim.eam', undefined, 'NoClientCertificate'],
    ['LoginExtensionByCertificate', 'com.vmware.vim.eam', 'xx', 'InvalidLocale'],
    ['LoginExtensionBySubjectName', 'com.vmware.vim.eam', 'xx', 'InvalidLocale'],
    ['LoginExtensionByCertificate', 'com.example.unknown', undefined, 'InvalidLogin'],
    ['LoginExtensionBySubjectName', 'com.example.unknown', undefined, 'NotFound'],
  ])('%s of %s in %s: %s', (method, extensionKey, locale, fault) => {
    const world = sessionWorld()
    const before = world.open()
    const call = (client: { call: World['call'] }) =>
      client.call(...MANAGER, method, { extensionKey, locale })
    expect(faultOf(() => call(world.as(undefined)))).toBe(fault)
    expect(faultOf(() => call(world))).toBe('InvalidLogin')
    expect(world.open()).toBe(before)
  })
})

describe('AcquireLocalTicket', () => {
  it('is for programs on a host alone', () => {
    const { as, open } = sessionWorld()
    const before = open()
    const acquire = () => as(undefined).call(...MANAGER, 'AcquireLocalTicket', { userName: 'root' })
    expect(faultOf(acquire)).toBe('NotSupported')
    expect(open()).toBe(before)
  })
})
