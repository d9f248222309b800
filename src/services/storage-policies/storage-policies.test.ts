import { describe, expect, it } from 'vitest'
import { secondStore } from '#vsphere/vm/clone-testing.js'
import { usual } from '#vsphere/vm/testing.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

const POLICIES = 'com.vmware.vcenter.storage.policies'
const VM_POLICY = 'com.vmware.vcenter.vm.storage.policy'
const COMPLIANCE = 'com.vmware.vcenter.vm.storage.policy.compliance'
const VSAN = 'aa6d5a82-1c88-45da-85d3-3d74b91a5bad'
const VVOL = 'f4e5bade-15a2-4805-bf8e-52318c4ce443'
const ENCRYPTION = '4d5f673c-536f-11e6-beb8-9e71128cae77'

const use = (policy: string) => ({ type: 'USE_SPECIFIED_POLICY' as const, policy })

async function withPolicies(lab: ServiceLab): Promise<string> {
  const vm = lab.create({ deviceChange: usual() })
  await lab.invoke(VM_POLICY, 'update', { vm, spec: { vm_home: use(VSAN), disks: { '2000': use(VVOL) } } })
  return vm
}

describe('storage policies', () => {
  it('are those that every vCenter has', async () => {
    const lab = createServiceLab()
    const all = await lab.invoke(POLICIES, 'list', {})
    expect(all.map(({ name }) => name)).toEqual([
      'vSAN Default Storage Policy',
      'VVol No Requirements Policy',
      'VM Encryption Policy',
      'Host-local PMem Default Storage Policy',
    ])
    expect(await lab.invoke(POLICIES, 'list', { filter: { policies: [VVOL, 'nope'] } })).toEqual([
      expect.objectContaining({ policy: VVOL }),
    ])
  })

  it('tell which datastores meet them', async () => {
    const lab = createServiceLab()
    const datastores = [lab.datastore, secondStore(lab)]
    const check = (policy: string) => lab.invoke(POLICIES, 'check_compatibility', { policy, datastores })
    expect(await check(VSAN)).toEqual({ compatible_datastores: [] })
    expect(await check(ENCRYPTION)).toEqual({
      compatible_datastores: datastores.map((datastore) => ({ datastore })),
    })
    const error = (input: object) => lab.error(POLICIES, 'check_compatibility', input)
    expect((await error({ policy: 'nope', datastores })).type).toBe('NOT_FOUND')
    expect((await error({ policy: VSAN, datastores: ['datastore-404'] })).type).toBe('NOT_FOUND')
  })
})

describe('the storage policies of a VM', () => {
  it('are chosen with a task and taken off again', async () => {
    const lab = createServiceLab()
    const vm = lab.create({ deviceChange: usual() })
    expect(await lab.invoke(VM_POLICY, 'get', { vm })).toEqual({ disks: {} })
    lab.newEvents()
    await lab.invoke(VM_POLICY, 'update', { vm, spec: { vm_home: use(VSAN), disks: { '2000': use(VVOL) } } })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmReconfiguredEvent'])
    expect(await lab.invoke(VM_POLICY, 'get', { vm })).toEqual({ vm_home: VSAN, disks: { '2000': VVOL } })
    expect(await lab.invoke('com.vmware.vcenter.storage.policies.VM', 'list', { policy: VVOL })).toEqual({
      [vm]: { vm_home: false, disks: ['2000'] },
    })
    await lab.invoke(VM_POLICY, 'update', {
      vm,
      spec: { vm_home: { type: 'USE_DEFAULT_POLICY' }, disks: { '2000': { type: 'USE_DEFAULT_POLICY' } } },
    })
    expect(await lab.invoke(VM_POLICY, 'get', { vm })).toEqual({ disks: {} })
    expect(await lab.invoke(COMPLIANCE, 'get', { vm })).toBeUndefined()
  })

  it('go with the VM', async () => {
    const lab = createServiceLab()
    const vm = await withPolicies(lab)
    await lab.invoke('com.vmware.vcenter.VM', 'delete', { vm })
    expect(await lab.invoke('com.vmware.vcenter.storage.policies.VM', 'list', { policy: VSAN })).toEqual({})
  })

  it.each([
    ['a policy that is not there', { vm_home: use('nope') }],
    ['a disk that is not there', { disks: { '2009': use(VSAN) } }],
    ['the policy that encrypts', { vm_home: use(ENCRYPTION) }],
  ])('cannot be %s', async (_, spec) => {
    const lab = createServiceLab()
    const vm = await withPolicies(lab)
    expect((await lab.error(VM_POLICY, 'update', { vm, spec })).type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(VM_POLICY, 'get', { vm })).toEqual({ vm_home: VSAN, disks: { '2000': VVOL } })
  })
})

describe('compliance', () => {
  it('is told per part of a VM, with its reason', async () => {
    const lab = createServiceLab()
    const vm = await withPolicies(lab)
    const found = await lab.invoke(COMPLIANCE, 'get', { vm })
    expect(found).toMatchObject({
      overall_compliance: 'NON_COMPLIANT',
      vm_home: { status: 'NON_COMPLIANT', policy: VSAN, failure_cause: [{ args: expect.any(Array) }] },
      disks: { '2000': { status: 'NON_COMPLIANT', policy: VVOL } },
    })
    expect(found?.vm_home?.check_time).toMatch(/^\d{4}-.*\.\d{3}Z$/)
    lab.sandbox.clock.advance(60_000)
    const later = await lab.invoke(COMPLIANCE, 'check', {
      vm,
      check_spec: { vm_home: false, disks: ['2000'] },
    })
    expect(later?.vm_home).toBeUndefined()
    expect(later?.disks['2000']?.check_time).not.toBe(found?.vm_home?.check_time)
    expect(
      (await lab.error(COMPLIANCE, 'check', { vm, check_spec: { vm_home: true, disks: ['9'] } })).type,
    ).toBe('ERROR')
  })

  it('is told of all VMs by state', async () => {
    const lab = createServiceLab()
    const vm = await withPolicies(lab)
    const bad = { vm_home: 'NON_COMPLIANT', disks: { '2000': 'NON_COMPLIANT' } }
    const all = 'com.vmware.vcenter.storage.policies.compliance'
    expect(await lab.invoke(all, 'list', { filter: { status: ['NON_COMPLIANT'] } })).toEqual([{ vm, ...bad }])
    expect(await lab.invoke(all, 'list', { filter: { status: ['COMPLIANT'] } })).toEqual([])
    const byVm = 'com.vmware.vcenter.storage.policies.compliance.VM'
    expect(await lab.invoke(byVm, 'list', { filter: { status: ['NON_COMPLIANT'] } })).toEqual({ [vm]: bad })
    expect(await lab.invoke(byVm, 'list', { filter: { status: ['NON_COMPLIANT'], vms: ['vm-9'] } })).toEqual(
      {},
    )
  })
})
