import { instant } from '#ports/clock.js'
import { data } from '#vim25/data.js'
import { operations } from '../core/behaviour.js'
import { hostClockId, hostClocks } from '../host/clock.js'
import { configOf, connectedHost } from './config.js'

export const dateTimeOperations = operations('HostDateTimeSystem', {
  /** The host's clock goes on from there; nothing else of the world follows it. */
  UpdateDateTime(ctx, self, { dateTime }) {
    const host = connectedHost(ctx, self)
    const ahead = instant(dateTime) - ctx.now
    const id = hostClockId(host)
    if (ctx.tx.find(hostClocks, id)) ctx.tx.set(hostClocks, id, { ahead })
    else ctx.tx.create(hostClocks, id, { host, ahead })
  },

  /** Works when time comes from outside and somebody is named to give it. */
  TestTimeService(ctx, self) {
    const info = configOf(ctx, self).dateTimeInfo
    const works = (info?.enabled ?? false) && (info?.ntpConfig?.server ?? []).length > 0
    return data('HostDateTimeSystemServiceTestResult', {
      workingNormally: works,
      report: works ? [] : ['Time synchronization is disabled, or has no server.'],
    })
  },
})
