import { service } from '../core/service.js'
import { vmInfo } from './info.js'
import { listVms } from './list.js'

export const vm = service('com.vmware.vcenter.VM', {
  list: (call, { filter }) => listVms(call, filter),
  get: (call, { vm: id }) => vmInfo(call, id),
})
