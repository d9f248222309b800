import { expect, it } from 'vitest'
import { releaseIndex } from '#vapi/release.js'
import { implementedOperations } from './implemented-operations.js'

const implemented = [
  'com.vmware.cis.session/create',
  'com.vmware.cis.session/get',
  'com.vmware.vcenter.system/hello',
]

it('lists operations by service, without those that the release does not have', () => {
  expect(implementedOperations({ implemented }, releaseIndex('8.0.3.0'))).toEqual({
    'com.vmware.cis.session': ['create', 'get'],
    'com.vmware.vcenter.system': ['hello'],
  })
  expect(implementedOperations({ implemented }, releaseIndex('8.0.1.0'))).toEqual({
    'com.vmware.cis.session': ['create', 'get'],
  })
})
