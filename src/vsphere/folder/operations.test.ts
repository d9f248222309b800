import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { connectSpec, createLab } from '../host/testing.js'
import { accepts, FOLDER_KINDS, folderKind } from './rules.js'

const refs = (value: unknown) => (value as ManagedObjectReference[]).map((ref) => ref.value)

describe('kinds of folders', () => {
  it.each(Object.entries(FOLDER_KINDS))('%s is known by its childType', (kind, { childType }) => {
    expect(folderKind(childType)).toBe(kind)
  })

  it('subtypes are accepted, strangers are not', () => {
    expect(accepts(FOLDER_KINDS.host.childType, 'ClusterComputeResource')).toBe(true)
    expect(accepts(FOLDER_KINDS.network.childType, 'DistributedVirtualPortgroup')).toBe(true)
    expect(accepts(FOLDER_KINDS.vm.childType, 'ClusterComputeResource')).toBe(false)
    expect(folderKind(undefined)).toBeUndefined()
  })
})

describe('Folder.CreateFolder', () => {
  it('makes a folder of the parent’s kind', () => {
    const lab = createLab()
    const folder = lab.call('Folder', lab.vmFolder, 'CreateFolder', {
      name: 'a/b%',
    }) as ManagedObjectReference
    expect(folder.value).toMatch(/^group-v\d+$/)
    expect(lab.get('Folder', folder.value, 'name')).toBe('a%2fb%25')
    expect(lab.get('Folder', folder.value, 'childType')).toEqual(['Folder', 'VirtualMachine'])
    expect(refs(lab.get('Folder', lab.vmFolder, 'childEntity'))).toEqual([folder.value])
  })

  it('refuses names that are taken, empty or too long', () => {
    const lab = createLab()
    lab.call('Folder', lab.vmFolder, 'CreateFolder', { name: 'one' })
    const fault = (name: string) => lab.fault('Folder', lab.vmFolder, 'CreateFolder', { name })
    expect(fault('one')).toMatchObject({
      _typeName: 'DuplicateName',
      name: 'one',
      object: { type: 'Folder' },
    })
    expect(fault('')._typeName).toBe('InvalidName')
    expect(fault('x'.repeat(81))).toMatchObject({ _typeName: 'InvalidName', name: 'x'.repeat(81) })
    expect(refs(lab.get('Folder', lab.vmFolder, 'childEntity'))).toHaveLength(1)
  })
})

describe('Folder.CreateDatacenter', () => {
  it('makes a datacenter with four folders, numbered after it', () => {
    const lab = createLab()
    const datacenter = lab.call('Folder', 'group-d1', 'CreateDatacenter', {
      name: 'Two',
    }) as ManagedObjectReference
    expect(lab.newEvents()).toEqual(['DatacenterCreatedEvent'])
    const number = Number(datacenter.value.replace('datacenter-', ''))
    expect(lab.get('Datacenter', datacenter.value, 'vmFolder')).toMatchObject({
      value: `group-v${number + 1}`,
    })
    expect(lab.get('Datacenter', datacenter.value, 'hostFolder')).toMatchObject({
      value: `group-h${number + 2}`,
    })
    expect(lab.get('Datacenter', datacenter.value, 'datastoreFolder')).toMatchObject({
      value: `group-s${number + 3}`,
    })
    expect(lab.get('Datacenter', datacenter.value, 'networkFolder')).toMatchObject({
      value: `group-n${number + 4}`,
    })
    expect(lab.get('Datacenter', datacenter.value, 'datastore')).toEqual([])
  })

  it('refuses a taken name, and folders for other things', () => {
    const lab = createLab()
    expect(lab.fault('Folder', 'group-d1', 'CreateDatacenter', { name: 'Lab' })._typeName).toBe(
      'DuplicateName',
    )
    expect(lab.fault('Folder', 'group-d1', 'CreateDatacenter', { name: ' ' })._typeName).toBe('InvalidName')
    expect(lab.fault('Folder', lab.vmFolder, 'CreateDatacenter', { name: 'X' })._typeName).toBe(
      'NotSupported',
    )
  })
})

