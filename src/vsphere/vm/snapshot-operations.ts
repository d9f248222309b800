import { derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineProperties,
  VirtualMachineSnapshotProperties,
} from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { type Context, newMoid } from '../core/context.js'
import { connectedConfig, followConnections } from '../dvs/connect.js'
import { admitPowerOn, requireOperable } from './admit.js'
import { changeVersion } from './create.js'
import { withConnections } from './devices/connection.js'
import { guard } from './guards.js'
import { setPoweredOff, setPoweredOn } from './power.js'
import { pathTo, treeSnapshots, withNode, withoutSnapshot, withSnapshot } from './snapshot-tree.js'
import {
  addSnapshotFiles,
  controllersOf,
  disksOf,
  dropDeltas,
  frozenConfig,
  frozenFiles,
  isIndependent,
  removeSnapshotFiles,
  sharesBus,
  withDeltas,
  withoutDeltas,
} from './snapshots.js'

/** More snapshots than this in a chain are refused (VMware's documentation: 32 levels). */
const MOST_LEVELS = 32

interface Wanted {
  readonly name: string
  readonly description?: string | undefined
  readonly memory: boolean
  readonly quiesce: boolean
}

function createSnapshot(ctx: Context, self: ManagedObjectReference, wanted: Wanted): ManagedObjectReference {
  const { tx } = ctx
  const vm = self.value
  requireOperable(tx, vm)
  guard(ctx, self, 'CreateSnapshot', wanted)
  const { config, runtime, guest, snapshot } = tx.get('VirtualMachine', vm)
  if (!config) throw fault('InvalidState', {})
  if (wanted.name.trim() === '') throw fault('InvalidName', { name: wanted.name, entity: self })
  if (config.flags.snapshotDisabled) throw fault('SnapshotDisabled', {})
  if (config.flags.snapshotLocked) throw fault('SnapshotLocked', {})
  const path = snapshot?.currentSnapshot ? pathTo(snapshot, snapshot.currentSnapshot.value) : []
  if (path.length >= MOST_LEVELS) throw fault('TooManySnapshotLevels', {})
  const running = runtime.powerState === 'poweredOn'
  const sharing = running && controllersOf(config).find(sharesBus)
  if (sharing) throw fault('SharedBusControllerNotSupported', { device: sharing.deviceInfo?.label ?? '' })
  const memory = wanted.memory && running
  if (memory && disksOf(config).some(isIndependent)) throw fault('MemorySnapshotOnIndependentDisk', {})
  if (wanted.quiesce && running && !memory && guest?.toolsRunningStatus !== 'guestToolsRunning')
    throw fault('FilesystemQuiesceFault', {})
  const id = tx.next(`snapshot ${vm}`)
  const ref = tx.create('VirtualMachineSnapshot', newMoid(tx, 'snapshot'), {
    value: [],
    availableField: [],
    config: frozenConfig(config),
    vm: self,
  })
  addSnapshotFiles(ctx, vm, id, memory ? config.hardware.memoryMB : undefined)
  tx.set('VirtualMachine', vm, {
    config: patch(withDeltas(ctx, vm, config), { changeVersion: changeVersion(ctx), modified: ctx.time }),
    snapshot: withSnapshot(
      snapshot,
      data('VirtualMachineSnapshotTree', {
        snapshot: ref,
        vm: self,
        name: wanted.name,
        description: wanted.description ?? '',
        id,
        createTime: ctx.time,
        state: memory ? 'poweredOn' : runtime.powerState === 'suspended' ? 'suspended' : 'poweredOff',
        quiesced: wanted.quiesce && running && !memory,
        replaySupported: false,
      }),
    ),
  })
  return ref
}

/** Takes snapshots out of the tree; with the last one the disks are merged into their base files. */
function removeSnapshots(ctx: Context, vm: string, snapshot: string | undefined, children: boolean): void {
  const { tx } = ctx
  const { config, snapshot: info } = tx.get('VirtualMachine', vm)
  if (!config || !info) return
  const { info: rest, gone } =
    snapshot === undefined
      ? { info: undefined, gone: treeSnapshots(info).map((tree) => tree.snapshot) }
      : withoutSnapshot(info, snapshot, children)
  const goneIds = new Set(gone.map((ref) => ref.value))
  const numbers = treeSnapshots(info)
    .filter((tree) => goneIds.has(tree.snapshot.value))
    .map((tree) => tree.id)
  const states = statesOf(tx, gone)
  const frozen = frozenFiles(states)
  const merged = rest ? config : withoutDeltas(ctx, vm, config, frozen)
  if (!rest) for (const state of states) dropDeltas(ctx, vm, state, merged, frozen)
  removeSnapshotFiles(ctx, vm, numbers)
  tx.set('VirtualMachine', vm, {
    snapshot: rest,
    config: patch(merged, { changeVersion: changeVersion(ctx), modified: ctx.time }),
  })
  for (const ref of gone) tx.remove(ref.value)
}

/** The configurations that snapshots keep. */
const statesOf = (read: Reader, snapshots: readonly ManagedObjectReference[]) =>
  snapshots.map(({ value }) => read.get('VirtualMachineSnapshot', value).config)

