import { appliance } from './appliance/appliance.js'
import { contentServices } from './content-library/services.js'
import { createServiceRegistry, type ServiceRegistry } from './core/registry.js'
import type { ServiceTable } from './core/service.js'
import { customizationSpecs } from './customization/customization-specs.js'
import { guestCustomization } from './customization/guest-customization.js'
import {
  operationIntrospection,
  providerIntrospection,
  serviceIntrospection,
} from './introspection/introspection.js'
import { inventoryServices } from './inventory/services.js'
import { metadata } from './metadata/metadata.js'
import { exportFlag, importFlag } from './ovf/flags.js'
import { ovfLibraryItem } from './ovf/library-item.js'
import { session } from './session/session.js'
import {
  policyCompliance,
  storagePolicies,
  storagePolicyVms,
  vmPolicyCompliance,
} from './storage-policies/storage-policies.js'
import { deployment } from './system/deployment.js'
import { system } from './system/system.js'
import { deploymentType, pscRegistration } from './system/system-config.js'
import { category } from './tagging/category.js'
import { tag } from './tagging/tag.js'
import { tagAssociation } from './tagging/tag-association.js'
import { tasks } from './tasks/tasks.js'
import { consoleTickets } from './vm/console-tickets.js'
import { guestIdentity } from './vm/guest/identity.js'
import { localFilesystem } from './vm/guest/local-filesystem.js'
import { guestInterfaces, guestNetworking, guestRoutes } from './vm/guest/networking.js'
import { guestOperations } from './vm/guest/operations.js'
import { guestPower } from './vm/guest/power.js'
import { hardwareServices } from './vm/hardware/services.js'
import { vmLibraryItem } from './vm/library-item.js'
import { power } from './vm/power.js'
import { vmPolicyComplianceInfo, vmStoragePolicy } from './vm/storage-policy.js'
import { tools } from './vm/tools.js'
import { toolsInstaller } from './vm/tools-installer.js'
import { vm } from './vm/vm.js'
import { checkOuts } from './vm-template/check-outs.js'
import { templateItems } from './vm-template/library-items.js'
import { versions } from './vm-template/versions.js'

/** Every service of the Automation API that does something; a new one is one line. */
export const services: readonly ServiceTable[] = [
  ...appliance,
  ...contentServices,
  session,
  system,
  deployment,
  deploymentType,
  pscRegistration,
  category,
  tag,
  tagAssociation,
  tasks,
  serviceIntrospection,
  operationIntrospection,
  providerIntrospection,
  ...metadata,
  vm,
  power,
  ...inventoryServices,
  ...hardwareServices,
  customizationSpecs,
  guestCustomization,
  guestIdentity,
  guestNetworking,
  guestInterfaces,
  guestRoutes,
  localFilesystem,
  guestPower,
  guestOperations,
  tools,
  toolsInstaller,
  consoleTickets,
  vmLibraryItem,
  ovfLibraryItem,
  exportFlag,
  importFlag,
  vmStoragePolicy,
  vmPolicyComplianceInfo,
  storagePolicies,
  storagePolicyVms,
  policyCompliance,
  vmPolicyCompliance,
  templateItems,
  checkOuts,
  versions,
]

let registry: ServiceRegistry | undefined

/** The services, prepared once per process. */
export function theServices(): ServiceRegistry {
  registry ??= createServiceRegistry(services)
  return registry
}
