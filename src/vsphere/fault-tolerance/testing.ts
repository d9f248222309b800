import { data } from '#vim25/data.js'
import type {
  ClusterConfigSpecEx,
  ClusterDasConfigInfo,
  FaultToleranceSecondaryOpResult,
  ManagedObjectReference,
  MethodFault,
  VirtualMachineConfigSpec,
  VirtualMachineRuntimeInfo,
} from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import type { IdentityVersion } from '../core/identity.js'
import { createVmLab, usual, type VmLab } from '../vm/testing.js'
import { setSelections } from '../vmkernel/selections.js'

export interface FtLab extends VmLab {
  /** The VM that FT is for. */
  readonly vm: string
  /** Turns FT on and returns the secondary; forgets the events so far. */
  turnOn(): string
  /** One of the methods, as a task of the VM. */
  run(method: string, args?: object, vm?: string): ReturnType<VmLab['task']>
  /** The fault that a method ends with, when nothing changed by it; throws when something did. */
  refused(method: string, args?: object, vm?: string): MethodFault
  runtime(vm: string): VirtualMachineRuntimeInfo
  /** `primary/secondary` FT states. */
  states(secondary: string, primary?: string): string
  /** New events, those of tasks left out; state changes as `name:old>new`. */
  story(): readonly string[]
  /** The host's machine loses power, or has it again. */
  fail(host: string): void
  recover(host: string): void
  cluster: string
  reconfigureHa(changes: Partial<ClusterDasConfigInfo>): void
}

export interface FtLabOptions {
  /** How many hosts; default 3. */
  readonly hosts?: number
  /** Release of the hosts. */
  readonly esxi?: string
  readonly version?: IdentityVersion
  readonly cluster?: Partial<ClusterConfigSpecEx>
  /** The VM is powered on; default true. */
  readonly on?: boolean
  readonly vm?: Partial<VirtualMachineConfigSpec>
}

const BOTH = { management: ['vmk0'], vmotion: ['vmk0'], faultToleranceLogging: ['vmk0'] }

export const ref = (type: string, value: string): ManagedObjectReference => ({
  _typeName: 'ManagedObjectReference',
  value,
  type,
})

export const vmRef = (value: string) => ref('VirtualMachine', value)
export const hostRef = (value: string) => ref('HostSystem', value)

/** HA and DRS, hosts that are ready for FT, and the VM `demo` (4 vCPUs, 1 GB) on the first of them. */
export function createFtLab(options: FtLabOptions = {}): FtLab {
  const lab = createVmLab({
    hosts: Array.from({ length: options.hosts ?? 3 }, () => options.esxi ?? '8.0.3'),
    version: options.version ?? '8.0.3',
    spec: data('ClusterConfigSpecEx', {
      dasConfig: data('ClusterDasConfigInfo', { enabled: true }),
      drsConfig: data('ClusterDrsConfigInfo', { enabled: true }),
      ...options.cluster,
    }),
  })
  lab.act((ctx) => {
    for (const host of lab.hosts) setSelections(ctx, host, BOTH)
  })
  const vm = lab.create({ numCPUs: 4, deviceChange: usual(), ...options.vm })
  if (options.on ?? true) {
    const { error } = lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: hostRef(lab.hosts[0] ?? '') })
    if (error) throw new Error(`The VM does not start: ${JSON.stringify(error)}`)
  }
  const runtime = (id: string) => lab.get<VirtualMachineRuntimeInfo>('VirtualMachine', id, 'runtime')
  const run = (method: string, args: object = {}, id = vm) => lab.task('VirtualMachine', id, method, args)
  let seen = 0
  const story = () => {
    const events = lab.sandbox.inventory.root.events.filter(({ key }) => key > seen).toArray()
    seen = events.at(-1)?.key ?? seen
    return events
      .filter(({ _typeName }) => _typeName !== 'TaskEvent')
      .map((event) => {
        const { oldState, newState } = event as { oldState?: string; newState?: string }
        return oldState === undefined
          ? `${event._typeName}@${event.vm?.vm.value ?? ''}`
          : `${event.vm?.vm.value}:${oldState}>${newState}`
      })
  }
  const tell = (host: string, kind: string, changes: object) =>
    lab.act((ctx) => {
      const machine = machineOfHost(ctx.tx, host) as string
      ctx.tx.set(machines, machine, changes)
      ctx.tx.schedule(ctx.now, kind, { machine })
    })
  story()
  return Object.assign(lab, {
    vm,
    run,
    runtime,
    story,
    turnOn() {
      const { result, error } = run('CreateSecondaryVMEx_Task')
      if (error) throw new Error(`FT is not turned on: ${JSON.stringify(error)}`)
      story()
      return (result as FaultToleranceSecondaryOpResult).vm.value
    },
    refused(method: string, args: object = {}, id = vm) {
      const before = lab.objects()
      const found = lab.fault('VirtualMachine', id, method, args)
      const after = lab.objects()
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
        (key) => JSON.stringify(before.get(key), exact) !== JSON.stringify(after.get(key), exact),
      )
      if (changed.length > 0) throw new Error(`${method} was refused, but changed ${changed.join(', ')}.`)
      return found
    },
    states: (secondary: string, primary = vm) =>
      `${runtime(primary).faultToleranceState}/${runtime(secondary).faultToleranceState}`,
    fail: (host: string) => tell(host, 'world.machineDown', { power: 'off', state: 'off' }),
    recover: (host: string) => tell(host, 'world.machineUp', { power: 'on', state: 'up', boots: 2 }),
    reconfigureHa(changes: Partial<ClusterDasConfigInfo>) {
      const spec = data('ClusterConfigSpecEx', { dasConfig: data('ClusterDasConfigInfo', changes) })
      const args = { spec, modify: true }
      const { error } = lab.task(
        'ClusterComputeResource',
        lab.cluster,
        'ReconfigureComputeResource_Task',
        args,
      )
      if (error) throw new Error(JSON.stringify(error))
    },
  })
}

/** The same with FT turned on, and the ids of the halves. */
export function createFtPair(options: FtLabOptions = {}): { lab: FtLab; vm: string; secondary: string } {
  const lab = createFtLab(options)
  return { lab, vm: lab.vm, secondary: lab.turnOn() }
}

const exact = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
