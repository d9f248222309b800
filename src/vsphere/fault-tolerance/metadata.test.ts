import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type {
  FaultToleranceSecondaryOpResult,
  VirtualDevice,
  VirtualMachineFileLayoutEx,
} from '#vim25/generated/types.js'
import { mountNfs } from '../datastore/build.js'
import { fileAt } from '../datastore/files.js'
import { createFtLab, createFtPair, type FtLab, ref } from './testing.js'

const directoryOf = (lab: FtLab, vm: string) => lab.config(vm).files.ftMetadataDirectory

const metadataOf = (lab: FtLab, vm: string) =>
  lab
    .get<VirtualMachineFileLayoutEx>('VirtualMachine', vm, 'layoutEx')
    .file?.filter(({ type }) => type === 'ftMetadata')
    .map(({ name }) => name)

const there = (lab: FtLab, path: string, datastore = lab.datastore) =>
  fileAt(lab.sandbox.inventory.read, datastore, path) !== undefined

/** A second datastore that these hosts mount. */
function second(lab: FtLab, hosts: readonly string[]): string {
  return lab.act((ctx) => {
    const [first = ''] = hosts.map(
      (host) => mountNfs(ctx, host, { remoteHost: 'nas.lab.local', remotePath: '/meta', name: 'meta' }).value,
    )
    return first
  })
}

const asking = (datastore: string) => ({
  spec: data('FaultToleranceConfigSpec', {
    metaDataPath: data('FaultToleranceMetaSpec', { metaDataDatastore: ref('Datastore', datastore) }),
  }),
})

describe('the tie-breaker of a pair', () => {
  it('lies beside the primary, both halves say where, and it goes with the pair', () => {
    const { lab, vm, secondary } = createFtPair()
    expect([directoryOf(lab, vm), directoryOf(lab, secondary)]).toEqual(['[nfs] demo/', '[nfs] demo/'])
    expect(there(lab, 'demo/shared.vmft')).toBe(true)
    expect(metadataOf(lab, vm)).toEqual(['[nfs] demo/shared.vmft'])
    expect(metadataOf(lab, secondary)).toEqual(['[nfs] demo/shared.vmft'])
    lab.expectValid('VirtualMachine', secondary)
    lab.run('TurnOffFaultToleranceForVM_Task')
    expect(directoryOf(lab, vm)).toBeUndefined()
    expect(there(lab, 'demo/shared.vmft')).toBe(false)
    expect(there(lab, 'demo/demo.vmx')).toBe(true)
  })

  it('lies on the datastore that the call names, in a directory of the same name', () => {
    const lab = createFtLab()
    const meta = second(lab, lab.hosts)
    const { result } = lab.run('CreateSecondaryVMEx_Task', asking(meta))
    const secondary = (result as FaultToleranceSecondaryOpResult).vm.value
    expect(directoryOf(lab, lab.vm)).toBe('[meta] demo/')
    expect(metadataOf(lab, secondary)).toEqual(['[meta] demo/shared.vmft'])
    expect(lab.get('VirtualMachine', lab.vm, 'datastore')).toContainEqual(ref('Datastore', meta))
    lab.run('TurnOffFaultToleranceForVM_Task')
    expect(there(lab, 'demo/shared.vmft', meta)).toBe(false)
    expect(lab.get('VirtualMachine', lab.vm, 'datastore')).not.toContainEqual(ref('Datastore', meta))
  })

  it('must be reached by both hosts', () => {
    const lab = createFtLab()
    const meta = second(lab, lab.hosts.slice(0, 1))
    expect(lab.refused('CreateSecondaryVMEx_Task', asking(meta))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.metaDataPath.metaDataDatastore',
    })
  })

  it.each(['vmConfig', 'disk'])('is not the only thing that must be reached: %s of the secondary', (what) => {
    const lab = createFtLab()
    const only = second(lab, lab.hosts.slice(0, 1))
    const disk = lab.config(lab.vm).hardware.device?.find((device) => device._typeName === 'VirtualDisk')
    const datastore = ref('Datastore', only)
    const [where, spec] =
      what === 'vmConfig'
        ? ['vmConfig', { vmConfig: datastore }]
        : [
            'disks[0].datastore',
            { disks: [data('FaultToleranceDiskSpec', { disk: disk as VirtualDevice, datastore })] },
          ]
    const secondaryVmSpec = data('FaultToleranceVMConfigSpec', spec)
    const args = { spec: data('FaultToleranceConfigSpec', { secondaryVmSpec }) }
    expect(lab.refused('CreateSecondaryVMEx_Task', args)).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: `spec.secondaryVmSpec.${where}`,
    })
  })

  it('stays through a failover and is gone after the turn-off of the new primary', () => {
    const { lab, vm, secondary } = createFtPair()
    lab.fail(lab.runtime(vm).host?.value ?? '')
    expect(directoryOf(lab, secondary)).toBe('[nfs] demo/')
    expect(lab.run('TurnOffFaultToleranceForVM_Task', {}, secondary).error).toBeUndefined()
    expect(there(lab, 'demo/shared.vmft')).toBe(false)
  })

  it('has no counterpart with the legacy kind', () => {
    const lab = createFtLab({
      version: '6.0',
      esxi: '6.0.0',
      vm: {
        numCPUs: 1,
        extraConfig: [
          data('OptionValue', { key: 'vm.uselegacyft', value: { _typeName: 'string', _value: 'true' } }),
        ],
      },
      on: false,
    })
    const { result, error } = lab.run('CreateSecondaryVMEx_Task')
    if (!error) expect(directoryOf(lab, (result as FaultToleranceSecondaryOpResult).vm.value)).toBeUndefined()
    expect(there(lab, 'demo/shared.vmft')).toBe(false)
  })
})

