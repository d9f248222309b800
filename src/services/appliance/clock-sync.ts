import { service } from '../core/service.js'
import { checkHosts, isHost } from './check.js'
import { applianceOf, changeAppliance } from './record.js'

export const ntp = service('com.vmware.appliance.ntp', {
  get: (call) => applianceOf(call).ntp,
  set(call, { servers }) {
    checkHosts('servers', servers)
    changeAppliance(call, () => ({ ntp: servers }))
  },
  /** Whatever looks like a server is one (deviation 66). The message of success is recorded from 7.0.2. */
  test: (_call, { servers }) =>
    servers.map((server) =>
      isHost(server)
        ? {
            server,
            status: 'SERVER_REACHABLE' as const,
            message: {
              id: 'com.vmware.appliance.ntp_sync.success',
              default_message: 'NTP Server is reachable.',
              args: [],
            },
          }
        : {
            server,
            status: 'SERVER_UNREACHABLE' as const,
            message: {
              id: 'com.vmware.appliance.ntp_sync.failure',
              default_message: 'NTP Server is unreachable.',
              args: [],
            },
          },
    ),
})

/** The service that keeps the time by NTP runs in that mode. */
export const timesync = service('com.vmware.appliance.timesync', {
  get: (call) => applianceOf(call).timesync,
  set: (call, { mode }) =>
    changeAppliance(call, ({ services: { ntpd: _, ...services } }) => ({ timesync: mode, services })),
})
