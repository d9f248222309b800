import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { sessionId, sessions } from '#vsphere/core/context.js'
import { promisedMethods } from '../../house/promised.js'
import { createFaultLab } from './lab.js'
import { administrator, differences, methodOf, refusalOf } from './refusal.js'

/** What every method can be answered, whatever it does. */
const lab = createFaultLab()
const GUEST = 'guest'

/** Somebody who may look at everything and do nothing. */
lab.act(({ tx }) => {
  const own = tx.get(sessions, sessionId(administrator(lab)))
  tx.create(sessions, sessionId(GUEST), {
    ...own,
    token: GUEST,
    key: GUEST,
    userName: 'VSPHERE.LOCAL\\guest',
  })
})
lab.done('AuthorizationManager', 'AuthorizationManager', 'SetEntityPermissions', {
  entity: lab.ref('group-d1'),
  permission: [
    data('Permission', { principal: 'guest@vsphere.local', group: false, roleId: -2, propagate: true }),
  ],
})
lab.done('ManagedEntity', lab.idle, 'Rename_Task', { newName: 'lazy' })
lab.done('ViewManager', 'ViewManager', 'CreateListView', {})

/** An object of the type; the administrator's own where a session has its own. */
const objectOf = (type: string) =>
  [...lab.sandbox.inventory.root.entities.values()].find((entity) => entity.ref && isA(entity.type, type))
    ?.ref as ManagedObjectReference

const everywhere = promisedMethods.map((method) => ({ method, ...methodOf(method) }))

/** Reading roles have these; methods without a privilege ask for none. */
const HARMLESS = new Set([undefined, 'System.Anonymous', 'System.View', 'System.Read'])

const quiet = async (attempt: Parameters<typeof refusalOf>[1]) => {
  const before = lab.sandbox.inventory.root
  const { fault } = await refusalOf(lab, attempt)
  expect(differences(before, lab.sandbox.inventory.root)).toEqual([])
  return fault
}

describe('every method', () => {
  it.each(everywhere.filter(({ found }) => found.privilege !== 'System.Anonymous'))(
    '$method needs a session: NotAuthenticated',
    async ({ method, type, found }) => {
      const object = objectOf(type)
      expect(await quiet({ method, on: object.value, token: undefined })).toEqual({
        _typeName: 'NotAuthenticated',
        object: isA(type, 'ManagedEntity') ? { ...object, type } : moRef('Folder', 'group-d1'),
        privilegeId: found.privilege ?? 'System.View',
      })
    },
  )

  it.each(everywhere.filter(({ found }) => !HARMLESS.has(found.privilege)))(
    '$method needs $found.privilege: NoPermission',
    async ({ method, type, found }) => {
      expect(await quiet({ method, on: objectOf(type).value, token: GUEST })).toMatchObject({
        _typeName: 'NoPermission',
        privilegeId: found.privilege,
        missingPrivileges: [{ privilegeIds: [found.privilege] }],
      })
    },
  )

  it.each(everywhere)('$method needs its object: ManagedObjectNotFound', async ({ method, type }) => {
    expect(await quiet({ method, on: 'gone-1', token: administrator(lab) })).toEqual({
      _typeName: 'ManagedObjectNotFound',
      obj: moRef(type, 'gone-1'),
    })
  })
})

/** Prefixes of the managers' moids. */
const MANAGERS: Readonly<Record<string, string>> = {
  HostNetworkSystem: 'networkSystem',
  HostVirtualNicManager: 'virtualNicManager',
  HostVMotionSystem: 'vmotionSystem',
  HostDatastoreSystem: 'datastoreSystem',
}

describe.each([
  ['disconnected', 'HostNotConnected'],
  ['silent', 'HostNotReachable'],
])('a host that is %s', (how, fault) => {
  const [, , third = ''] = lab.hosts

  it.each(everywhere.filter(({ type }) => type in MANAGERS))(
    `$method: ${fault}`,
    async ({ method, type }) => {
      const root = lab.sandbox.snapshot()
      if (how === 'silent') lab.fail(third)
      else lab.done('HostSystem', third, 'DisconnectHost_Task')
      const on = lab.manager(MANAGERS[type] ?? '', third)
      expect(await quiet({ method, on, token: administrator(lab) })).toEqual({ _typeName: fault })
      lab.sandbox.restore(root)
    },
  )
})
