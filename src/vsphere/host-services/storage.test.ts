import { describe, expect, it } from 'vitest'
import { unboxed } from '#vim25/any.js'
import { patch } from '#vim25/data.js'
import type {
  HostDiskPartitionInfo,
  HostScsiDisk,
  HostStorageDeviceInfo,
  HostStorageSystemScsiLunResult,
} from '#vim25/generated/types.js'
import { createVmLab } from '../vm/testing.js'

function storage() {
  const lab = createVmLab()
  const host = lab.hosts[0] ?? ''
  const { value: id } = lab.get<{ storageSystem: { value: string } }>(
    'HostSystem',
    host,
    'configManager',
  ).storageSystem
  const device = () => lab.get<HostStorageDeviceInfo>('HostStorageSystem', id, 'storageDeviceInfo')
  const [first] = device().scsiLun ?? []
  // The first disk has the host's own datastore; this one is empty.
  lab.act((ctx) =>
    ctx.tx.update('HostSystem', host, ({ config }) => ({
      config:
        config &&
        patch(config, {
          storageDevice: patch(device(), {
            scsiLun: [
              ...(first ? [first] : []),
              ...(first
                ? [
                    patch(first, {
                      key: 'second',
                      uuid: '02',
                      canonicalName: 'naa.02',
                      displayName: 'Second',
                      deviceName: '/vmfs/devices/disks/naa.02',
                    }),
                  ]
                : []),
            ],
          }),
        }),
    })),
  )
  const disk = () => device().scsiLun?.at(-1) as HostScsiDisk
  return {
    lab,
    host,
    id,
    device,
    disk,
    call: <T = void>(method: string, args: object = {}) =>
      lab.call('HostStorageSystem', id, method, args) as T,
    fault: (method: string, args: object = {}) => lab.fault('HostStorageSystem', id, method, args)._typeName,
    task: (method: string, args: object) => lab.task('HostStorageSystem', id, method, args),
  }
}

