import { data } from '#vim25/data.js'
import type { AuthorizationDescription, AuthorizationPrivilege } from '#vim25/generated/types.js'
import { managedType, typeNames } from '#vim25/schema.js'

/**
 * Privileges of a vCenter that no method, parameter or property of the schema names: what behaviours check by
 * themselves, and what the Automation API's services check. Ids by group, as a real server lists them.
 */
const MORE: Readonly<Record<string, string>> = {
  Authorization: 'ModifyPrivileges ModifyVTContainerMappings ModifyVTContainers',
  CertificateAuthority: 'Administer Manage',
  CertificateManagement: 'Administer Manage',
  Cns: 'Searchable',
  ComputePolicy: 'Manage',
  ContentLibrary:
    'AddCertToTrustStore AddLibraryItem AddSubscription CheckInTemplate CheckOutTemplate CreateLocalLibrary CreateSubscribedLibrary DeleteCertFromTrustStore DeleteLibraryItem DeleteLocalLibrary DeleteSubscribedLibrary DeleteSubscription DownloadSession EvictLibraryItem EvictSubscribedLibrary GetConfiguration ImportStorage ProbeSubscription PublishLibrary PublishLibraryItem ReadStorage SyncLibrary SyncLibraryItem TypeIntrospection UpdateConfiguration UpdateLibrary UpdateLibraryItem UpdateLocalLibrary UpdateSession UpdateSubscribedLibrary UpdateSubscription',
  Cryptographer:
    'Access AddDisk Clone Decrypt Encrypt EncryptNew ManageEncryptionPolicy Migrate ReadKeyServersInfo Recrypt',
  DVPortgroup: 'Delete Modify PolicyOp ScopeOp',
  DVSwitch: 'HostOp Move PolicyOp PortSetting Vspan',
  Datacenter: 'Delete Move Rename',
  Datastore: 'Browse ConfigIOManagement Move UpdateVirtualMachineMetadata',
  ExternalStatsProvider: 'Register Unregister Update',
  Folder: 'Move Rename',
  Global:
    'CancelTask CapacityPlanning DisableMethods EnableMethods GlobalTag Health Proxy ScriptAction SystemTag',
  'Host.Config': 'GuestStore Quarantine Snmp SystemFirewallRuleSet SystemManagement',
  'Host.Entropy': 'Read Write',
  'Host.Hbr': 'HbrManagement',
  'Host.Inventory': 'DeleteCluster ManageClusterLifecyle MoveCluster RemoveHostFromCluster RenameCluster',
  'Host.Local': 'CreateVM DeleteVM InstallAgent ReconfigVM',
  'Host.Sgx': 'Register',
  'Host.Stats': 'Query',
  'Host.Tpm': 'Read Unseal',
  'InventoryService.Tagging':
    'AttachTag CreateCategory CreateTag DeleteCategory DeleteTag EditCategory EditTag ModifyUsedByForCategory ModifyUsedByForTag ObjectAttachable',
  Network: 'Assign Config Move',
  Resource: 'ApplyRecommendation AssignVAppToPool DeletePool HotMigrate MovePool RenamePool',
  Sessions: 'CollectPrivilegeChecks',
  StorageProfile: 'Apply Update View',
  StorageViews: 'ConfigureService View',
  TrustedAdmin:
    'ConfigureHostCertificates ConfigureHostMetadata ConfigureTokenConversionPolicy ManageAttestingSSO ManageKMSTrust ManageTrustedHosts ReadAttestingSSO ReadKMSTrust ReadStsInfo ReadTrustedHosts RetrieveHostMetadata RetrieveTPMHostCertificates',
  VApp: 'ApplicationConfig AssignResourcePool AssignVApp AssignVM Delete InstanceConfig ManagedByConfig Move PullFromUrls Rename ResourceConfig',
  'VirtualMachine.Config':
    'AddNewDisk AddRemoveDevice AdvancedConfig Annotation CPUCount ChangeTracking DiskExtend DiskLease EditDevice HostUSBDevice ManagedBy Memory MksControl RawDevice Rename Resource SwapPlacement ToggleForkParent',
  'VirtualMachine.Hbr': 'ConfigureReplication MonitorReplication ReplicaManagement',
  'VirtualMachine.Interact':
    'Backup DeviceConnection DnD Pause SESparseMaintenance SetCDMedia SetFloppyMedia SuspendToMemory',
  'VirtualMachine.Inventory': 'CreateFromExisting Delete Move',
  'VirtualMachine.Namespace': 'Event EventNotify Management ModifyContent Query ReadContent',
  'VirtualMachine.Provisioning':
    'CloneTemplate CreateTemplateFromVM DeployTemplate DiskRandomAccess FileRandomAccess GetVmFiles PutVmFiles',
  VirtualMachineClasses: 'Manage',
  vService: 'CreateDependency DestroyDependency ReconfigureDependency UpdateDependency',
}

