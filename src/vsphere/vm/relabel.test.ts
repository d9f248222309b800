import { describe, expect, it } from 'vitest'
import { createVmLab, usual } from './testing.js'

describe('a datastore that is renamed', () => {
  it('is called so in the paths of its VMs and their snapshots, which stay what they are', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    const storage = () =>
      lab.get<{ storage: { committed: number } }>('VirtualMachine', vm, 'summary').storage.committed
    const before = storage()
    lab.call('Datastore', lab.datastore, 'RenameDatastore', { newName: 'gold' })
    const text = JSON.stringify([
      lab.config(vm),
      ...[...lab.sandbox.inventory.read.ids('VirtualMachineSnapshot')].map(
        (id) => lab.sandbox.inventory.read.get('VirtualMachineSnapshot', id).config,
      ),
    ])
    expect(text).toContain('[gold] demo/demo.vmx')
    expect(text).not.toContain('[nfs]')
    expect(storage()).toBe(before)
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').state).toBe('success')
  })
})