describe('HostStorageSystem', () => {
  it('looks for devices and finds those that it has', () => {
    const { call, fault, device } = storage()
    const before = device()
    for (const method of ['RescanAllHba', 'RescanVmfs', 'RefreshStorageSystem']) call(method)
    call('RescanHba', { hbaDevice: 'vmhba0' })
    expect(device()).toBe(before)
    expect(fault('RescanHba', { hbaDevice: 'vmhba9' })).toBe('NotFound')
  })

  it('changes how paths are chosen, and which are used', () => {
    const { call, fault, device, lab, host } = storage()
    const unit = () => device().multipathInfo?.lun?.[0]
    const options = call<{ policy: { key: string } }[]>('QueryPathSelectionPolicyOptions')
    expect(options.map(({ policy }) => policy.key)).toContain('VMW_PSP_RR')
    expect(call<unknown[]>('QueryStorageArrayTypePolicyOptions').length).toBeGreaterThan(5)
    const policy = { _typeName: 'HostMultipathInfoLogicalUnitPolicy', policy: 'VMW_PSP_RR' }
    call('SetMultipathLunPolicy', { lunId: unit()?.id, policy })
    expect(unit()?.policy).toEqual(policy)
    expect(fault('SetMultipathLunPolicy', { lunId: 'nope', policy })).toBe('NotFound')
    expect(fault('SetMultipathLunPolicy', { lunId: unit()?.id, policy: { policy: 'DICE' } })).toBe(
      'InvalidArgument',
    )
    const pathName = unit()?.path[0]?.name
    expect(fault('DisableMultipathPath', { pathName })).toBe('HostConfigFault')
    expect(fault('DisableMultipathPath', { pathName: 'vmhba9:C0:T0:L0' })).toBe('NotFound')
    call('EnableMultipathPath', { pathName })
    expect(unit()?.path[0]).toMatchObject({ pathState: 'active', isWorkingPath: true })
    expect(
      lab.get<{ multipathState: { path: unknown[] } }>('HostSystem', host, 'config').multipathState.path[0],
    ).toMatchObject({
      name: pathName,
      pathState: 'active',
    })
  })

  it('detaches and attaches disks that hold nothing', () => {
    const { call, fault, disk, task } = storage()
    const { uuid: lunUuid } = disk()
    expect(fault('AttachScsiLun', { lunUuid })).toBe('InvalidState')
    call('DetachScsiLun', { lunUuid })
    expect(disk().operationalState).toEqual(['off'])
    expect(fault('DetachScsiLun', { lunUuid })).toBe('InvalidState')
    expect(fault('DetachScsiLun', { lunUuid: 'x' })).toBe('NotFound')
    call('AttachScsiLun', { lunUuid })
    expect(disk().operationalState).toEqual(['ok'])
    const { result } = task('DetachScsiLunEx_Task', { lunUuid: [lunUuid, 'x'] })
    const results = unboxed(result) as readonly HostStorageSystemScsiLunResult[]
    expect(results.map((one) => one.fault?.fault._typeName)).toEqual([undefined, 'NotFound'])
    task('AttachScsiLunEx_Task', { lunUuid: [lunUuid] })
    expect(disk().operationalState).toEqual(['ok'])
  })

  it('names and marks disks', () => {
    const { call, fault, disk, task, device } = storage()
    const { uuid: lunUuid } = disk()
    call('UpdateScsiLunDisplayName', { lunUuid, displayName: 'Fast one' })
    expect(disk().displayName).toBe('Fast one')
    expect(fault('UpdateScsiLunDisplayName', { lunUuid, displayName: ' ' })).toBe('InvalidName')
    const displayName = device().scsiLun?.[0]?.displayName
    expect(fault('UpdateScsiLunDisplayName', { lunUuid, displayName })).toBe('DuplicateName')
    const marked = (method: string) => {
      expect(task(method, { scsiDiskUuid: lunUuid }).state).toBe('success')
      return [disk().ssd, disk().localDisk]
    }
    expect(marked('MarkAsNonSsd_Task')).toEqual([false, true])
    expect(marked('MarkAsSsd_Task')).toEqual([true, true])
    expect(marked('MarkAsNonLocal_Task')).toEqual([true, false])
    expect(marked('MarkAsLocal_Task')).toEqual([true, true])
    expect(task('MarkAsSsd_Task', { scsiDiskUuid: 'x' }).error?.fault._typeName).toBe('NotFound')
  })

  it('partitions disks', () => {
    const { call, fault, disk, device } = storage()
    const devicePath = disk().deviceName
    const read = () =>
      call<HostDiskPartitionInfo[]>('RetrieveDiskPartitionInfo', { devicePath: [devicePath] })[0]
    expect(read()?.spec.partitionFormat).toBe('unknown')
    const partitions = () => read()?.layout.partition ?? []
    expect(partitions()).toEqual([])
    const block = (at: number) => ({ _typeName: 'HostDiskDimensionsLba', blockSize: 512, block: at })
    const range = (start: number, end: number) => ({
      _typeName: 'HostDiskPartitionBlockRange',
      type: 'vmfs',
      start: block(start),
      end: block(end),
    })
    const compute = (...partition: object[]) => ({ devicePath, layout: { partition } })
    const planned = call<HostDiskPartitionInfo>(
      'ComputeDiskPartitionInfo',
      compute(range(2048, 9999), range(10_000, 20_000)),
    )
    expect(planned.spec.partition?.map(({ partition }) => partition)).toEqual([1, 2])
    expect(partitions()).toEqual([])
    call('UpdateDiskPartitions', { devicePath, spec: planned.spec })
    expect(read()).toMatchObject({ spec: { partitionFormat: 'gpt' }, layout: planned.layout })
    call('UpdateDiskPartitions', { devicePath, spec: { partition: [] } })
    expect(partitions()).toEqual([])
    expect(fault('ComputeDiskPartitionInfo', compute(range(2048, 9999), range(9999, 20_000)))).toBe(
      'HostConfigFault',
    )
    expect(fault('ComputeDiskPartitionInfo', compute(range(2048, 1e12)))).toBe('HostConfigFault')
    expect(fault('UpdateDiskPartitions', { devicePath: '/dev/null', spec: {} })).toBe('NotFound')
    expect(fault('RetrieveDiskPartitionInfo', { devicePath: ['/dev/null'] })).toBe('InvalidArgument')
    // The volume that is in use keeps its disk and partition.
    const [used] = device().scsiLun ?? []
    const [found] = call<HostDiskPartitionInfo[]>('RetrieveDiskPartitionInfo', {
      devicePath: [used?.deviceName],
    })
    expect(found?.layout.partition).toMatchObject([{ type: 'vmfs' }])
    expect(fault('DetachScsiLun', { lunUuid: used?.uuid })).toBe('ResourceInUse')
    expect(fault('UpdateDiskPartitions', { devicePath: used?.deviceName, spec: { partition: [] } })).toBe(
      'HostConfigFault',
    )
  })

  it('brings the software iSCSI adapter and takes it away', () => {
    const { call, device } = storage()
    const adapters = () => device().hostBusAdapter?.map(({ device: name }) => name)
    const before = adapters()
    call('UpdateSoftwareInternetScsiEnabled', { enabled: true })
    call('UpdateSoftwareInternetScsiEnabled', { enabled: true })
    expect(adapters()).toEqual([...(before ?? []), 'vmhba65'])
    expect(device().softwareInternetScsiEnabled).toBe(true)
    call('UpdateSoftwareInternetScsiEnabled', { enabled: false })
    expect([adapters(), device().softwareInternetScsiEnabled]).toEqual([before, false])
  })
})
