import type { ServiceRegistry } from '#services/core/registry.js'
import { theServices } from '#services/services.js'
import { releaseIndex } from '#vapi/release.js'
import { operation } from '#vapi/schema.js'

/**
 * Every operation of the Automation API that does something here, by service, both in alphabetical order; those newer
 * than `release` (an index into RELEASES) are left out: they are not found.
 */
export function implementedOperations(
  { implemented }: Pick<ServiceRegistry, 'implemented'>,
  release: number,
): Readonly<Record<string, readonly string[]>> {
  const byService: Record<string, string[]> = {}
  for (const key of implemented) {
    const [service = '', id = ''] = key.split('/')
    const found = operation(service, id)
    if (!found || found.since > release) continue
    byService[service] = [...(byService[service] ?? []), id]
  }
  return byService
}

/** The same for a server of this release. */
export function operationsOfRelease(apiVersion: string): Readonly<Record<string, readonly string[]>> {
  return implementedOperations(theServices(), releaseIndex(apiVersion))
}