describe('the name of a pair', () => {
  it('is one: a primary that is renamed takes its secondary along', () => {
    const { lab, vm, secondary } = createFtPair()
    expect(lab.run('Rename_Task', { newName: 'renamed' }).error).toBeUndefined()
    expect([lab.config(vm).name, lab.config(secondary).name]).toEqual(['renamed', 'renamed'])
    expect(lab.reconfigure(vm, { name: 'again', annotation: 'x' }).error).toBeUndefined()
    expect(lab.get('VirtualMachine', secondary, 'name')).toBe('again')
    expect(lab.story().filter((line) => line.startsWith('VmRenamed'))).toEqual([
      `VmRenamedEvent@${vm}`,
      `VmRenamedEvent@${vm}`,
    ])
    expect(lab.reconfigure(vm, { name: 'again' }).error).toBeUndefined()
    expect(lab.refused('Rename_Task', { newName: 'other' }, secondary)._typeName).toBe(
      'InvalidOperationOnSecondaryVm',
    )
  })
})

describe('FT Metro Cluster', () => {
  const metro = (name: string) => ({
    spec: data('FaultToleranceConfigSpec', { metroFtEnabled: true, metroFtHostGroup: name }),
  })

  it('needs a host group of the cluster, and stays as it is while FT is on', () => {
    const lab = createFtLab()
    expect(JSON.stringify(lab.refused('CreateSecondaryVMEx_Task', metro('site-a')))).toContain(
      'noHostGroupConfigured',
    )
    const group = data('ClusterHostGroup', { name: 'site-a', host: [ref('HostSystem', lab.hosts[0] ?? '')] })
    lab.task('ClusterComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', {
      spec: data('ClusterConfigSpecEx', {
        groupSpec: [data('ClusterGroupSpec', { operation: 'add', info: group })],
      }),
      modify: true,
    })
    const { result, error } = lab.run('CreateSecondaryVMEx_Task', metro('site-a'))
    expect(error).toBeUndefined()
    for (const vm of [lab.vm, (result as FaultToleranceSecondaryOpResult).vm.value])
      expect(lab.config(vm)).toMatchObject({ metroFtEnabled: true, metroFtHostGroup: 'site-a' })
    const spec = data('VirtualMachineConfigSpec', { metroFtEnabled: false })
    expect(lab.refused('ReconfigVM_Task', { spec })).toMatchObject({
      _typeName: 'VmConfigIncompatibleForFaultTolerance',
      fault: { fault: { reason: 'ftMetroClusterNotEditable' } },
    })
  })
})

describe('a primary without EVC', () => {
  it.each([true, false])('is powered on where it is registered if DRS needs EVC for pairs: %s', (pinned) => {
    const { lab, vm } = createFtPair({
      on: false,
      cluster: {
        dasConfig: data('ClusterDasConfigInfo', { enabled: true, admissionControlEnabled: false }),
        drsConfig: data('ClusterDrsConfigInfo', { enabled: true }),
      },
    })
    lab.act((ctx) =>
      ctx.tx.create('ServiceInstance', 'ServiceInstance', {
        serverClock: ctx.time,
        capability: data('Capability', {
          provisioningSupported: true,
          multiHostSupported: true,
          userShellAccessSupported: false,
          ftDrsWithoutEvcSupported: !pinned,
        }),
        content: {} as never,
      }),
    )
    const home = lab.runtime(vm).host?.value ?? ''
    lab.act((ctx) =>
      ctx.tx.update('HostSystem', home, ({ runtime }) => ({
        runtime: patch(runtime, { inMaintenanceMode: true }),
      })),
    )
    const { error } = lab.run('PowerOnVM_Task')
    expect(error?.fault._typeName).toBe(pinned ? 'InvalidHostState' : undefined)
    expect(lab.runtime(vm).host?.value === home).toBe(pinned)
  })
})

describe('vSphere HA', () => {
  it('says that it protects what is started, and no more what is stopped; of a pair, of its primary', () => {
    const { lab, vm } = createFtPair()
    const said = () =>
      lab.sandbox.inventory.root.events.toArray().flatMap((event) => {
        const { eventTypeId = '', objectId = '' } = event as { eventTypeId?: string; objectId?: string }
        return /Vm(P|Unp)rotectedEvent/.test(eventTypeId)
          ? [`${eventTypeId.split('.').at(-1)}@${objectId}`]
          : []
      })
    expect(said()).toEqual([`VmProtectedEvent@${vm}`])
    expect(lab.runtime(vm).dasVmProtection).toMatchObject({ dasProtected: true })
    lab.run('PowerOffVM_Task')
    expect(said()).toEqual([`VmProtectedEvent@${vm}`, `VmUnprotectedEvent@${vm}`])
  })

  it('says nothing without HA', () => {
    const lab = createFtLab({ cluster: {} })
    lab.reconfigureHa({ enabled: false })
    const before = lab.sandbox.inventory.root.events.size
    lab.run('PowerOffVM_Task')
    const after = lab.sandbox.inventory.root.events.toArray().slice(before)
    expect(after.map(({ _typeName }) => _typeName)).not.toContain('EventEx')
  })
})
