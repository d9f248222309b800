import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { ClusterConfigSpecEx, ManagedObjectReference } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { createCluster } from '../cluster/build.js'
import type { Context } from '../core/context.js'
import { drsFamily } from '../drs/family.js'
import { joinHost } from '../host/join.js'
import { addMachine, createLab, type Lab, labFamilies } from '../host/testing.js'
import { registerVm } from '../vm/build.js'
import { setPoweredOn } from '../vm/power.js'
import { haFamily } from './family.js'

export const haLabFamilies = [...labFamilies, haFamily, drsFamily]

export interface VmRequest {
  readonly name: string
  /** Index of the host. */
  readonly host: number
  readonly on?: boolean
  readonly memoryMB?: number
  readonly numCPU?: number
  readonly reservedMB?: number
  readonly reservedMHz?: number
}

export interface HaLab extends Lab {
  readonly cluster: string
  readonly hosts: readonly string[]
  readonly vms: readonly string[]
  /** The host's machine loses power (or, `link`, only its network), as the world would tell it. */
  fail(host: string, how?: 'power' | 'link'): void
  /** The host's machine is up again. */
  recover(host: string): void
  /** Runs a change of the world outside of any call. */
  act(change: (ctx: Context) => void): void
  state(host: string): string | undefined
}

/** HA and DRS settings as a spec. */
export function clusterSpec(members: Omit<ClusterConfigSpecEx, '_typeName'>): ClusterConfigSpecEx {
  return data('ClusterConfigSpecEx', members)
}

export const HA_ON = data('ClusterDasConfigInfo', { enabled: true })
export const DRS_ON = data('ClusterDrsConfigInfo', { enabled: true })

/** A cluster `C` of hosts with 16 cores and 128 GB each, and VMs without disks and networks on them. */
export function createHaLab(
  options: { spec?: ClusterConfigSpecEx; hosts?: number; vms?: readonly VmRequest[] } = {},
): HaLab {
  let cluster = ''
  const hosts: string[] = []
  const vms: string[] = []
  const lab = createLab({
    families: haLabFamilies,
    seed(ctx) {
      const [datacenter] = ctx.tx.ids('Datacenter')
      const { hostFolder, vmFolder } = ctx.tx.get('Datacenter', datacenter as string)
      cluster = createCluster(ctx, hostFolder, 'C', options.spec).value
      for (let number = 1; number <= (options.hosts ?? 3); number++) {
        const machine = addMachine(ctx, `ha${number}`, `192.168.10.2${number}`)
        hosts.push(joinHost(ctx, { machine, parent: ctx.tx.ref(cluster) }).value)
      }
      for (const vm of options.vms ?? [])
        vms.push(addVm(ctx, cluster, vmFolder, vm, hosts[vm.host] as string))
    },
  })
  const { sandbox } = lab
  const act = (change: (ctx: Context) => void) => {
    sandbox.transact({}, change)
    sandbox.settle()
  }
  const tell = (host: string, kind: string, changes: object) =>
    act((ctx) => {
      const machine = machineOfHost(ctx.tx, host) as string
      ctx.tx.set(machines, machine, changes)
      ctx.tx.schedule(ctx.now, kind, { machine })
    })
  return Object.assign(lab, {
    cluster,
    hosts,
    vms,
    act,
    fail: (host: string, how: 'power' | 'link' = 'power') =>
      tell(host, 'world.machineDown', how === 'power' ? { power: 'off', state: 'off' } : {}),
    recover: (host: string) => tell(host, 'world.machineUp', { power: 'on', state: 'up', boots: 2 }),
    state: (host: string) => sandbox.inventory.read.get('HostSystem', host).runtime.dasHostState?.state,
  })
}

function addVm(
  ctx: Context,
  cluster: string,
  folder: ManagedObjectReference,
  request: VmRequest,
  host: string,
): string {
  const allocation = (reservation: number) => data('ResourceAllocationInfo', { reservation, limit: -1 })
  const config = data('VirtualMachineConfigInfo', {
    changeVersion: ctx.time,
    modified: ctx.time,
    name: request.name,
    guestFullName: 'Other 2.6.x Linux (64-bit)',
    version: 'vmx-21',
    uuid: ctx.services.random.uuid('42', request.name),
    template: false,
    guestId: 'other26xLinux64Guest',
    alternateGuestName: '',
    files: data('VirtualMachineFileInfo', { vmPathName: `[none] ${request.name}/${request.name}.vmx` }),
    flags: data('VirtualMachineFlagInfo', {}),
    defaultPowerOps: data('VirtualMachineDefaultPowerOpInfo', {}),
    hardware: data('VirtualHardware', { numCPU: request.numCPU ?? 1, memoryMB: request.memoryMB ?? 1024 }),
    cpuAllocation: allocation(request.reservedMHz ?? 0),
    memoryAllocation: allocation(request.reservedMB ?? 0),
  })
  const pool = ctx.tx.get('ClusterComputeResource', cluster).resourcePool
  const ref = registerVm(ctx, { folder, pool, host: moRef('HostSystem', host), config })
  if (request.on ?? true) setPoweredOn(ctx, ref, moRef('HostSystem', host))
  return ref.value
}
