import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'

/** Members that change with every change and say nothing. */
const SILENT = new Set(['changeVersion', 'modified', 'hardware'])

/** What VmReconfiguredEvent tells of a change: `path: before -> after` per line, and keys of devices that came or went. */
export function changedPaths(
  before: VirtualMachineConfigInfo,
  after: VirtualMachineConfigInfo,
): { modified?: string; added?: string; deleted?: string } {
  const modified: string[] = []
  const compare = (prefix: string, a: object, b: object, skip: ReadonlySet<string>) => {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (skip.has(name)) continue
      const old = (a as Record<string, unknown>)[name]
      const fresh = (b as Record<string, unknown>)[name]
      if (!Object.is(old, fresh)) modified.push(`${prefix}${name}: ${shown(old)} -> ${shown(fresh)};`)
    }
  }
  compare('config.', before, after, SILENT)
  compare('config.hardware.', before.hardware, after.hardware, new Set(['device']))
  const oldDevices = new Map((before.hardware.device ?? []).map((device) => [device.key, device]))
  const newDevices = new Map((after.hardware.device ?? []).map((device) => [device.key, device]))
  const added = [...newDevices.keys()].filter((key) => !oldDevices.has(key))
  const deleted = [...oldDevices.keys()].filter((key) => !newDevices.has(key))
  for (const [key, device] of newDevices)
    if (oldDevices.has(key) && oldDevices.get(key) !== device)
      modified.push(`config.hardware.device(${key});`)
  const list = (keys: readonly number[]) => keys.map((key) => `config.hardware.device(${key})`).join('; ')
  return {
    ...(modified.length ? { modified: modified.join(' \n\n') } : {}),
    ...(added.length ? { added: list(added) } : {}),
    ...(deleted.length ? { deleted: list(deleted) } : {}),
  }
}

function shown(value: unknown): string {
  if (value === undefined) return '<unset>'
  return typeof value === 'object'
    ? '(...)'
    : JSON.stringify(typeof value === 'bigint' ? String(value) : value)
}
