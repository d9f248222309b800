import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { UserSearchResult } from '#vim25/generated/types.js'
import { ROLE } from '../authorization/roles.js'
import { faultOf, sessionWorld } from '../session/testing.js'

const DIRECTORY = ['UserDirectory', 'UserDirectory'] as const
const SSO = { domain: 'vsphere.local' }

const ACCOUNTS = new Map([
  ['alice@vsphere.local', 'a'],
  ['bob@lab.local', 'b'],
])

const world = () => helpers(sessionWorld(ACCOUNTS))

function helpers(test: ReturnType<typeof sessionWorld>) {
  const search = (changes: object = {}, client: { call: typeof test.call } = test) => {
    const all = { searchStr: '', exactMatch: false, findUsers: true, findGroups: true }
    return client.call(...DIRECTORY, 'RetrieveUserGroups', { ...all, ...changes }) as UserSearchResult[]
  }
  const names = (changes: object = {}) => search(changes).map(({ principal }) => principal)
  const permit = (principal: string, group: boolean, roleId: number) =>
    test.call('AuthorizationManager', 'AuthorizationManager', 'SetEntityPermissions', {
      entity: { type: 'Folder', value: 'group-d1' },
      permission: [data('Permission', { principal, group, roleId, propagate: true })],
    })
  return { ...test, search, names, permit }
}

describe('RetrieveUserGroups', () => {
  it("finds the vCenter's own users and groups, and configured accounts", () => {
    const { search, names } = world()
    expect(search()).toEqual([
      { _typeName: 'UserSearchResult', principal: 'root', fullName: 'root', group: false },
    ])
    expect(names({ ...SSO, findGroups: false })).toEqual([
      'VSPHERE.LOCAL\\Administrator',
      'VSPHERE.LOCAL\\K/M',
      'VSPHERE.LOCAL\\alice',
      'VSPHERE.LOCAL\\krbtgt/VSPHERE.LOCAL',
    ])
    expect(names({ ...SSO, findUsers: false })).toContain('VSPHERE.LOCAL\\SolutionUsers')
    expect(names({ domain: 'LAB.LOCAL' })).toEqual(['LAB.LOCAL\\bob'])
    expect(names({ ...SSO, findUsers: false, findGroups: false })).toEqual([])
  })

  it('searches in names, or for one name exactly, in any case', () => {
    const { names } = world()
    expect(names({ ...SSO, searchStr: 'ADMINISTRATOR', findGroups: false })).toEqual([
      'VSPHERE.LOCAL\\Administrator',
    ])
    expect(names({ ...SSO, searchStr: 'administrator' }).length).toBeGreaterThan(3)
    expect(names({ ...SSO, searchStr: 'administrators', exactMatch: true })).toEqual([
      'VSPHERE.LOCAL\\Administrators',
    ])
    expect(names({ ...SSO, searchStr: 'admin', exactMatch: true })).toEqual([])
  })

  it('knows who has permissions', () => {
    const { names, permit } = helpers(sessionWorld())
    expect(faultOf(() => names({ domain: 'lab.local' }))).toBe('NotFound')
    permit('LAB.LOCAL\\operators', true, ROLE.readOnly)
    expect(names({ domain: 'lab.local' })).toEqual(['LAB.LOCAL\\operators'])
  })

  it('knows who belongs to what', () => {
    const { names } = world()
    expect(names({ ...SSO, belongsToUser: 'alice' })).toEqual([
      'VSPHERE.LOCAL\\Administrators',
      'VSPHERE.LOCAL\\Everyone',
    ])
    expect(names({ ...SSO, belongsToGroup: 'VSPHERE.LOCAL\\Administrators' })).toContain(
      'VSPHERE.LOCAL\\alice',
    )
    expect(names({ ...SSO, belongsToGroup: 'Users' })).toEqual([])
  })

  it.each([
    ['domain', { domain: 'elsewhere.example' }],
    ['group', { ...SSO, belongsToGroup: 'nobodies' }],
    ['user', { ...SSO, belongsToUser: 'nobody' }],
  ])('does not find a %s that there is not', (_what, changes) => {
    expect(faultOf(() => world().search(changes))).toBe('NotFound')
  })

  it('is for those who may give permissions to something', () => {
    const { login, search, permit } = world()
    permit('bob@lab.local', false, ROLE.readOnly)
    const bob = login('bob@lab.local', 'b')
    expect(faultOf(() => search({}, bob))).toBe('NoPermission')
    permit('bob@lab.local', false, ROLE.admin)
    expect(search({}, bob)).toHaveLength(1)
  })
})
