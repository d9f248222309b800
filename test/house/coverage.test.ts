import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coverage, PAGE, page } from '../../scripts/coverage.js'

/** What the lab needs, by managed type: the promise that the README makes. */
const PROMISED: Readonly<Record<string, string>> = {
  ServiceInstance: 'CurrentTime RetrieveServiceContent',
  SessionManager: 'Login Logout SessionIsActive TerminateSession',
  PropertyCollector:
    'RetrieveProperties RetrievePropertiesEx ContinueRetrievePropertiesEx CancelRetrievePropertiesEx CreateFilter WaitForUpdatesEx CancelWaitForUpdates',
  ViewManager: 'CreateContainerView CreateListView',
  View: 'DestroyView',
  SearchIndex:
    'FindByUuid FindByDatastorePath FindByDnsName FindByIp FindByInventoryPath FindChild FindAllByUuid FindAllByDnsName FindAllByIp',
  EventManager: 'QueryEvents',
  Task: 'CancelTask',
  Folder:
    'CreateFolder CreateDatacenter CreateClusterEx CreateVM_Task RegisterVM_Task AddStandaloneHost_Task MoveIntoFolder_Task',
  ManagedEntity: 'Rename_Task Destroy_Task',
  ClusterComputeResource: 'AddHost_Task MoveInto_Task MoveHostInto_Task RetrieveDasAdvancedRuntimeInfo',
  ComputeResource: 'ReconfigureComputeResource_Task',
  Datacenter: 'QueryConnectionInfo PowerOnMultiVM_Task',
  HostSystem:
    'DisconnectHost_Task ReconnectHost_Task EnterMaintenanceMode_Task ExitMaintenanceMode_Task RebootHost_Task ShutdownHost_Task ReconfigureHostForDAS_Task QueryHostConnectionInfo',
  HostNetworkSystem:
    'AddVirtualSwitch UpdateVirtualSwitch RemoveVirtualSwitch AddPortGroup UpdatePortGroup RemovePortGroup AddVirtualNic UpdateVirtualNic RemoveVirtualNic QueryNetworkHint',
  HostVirtualNicManager: 'QueryNetConfig SelectVnicForNicType DeselectVnicForNicType',
  HostVMotionSystem: 'SelectVnic DeselectVnic UpdateIpConfig',
  HostDatastoreSystem: 'CreateNasDatastore CreateLocalDatastore RemoveDatastore',
  ResourcePool: 'CreateResourcePool UpdateConfig DestroyChildren',
  VirtualMachine:
    'ReconfigVM_Task PowerOnVM_Task PowerOffVM_Task ResetVM_Task SuspendVM_Task ShutdownGuest RebootGuest UnregisterVM CreateSnapshot_Task RemoveAllSnapshots_Task MarkAsTemplate MarkAsVirtualMachine CreateSecondaryVM_Task CreateSecondaryVMEx_Task EnableSecondaryVM_Task DisableSecondaryVM_Task MakePrimaryVM_Task TerminateFaultTolerantVM_Task TurnOffFaultToleranceForVM_Task QueryFaultToleranceCompatibility QueryFaultToleranceCompatibilityEx',
  EnvironmentBrowser: 'QueryConfigOption QueryConfigOptionEx',
}

describe('coverage', () => {
  const rows = coverage()

  it('knows every method of the release', () => {
    expect(rows.length).toBeGreaterThan(900)
    expect(rows.filter(({ implemented }) => implemented).length).toBeGreaterThan(150)
  })

  it.each(Object.entries(PROMISED))('%s has what the lab needs, and tests that call it', (type, methods) => {
    const lacking = methods.split(' ').filter((method) => {
      const row = rows.find((each) => each.type === type && each.method === method)
      return !row?.implemented || row.tests.length === 0
    })
    expect(lacking).toEqual([])
  })

  it('is what docs/coverage.md says; if not: npx tsx --conditions=source scripts/coverage.ts', () => {
    expect(readFileSync(PAGE, 'utf8') === page(rows)).toBe(true)
  })
})
