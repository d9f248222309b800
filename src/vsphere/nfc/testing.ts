import { data } from '#vim25/data.js'
import type {
  HttpNfcLeaseInfo,
  ManagedObjectReference,
  OvfCreateImportSpecResult,
  TaskInfo,
} from '#vim25/generated/types.js'
import { descriptor, withOvfManager } from '../ovf/testing.js'
import { createVmLab, type VmLab } from '../vm/testing.js'

export async function* bytes(...parts: readonly string[]) {
  for (const part of parts) yield Buffer.from(part)
}

export async function collected(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source ?? []) parts.push(part)
  return Buffer.concat(parts)
}

export interface NfcLab extends VmLab {
  plan(text?: string): OvfCreateImportSpecResult
  /** ImportVApp of a package: the lease's id. */
  start(text?: string): string
  lease<T>(id: string, property: string): T
  info(id: string): HttpNfcLeaseInfo
  /** The unguessable part of its addresses. */
  token(id: string): string
  lastTask(): TaskInfo
  /** Calls a method of the lease. */
  on(id: string, method: string, args?: object): unknown
}

export function createNfcLab(): NfcLab {
  const lab = withOvfManager(createVmLab())
  const { read } = lab.sandbox.inventory
  const made: Omit<NfcLab, keyof VmLab> = {
    plan: (text = descriptor()) =>
      lab.call('OvfManager', 'OvfManager', 'CreateImportSpec', {
        ovfDescriptor: text,
        resourcePool: lab.pool,
        datastore: read.ref(lab.datastore),
        cisp: data('OvfCreateImportSpecParams', {
          locale: '',
          deploymentOption: '',
          entityName: 'vm',
          diskProvisioning: 'thin',
        }),
      }) as OvfCreateImportSpecResult,
    start(text) {
      const { importSpec: spec } = made.plan(text)
      return (lab.call('ResourcePool', lab.pool.value, 'ImportVApp', { spec }) as ManagedObjectReference)
        .value
    },
    lease: (id, property) => lab.get('HttpNfcLease', id, property),
    info: (id) => made.lease(id, 'info'),
    token: (id) => made.info(id).deviceUrl?.[0]?.url.split('/').at(-2) ?? '',
    lastTask() {
      const current = lab.sandbox.inventory.read
      const infos = [...current.ids('Task')].map((id) => current.get('Task', id).info)
      return infos.findLast(({ descriptionId }) => descriptionId.endsWith('LRO')) as TaskInfo
    },
    on: (id, method, args = {}) => lab.call('HttpNfcLease', id, method, args),
  }
  return Object.assign(lab, made)
}

/** Ids of all VMs, oldest first. */
export const vms = (lab: VmLab) => [...lab.sandbox.inventory.read.ids('VirtualMachine')]
