import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineRelocateSpec,
  VirtualMachineRuntimeInfo,
} from '#vim25/generated/types.js'
import { machines } from '#world/machine.js'
import { createStandalone } from '../cluster/build.js'
import { mountNfs } from '../datastore/build.js'
import { filesIn } from '../datastore/files.js'
import { joinHost } from '../host/join.js'
import { setSelections } from '../vmkernel/selections.js'
import { createVmLab, usual, type VmLab } from './testing.js'

export const SELECTED = { management: ['vmk0'], vmotion: ['vmk0'] }

/** The lab with vMotion on all hosts. */
export function createMoveLab(options: Parameters<typeof createVmLab>[0] = {}): VmLab {
  const lab = createVmLab(options)
  lab.act((ctx) => {
    for (const host of lab.hosts) setSelections(ctx, host, SELECTED)
  })
  return lab
}

export const ref = (lab: VmLab, id: string) => lab.sandbox.inventory.read.ref(id)
export const runtime = (lab: VmLab, vm: string) =>
  lab.get<VirtualMachineRuntimeInfo>('VirtualMachine', vm, 'runtime')
export const spec = (members: Partial<VirtualMachineRelocateSpec>) => ({
  spec: data('VirtualMachineRelocateSpec', members),
})
export const relocate = (lab: VmLab, vm: string, members: Partial<VirtualMachineRelocateSpec>) => {
  const info = lab.task('VirtualMachine', vm, 'RelocateVM_Task', spec(members))
  if (info.error) throw new Error(`RelocateVM_Task failed: ${JSON.stringify(info.error)}`)
  return info
}
export const names = (lab: VmLab, datastore: string, directory: string) =>
  filesIn(lab.sandbox.inventory.read, datastore, directory).map(({ name }) => name)
export const backing = (lab: VmLab, vm: string, key = 2000) =>
  (lab.device(vm, key) as VirtualDisk).backing as VirtualDiskFlatVer2BackingInfo

/** A VM on the first host, and the other host. */
export function machineOn(lab: VmLab, on: boolean) {
  const [one = '', two = ''] = lab.hosts
  const vm = lab.create({ deviceChange: usual() })
  lab.task('VirtualMachine', vm, 'PowerOnVM_Task', { host: ref(lab, one) })
  if (!on) lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
  lab.newEvents()
  return { vm, one, two }
}

/** A standalone host with its own pool, that mounts the datastore unless told otherwise. */
export function standalone(lab: VmLab, mounted = true) {
  return lab.act((ctx) => {
    const free = [...ctx.tx.ids(machines)].find((id) => ctx.tx.get(machines, id).name === 'esx1') ?? ''
    const parent = createStandalone(ctx, ctx.tx.ref(lab.hostFolder), 'esx1.lab.local')
    const host = joinHost(ctx, { machine: free, parent }).value
    setSelections(ctx, host, SELECTED)
    if (mounted) mountNfs(ctx, host, { remoteHost: 'nas.lab.local', remotePath: '/vms', name: 'nfs' })
    return { host, pool: ctx.tx.get('ComputeResource', parent.value).resourcePool as ManagedObjectReference }
  })
}