interface Revert {
  readonly host?: ManagedObjectReference | undefined
  readonly suppressPowerOn?: boolean | undefined
}

/** The VM is again as it was: its configuration, its disks, and running if its memory is part of the snapshot. */
function revert(ctx: Context, vm: string, snapshot: string, { host, suppressPowerOn }: Revert): void {
  const { tx } = ctx
  const self = tx.ref(vm)
  guard(ctx, self, 'RevertToSnapshot', { host, suppressPowerOn })
  requireOperable(tx, vm)
  const { config: present, runtime, snapshot: info } = tx.get('VirtualMachine', vm)
  const node = pathTo(info, snapshot).at(-1)
  if (!present || !info || !node) throw fault('InvalidState', {})
  if (runtime.powerState !== 'poweredOff') setPoweredOff(ctx, vm)
  const { config: saved } = tx.get('VirtualMachineSnapshot', snapshot)
  dropDeltas(
    ctx,
    vm,
    present,
    saved,
    frozenFiles(
      statesOf(
        tx,
        treeSnapshots(info).map((tree) => tree.snapshot),
      ),
    ),
  )
  const config: VirtualMachineConfigInfo = patch(withDeltas(ctx, vm, withConnections(saved, false)), {
    name: present.name,
    template: false,
    changeVersion: changeVersion(ctx),
    modified: ctx.time,
    // Derived from what is, not from what was.
    datastoreUrl: present.datastoreUrl,
  })
  const connected = connectedConfig(ctx, config, { vm, running: false })
  tx.set('VirtualMachine', vm, {
    config: connected,
    snapshot: patch(info, { currentSnapshot: node.snapshot }),
  })
  followConnections(ctx, vm, present.hardware.device ?? [], connected.hardware.device ?? [])
  if (node.state !== 'poweredOn' || suppressPowerOn) return
  setPoweredOn(ctx, vm, admitPowerOn(ctx, self, host))
}

export const vmSnapshotOperations = operations('VirtualMachine', {
  CreateSnapshot_Task: {
    seconds: 3,
    run: (ctx, self, args) => createSnapshot(ctx, self, args),
  },

  CreateSnapshotEx_Task: {
    seconds: 3,
    run: (ctx, self, { name, description, memory, quiesceSpec }) =>
      createSnapshot(ctx, self, { name, description, memory, quiesce: quiesceSpec !== undefined }),
  },

  RemoveAllSnapshots_Task: {
    seconds: 3,
    run(ctx, self) {
      requireOperable(ctx.tx, self.value)
      guard(ctx, self, 'RemoveSnapshot')
      removeSnapshots(ctx, self.value, undefined, true)
    },
  },

  RevertToCurrentSnapshot_Task: {
    seconds: 3,
    run(ctx, self, args) {
      const current = ctx.tx.get('VirtualMachine', self.value).snapshot?.currentSnapshot
      if (!current) throw fault('NotFound', {})
      revert(ctx, self.value, current.value, args)
    },
  },
})

export const snapshotOperations = operations('VirtualMachineSnapshot', {
  RemoveSnapshot_Task: {
    seconds: 3,
    entity: (ctx, self) => ctx.tx.get('VirtualMachineSnapshot', self.value).vm,
    run(ctx, self, { removeChildren }) {
      const { vm } = ctx.tx.get('VirtualMachineSnapshot', self.value)
      requireOperable(ctx.tx, vm.value)
      guard(ctx, vm, 'RemoveSnapshot')
      removeSnapshots(ctx, vm.value, self.value, removeChildren)
    },
  },

  RevertToSnapshot_Task: {
    seconds: 3,
    entity: (ctx, self) => ctx.tx.get('VirtualMachineSnapshot', self.value).vm,
    run(ctx, self, args) {
      revert(ctx, ctx.tx.get('VirtualMachineSnapshot', self.value).vm.value, self.value, args)
    },
  },

  RenameSnapshot(ctx, self, { name, description }) {
    const { vm } = ctx.tx.get('VirtualMachineSnapshot', self.value)
    const { snapshot } = ctx.tx.get('VirtualMachine', vm.value)
    if (name !== undefined && name.trim() === '') throw fault('InvalidName', { name, entity: vm })
    if (!snapshot) throw fault('InvalidState', {})
    const changes = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    }
    ctx.tx.set('VirtualMachine', vm.value, { snapshot: withNode(snapshot, self.value, changes) })
  },
})

/** A snapshot's children are those of its node in the VM's tree. */
export const childSnapshot = derivation<VirtualMachineSnapshotProperties>({
  name: 'VirtualMachineSnapshot.childSnapshot',
  type: 'VirtualMachineSnapshot',
  outputs: ['childSnapshot'],
  own: ['vm'],
  via: [
    {
      type: 'VirtualMachine',
      paths: ['snapshot'],
      targets: ({ snapshot }: VirtualMachineProperties) =>
        treeSnapshots(snapshot).map((tree) => tree.snapshot.value),
    },
  ],
  compute: ({ vm }, read, id) => {
    const node = pathTo(read.find('VirtualMachine', vm.value)?.snapshot, id).at(-1)
    return { childSnapshot: (node?.childSnapshotList ?? []).map((tree) => tree.snapshot) }
  },
})
