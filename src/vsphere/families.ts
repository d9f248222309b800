import { authorizationFamily } from './authorization/family.js'
import { clusterFamily } from './cluster/family.js'
import type { Family } from './core/behaviour.js'
import { customFieldsFamily } from './custom-fields/family.js'
import { customizationFamily } from './customization/family.js'
import { datacenterFamily } from './datacenter/family.js'
import { datastoreFamily } from './datastore/family.js'
import { datastoreBrowserFamily } from './datastore-browser/family.js'
import { drsFamily } from './drs/family.js'
import { dvsFamily } from './dvs/family.js'
import { esxcliFamily } from './esxcli/family.js'
import { eventFamily } from './event/family.js'
import { extensionFamily } from './extension/family.js'
import { faultToleranceFamily } from './fault-tolerance/family.js'
import { fileManagerFamily } from './file-manager/family.js'
import { folderFamily } from './folder/family.js'
import { haFamily } from './ha/family.js'
import { historyFamily } from './history/family.js'
import { hostFamily } from './host/family.js'
import { hostServicesFamily } from './host-services/family.js'
import { ipPoolFamily } from './ip-pool/family.js'
import { licenseFamily } from './license/family.js'
import { managedEntityFamily } from './managed-entity/family.js'
import { nestedEsxiFamily } from './nested-esxi/family.js'
import { networkFamily } from './network/family.js'
import { nfcFamily } from './nfc/family.js'
import { optionFamily } from './option/family.js'
import { ovfFamily } from './ovf/family.js'
import { performanceFamily } from './performance/family.js'
import { propertyCollectorFamily } from './property-collector/family.js'
import { resourcePoolFamily } from './resource-pool/family.js'
import { searchIndexFamily } from './search-index/family.js'
import { serviceInstanceFamily } from './service-instance/family.js'
import { sessionFamily } from './session/family.js'
import { taskFamily } from './task/family.js'
import { tenantFamily } from './tenant/family.js'
import { userDirectoryFamily } from './user-directory/family.js'
import { viewFamily } from './view/family.js'
import { virtualDiskFamily } from './virtual-disk/family.js'
import { vmFamily } from './vm/family.js'
import { vmkernelFamily } from './vmkernel/family.js'

/** Every family of managed objects, in the order of the design's layout. */
export const families: readonly Family[] = [
  sessionFamily,
  authorizationFamily,
  userDirectoryFamily,
  serviceInstanceFamily,
  propertyCollectorFamily,
  viewFamily,
  searchIndexFamily,
  taskFamily,
  eventFamily,
  historyFamily,
  optionFamily,
  licenseFamily,
  ipPoolFamily,
  tenantFamily,
  extensionFamily,
  managedEntityFamily,
  customFieldsFamily,
  folderFamily,
  datacenterFamily,
  hostFamily,
  hostServicesFamily,
  vmkernelFamily,
  networkFamily,
  dvsFamily,
  datastoreFamily,
  datastoreBrowserFamily,
  fileManagerFamily,
  virtualDiskFamily,
  clusterFamily,
  resourcePoolFamily,
  vmFamily,
  performanceFamily,
  esxcliFamily,
  customizationFamily,
  ovfFamily,
  nfcFamily,
  nestedEsxiFamily,
  haFamily,
  drsFamily,
  // After HA: an agent's news are HA's first.
  faultToleranceFamily,
]
