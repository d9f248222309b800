import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { VMwareDVSPortSetting } from '#vim25/generated/types.js'
import { changedSetting, settingUpon, vlansOf } from './policy.js'
import { hasPort, noPorts, portAt, portCount, portsIn, withoutPort, withPorts } from './port-ranges.js'
import { compareReleases, neededRelease, switchVersions } from './products.js'
import { portSetting } from './settings.js'

describe('port ranges', () => {
  it('hold what was added and not what was taken away', () => {
    const ranges = withoutPort(withPorts(withPorts(noPorts, 0, 4), 8, 2), 2)
    expect(ranges).toEqual([
      [0, 1],
      [3, 3],
      [8, 9],
    ])
    expect(portsIn(ranges)).toEqual([0, 1, 3, 8, 9])
    expect(portCount(ranges)).toBe(5)
    expect([hasPort(ranges, 2), hasPort(ranges, 8)]).toEqual([false, true])
    expect([portAt(ranges, 2), portAt(ranges, 4), portAt(ranges, 5)]).toEqual([3, 9, undefined])
    expect(withPorts(ranges, 2, 1)).toEqual([
      [0, 3],
      [8, 9],
    ])
    expect(withPorts(ranges, 20, -1)).toBe(ranges)
  })
})

describe('settings', () => {
  const above = portSetting(0)
  const teaming = (value: string) =>
    data('VMwareDVSPortSetting', {
      uplinkTeamingPolicy: data('VmwareUplinkPortTeamingPolicy', {
        inherited: false,
        policy: data('StringPolicy', { inherited: false, value }),
      }),
    })

  it('are inherited where nothing is set', () => {
    const setting = settingUpon(above, undefined) as VMwareDVSPortSetting
    expect(setting.vlan).toMatchObject({ inherited: true, vlanId: 0 })
    expect(setting.uplinkTeamingPolicy?.policy?.inherited).toBe(true)
  })

  it('are the own ones where set, part by part', () => {
    const setting = settingUpon(above, teaming('failover_explicit')) as VMwareDVSPortSetting
    expect(setting.uplinkTeamingPolicy).toMatchObject({
      inherited: false,
      policy: { inherited: false, value: 'failover_explicit' },
      notifySwitches: { inherited: true, value: true },
    })
    const again = settingUpon(above, changedSetting(setting, data('VMwareDVSPortSetting', {})))
    expect(again).toEqual(setting)
    const back = data('VMwareDVSPortSetting', {
      uplinkTeamingPolicy: data('VmwareUplinkPortTeamingPolicy', { inherited: true }),
    })
    expect(settingUpon(above, changedSetting(setting, back))).toEqual(settingUpon(above, undefined))
  })

  it('say their VLANs', () => {
    expect(vlansOf(portSetting(7))).toEqual([{ start: 7, end: 7 }])
    expect(vlansOf(portSetting('trunk'))).toMatchObject([{ start: 0, end: 4094 }])
  })
})

describe('versions', () => {
  it('are those of the release, each with the hosts that it needs', () => {
    expect(switchVersions('7.0.3')).toEqual(['7.0.3', '7.0.2', '7.0.0', '6.6.0', '6.5.0'])
    expect(switchVersions('6.0.0')).toEqual(['6.0.0'])
    expect(neededRelease('6.6.0')).toBe('6.7.0')
    expect(compareReleases('7.0.10', '7.0.9')).toBeGreaterThan(0)
  })
})
