import { data } from '#vim25/data.js'
import type { HostNetworkInfo, HostRuntimeInfoNetworkRuntimeInfo } from '#vim25/generated/types.js'
import { share } from '../vm/share.js'

/** Part of a link that virtual machines may have while network I/O control shares it: three quarters, its default limit. */
const FOR_VMS = 0.75

/** HostRuntimeInfo.networkRuntimeInfo: pure, the same object for hosts whose networks are alike. */
export function networkRuntimeOf(
  network: HostNetworkInfo | undefined,
): HostRuntimeInfoNetworkRuntimeInfo | undefined {
  if (!network) return undefined
  const { netStackInstance = [], vnic = [], pnic = [] } = network
  return share(
    data('HostRuntimeInfoNetworkRuntimeInfo', {
      netStackInstanceRuntimeInfo: netStackInstance.map((stack) =>
        data('HostRuntimeInfoNetStackInstanceRuntimeInfo', {
          netStackInstanceKey: stack.key ?? '',
          state: 'active',
          vmknicKeys: vnic
            .filter(({ spec }) => (spec.netStackInstanceKey ?? 'defaultTcpipStack') === stack.key)
            .map(({ device }) => device),
          maxNumberOfConnections: stack.requestedMaxNumberOfConnections,
          currentIpV6Enabled: stack.ipV6Enabled,
        }),
      ),
      networkResourceRuntime: data('HostNetworkResourceRuntime', {
        pnicResourceInfo: pnic.map(({ device, linkSpeed }) => {
          const megabits = Math.floor((linkSpeed?.speedMb ?? 0) * FOR_VMS)
          return data('HostPnicNetworkResourceInfo', {
            pnicDevice: device,
            availableBandwidthForVMTraffic: megabits,
            unusedBandwidthForVMTraffic: megabits,
          })
        }),
      }),
    }),
  )
}
