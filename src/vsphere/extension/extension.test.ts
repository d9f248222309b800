import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { Extension } from '#vim25/generated/types.js'
import { families } from '../families.js'
import { createLab } from '../host/testing.js'
import { createServiceObjects } from '../service-instance/build.js'
import { createVmLab } from '../vm/testing.js'
import { credentialsId, extensionCredentials } from './operations.js'

const MANAGER = ['ExtensionManager', 'ExtensionManager'] as const
const NOT_FOUND = { _typeName: 'NotFound' }

const backup = (changes: Partial<Extension> = {}) =>
  data('Extension', {
    description: data('Description', { label: 'Backup', summary: 'Backs up' }),
    key: 'com.example.backup',
    version: '1.0',
    lastHeartbeatTime: '2001-01-01T00:00:00Z',
    ...changes,
  })

function world() {
  const lab = createLab({ families, seed: createServiceObjects })
  return {
    lab,
    register: (extension = backup()) => lab.call(...MANAGER, 'RegisterExtension', { extension }),
    find: (extensionKey = 'com.example.backup') =>
      lab.call(...MANAGER, 'FindExtension', { extensionKey }) as Extension | undefined,
    list: () => lab.get<Extension[]>(...MANAGER, 'extensionList').map(({ key }) => key),
    credentials: () =>
      lab.sandbox.inventory.read.find(extensionCredentials, credentialsId('com.example.backup')),
  }
}

describe('ExtensionManager', () => {
  it('has the extensions that a vCenter brings along', () => {
    const { list, find } = world()
    expect(list()).toContain('com.vmware.vim.eam')
    expect(find('VirtualCenter')).toMatchObject({ version: '8.0.3', company: 'VMware, Inc.' })
  })
})

describe('RegisterExtension', () => {
  it('adds an extension, heard of now', () => {
    const { register, find, list } = world()
    expect(find()).toBeUndefined()
    const before = list()
    register()
    expect(find()).toMatchObject({ version: '1.0', lastHeartbeatTime: '2026-01-01T00:00:00Z' })
    expect(list()).toEqual([...before, 'com.example.backup'])
  })

  it.each([
    ['a key that is taken', backup()],
    ['no key', backup({ key: '' })],
  ])('refuses %s', (_what, extension) => {
    const { lab, register, list } = world()
    register()
    const before = list()
    expect(lab.fault(...MANAGER, 'RegisterExtension', { extension })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'extension.key',
    })
    expect(list()).toEqual(before)
  })
})

describe('UpdateExtension', () => {
  it('replaces an extension, and none that is not there', () => {
    const { lab, register, find } = world()
    expect(lab.fault(...MANAGER, 'UpdateExtension', { extension: backup() })).toMatchObject(NOT_FOUND)
    register()
    lab.call(...MANAGER, 'UpdateExtension', { extension: backup({ version: '2.0' }) })
    expect(find()).toMatchObject({ version: '2.0' })
  })
})

describe('UnregisterExtension', () => {
  it('removes an extension and what it proves itself with', () => {
    const { lab, register, find, credentials } = world()
    register()
    lab.call(...MANAGER, 'SetPublicKey', { extensionKey: 'com.example.backup', publicKey: 'key' })
    expect(credentials()).toMatchObject({ publicKey: 'key' })
    lab.call(...MANAGER, 'UnregisterExtension', { extensionKey: 'com.example.backup' })
    expect([find(), credentials()]).toEqual([undefined, undefined])
    expect(
      lab.fault(...MANAGER, 'UnregisterExtension', { extensionKey: 'com.example.backup' }),
    ).toMatchObject(NOT_FOUND)
  })
})

describe('what an extension proves itself with', () => {
  it('is kept, and shown to nobody', () => {
    const { lab, register, find, credentials } = world()
    register()
    const about = { extensionKey: 'com.example.backup' }
    lab.call(...MANAGER, 'SetExtensionCertificate', { ...about, certificatePem: 'PEM' })
    lab.call(...MANAGER, 'SetServiceAccount', { ...about, serviceAccount: 'backup@vsphere.local' })
    expect(credentials()).toMatchObject({ certificate: 'PEM', serviceAccount: 'backup@vsphere.local' })
    expect(JSON.stringify(find())).not.toContain('PEM')
  })

  it('wants an extension, and a certificate', () => {
    const { lab, register, credentials } = world()
    const other = { extensionKey: 'com.example.other' }
    const fault = (method: string, args: object) => lab.fault(...MANAGER, method, args)
    expect(fault('SetExtensionCertificate', { ...other, certificatePem: 'PEM' })).toMatchObject(NOT_FOUND)
    expect(fault('SetServiceAccount', { ...other, serviceAccount: 'a' })).toMatchObject(NOT_FOUND)
    expect(fault('SetPublicKey', { ...other, publicKey: 'a' })).toMatchObject({
      invalidProperty: 'extensionKey',
    })
    register()
    expect(fault('SetExtensionCertificate', { extensionKey: 'com.example.backup' })).toMatchObject({
      _typeName: 'NoClientCertificate',
    })
    expect(credentials()).toBeUndefined()
  })
})

describe('QueryManagedBy', () => {
  it('finds the machines that say whose they are', () => {
    const lab = createVmLab()
    lab.act(createServiceObjects)
    const managedBy = data('ManagedByInfo', { extensionKey: 'com.example.backup', type: 'proxy' })
    const vm = lab.create({ managedBy })
    lab.create({ name: 'another' })
    const managed = (extensionKey: string) => lab.call(...MANAGER, 'QueryManagedBy', { extensionKey })
    expect(managed('com.example.backup')).toMatchObject([{ type: 'VirtualMachine', value: vm }])
    expect(managed('com.example.other')).toEqual([])
  })
})
