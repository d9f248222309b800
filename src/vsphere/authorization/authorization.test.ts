import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import { VimFault } from '#vim25/fault.js'
import type {
  AuthorizationRole,
  EntityPrivilege,
  ManagedObjectReference,
  MethodFault,
  Permission,
  UserPrivilegeResult,
  UserSession,
} from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { callMethod, readProperty } from '../core/dispatch.js'
import { createTestWorld } from '../core/testing.js'
import { createDatacenter } from '../datacenter/build.js'
import { eventFamily } from '../event/family.js'
import { createFolder, createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'
import { serviceInstanceFamily } from '../service-instance/family.js'
import { sessionFamily } from '../session/family.js'
import { taskFamily } from '../task/family.js'
import { authorizationFamily } from './family.js'
import { isUnrestricted } from './permissions.js'
import { privilegeIds } from './privileges.js'
import { ROLE } from './roles.js'

const MANAGER = ['AuthorizationManager', 'AuthorizationManager'] as const
const BOB = 'LAB.LOCAL\\bob'

/** Does nothing: only the privileges that it asks for matter here. */
const folders = {
  name: 'folders of the test',
  operations: [operations('Folder', { CreateFolder: (_ctx, self) => self })],
}

/** root > Lab (datacenter) > vm folder > outer > inner */
function world() {
  let tree = {} as Record<'root' | 'lab' | 'vms' | 'outer' | 'inner', ManagedObjectReference>
  const test = createTestWorld({
    families: [sessionFamily, authorizationFamily, serviceInstanceFamily, taskFamily, eventFamily, folders],
    seed(ctx) {
      const root = createRootFolder(ctx)
      createServiceObjects(ctx)
      const lab = createDatacenter(ctx, root, 'Lab')
      const vms = ctx.tx.get('Datacenter', lab.value).vmFolder
      const outer = createFolder(ctx, vms, 'outer')
      tree = { root, lab, vms, outer, inner: createFolder(ctx, outer, 'inner') }
    },
  })
  const { sandbox } = test
  const login = (userName: string) => {
    const reply: { token?: string | null } = {}
    const target = { release: sandbox.services.identity.release, client: { ip: '::1', userAgent: '' }, reply }
    const call = (type: string, id: string, method: string, args: object = {}) =>
      callMethod(sandbox, {
        ...target,
        token: reply.token ?? undefined,
        type,
        id,
        method,
        arguments: () => args as Record<string, unknown>,
      })
    const session = call('SessionManager', 'SessionManager', 'Login', {
      userName,
      password: 'x',
    }) as UserSession
    return {
      session,
      call,
      get: (type: string, id: string, property: string) =>
        readProperty(sandbox, { ...target, token: reply.token ?? undefined, type, id, property }).value,
    }
  }
  const bob = login('bob@lab.local')
  const may = (entity: ManagedObjectReference, who = bob) =>
    faultOf(() => who.call('Folder', entity.value, 'CreateFolder', { name: 'x' })) === undefined
  const grant = (entity: ManagedObjectReference, roleId: number, more: Partial<Permission> = {}) =>
    test.call(...MANAGER, 'SetEntityPermissions', { entity, permission: [permission(roleId, more)] })
  return { ...test, tree, bob, login, may, grant }
}

const permission = (roleId: number, more: Partial<Permission> = {}) =>
  data('Permission', { principal: 'bob@lab.local', group: false, roleId, propagate: true, ...more })

function faultOf(run: () => unknown): MethodFault | undefined {
  try {
    run()
  } catch (error) {
    if (error instanceof VimFault) return error.fault
    throw error
  }
  return undefined
}

describe('a fresh vCenter', () => {
  it('lets everybody do everything', () => {
    const { sandbox, tree, bob, may, call } = world()
    expect(isUnrestricted(sandbox.inventory.read)).toBe(true)
    expect(may(tree.inner)).toBe(true)
    expect(bob.get('Folder', tree.inner.value, 'effectiveRole')).toEqual([ROLE.admin])
    expect(call(...MANAGER, 'RetrieveAllPermissions')).toMatchObject([
      { principal: 'VSPHERE.LOCAL\\Administrator', group: false, roleId: -1, entity: tree.root },
      { principal: 'VSPHERE.LOCAL\\Administrators', group: true, roleId: -1, entity: tree.root },
    ])
  })

  it('has the system roles and the sample roles', () => {
    const { get } = world()
    const roles = get<readonly AuthorizationRole[]>(...MANAGER, 'roleList')
    expect(roles.map(({ roleId, system, name }) => [roleId, system, name])).toEqual([
      [-8, true, 'NoTrustedAdmin'],
      [-7, true, 'TrustedAdmin'],
      [-6, true, 'NoCryptoAdmin'],
      [-5, true, 'NoAccess'],
      [-4, true, 'Anonymous'],
      [-3, true, 'View'],
      [-2, true, 'ReadOnly'],
      [-1, true, 'Admin'],
      [4, false, 'VirtualMachinePowerUser'],
      [5, false, 'VirtualMachineUser'],
      [6, false, 'ResourcePoolAdministrator'],
      [7, false, 'VMwareConsolidatedBackupUser'],
      [8, false, 'DatastoreConsumer'],
      [9, false, 'NetworkAdministrator'],
    ])
    const known = new Set(privilegeIds())
    for (const { privilege } of roles) for (const id of privilege ?? []) expect(known).toContain(id)
    expect(roles.find(({ name }) => name === 'Admin')?.privilege).toContain(
      'VirtualMachine.Interact.CreateSecondary',
    )
  })
})

describe('permissions', () => {
  it('of a user come before his groups', () => {
    const { sandbox, tree, bob, may, grant } = world()
    grant(tree.root, ROLE.readOnly)
    expect(isUnrestricted(sandbox.inventory.read)).toBe(false)
    expect(may(tree.inner)).toBe(false)
    expect(bob.get('Folder', tree.inner.value, 'name')).toBe('inner')
    expect(bob.get('Folder', tree.inner.value, 'effectiveRole')).toEqual([ROLE.readOnly])
  })

  it('say what is missing where', () => {
    const { tree, bob, grant } = world()
    grant(tree.root, ROLE.readOnly)
    expect(faultOf(() => bob.call('Folder', tree.inner.value, 'CreateFolder', { name: 'x' }))).toEqual({
      _typeName: 'NoPermission',
      object: tree.inner,
      privilegeId: 'Folder.Create',
      missingPrivileges: [
        { _typeName: 'NoPermissionEntityPrivileges', entity: tree.inner, privilegeIds: ['Folder.Create'] },
      ],
    })
  })

  it('of the nearest entity decide', () => {
    const { tree, may, grant } = world()
    grant(tree.root, ROLE.readOnly)
    grant(tree.outer, ROLE.admin)
    expect([may(tree.vms), may(tree.outer), may(tree.inner)]).toEqual([false, true, true])
  })

  it('that do not propagate hold for their entity alone', () => {
    const { tree, may, grant } = world()
    grant(tree.root, ROLE.readOnly)
    grant(tree.outer, ROLE.admin, { propagate: false })
    expect([may(tree.outer), may(tree.inner)]).toEqual([true, false])
  })

  it('of a datacenter hold for its own folders, propagated or not', () => {
    const { tree, may, grant } = world()
    grant(tree.root, ROLE.readOnly)
    grant(tree.lab, ROLE.admin, { propagate: false })
    expect([may(tree.vms), may(tree.outer)]).toEqual([true, false])
  })

  it('without access hide an entity, but not what leads to one that may be seen', () => {
    const { tree, bob, grant } = world()
    grant(tree.root, ROLE.noAccess)
    grant(tree.inner, ROLE.readOnly)
    const canSee = ({ value }: ManagedObjectReference) =>
      faultOf(() => bob.get('Folder', value, 'name')) === undefined
    expect([canSee(tree.root), canSee(tree.outer), canSee(tree.inner)]).toEqual([true, true, true])
    grant(tree.inner, ROLE.noAccess)
    expect([canSee(tree.outer), canSee(tree.inner)]).toEqual([false, false])
  })

  it('keep out who has none at all', () => {
    const { tree, grant, login } = world()
    grant(tree.root, ROLE.noAccess)
    expect(faultOf(() => login('bob@lab.local'))?._typeName).toBe('NoPermission')
    expect(login('alice@lab.local').session.userName).toBe('LAB.LOCAL\\alice')
  })

  it('are asked for on what the arguments name', () => {
    const { tree, bob, grant } = world()
    grant(tree.root, ROLE.readOnly)
    const args = { entity: tree.outer, permission: [permission(ROLE.admin)] }
    expect(faultOf(() => bob.call(...MANAGER, 'SetEntityPermissions', args))).toMatchObject({
      _typeName: 'NoPermission',
      object: tree.outer,
      privilegeId: 'Authorization.ModifyPermissions',
    })
  })

  it('can be set, changed, listed and removed, each with its event', () => {
    const { tree, call, grant, get, newEvents } = world()
    newEvents()
    grant(tree.outer, ROLE.readOnly)
    grant(tree.outer, ROLE.admin)
    const stored = { entity: tree.outer, principal: BOB, roleId: ROLE.admin }
    expect(get('Folder', tree.outer.value, 'permission')).toMatchObject([stored])
    const entity = tree.inner
    expect(call(...MANAGER, 'RetrieveEntityPermissions', { entity, inherited: false })).toEqual([])
    expect(call(...MANAGER, 'RetrieveEntityPermissions', { entity, inherited: true })).toMatchObject([
      stored,
      { principal: 'VSPHERE.LOCAL\\Administrator' },
      { principal: 'VSPHERE.LOCAL\\Administrators' },
    ])
    call(...MANAGER, 'RemoveEntityPermission', { entity: tree.outer, user: 'lab.local\\bob', isGroup: false })
    expect(get('Folder', tree.outer.value, 'permission')).toEqual([])
    expect(newEvents()).toEqual(['PermissionAddedEvent', 'PermissionUpdatedEvent', 'PermissionRemovedEvent'])
  })

  it('can be reset as a whole', () => {
    const { tree, call, grant, get } = world()
    grant(tree.outer, ROLE.readOnly)
    const fresh = permission(8, { principal: 'alice@lab.local' })
    call(...MANAGER, 'ResetEntityPermissions', { entity: tree.outer, permission: [fresh] })
    expect(get('Folder', tree.outer.value, 'permission')).toMatchObject([
      { principal: 'LAB.LOCAL\\alice', roleId: 8 },
    ])
  })

  it.each([
    ['SetEntityPermissions', { permission: [permission(4711)] }, 'NotFound'],
    ['SetEntityPermissions', { permission: [permission(ROLE.view)] }, 'InvalidArgument'],
    ['SetEntityPermissions', { permission: [permission(ROLE.admin, { principal: ' ' })] }, 'UserNotFound'],
    ['ResetEntityPermissions', { permission: [permission(ROLE.readOnly)] }, 'AuthMinimumAdminPermission'],
    ['ResetEntityPermissions', { permission: [permission(4711)] }, 'NotFound'],
    ['ResetEntityPermissions', { permission: [permission(8, { principal: '' })] }, 'UserNotFound'],
    ['RemoveEntityPermission', { user: 'bob', isGroup: false }, 'NotFound'],
    ['RetrieveRolePermissions', { roleId: 4711 }, 'NotFound'],
    ['MergePermissions', { srcRoleId: 4711, dstRoleId: ROLE.admin }, 'NotFound'],
    ['MergePermissions', { srcRoleId: ROLE.admin, dstRoleId: ROLE.readOnly }, 'AuthMinimumAdminPermission'],
  ])('%s(%j) is %s', (method, args, expected) => {
    const { tree, fault, sandbox } = world()
    const { root } = sandbox.inventory
    expect(fault(...MANAGER, method, { entity: tree.root, ...args })._typeName).toBe(expected)
    expect(sandbox.inventory.root.entities).toBe(root.entities)
  })

  it('need one administrator, even when they are removed one by one', () => {
    const { tree, call, fault } = world()
    const remove = (user: string, isGroup: boolean) => ({ entity: tree.root, user, isGroup })
    call(...MANAGER, 'RemoveEntityPermission', remove('Administrators', true))
    expect(fault(...MANAGER, 'RemoveEntityPermission', remove('Administrator', false))._typeName).toBe(
      'AuthMinimumAdminPermission',
    )
  })
})

describe('roles', () => {
  const add = (name = 'Gardener', privIds: readonly string[] = ['Folder.Create']) => ({ name, privIds })

  it('are made, used, changed, merged and removed', () => {
    const { tree, call, get, grant, may, newEvents } = world()
    newEvents()
    const roleId = call(...MANAGER, 'AddAuthorizationRole', add()) as number
    expect(roleId).toBe(10)
    grant(tree.root, ROLE.readOnly)
    grant(tree.outer, roleId)
    expect(may(tree.inner)).toBe(true)
    expect(call(...MANAGER, 'RetrieveRolePermissions', { roleId })).toMatchObject([{ entity: tree.outer }])

    call(...MANAGER, 'UpdateAuthorizationRole', { roleId, newName: 'Guest', privIds: [] })
    expect(may(tree.inner)).toBe(false)
    expect(get<AuthorizationRole[]>(...MANAGER, 'roleList').at(-1)).toMatchObject({
      roleId,
      name: 'Guest',
      system: false,
      privilege: ['System.Anonymous', 'System.Read', 'System.View'],
    })

    call(...MANAGER, 'MergePermissions', { srcRoleId: roleId, dstRoleId: ROLE.admin })
    expect(may(tree.inner)).toBe(true)
    grant(tree.outer, roleId)
    call(...MANAGER, 'RemoveAuthorizationRole', { roleId, failIfUsed: false })
    expect(get('Folder', tree.outer.value, 'permission')).toEqual([])
    expect(newEvents().filter((name) => name.startsWith('Role'))).toEqual([
      'RoleAddedEvent',
      'RoleUpdatedEvent',
      'RoleRemovedEvent',
    ])
  })

  it.each([
    ['AddAuthorizationRole', add('Admin'), 'AlreadyExists'],
    ['AddAuthorizationRole', add(' '), 'InvalidName'],
    ['AddAuthorizationRole', add('x', ['No.Such']), 'InvalidArgument'],
    ['UpdateAuthorizationRole', { roleId: 4711, newName: 'x' }, 'NotFound'],
    ['UpdateAuthorizationRole', { roleId: 4, newName: 'VirtualMachineUser' }, 'AlreadyExists'],
    ['UpdateAuthorizationRole', { roleId: 4, newName: '' }, 'InvalidName'],
    ['UpdateAuthorizationRole', { roleId: ROLE.admin, newName: 'x' }, 'InvalidArgument'],
    ['RemoveAuthorizationRole', { roleId: 4711, failIfUsed: true }, 'NotFound'],
    ['RemoveAuthorizationRole', { roleId: ROLE.admin, failIfUsed: true }, 'InvalidArgument'],
    ['RemoveAuthorizationRole', { roleId: 4, failIfUsed: true }, 'RemoveFailed'],
  ])('%s(%j) is %s', (method, args, expected) => {
    const { tree, grant, fault, sandbox } = world()
    grant(tree.outer, 4)
    const { root } = sandbox.inventory
    expect(fault(...MANAGER, method, args)._typeName).toBe(expected)
    expect(sandbox.inventory.root.entities).toBe(root.entities)
  })
})

describe('questions about privileges', () => {
  it('are answered per entity and privilege', () => {
    const { tree, bob, call, grant } = world()
    grant(tree.root, ROLE.readOnly)
    grant(tree.outer, ROLE.admin)
    const privId = ['Folder.Create', 'System.View']
    const sessionId = bob.session.key
    const entity = [tree.vms, tree.outer]
    const granted = (answer: unknown) =>
      (answer as EntityPrivilege[]).map(({ privAvailability }) => privAvailability.map((p) => p.isGranted))
    const expected = [
      [false, true],
      [true, true],
    ]
    expect(granted(call(...MANAGER, 'HasPrivilegeOnEntities', { entity, sessionId, privId }))).toEqual(
      expected,
    )
    const ask = { entities: entity, userName: 'bob@lab.local', privId }
    expect(granted(call(...MANAGER, 'HasUserPrivilegeOnEntities', ask))).toEqual(expected)
    expect(call(...MANAGER, 'HasPrivilegeOnEntity', { entity: tree.vms, sessionId, privId })).toEqual(
      expected[0],
    )
    const [onVms] = call(...MANAGER, 'FetchUserPrivilegeOnEntities', {
      entities: [tree.vms],
      userName: 'bob@lab.local',
    }) as UserPrivilegeResult[]
    expect(onVms?.privileges).toEqual(['System.Anonymous', 'System.Read', 'System.View'])
  })

  it('need a session that exists', () => {
    const { tree, fault } = world()
    const args = { entity: tree.root, sessionId: 'nobody', privId: [] }
    expect(fault(...MANAGER, 'HasPrivilegeOnEntity', args)).toMatchObject({ invalidProperty: 'sessionId' })
  })
})

describe('members for everybody', () => {
  it('answer without a session, others do not', () => {
    const { sandbox } = world()
    const target = {
      release: sandbox.services.identity.release,
      token: undefined,
      client: { ip: '', userAgent: '' },
    }
    const get = (property: string) =>
      readProperty(sandbox, { ...target, reply: {}, type: MANAGER[0], id: MANAGER[1], property })
    expect(faultOf(() => get('roleList'))).toMatchObject({
      _typeName: 'NotAuthenticated',
      object: moRef('Folder', 'group-d1'),
      privilegeId: 'System.View',
    })
  })
})
