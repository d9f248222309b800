import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { DEFAULT_PERMISSIONS } from '#vsphere/authorization/permissions.js'
import { ROLE } from '#vsphere/authorization/roles.js'
import { sessions } from '#vsphere/core/context.js'
import { createLibraryLab, LIBRARY, LOCAL } from './testing.js'

const CONFIGURATION = 'com.vmware.content.configuration'
const TRUSTED = 'com.vmware.content.trusted_certificates'

/** Signed by itself, for publisher.lab. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUUS9RBjXUYlS4s3xC4Km+RHSkVuQwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNcHVibGlzaGVyLmxhYjAeFw0yNjExMjMwNDU4MTdaFw0zNjEx
MjAwNDU4MTdaMBgxFjAUBgNVBAMMDXB1Ymxpc2hlci5sYWIwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAT5GP/t14CaYdPOlUy3AMqBuDoQIqhDCEKApQefFjp0H060
HGEGuIWzWFmnAG57EHylWoPhKZ4a8u1otR7G6lUUo1MwUTAdBgNVHQ4EFgQUzkAT
Ibitm8jk5Da/My5z/UD3pugwHwYDVR0jBBgwFoAUzkATIbitm8jk5Da/My5z/UD3
pugwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAtRbjLrs3Zd0b
wb8W00TFsNl67/Jfup8R27yBhxdksRgCIFIP/5oZ/ItJcGL/lQBYnzWmn+/a33t7
GaBpFpu/7aDq
-----END CERTIFICATE-----
`

describe('settings of content libraries', () => {
  it('are kept and read back', async () => {
    const lab = createLibraryLab()
    expect(await lab.invoke(CONFIGURATION, 'get', {})).toEqual({
      automatic_sync_enabled: true,
      automatic_sync_start_hour: 20,
      automatic_sync_stop_hour: 7,
      maximum_concurrent_item_syncs: 5,
    })
    await lab.invoke(CONFIGURATION, 'update', { model: { automatic_sync_start_hour: 1 } })
    expect(await lab.invoke(CONFIGURATION, 'get', {})).toMatchObject({
      automatic_sync_start_hour: 1,
      automatic_sync_stop_hour: 7,
    })
    const late = { model: { automatic_sync_stop_hour: 24 } }
    expect((await lab.error(CONFIGURATION, 'update', late)).type).toBe('INVALID_ARGUMENT')
  })

  it('tell what items can be, and of the policy that libraries can have', async () => {
    const lab = createLibraryLab()
    expect((await lab.invoke('com.vmware.content.type', 'list', {})).map(({ type }) => type)).toContain('ovf')
    const [policy] = await lab.invoke('com.vmware.content.security_policies', 'list', {})
    const id = await lab.library({ security_policy_id: policy?.policy })
    expect((await lab.invoke(LIBRARY, 'get', { library_id: id })).security_policy_id).toBe(policy?.policy)
    await lab.invoke(LOCAL, 'update', { library_id: id, update_spec: { unset_security_policy_id: true } })
    expect((await lab.invoke(LIBRARY, 'get', { library_id: id })).security_policy_id).toBeUndefined()
  })

  it('keep certificates', async () => {
    const lab = createLibraryLab()
    const bad = { spec: { cert_text: 'nonsense' } }
    expect((await lab.error(TRUSTED, 'create', bad)).messages[0]?.id).toBe(
      'com.vmware.vdcs.cls-main.certificate_invalid',
    )
    const text = CERTIFICATE
    const certificate = await lab.invoke(TRUSTED, 'create', { spec: { cert_text: text } })
    expect(await lab.invoke(TRUSTED, 'get', { certificate })).toEqual({ cert_text: text })
    expect((await lab.invoke(TRUSTED, 'list', {})).certificates).toEqual([{ certificate, cert_text: text }])
    await lab.invoke(TRUSTED, 'delete', { certificate })
    expect((await lab.error(TRUSTED, 'get', { certificate })).type).toBe('NOT_FOUND')
  })
})

describe('rights on content libraries', () => {
  it('are those at the root folder', async () => {
    const lab = createLibraryLab()
    const id = await lab.library()
    const permit = (roleId: number) =>
      lab.act(({ tx }) => {
        const reader = { principal: 'VSPHERE.LOCAL\\reader', group: false, roleId, propagate: true }
        const permission = data('Permission', { ...reader, entity: tx.ref('group-d1') })
        tx.set('Folder', 'group-d1', { permission: [...DEFAULT_PERMISSIONS, permission] })
      })
    permit(ROLE.readOnly)
    const [session = ''] = lab.sandbox.inventory.read.ids(sessions)
    lab.act((ctx) => ctx.tx.set(sessions, session, { userName: 'VSPHERE.LOCAL\\reader' }))
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([id])
    const error = await lab.error(LOCAL, 'delete', { library_id: id })
    expect([error.type, error.messages[0]?.args[0]]).toEqual([
      'UNAUTHORIZED',
      expect.stringContaining('ContentLibrary.DeleteLocalLibrary'),
    ])
    permit(ROLE.noAccess)
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([])
    expect((await lab.error(LIBRARY, 'get', { library_id: id })).type).toBe('UNAUTHORIZED')
  })
})
