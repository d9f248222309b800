import { managedType } from '#vim25/schema.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'

/**
 * Every method that does something here, by the type that declares it, both in alphabetical order: `ManagedEntity` lists
 * `Destroy_Task` for all its subtypes, however many of them have a way of their own. A type stands beside that only where
 * the declaring type itself does nothing. Methods newer than `release` (an index into VERSIONS) are left out: they are 404.
 */
export function implementedMethods(
  registry: Pick<Sandbox['registry'], 'implemented'>,
  release: number,
): Readonly<Record<string, readonly string[]>> {
  const implemented = new Set(registry.implemented)
  const byType = new Map<string, string[]>()
  for (const key of registry.implemented) {
    const [name = '', methodName = ''] = key.split('.')
    const type = managedType(name)
    const method = type?.methods.get(methodName)
    if (!type || !method || type.since > release || method.since > release) continue
    if (method.owner !== name && implemented.has(`${method.owner}.${methodName}`)) continue
    byType.set(name, [...(byType.get(name) ?? []), methodName])
  }
  return Object.fromEntries(byType)
}
