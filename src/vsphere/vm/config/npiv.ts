import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type {
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { badConfig } from './faults.js'

type Wwns = readonly (number | bigint)[]

/** VMs by the world wide names of their virtual ports and nodes. */
export const vmsByWwn = index<VirtualMachineProperties>({
  name: 'vm.wwn',
  type: 'VirtualMachine',
  inputs: ['config.npivNodeWorldWideName', 'config.npivPortWorldWideName'],
  keys: ({ config }) =>
    [...(config?.npivNodeWorldWideName ?? []), ...(config?.npivPortWorldWideName ?? [])].map(String),
})

/** How many names are generated when nothing is said: for one node with ports on four paths. */
const NODES = 1
const PORTS = 4

/**
 * The WWNs of a VM after an operation. Names are given with the operation `set` alone, and their type never
 * (VirtualMachineConfigSpec's documentation): InvalidVmConfig. VmWwnConflict when another VM has one of them.
 */
export function npivNames(
  env: { readonly read: Reader; uuid(purpose: string): string },
  before: VirtualMachineConfigInfo,
  spec: VirtualMachineConfigSpec,
): Partial<VirtualMachineConfigInfo> {
  const operation = spec.npivWorldWideNameOp
  if (spec.npivWorldWideNameType !== undefined) throw badConfig('npivWorldWideNameType')
  for (const name of ['npivNodeWorldWideName', 'npivPortWorldWideName'] as const)
    if (spec[name]?.length && operation !== 'set') throw badConfig(name)
  const nodes = before.npivNodeWorldWideName ?? []
  const ports = before.npivPortWorldWideName ?? []
  const names = (node: Wwns, port: Wwns, type: string | undefined) => ({
    npivNodeWorldWideName: node.length > 0 ? Object.freeze([...node]) : undefined,
    npivPortWorldWideName: port.length > 0 ? Object.freeze([...port]) : undefined,
    npivWorldWideNameType: type,
  })
  switch (operation) {
    case 'remove':
      return names([], [], undefined)
    case 'set': {
      const [node, port] = [spec.npivNodeWorldWideName ?? [], spec.npivPortWorldWideName ?? []]
      if (node.length === 0 || port.length === 0) throw badConfig('npivWorldWideNameOp')
      requireOwn(env.read, before, [...node, ...port])
      return names(node, port, 'external')
    }
    case 'generate':
      requireRawDisk(before, spec)
      return names(
        generated(env, 'node', 0, spec.npivDesiredNodeWwns ?? NODES),
        generated(env, 'port', 0, spec.npivDesiredPortWwns ?? PORTS),
        'vc',
      )
    case 'extend': {
      const [node, port] = [
        spec.npivDesiredNodeWwns ?? nodes.length,
        spec.npivDesiredPortWwns ?? ports.length,
      ]
      if (node < nodes.length) throw badConfig('npivDesiredNodeWwns')
      if (port < ports.length) throw badConfig('npivDesiredPortWwns')
      return names(
        [...nodes, ...generated(env, 'node', nodes.length, node)],
        [...ports, ...generated(env, 'port', ports.length, port)],
        before.npivWorldWideNameType ?? 'vc',
      )
    }
    default:
      return {}
  }
}

function requireOwn(read: Reader, before: VirtualMachineConfigInfo, wanted: Wwns): void {
  for (const wwn of wanted)
    for (const id of read.lookup(vmsByWwn, String(wwn))) {
      const other = read.get('VirtualMachine', id)
      if (other.config?.instanceUuid === before.instanceUuid) continue
      throw fault('VmWwnConflict', {
        property: 'configSpec.npivWorldWideNameOp',
        vm: read.ref(id),
        host: other.runtime.host,
        name: other.name,
        wwn,
      })
    }
}

/** Virtual ports are for raw disks, unless the VM is to have them without. */
function requireRawDisk(before: VirtualMachineConfigInfo, spec: VirtualMachineConfigSpec): void {
  if (spec.npivOnNonRdmDisks ?? before.npivOnNonRdmDisks) return
  const raw = before.hardware.device?.some((device) =>
    device.backing?._typeName.startsWith('VirtualDiskRawDiskMapping'),
  )
  if (!raw) throw badConfig('npivWorldWideNameOp')
}

/** 28:xx:00:0c:29:yy:yy:yy, as vCenter makes them. */
function generated(env: { uuid(purpose: string): string }, kind: string, from: number, to: number): Wwns {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => {
    const hex = env.uuid(`wwn.${kind}.${from + at}`).replaceAll('-', '')
    return BigInt(`0x28${hex.slice(0, 2)}000c29${hex.slice(2, 8)}`)
  })
}
