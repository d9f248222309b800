import type { VcenterVMCreateSpec } from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type { VirtualDeviceConfigSpec, VirtualMachineDefinedProfileSpec } from '#vim25/generated/types.js'
import { newestVersion, versionNumber } from '#vsphere/vm/hardware-version.js'
import type { ServiceCall } from '../core/call.js'
import { assign } from '../storage-policies/assignments.js'
import { requireAssignable } from '../storage-policies/policies.js'
import { guestIdOf } from './guest-os.js'
import { bootMembers } from './hardware/boot-options.js'
import { bootOrderOf, devicesOf } from './hardware/create-devices.js'
import { badPlacement, placementOf, someHost } from './placement.js'

/** What a VM is called that is given no name; the next ones get a number (deviation 62). */
const NAME = 'New Virtual Machine'

/**
 * CreateVM_Task for a spec: the folder, a datastore, and one of pool, host and cluster have to be named, as documented up
 * to 8.0. Answers with the VM's identifier.
 */
export async function createVm(call: ServiceCall, spec: VcenterVMCreateSpec): Promise<string> {
  const placement = placementOf(call, spec.placement)
  const { folder, pool, host, datastore } = placement
  if (!folder || !pool || !datastore) throw badPlacement()
  if (spec.storage_policy) requireAssignable(spec.storage_policy.policy, 'NOT_FOUND')
  const near = someHost(call, placement)
  const guestId = guestIdOf(spec.guest_OS)
  const version = spec.hardware_version?.toLowerCase().replace('_', '-')
  const hardware = (version && versionNumber(version)) || newestOn(call, near)
  const devices = devicesOf(call, { guestId, hardware, host: near }, spec)
  const { changes, policies } = apart(devices)
  for (const policy of Object.values(policies)) requireAssignable(policy, 'NOT_FOUND')
  const boot = spec.boot ? bootMembers(spec.boot) : {}
  const order = spec.boot_devices && bootOrderOf(spec.boot_devices, devices)
  const { name: store } = call.read.get('Datastore', datastore.value)
  const created = await call.task('Folder', folder.value, 'CreateVM_Task', {
    pool,
    host,
    config: data('VirtualMachineConfigSpec', {
      name: spec.name ?? freeName(call, folder.value),
      version,
      guestId,
      files: data('VirtualMachineFileInfo', { vmPathName: `[${store}]` }),
      numCPUs: spec.cpu?.count,
      numCoresPerSocket: spec.cpu?.cores_per_socket,
      cpuHotAddEnabled: spec.cpu?.hot_add_enabled,
      cpuHotRemoveEnabled: spec.cpu?.hot_remove_enabled,
      memoryMB: spec.memory?.size_MiB,
      memoryHotAddEnabled: spec.memory?.hot_add_enabled,
      deviceChange: changes,
      ...boot,
      bootOptions: order
        ? patch(boot.bootOptions ?? data('VirtualMachineBootOptions', {}), { bootOrder: order })
        : boot.bootOptions,
    }),
  })
  const home = spec.storage_policy?.policy
  if (home !== undefined || Object.keys(policies).length > 0)
    call.transact((ctx) => {
      // The VM's policy is also that of the disks that have none of their own.
      const keys = home === undefined ? [] : disksIn(devices)
      const disks = { ...Object.fromEntries(keys.map((key) => [key, home ?? null])), ...policies }
      assign(ctx, created.value, { home, disks })
    })
  return created.value
}

function newestOn({ read, sandbox }: ServiceCall, host: string | undefined): number {
  const product = host === undefined ? undefined : read.find('HostSystem', host)?.config?.product
  return newestVersion(product?.version ?? sandbox.services.identity.productVersion)
}

const disksIn = (devices: readonly VirtualDeviceConfigSpec[]): readonly string[] =>
  devices.filter(({ device }) => device._typeName === 'VirtualDisk').map(({ device }) => String(device.key))

/** Devices without the storage policies that are kept beside vim25 (deviation 64), and those by the disk's key. */
function apart(devices: readonly VirtualDeviceConfigSpec[]): {
  readonly changes: readonly VirtualDeviceConfigSpec[]
  readonly policies: Readonly<Record<string, string>>
} {
  const policies: Record<string, string> = {}
  const changes = devices.map((change) => {
    const [profile] = (change.profile ?? []) as readonly Partial<VirtualMachineDefinedProfileSpec>[]
    if (profile?.profileId === undefined) return change
    policies[String(change.device.key)] = profile.profileId
    return patch(change, { profile: undefined })
  })
  return { changes, policies }
}

function freeName({ read }: ServiceCall, folder: string): string {
  const taken = new Set(
    (read.find('Folder', folder)?.childEntity ?? []).map(
      ({ value }) => read.find('ManagedEntity', value)?.name,
    ),
  )
  for (let number = 0; ; number++) {
    const name = number === 0 ? NAME : `${NAME} (${number})`
    if (!taken.has(name)) return name
  }
}
