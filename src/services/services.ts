import { createServiceRegistry, type ServiceRegistry } from './core/registry.js'
import type { ServiceTable } from './core/service.js'
import { session } from './session/session.js'
import { system } from './system/system.js'
import { category } from './tagging/category.js'
import { tag } from './tagging/tag.js'
import { tagAssociation } from './tagging/tag-association.js'
import { power } from './vm/power.js'
import { vm } from './vm/vm.js'

/** Every service of the Automation API that does something; a new one is one line. */
export const services: readonly ServiceTable[] = [
  session,
  system,
  category,
  tag,
  tagAssociation,
  vm,
  power,
]

let registry: ServiceRegistry | undefined

/** The services, prepared once per process. */
export function theServices(): ServiceRegistry {
  registry ??= createServiceRegistry(services)
  return registry
}
