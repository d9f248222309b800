import type { MethodFault, TaskInfo } from '#vim25/generated/types.js'
import { type DatastoreFile, fileAt, putFile } from '../datastore/files.js'
import { createServiceObjects } from '../service-instance/build.js'
import { createVmLab, type VmLab } from '../vm/testing.js'

export interface FileLab extends VmLab {
  /** The datacenter, as methods want it. */
  readonly dc: { readonly type: string; readonly value: string }
  /** Puts a file on the datastore `nfs`. */
  put(path: string, facts?: Partial<DatastoreFile>): void
  file(path: string): DatastoreFile | undefined
  free(): number
  /** A task of FileManager or VirtualDiskManager; fails the test when the task fails. */
  manage(method: string, args: object): TaskInfo
  /** The fault of a call or task of them. */
  refused(method: string, args: object): MethodFault
}

const MANAGER = (method: string): readonly [string, string] =>
  method.includes('VirtualDisk') || method.includes('Snapshot')
    ? ['VirtualDiskManager', 'virtualDiskManager']
    : ['FileManager', 'FileManager']

/** The lab of VMs, with words for what files are about. */
export function createFileLab(): FileLab {
  const lab = createVmLab()
  lab.act((ctx) => createServiceObjects(ctx))
  const read = () => lab.sandbox.inventory.read
  return Object.assign(lab, {
    dc: read().ref(lab.datacenter),
    put: (path: string, facts: Partial<DatastoreFile> = {}) =>
      lab.act((ctx) => putFile(ctx.tx, lab.datastore, path, { type: 'other', size: 100, ...facts })),
    file: (path: string) => fileAt(read(), lab.datastore, path),
    free: () => lab.get<{ freeSpace: number }>('Datastore', lab.datastore, 'summary').freeSpace,
    manage(method: string, args: object) {
      const info = lab.task(...MANAGER(method), method, args)
      if (info.error) throw new Error(`${method} failed: ${JSON.stringify(info.error)}`)
      return info
    },
    refused: (method: string, args: object) => lab.fault(...MANAGER(method), method, args),
  })
}
