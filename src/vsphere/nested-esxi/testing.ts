import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { setImage } from '#world/disk-image.js'
import { bootDisk } from '#world/nested.js'
import { createStandalone } from '../cluster/build.js'
import { mountNfs } from '../datastore/build.js'
import { joinHost } from '../host/join.js'
import { createLab, type Lab } from '../host/testing.js'
import { createVm } from '../vm/create.js'
import { setPoweredOn } from '../vm/power.js'

export interface NestedLab {
  readonly lab: Lab
  /** The physical host, and the VM on it whose disk holds ESXi 8.0.3. */
  readonly outer: string
  readonly vm: string
}

const disk = data('VirtualDisk', {
  key: -1,
  controllerKey: -2,
  unitNumber: 0,
  capacityInKB: 40 * 2 ** 20,
  backing: data('VirtualDiskFlatVer2BackingInfo', {
    fileName: '[nfs]',
    diskMode: 'persistent',
    thinProvisioned: true,
  }),
})
const controller = data('ParaVirtualSCSIController', { key: -2, busNumber: 0, sharedBus: 'noSharing' })
const card = data('VirtualVmxnet3', {
  key: -3,
  backing: data('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
})

/** guestinfo.* options as a nested ESXi reads them. */
export const guestinfo = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) =>
    data('OptionValue', { key: `guestinfo.${name}`, value: boxedString(value) }),
  )

/**
 * A lab with a physical host and on it a VM `vesxi-01` (4 vCPUs, 16 GB, 40 GB with ESXi) that is powered on, as far as
 * it comes. `changes` are to its specification.
 */
export function createNestedLab(changes: Partial<VirtualMachineConfigSpec> = {}): NestedLab {
  const lab = createLab()
  const made = lab.sandbox.transact({}, (ctx) => {
    const parent = createStandalone(ctx, ctx.tx.ref(lab.hostFolder), 'esx1.lab.local')
    const host = joinHost(ctx, { machine: 'machine:1', parent })
    mountNfs(ctx, host.value, { remoteHost: 'nas.lab.local', remotePath: '/vms', name: 'nfs' })
    return { host, pool: ctx.tx.get('ComputeResource', parent.value).resourcePool as ManagedObjectReference }
  })
  const vm = lab.sandbox.transact({}, (ctx) => {
    const self = createVm(ctx, {
      folder: ctx.tx.ref(lab.vmFolder),
      pool: made.pool,
      host: made.host,
      spec: data('VirtualMachineConfigSpec', {
        name: 'vesxi-01',
        guestId: 'vmkernel8Guest',
        numCPUs: 4,
        memoryMB: 16_384,
        nestedHVEnabled: true,
        firmware: 'efi',
        files: data('VirtualMachineFileInfo', { vmPathName: '[nfs]' }),
        extraConfig: guestinfo({ hostname: 'vesxi-01.lab.local', ipaddress: '192.168.10.201' }),
        deviceChange: [controller, disk, card].map((device) =>
          data('VirtualDeviceConfigSpec', {
            operation: 'add',
            fileOperation: device === disk ? 'create' : undefined,
            device,
          }),
        ),
        ...changes,
      }),
    })
    const { config } = ctx.tx.get('VirtualMachine', self.value)
    const boot = config && bootDisk(config)
    if (!boot) throw new Error('The VM has no disk to boot from.')
    setImage(ctx.tx, boot.datastore, boot.path, { kind: 'esxi', version: '8.0.3' })
    setPoweredOn(ctx, self, made.host)
    return self.value
  })
  lab.sandbox.settle()
  return { lab, outer: made.host.value, vm }
}