describe('Folder.MoveIntoFolder_Task', () => {
  function folders() {
    const lab = createLab()
    const make = (parent: string, name: string) =>
      (lab.call('Folder', parent, 'CreateFolder', { name }) as ManagedObjectReference).value
    const a = make(lab.vmFolder, 'a')
    const b = make(lab.vmFolder, 'b')
    return { lab, a, b, inner: make(a, 'inner'), ref: (value: string) => ({ type: 'Folder', value }) }
  }

  it('moves a folder with what is in it', () => {
    const { lab, a, b, inner, ref } = folders()
    expect(lab.task('Folder', b, 'MoveIntoFolder_Task', { list: [ref(a)] }).state).toBe('success')
    expect(refs(lab.get('Folder', b, 'childEntity'))).toEqual([a])
    expect(refs(lab.get('Folder', a, 'childEntity'))).toEqual([inner])
    expect(refs(lab.get('Folder', lab.vmFolder, 'childEntity'))).toEqual([b])
  })

  it('refuses circles, duplicates and what does not belong there', () => {
    const { lab, a, b, inner, ref } = folders()
    lab.call('Folder', b, 'CreateFolder', { name: 'inner' })
    const fault = (folder: string, id: string) =>
      lab.fault('Folder', folder, 'MoveIntoFolder_Task', { list: [ref(id)] })
    expect(fault(inner, a)).toMatchObject({ _typeName: 'InvalidFolder', target: { value: a } })
    expect(fault(a, a)._typeName).toBe('InvalidFolder')
    expect(fault(b, inner)._typeName).toBe('DuplicateName')
    expect(fault(lab.hostFolder, a)._typeName).toBe('NotSupported')
    expect(refs(lab.get('Folder', a, 'childEntity'))).toEqual([inner])
  })

  it('undoes everything when one of the list cannot move', () => {
    const { lab, a, b, inner, ref } = folders()
    lab.call('Folder', b, 'CreateFolder', { name: 'inner' })
    lab.fault('Folder', b, 'MoveIntoFolder_Task', { list: [ref(a), ref(inner)] })
    expect(lab.get('Folder', a, 'parent')).toMatchObject({ value: lab.vmFolder })
  })

  it('refuses a host of a cluster outside maintenance mode', () => {
    const { lab } = folders()
    const cluster = lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
      name: 'C',
      spec: { _typeName: 'ClusterConfigSpecEx' },
    }) as ManagedObjectReference
    const info = lab.task('ClusterComputeResource', cluster.value, 'AddHost_Task', {
      spec: connectSpec('esx1'),
      asConnected: true,
    })
    const list = [info.result as ManagedObjectReference]
    expect(lab.fault('Folder', lab.hostFolder, 'MoveIntoFolder_Task', { list })._typeName).toBe(
      'InvalidState',
    )
  })
})

describe('Destroy_Task', () => {
  it('takes a folder with all that is in it', () => {
    const lab = createLab()
    const folder = (
      lab.call('Folder', lab.hostFolder, 'CreateFolder', { name: 'racks' }) as ManagedObjectReference
    ).value
    lab.task('Folder', folder, 'AddStandaloneHost_Task', { spec: connectSpec('esx1'), addConnected: true })
    const inside = lab.call('Folder', folder, 'CreateFolder', { name: 'more' }) as ManagedObjectReference
    expect(lab.task('Folder', folder, 'Destroy_Task').state).toBe('success')
    const { read } = lab.sandbox.inventory
    for (const id of [folder, inside.value]) expect(read.entity(id)).toBeUndefined()
    expect(read.count('HostSystem')).toBe(0)
    expect(read.count('ResourcePool')).toBe(0)
  })

  it('takes a cluster with its hosts, which can be added again', () => {
    const lab = createLab()
    const cluster = () =>
      lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
        name: 'C',
        spec: { _typeName: 'ClusterConfigSpecEx' },
      }) as ManagedObjectReference
    const add = (id: string) =>
      lab.task('ClusterComputeResource', id, 'AddHost_Task', { spec: connectSpec('esx1'), asConnected: true })
    const first = cluster().value
    add(first)
    lab.newEvents()
    expect(lab.task('ClusterComputeResource', first, 'Destroy_Task').error).toBeUndefined()
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['HostRemovedEvent', 'ClusterDestroyedEvent']))
    expect(refs(lab.get('Folder', lab.hostFolder, 'childEntity'))).toEqual([])
    expect(add(cluster().value).error).toBeUndefined()
  })

  it('refuses the root folder and a datacenter’s own four', () => {
    const lab = createLab()
    for (const folder of ['group-d1', lab.vmFolder, lab.hostFolder])
      expect(lab.fault('Folder', folder, 'Destroy_Task')._typeName).toBe('NotSupported')
  })
})

describe('Rename_Task', () => {
  it('renames a datacenter and says so', () => {
    const lab = createLab()
    lab.newEvents()
    const task = lab.task('Datacenter', lab.datacenter, 'Rename_Task', { newName: 'Lab 2' })
    expect(task).toMatchObject({ state: 'success', descriptionId: 'Datacenter.rename', entityName: 'Lab' })
    expect(lab.get('Datacenter', lab.datacenter, 'name')).toBe('Lab 2')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'DatacenterRenamedEvent'])
  })

  it('refuses names that are taken or invalid, and hosts', () => {
    const lab = createLab()
    lab.call('Folder', 'group-d1', 'CreateDatacenter', { name: 'Two' })
    const fault = (newName: string) => lab.fault('Datacenter', lab.datacenter, 'Rename_Task', { newName })
    expect(fault('Two')._typeName).toBe('DuplicateName')
    expect(fault('')._typeName).toBe('InvalidName')
    expect(lab.get('Datacenter', lab.datacenter, 'name')).toBe('Lab')
    lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    const [host = ''] = lab.sandbox.inventory.read.ids('HostSystem')
    expect(lab.fault('HostSystem', host, 'Rename_Task', { newName: 'x' })._typeName).toBe('NotSupported')
  })
})
