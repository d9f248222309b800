import { timestamp } from '#ports/clock.js'
import { message, vapiError } from '#vapi/error.js'
import { began } from '../appliance/record.js'
import { service } from '../core/service.js'

const SERVICE = 'com.vmware.vcenter.deployment'

/** The appliance was installed, with success, when the world began; nothing deploys it any more. */
export const deployment = service(SERVICE, {
  get({ read }) {
    const time = timestamp(began(read))
    return {
      state: 'CONFIGURED',
      status: 'SUCCEEDED',
      description: message(`${SERVICE}.description`, 'Installation of the vCenter Server appliance'),
      service: `${SERVICE}.install`,
      operation: 'start',
      cancelable: false,
      progress: {
        total: 100,
        completed: 100,
        message: message(`${SERVICE}.completed`, 'The vCenter Server appliance is installed.'),
      },
      start_time: time,
      end_time: time,
    }
  },

  rollback() {
    throw vapiError(
      'UNSUPPORTED',
      `${SERVICE}.rollback.unsupported`,
      'Only a deployment that has failed can be rolled back.',
    )
  },
})
