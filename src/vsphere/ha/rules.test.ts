import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import { applyClusterSpec } from '../cluster/apply-spec.js'
import { DEFAULT_CLUSTER_CONFIG } from '../cluster/defaults.js'
import { hypervisorCpu, hypervisorMemory } from './capacity.js'
import { electMaster } from './election.js'
import { failoverHostStatus } from './failover-hosts.js'
import { chooseHeartbeats, heartbeatRules } from './heartbeat.js'
import { isolationResponse, restartOrder, restartPriority } from './restart.js'

const GB = 2 ** 30

describe('what the hypervisor keeps', () => {
  it.each([
    [4, 961],
    [16, 12_022],
    [256, 250_163],
  ])('of %d GB memory leaves %d MB for VMs', (gb, leftMB) => {
    const left = (gb * GB - hypervisorMemory(gb * GB)) / 2 ** 20
    expect(Math.abs(left - leftMB)).toBeLessThan(leftMB * 0.03)
  })

  it('is never more than there is', () => {
    expect(hypervisorMemory(GB)).toBe(GB)
  })

  it('of two cores at 2,294 MHz is about what was recorded', () => {
    expect(hypervisorCpu(2294, 2)).toBe(468)
    expect(hypervisorCpu(2000, 32)).toBeLessThan(2000 * 32 * 0.05)
  })
})

describe('the election', () => {
  it.each([
    ['nobody', [], undefined],
    ['one', [{ id: 'a', datastores: 0 }], 'a'],
    [
      'most datastores',
      [
        { id: 'a', datastores: 1 },
        { id: 'b', datastores: 2 },
      ],
      'b',
    ],
    [
      'the first of equals',
      [
        { id: 'a', datastores: 2 },
        { id: 'b', datastores: 2 },
      ],
      'a',
    ],
  ])('%s', (_name, contenders, master) => {
    expect(electMaster(contenders)).toBe(master)
  })
})

describe('a dedicated failover host', () => {
  it.each([
    [{ good: true, running: 0 }, 'green'],
    [{ good: true, running: 2 }, 'yellow'],
    [{ good: false, running: 0 }, 'red'],
    [{ good: false, running: 1 }, 'red'],
  ] as const)('%o is %s', (host, status) => {
    expect(failoverHostStatus(host)).toBe(status)
  })
})

describe('heartbeat datastores', () => {
  const mounts = new Map([
    ['h1', ['local1', 'nfs1', 'nfs2', 'nfs3']],
    ['h2', ['local2', 'nfs1', 'nfs2', 'nfs3']],
    ['h3', ['local3', 'nfs3']],
  ])
  const rules = { perHost: 2, preferred: [], only: false }
  it.each([
    ['the most shared first', rules, [['nfs3', 'nfs1'], ['nfs3', 'nfs1'], ['nfs3']]],
    [
      'three per host',
      { ...rules, perHost: 3 },
      [['nfs3', 'nfs1', 'nfs2'], ['nfs3', 'nfs1', 'nfs2'], ['nfs3']],
    ],
    [
      'the preferred first',
      { ...rules, preferred: ['nfs2'] },
      [['nfs2', 'nfs3'], ['nfs2', 'nfs3'], ['nfs3']],
    ],
    ['only the chosen', { ...rules, preferred: ['nfs2'], only: true }, [['nfs2'], ['nfs2'], []]],
    ['never one that a single host reaches', { ...rules, preferred: ['local1'], only: true }, [[], [], []]],
  ])('%s', (_name, wanted, chosen) => {
    expect([...chooseHeartbeats(mounts, wanted).values()]).toEqual(chosen)
  })

  it('are two per host by default, the user preferring some', () => {
    expect(heartbeatRules(DEFAULT_CLUSTER_CONFIG)).toEqual(rules)
  })
})

describe('the response to a failure', () => {
  const override = (vm: string, settings: object) => ({
    _typeName: 'ClusterDasVmConfigSpec' as const,
    operation: 'add' as const,
    info: data('ClusterDasVmConfigInfo', {
      key: moRef('VirtualMachine', vm),
      dasSettings: data('ClusterDasVmSettings', settings),
    }),
  })
  const config = applyClusterSpec(
    DEFAULT_CLUSTER_CONFIG,
    data('ClusterConfigSpecEx', {
      dasVmConfigSpec: [
        override('vm-1', { restartPriority: 'low' }),
        override('vm-2', { restartPriority: 'disabled' }),
        override('vm-3', { restartPriority: 'highest', isolationResponse: 'powerOff' }),
        override('vm-4', {
          restartPriority: 'clusterRestartPriority',
          isolationResponse: 'clusterIsolationResponse',
        }),
      ],
    }),
    true,
  )

  it('restarts by priority, and not what is disabled', () => {
    expect(restartOrder(config, ['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5'])).toEqual([
      'vm-3',
      'vm-4',
      'vm-5',
      'vm-1',
    ])
  })

  it.each([
    ['vm-1', 'low', 'none'],
    ['vm-2', 'disabled', 'none'],
    ['vm-3', 'highest', 'powerOff'],
    ['vm-4', 'medium', 'none'],
    ['vm-5', 'medium', 'none'],
  ])('%s: priority %s, isolation %s', (vm, priority, response) => {
    expect([restartPriority(config, vm), isolationResponse(config, vm)]).toEqual([priority, response])
  })
})
