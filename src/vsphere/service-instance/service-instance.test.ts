import { describe, expect, it } from 'vitest'
import { isMoRef } from '#inventory/entity.js'
import type { ServiceContent } from '#vim25/generated/types.js'
import { dataType, managedType } from '#vim25/schema.js'
import type { IdentityVersion } from '../core/identity.js'
import { createTestWorld } from '../core/testing.js'
import { families } from '../families.js'
import { createRootFolder } from '../folder/build.js'
import { createServiceObjects } from './build.js'

function world(version: IdentityVersion = '8.0.3') {
  return createTestWorld({
    families,
    version,
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })
}

const contentOf = (test: ReturnType<typeof world>) =>
  test.call('ServiceInstance', 'ServiceInstance', 'RetrieveServiceContent') as ServiceContent

describe('ServiceContent', () => {
  it.each(['6.0', '6.5', '6.7', '7.0.3', '8.0.3'] as const)(
    'of %s names objects that exist and nothing newer',
    (version) => {
      const test = world(version)
      const { release } = test.sandbox.services.identity
      for (const [member, value] of Object.entries(contentOf(test))) {
        if (!isMoRef(value)) continue
        expect(test.sandbox.inventory.read.entity(value.value)?.ref).toEqual(value)
        const declared = dataType('ServiceContent')?.byName.get(member)
        expect(declared?.since).toBeLessThanOrEqual(release)
      }
    },
  )

  it.each([
    ['6.0', false],
    ['6.5', false],
    ['6.7', true],
    ['8.0.3', true],
  ] as const)('of %s says whether DRS can do without EVC for pairs: %s', (version, without) => {
    const { read } = world(version).sandbox.inventory
    expect(read.get('ServiceInstance', 'ServiceInstance').capability.ftDrsWithoutEvcSupported).toBe(without)
  })

  it('has the ids that clients rely on', () => {
    const content = contentOf(world())
    const ids = Object.entries(content).flatMap(([member, ref]) =>
      isMoRef(ref) ? [[member, ref.value]] : [],
    )
    expect(Object.fromEntries(ids)).toMatchObject({
      rootFolder: 'group-d1',
      propertyCollector: 'propertyCollector',
      viewManager: 'ViewManager',
      setting: 'VpxSettings',
      sessionManager: 'SessionManager',
      perfManager: 'PerfMgr',
      eventManager: 'EventManager',
      searchIndex: 'SearchIndex',
      dvSwitchManager: 'DVSManager',
      vmProvisioningChecker: 'ProvChecker',
      complianceManager: 'MoComplianceManager',
      guestOperationsManager: 'guestOperationsManager',
      tenantManager: 'TenantManager-24022515',
    })
    expect(content.cryptoManager?.type).toBe('CryptoManagerKmip')
    expect(content.vStorageObjectManager?.type).toBe('VcenterVStorageObjectManager')
  })

  it('says what it is', () => {
    const test = world()
    expect(contentOf(test).about).toEqual({
      _typeName: 'AboutInfo',
      name: 'VMware vCenter Server',
      fullName: 'VMware vCenter Server 8.0.3 build-24022515',
      vendor: 'VMware, Inc.',
      version: '8.0.3',
      patchLevel: '00000',
      build: '24022515',
      localeVersion: 'INTL',
      localeBuild: '000',
      osType: 'linux-x64',
      productLineId: 'vpx',
      apiType: 'VirtualCenter',
      apiVersion: '8.0.3.0',
      instanceUuid: test.sandbox.services.identity.instanceUuid,
      licenseProductName: 'VMware VirtualCenter Server',
      licenseProductVersion: '8.0',
    })
  })
})

describe('the objects that exist once', () => {
  it('have every property that is required of them', () => {
    const test = world()
    const { read } = test.sandbox.inventory
    const missing: string[] = []
    for (const { id, type } of [...test.sandbox.inventory.root.entities.values()]) {
      if (!read.entity(id)?.ref || type === 'Folder') continue
      for (const property of managedType(type)?.properties ?? [])
        if (!property.optional && property.since <= test.sandbox.services.identity.release)
          if (test.get(type, id, property.name) === undefined) missing.push(`${id}.${property.name}`)
    }
    expect(missing).toEqual([])
  })

  it('tell the time', () => {
    const test = world()
    test.sandbox.clock.advance(90_000)
    expect(test.get('ServiceInstance', 'ServiceInstance', 'serverClock')).toBe('2026-01-01T00:01:30Z')
    expect(test.call('ServiceInstance', 'ServiceInstance', 'CurrentTime')).toBe('2026-01-01T00:01:30Z')
  })
})
