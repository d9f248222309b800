import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { volumeOf, volumes } from '../datastore/volumes.js'
import { cloneArgs, read, secondStore, snapshotOf, template } from './clone-testing.js'
import { createVmLab, usual, type VmLab } from './testing.js'

describe('a clone that cannot be made', () => {
  const refused = (
    what: string,
    request: (lab: VmLab, vm: string) => object,
    expected: object,
    source: (lab: VmLab) => string = (lab) => lab.create({ deviceChange: usual() }),
  ) =>
    it(`${what}: the fault, an event, and nothing else`, () => {
      const lab = createVmLab()
      const vm = source(lab)
      const args = request(lab, vm)
      const before = lab.objects()
      lab.newEvents()
      expect(lab.fault('VirtualMachine', vm, 'CloneVM_Task', args)).toMatchObject(expected)
      expect(lab.objects()).toEqual(before)
      expect(lab.newEvents().some((type) => /^Vm(Clone|Deploy)Failed/.test(type))).toBe(true)
    })
  const more = (lab: VmLab) => {
    const datacenter = lab.call('Folder', 'group-d1', 'CreateDatacenter', {
      name: 'Far',
    }) as ManagedObjectReference
    return read(lab).get('Datacenter', datacenter.value).vmFolder
  }

  refused('a name that is taken', (lab) => ({ ...cloneArgs(lab), name: 'demo' }), {
    _typeName: 'DuplicateName',
    name: 'demo',
  })
  refused('an empty name', (lab) => ({ ...cloneArgs(lab), name: ' ' }), { _typeName: 'InvalidName' })
  refused('a folder for hosts', (lab) => ({ ...cloneArgs(lab), folder: read(lab).ref(lab.hostFolder) }), {
    _typeName: 'NotSupported',
  })
  refused(
    'a template without a pool',
    (lab) => cloneArgs(lab),
    {
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.location.pool',
    },
    template,
  )
  refused('a template that is to run', (lab) => cloneArgs(lab, { template: true, powerOn: true }), {
    _typeName: 'InvalidArgument',
    invalidProperty: 'spec.powerOn',
  })
  refused(
    'a link to what still changes',
    (lab) => cloneArgs(lab, {}, { diskMoveType: 'createNewChildDiskBacking' }),
    { _typeName: 'InvalidArgument', invalidProperty: 'spec.snapshot' },
  )
  refused(
    "another VM's snapshot",
    (lab) => cloneArgs(lab, { snapshot: snapshotOf(lab, lab.create({ name: 'o' })) }),
    {
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.snapshot',
    },
  )
  refused('an unknown way to move disks', (lab) => cloneArgs(lab, {}, { diskMoveType: 'carry' }), {
    _typeName: 'InvalidArgument',
    invalidProperty: 'spec.location.diskMoveType',
  })
  refused(
    'a disk that is not there',
    (lab) =>
      cloneArgs(
        lab,
        {},
        {
          disk: [
            data('VirtualMachineRelocateSpecDiskLocator', {
              diskId: 7,
              datastore: read(lab).ref(lab.datastore),
            }),
          ],
        },
      ),
    { _typeName: 'InvalidArgument', invalidProperty: 'spec.location.disk[0].diskId' },
  )
  refused(
    'a folder of another datacenter',
    (lab) => ({ ...cloneArgs(lab, {}, { pool: lab.pool }), folder: more(lab) }),
    {
      _typeName: 'DatacenterMismatch',
      invalidArgument: [{ entity: { type: 'ResourcePool' } }],
    },
  )
  refused(
    'a datastore that the host does not mount',
    (lab) => {
      const [one = '', two = ''] = lab.hosts
      const away = secondStore(lab, [two])
      return cloneArgs(lab, {}, { datastore: read(lab).ref(away), host: read(lab).ref(one) })
    },
    { _typeName: 'InvalidDatastore', name: 'more' },
  )
  refused(
    'a host in maintenance mode',
    (lab) => {
      const host = lab.hosts[1] ?? ''
      lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 })
      return cloneArgs(lab, {}, { host: read(lab).ref(host) })
    },
    { _typeName: 'InvalidHostState' },
  )
  refused(
    'a datastore without space',
    (lab) => {
      const id = volumeOf(read(lab), lab.datastore)
      lab.act((ctx) => ctx.tx.set(volumes, id, { capacity: ctx.tx.get(volumes, id).used + 2 ** 30 }))
      return cloneArgs(lab, {}, { transform: 'flat' })
    },
    { _typeName: 'NoDiskSpace', datastore: 'nfs' },
  )
  refused(
    'a configuration that is refused',
    (lab) =>
      cloneArgs(lab, { config: data('VirtualMachineConfigSpec', { numCPUs: 3, numCoresPerSocket: 2 }) }),
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.numCoresPerSocket' },
  )
})
