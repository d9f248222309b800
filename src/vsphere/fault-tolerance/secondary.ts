import { data, patch } from '#vim25/data.js'
import type {
  FaultToleranceConfigSpec,
  ManagedObjectReference,
  VirtualDevice,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { directoryExists, filesIn, makeDirectory, putFile } from '../datastore/files.js'
import { registerVm } from '../vm/build.js'
import type { FtKind } from './group.js'
import { homeDatastore } from './issues.js'

/**
 * The secondary's VM: same name, folder, pool and configuration as the primary, an instance UUID of its own, and for
 * SMP-FT its own copy of the files (fact sheet A.6). Registered on `host`, powered off.
 */
export function createSecondary(
  ctx: Context,
  primary: string,
  host: ManagedObjectReference,
  kind: FtKind,
  spec: FaultToleranceConfigSpec | undefined,
): ManagedObjectReference {
  const value = ctx.tx.get('VirtualMachine', primary)
  const { config, parent } = value
  const home = homeDatastore(ctx.tx, primary)
  if (!config || !parent || home === undefined) throw new Error(`${primary} has no configuration to copy.`)
  const datastore = spec?.secondaryVmSpec?.vmConfig?.value ?? home
  const directory = freeDirectory(ctx, datastore, directoryOf(config.files.vmPathName ?? ''))
  makeDirectory(ctx.tx, datastore, directory)
  const copy = copyFiles(ctx, home, directoryOf(config.files.vmPathName ?? ''), datastore, directory)
  return registerVm(ctx, {
    folder: parent,
    pool: value.resourcePool,
    host,
    config: patch(config, {
      instanceUuid: ctx.services.random.uuid('50', 'secondary', primary, ctx.tx.counter('moid')),
      files: patch(config.files, {
        vmPathName: rebase(config.files.vmPathName ?? '', copy),
        snapshotDirectory: `[${copy.name}] ${directory}/`,
        suspendDirectory: `[${copy.name}] ${directory}/`,
        logDirectory: `[${copy.name}] ${directory}/`,
      }),
      hardware: patch(config.hardware, {
        device: (config.hardware.device ?? []).map((device) =>
          kind === 'checkpointing' ? rebasedDisk(device, copy, spec) : device,
        ),
      }),
      ftInfo: undefined,
    }),
  })
}

interface Copy {
  /** Datastore of the copy: moid and name. */
  readonly datastore: ManagedObjectReference
  readonly name: string
  readonly from: string
  readonly directory: string
}

/** `[ds] dir/x.vmx` -> `dir` */
export function directoryOf(path: string): string {
  return path.replace(/^\[[^\]]*\] ?/, '').replace(/\/[^/]*$/, '')
}

/** `<name>`, or `<name>_1`, `<name>_2` ... where that is taken. */
function freeDirectory(ctx: Context, datastore: string, wanted: string): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? wanted : `${wanted}_${n}`
    if (!directoryExists(ctx.tx, datastore, name)) return name
  }
}

function copyFiles(ctx: Context, home: string, from: string, datastore: string, directory: string): Copy {
  for (const { name, ...facts } of filesIn(ctx.tx, home, from))
    if (facts.type !== 'vswp' && facts.type !== 'log')
      putFile(ctx.tx, datastore, `${directory}/${name}`, facts)
  return { datastore: ctx.tx.ref(datastore), name: ctx.tx.get('Datastore', datastore).name, from, directory }
}

function rebase(path: string, copy: Copy): string {
  return `[${copy.name}] ${copy.directory}/${path.slice(path.lastIndexOf('/') + 1)}`
}

/** A disk of the secondary is a copy in the secondary's directory, on the datastore that the spec names for it. */
function rebasedDisk(
  device: VirtualDevice,
  copy: Copy,
  spec: FaultToleranceConfigSpec | undefined,
): VirtualDevice {
  const backing = device.backing as (VirtualDevice['backing'] & { fileName?: string }) | undefined
  if (device._typeName !== 'VirtualDisk' || !backing?.fileName) return device
  const wanted = spec?.secondaryVmSpec?.disks?.find(({ disk }) => disk.key === device.key)?.datastore
  const onHome = wanted === undefined || wanted.value === copy.datastore.value
  return patch(device, {
    backing: patch(backing, {
      fileName: rebase(backing.fileName, copy),
      datastore: onHome ? copy.datastore : wanted,
    } as never),
  })
}

/** What turning on changes in the primary, and so in the secondary (fact sheet A.5). */
export function protectedConfig(config: VirtualMachineConfigInfo, kind: FtKind): VirtualMachineConfigInfo {
  const memory = config.hardware.memoryMB
  return patch(config, {
    flags: patch(config.flags, { faultToleranceType: kind }),
    memoryReservationLockedToMax: true,
    memoryAllocation: config.memoryAllocation
      ? patch(config.memoryAllocation, { reservation: memory, limit: -1 })
      : data('ResourceAllocationInfo', { reservation: memory, limit: -1 }),
    cpuHotAddEnabled: false,
    cpuHotRemoveEnabled: false,
    memoryHotAddEnabled: false,
  })
}