/** What every role but NoAccess has: to see an object, and to read it. */
export const SYSTEM_PRIVILEGES: readonly string[] = Object.freeze([
  'System.Anonymous',
  'System.Read',
  'System.View',
])

let ids: readonly string[] | undefined

/** Ids of all privileges, sorted. */
export function privilegeIds(): readonly string[] {
  ids ??= Object.freeze([...allIds()].sort())
  return ids
}

function allIds(): ReadonlySet<string> {
  const found = new Set(SYSTEM_PRIVILEGES)
  for (const [group, names] of Object.entries(MORE))
    for (const name of names.split(' ')) found.add(`${group}.${name}`)
  for (const name of typeNames('managed')) {
    const type = managedType(name)
    for (const property of type?.own ?? []) if (property.privilege) found.add(property.privilege)
    for (const { owner, privilege, params } of type?.methods.values() ?? []) {
      if (owner !== name) continue
      if (privilege) found.add(privilege)
      for (const param of params) if (param.privilege) found.add(param.privilege)
    }
  }
  return found
}

let known: ReadonlySet<string> | undefined

export function isPrivilege(id: string): boolean {
  known ??= new Set(privilegeIds())
  return known.has(id)
}

const nameOf = (id: string) => id.slice(id.lastIndexOf('.') + 1)
const groupOf = (id: string) => id.slice(0, id.lastIndexOf('.'))

let list: readonly AuthorizationPrivilege[] | undefined

/** AuthorizationManager.privilegeList. */
export function privilegeList(): readonly AuthorizationPrivilege[] {
  list ??= Object.freeze(
    privilegeIds().map((privId) =>
      data('AuthorizationPrivilege', {
        privId,
        onParent: ON_PARENT.has(privId),
        name: nameOf(privId),
        privGroupName: groupOf(privId),
      }),
    ),
  )
  return list
}

/** What makes, moves or removes an object is a right on the one that contains it. */
const ON_PARENT: ReadonlySet<string> = new Set([
  'Datacenter.Delete',
  'Datastore.Delete',
  'Folder.Delete',
  'Host.Inventory.DeleteCluster',
  'Host.Inventory.RemoveHostFromCluster',
  'Network.Delete',
  'Resource.DeletePool',
  'VApp.Delete',
  'VirtualMachine.Inventory.Delete',
])

let description: AuthorizationDescription | undefined

/** AuthorizationManager.description: labels made of the ids' own words. */
export function authorizationDescription(): AuthorizationDescription {
  const element = (key: string) => {
    const label = wordsOf(nameOf(key))
    return data('ElementDescription', { key, label, summary: label })
  }
  description ??= data('AuthorizationDescription', {
    privilege: privilegeIds().map(element),
    privilegeGroup: [...new Set(privilegeIds().map(groupOf))].sort().map(element),
  })
  return description
}

/** `CreateSnapshot` -> `Create snapshot`; runs of capitals stay. */
function wordsOf(name: string): string {
  const [first = '', ...rest] = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
  return [first, ...rest.map((word) => (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))].join(' ')
}
