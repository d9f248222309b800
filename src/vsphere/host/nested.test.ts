import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { HostConnectInfo, HostSystemProperties, ManagedObjectReference } from '#vim25/generated/types.js'
import { machineOfVm, machines } from '#world/machine.js'
import { powerLost, powerOn } from '#world/nested.js'
import { createNestedLab, type NestedLab } from '../nested-esxi/testing.js'
import { setPoweredOff, setPoweredOn } from '../vm/power.js'

interface Nest extends NestedLab {
  /** The host that the VM is. */
  readonly inner: string
}

function nest(): Nest {
  const { lab, outer, vm } = createNestedLab()
  const thumbprint = lab.sandbox.inventory.read.get(
    machines,
    machineOfVm(lab.sandbox.inventory.read, vm) ?? '',
  ).esxi?.thumbprint
  const cluster = lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
    name: 'Nested',
    spec: data('ClusterConfigSpecEx', {}),
  }) as ManagedObjectReference
  const info = lab.task('ClusterComputeResource', cluster.value, 'AddHost_Task', {
    spec: data('HostConnectSpec', {
      hostName: '192.168.10.201',
      userName: 'root',
      password: 'VMware1!',
      sslThumbprint: thumbprint,
      force: false,
    }),
    asConnected: true,
  })
  if (info.error) throw new Error(info.error.localizedMessage)
  lab.newEvents()
  return { lab, outer, vm, inner: (info.result as ManagedObjectReference).value }
}

const state = ({ lab }: Nest, host: string) =>
  lab.get<HostSystemProperties['runtime']>('HostSystem', host, 'runtime').connectionState

describe('a VM that is a host', () => {
  it('joins with the VM’s own hardware', () => {
    const { lab, inner } = nest()
    expect(lab.get('HostSystem', inner, 'summary')).toMatchObject({
      hardware: {
        vendor: 'VMware, Inc.',
        model: 'VMware7,1',
        numCpuCores: 4,
        memorySize: 16 * 2 ** 30,
        numNics: 1,
        cpuModel: 'Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz',
      },
      config: { name: '192.168.10.201' },
    })
    expect(lab.get('HostSystem', inner, 'config')).toMatchObject({
      network: { pnic: [{ device: 'vmnic0', driver: 'nvmxnet3', linkSpeed: { speedMb: 10_000 } }] },
    })
    const connection = lab.call('HostSystem', inner, 'QueryHostConnectionInfo') as HostConnectInfo
    expect(connection.host.config.product?.version).toBe('8.0.3')
  })

  it('stops responding when it is powered off and comes back when it is on again', () => {
    const here = nest()
    const { lab, vm, outer, inner } = here
    lab.sandbox.transact({}, (ctx) => setPoweredOff(ctx, vm))
    lab.sandbox.settle()
    expect([state(here, outer), state(here, inner)]).toEqual(['connected', 'notResponding'])
    lab.sandbox.transact({}, (ctx) => setPoweredOn(ctx, vm, ctx.tx.ref(outer)))
    lab.sandbox.settle()
    expect(state(here, inner)).toBe('connected')
  })

  it('falls with the host below, and is off when that comes back', () => {
    const here = nest()
    const { lab, vm, outer, inner } = here
    lab.sandbox.transact({}, (ctx) => powerLost(ctx, 'machine:1'))
    lab.sandbox.settle()
    expect([state(here, outer), state(here, inner)]).toEqual(['notResponding', 'notResponding'])
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({ connectionState: 'disconnected' })
    lab.sandbox.transact({}, (ctx) => powerOn(ctx, 'machine:1'))
    lab.sandbox.settle()
    expect([state(here, outer), state(here, inner)]).toEqual(['connected', 'notResponding'])
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({
      connectionState: 'connected',
      powerState: 'poweredOff',
    })
  })

  it('is shut down from above as a clean end of the VM', () => {
    const here = nest()
    const { lab, vm, inner } = here
    lab.task('HostSystem', inner, 'EnterMaintenanceMode_Task', { timeout: 0 })
    expect(lab.task('HostSystem', inner, 'ShutdownHost_Task', { force: false }).state).toBe('success')
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({
      powerState: 'poweredOff',
      cleanPowerOff: true,
    })
    expect(state(here, inner)).toBe('notResponding')
  })
})
