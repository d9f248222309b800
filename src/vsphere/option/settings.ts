import { boxedBoolean, boxedInt, boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionValue } from '#vim25/generated/types.js'
import type { Identity } from '../core/identity.js'

/** Advanced settings of a fresh vCenter that clients read, sorted by key; keys and types as a real one has them. */
const SETTINGS: readonly (readonly [key: string, value: string | number | boolean])[] = [
  ['VirtualCenter.FQDN', 'vcenter.lab.local'],
  ['VirtualCenter.InstanceName', 'vcenter.lab.local'],
  ['VirtualCenter.MaxDBConnection', 50],
  ['VirtualCenter.VimPasswordExpirationInDays', 30],
  ['config.log.level', 'info'],
  ['config.vmacore.soap.sessionTimeout', '30'],
  ['config.vpxd.das.electionWaitTimeSec', 120],
  ['config.vpxd.heartbeat.notRespondingTimeout', '60'],
  ['config.vpxd.sso.admin.uri', 'https://vcenter.lab.local/sso-adminserver/sdk/vsphere.local'],
  ['config.vpxd.sso.default.admin', 'Administrator@vsphere.local'],
  ['config.vpxd.sso.default.isGroup', 'false'],
  ['config.vpxd.sso.groupcheck.uri', 'https://vcenter.lab.local/sso-adminserver/sdk/vsphere.local'],
  ['config.vpxd.sso.lookupService.uri', 'https://vcenter.lab.local/lookupservice/sdk'],
  ['config.vpxd.sso.sts.uri', 'https://vcenter.lab.local/sts/STSService/vsphere.local'],
  ['event.batchsize', 2000],
  ['event.maxAge', 30],
  ['event.maxAgeEnabled', true],
  ['event.maxCollectors', 32],
  ['instance.id', 1],
  ['task.maxAge', 30],
  ['task.maxAgeEnabled', true],
  ['task.maxCollectors', 32],
]

function boxedValue(value: string | number | boolean) {
  if (typeof value === 'string') return boxedString(value)
  return typeof value === 'number' ? boxedInt(value) : boxedBoolean(value)
}

/** OptionManager.setting of VpxSettings in a new world. */
export function vpxSettings(identity: Identity): readonly OptionValue[] {
  const own: readonly (readonly [string, string])[] = [
    ['VirtualCenter.VersionAndBuild', `${identity.productVersion} build-${identity.build}`],
  ]
  return Object.freeze(
    [...SETTINGS, ...own]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => data('OptionValue', { key, value: boxedValue(value) })),
  )
}
