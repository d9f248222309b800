import { dateTime } from '#ports/clock.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import { clockAhead } from './clock.js'
import { changeSettings, requireHost } from './settings.js'

/** The clock of a host is the world's until somebody sets it (UpdateDateTime, host-services family). */
export const dateTimeOperations = operations('HostDateTimeSystem', {
  QueryDateTime(ctx, self) {
    return dateTime(ctx.now + clockAhead(ctx.tx, requireHost(ctx, self)))
  },

  /** ESXi keeps UTC, whatever a client would like to see. */
  QueryAvailableTimeZones(ctx, self) {
    requireHost(ctx, self)
    return [ctx.tx.get('HostDateTimeSystem', self.value).dateTimeInfo.timeZone]
  },

  /** What the spec leaves out stays as it is. */
  UpdateDateTimeConfig(ctx, self, { config }) {
    const { timeZone, ntpConfig, ptpConfig, protocol, enabled, disableEvents, disableFallback } = config
    changeSettings(ctx, self, 'dateTimeInfo', (info) => {
      if (timeZone !== undefined && timeZone !== info.timeZone.key) throw fault('HostConfigFault', {})
      return patch(info, {
        ntpConfig: ntpConfig ?? info.ntpConfig,
        ptpConfig: ptpConfig ?? info.ptpConfig,
        systemClockProtocol: protocol ?? info.systemClockProtocol,
        enabled: enabled ?? info.enabled,
        disableEvents: disableEvents ?? info.disableEvents,
        disableFallback: disableFallback ?? info.disableFallback,
      })
    })
  },

  RefreshDateTimeSystem(ctx, self) {
    requireHost(ctx, self)
  },
})
