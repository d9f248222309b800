import { data } from '#vim25/data.js'
import type { FaultCase, Given } from './case.js'
import type { FaultLab } from './lab.js'

const account = { userName: 'administrator@vsphere.local', password: 'VMware1!' }

/** Asks a VM for a property that VMs do not have. */
const specSet = (lab: FaultLab) =>
  data('PropertyFilterSpec', {
    propSet: [data('PropertySpec', { type: 'VirtualMachine', pathSet: ['colour'] })],
    objectSet: [data('ObjectSpec', { obj: lab.ref(lab.vm) })],
  })

const unknownProperty = (args: (lab: FaultLab) => object) => (lab: FaultLab) => ({
  on: 'propertyCollector',
  args: args(lab),
  members: { name: 'colour' },
})

/** FindByDatastorePath of a path. */
const findAt = (lab: FaultLab, path: string, members: object): Given => ({
  on: 'SearchIndex',
  args: { datacenter: lab.ref(lab.datacenter), path },
  members: { datastorePath: path, ...members },
})

export const accessCases: readonly FaultCase[] = [
  {
    method: 'SessionManager.Login',
    fault: 'InvalidLogin',
    when: 'the password is empty',
    given: () => ({ on: 'SessionManager', args: { ...account, password: '' }, anonymous: true }),
  },
  {
    method: 'SessionManager.Login',
    fault: 'InvalidLogin',
    when: 'the caller is logged in',
    given: () => ({ on: 'SessionManager', args: account }),
  },
  {
    method: 'SessionManager.Login',
    fault: 'InvalidLocale',
    when: 'the locale is not known',
    given: () => ({ on: 'SessionManager', args: { ...account, locale: 'tlh' }, anonymous: true }),
  },
  {
    method: 'SessionManager.TerminateSession',
    fault: 'NotFound',
    when: 'one of the sessions is not there',
    given: () => ({ on: 'SessionManager', args: { sessionId: ['52000000-0000-0000-0000-000000000000'] } }),
  },
  {
    method: 'PropertyCollector.RetrieveProperties',
    fault: 'InvalidProperty',
    when: 'the type has no such property',
    given: unknownProperty((lab) => ({ specSet: [specSet(lab)] })),
  },
  {
    method: 'PropertyCollector.RetrievePropertiesEx',
    fault: 'InvalidProperty',
    when: 'the type has no such property',
    given: unknownProperty((lab) => ({ specSet: [specSet(lab)], options: data('RetrieveOptions', {}) })),
  },
  {
    method: 'PropertyCollector.CreateFilter',
    fault: 'InvalidProperty',
    when: 'the type has no such property',
    given: unknownProperty((lab) => ({ spec: specSet(lab), partialUpdates: false })),
  },
  {
    method: 'PropertyCollector.WaitForUpdatesEx',
    fault: 'InvalidCollectorVersion',
    when: 'the version was never reported',
    given: () => ({ on: 'propertyCollector', args: { version: '42' } }),
  },
  {
    method: 'SearchIndex.FindByDatastorePath',
    fault: 'InvalidDatastorePath',
    when: 'the path names a datastore that the datacenter does not have',
    given: (lab) => findAt(lab, '[tape] demo/demo.vmx', { name: 'tape' }),
  },
  {
    method: 'SearchIndex.FindByDatastorePath',
    fault: 'InvalidDatastorePath',
    when: 'the path names no datastore',
    given: (lab) => findAt(lab, 'demo/demo.vmx', {}),
  },
  {
    method: 'Task.CancelTask',
    fault: 'InvalidState',
    when: 'the task is over',
    given: (lab) => ({ on: lab.task('ManagedEntity', lab.idle, 'Rename_Task', { newName: 'lazy' }).key }),
  },
]
