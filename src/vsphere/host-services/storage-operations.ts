import { data, patch } from '#vim25/data.js'
import { fault, localized, VimFault } from '#vim25/fault.js'
import type {
  HostMultipathInfoLogicalUnit,
  HostScsiDisk,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { operations, type TaskBehaviour } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { configOf, connectedHost, invalid, setConfig } from './config.js'
import { SOFTWARE_ISCSI, withoutIscsi } from './iscsi.js'
import { changeLun, devicesOf, lunOf, partitionsInUse, setDevices } from './storage-device.js'

/** Path selection and storage array plug-ins of ESXi: key and label. */
const SELECTION = [
  ['VMW_PSP_MRU', 'Most Recently Used (VMware)'],
  ['VMW_PSP_RR', 'Round Robin (VMware)'],
  ['VMW_PSP_FIXED', 'Fixed (VMware)'],
] as const

const ARRAYS = [
  'VMW_SATP_ALUA',
  'VMW_SATP_MSA',
  'VMW_SATP_DEFAULT_AP',
  'VMW_SATP_SVC',
  'VMW_SATP_EQL',
  'VMW_SATP_INV',
  'VMW_SATP_EVA',
  'VMW_SATP_ALUA_CX',
  'VMW_SATP_SYMM',
  'VMW_SATP_CX',
  'VMW_SATP_LSI',
  'VMW_SATP_DEFAULT_AA',
  'VMW_SATP_LOCAL',
] as const

const described = (key: string, label: string) => data('ElementDescription', { key, label, summary: label })

/** A look for devices finds what the host has: nothing comes or goes by itself. */
const rescan = (ctx: Context, self: ManagedObjectReference) => void connectedHost(ctx, self)

export const storageOperations = operations('HostStorageSystem', {
  RescanAllHba: rescan,
  RescanVmfs: rescan,
  RefreshStorageSystem: rescan,

  RescanHba(ctx, self, { hbaDevice }) {
    if (!devicesOf(ctx, self).hostBusAdapter?.some(({ device }) => device === hbaDevice))
      throw fault('NotFound', {})
  },

  QueryPathSelectionPolicyOptions(ctx, self) {
    connectedHost(ctx, self)
    return SELECTION.map(([key, label]) =>
      data('HostPathSelectionPolicyOption', { policy: described(key, label) }),
    )
  },

  QueryStorageArrayTypePolicyOptions(ctx, self) {
    connectedHost(ctx, self)
    return ARRAYS.map((key) => data('HostStorageArrayTypePolicyOption', { policy: described(key, key) }))
  },

  SetMultipathLunPolicy(ctx, self, { lunId, policy }) {
    if (!SELECTION.some(([key]) => key === policy.policy)) throw invalid('policy.policy')
    const unit = devicesOf(ctx, self).multipathInfo?.lun?.find(({ id, key }) => id === lunId || key === lunId)
    if (!unit) throw fault('NotFound', {})
    changeUnit(ctx, self, unit, { policy })
  },

  EnableMultipathPath: (ctx, self, { pathName }) => setPath(ctx, self, pathName, 'active'),
  DisableMultipathPath: (ctx, self, { pathName }) => setPath(ctx, self, pathName, 'disabled'),

  AttachScsiLun: (ctx, self, { lunUuid }) => attach(ctx, self, lunUuid),
  DetachScsiLun: (ctx, self, { lunUuid }) => detach(ctx, self, lunUuid),
  AttachScsiLunEx_Task: { run: (ctx, self, { lunUuid }) => each(lunUuid, (uuid) => attach(ctx, self, uuid)) },
  DetachScsiLunEx_Task: { run: (ctx, self, { lunUuid }) => each(lunUuid, (uuid) => detach(ctx, self, uuid)) },

  UpdateScsiLunDisplayName(ctx, self, { lunUuid, displayName }) {
    const lun = lunOf(ctx, self, lunUuid)
    if (displayName.trim() === '') throw fault('InvalidName', { name: displayName })
    const other = devicesOf(ctx, self).scsiLun?.find(
      (one) => one.uuid !== lunUuid && one.displayName === displayName,
    )
    if (other)
      throw fault('DuplicateName', { name: displayName, object: ctx.tx.ref(connectedHost(ctx, self)) })
    changeLun(ctx, self, lun, { displayName })
  },

  MarkAsSsd_Task: mark({ ssd: true }),
  MarkAsNonSsd_Task: mark({ ssd: false }),
  MarkAsLocal_Task: mark({ localDisk: true }),
  MarkAsNonLocal_Task: mark({ localDisk: false }),

  /** Brings the software iSCSI adapter, or takes it away. */
  UpdateSoftwareInternetScsiEnabled(ctx, self, { enabled }) {
    const { hostBusAdapter = [] } = devicesOf(ctx, self)
    const others = withoutIscsi(hostBusAdapter)
    const host = ctx.tx.get('HostSystem', connectedHost(ctx, self))
    setDevices(ctx, self, {
      softwareInternetScsiEnabled: enabled,
      hostBusAdapter: enabled ? [...others, SOFTWARE_ISCSI(host.name)] : others,
    })
  },
})

function changeUnit(
  ctx: Context,
  self: ManagedObjectReference,
  unit: HostMultipathInfoLogicalUnit,
  members: Partial<HostMultipathInfoLogicalUnit>,
): void {
  const { multipathInfo } = devicesOf(ctx, self)
  if (!multipathInfo) return
  setDevices(ctx, self, {
    multipathInfo: patch(multipathInfo, {
      lun: (multipathInfo.lun ?? []).map((one) => (one.key === unit.key ? patch(one, members) : one)),
    }),
  })
}

/** Throws NotFound for an unknown path, HostConfigFault for the last one that leads to a device. */
function setPath(
  ctx: Context,
  self: ManagedObjectReference,
  name: string,
  state: 'active' | 'disabled',
): void {
  const unit = devicesOf(ctx, self).multipathInfo?.lun?.find(({ path }) =>
    path.some((one) => one.name === name),
  )
  if (!unit) throw fault('NotFound', {})
  const others = unit.path.filter((one) => one.name !== name && one.pathState === 'active')
  if (state === 'disabled' && others.length === 0) throw fault('HostConfigFault', {})
  changeUnit(ctx, self, unit, {
    path: unit.path.map((one) =>
      one.name === name
        ? patch(one, { pathState: state, state, isWorkingPath: state === 'active' && others.length === 0 })
        : one,
    ),
  })
  const { multipathState } = configOf(ctx, self)
  if (multipathState)
    setConfig(ctx, self, {
      multipathState: patch(multipathState, {
        path: (multipathState.path ?? []).map((one) =>
          one.name === name ? patch(one, { pathState: state }) : one,
        ),
      }),
    })
}

const isOff = (state: readonly string[]) => state.includes('off')

function attach(ctx: Context, self: ManagedObjectReference, uuid: string): void {
  const lun = lunOf(ctx, self, uuid)
  if (!isOff(lun.operationalState)) throw fault('InvalidState', {})
  changeLun(ctx, self, lun, { operationalState: ['ok'] })
}

function detach(ctx: Context, self: ManagedObjectReference, uuid: string): void {
  const lun = lunOf(ctx, self, uuid)
  if (isOff(lun.operationalState)) throw fault('InvalidState', {})
  const name = lun.canonicalName ?? ''
  if (partitionsInUse(ctx, self, name).length > 0) throw fault('ResourceInUse', { type: 'ScsiLun', name })
  changeLun(ctx, self, lun, { operationalState: ['off'] })
}

/** One device's failure does not keep the others from being tried. */
function each(uuids: readonly string[], act: (uuid: string) => void) {
  return uuids.map((key) => {
    try {
      act(key)
      return data('HostStorageSystemScsiLunResult', { key })
    } catch (error) {
      if (!(error instanceof VimFault)) throw error
      return data('HostStorageSystemScsiLunResult', { key, fault: localized(error) })
    }
  })
}

function mark(
  members: Partial<Pick<HostScsiDisk, 'ssd' | 'localDisk'>>,
): TaskBehaviour<{ readonly scsiDiskUuid: string }, void> {
  return {
    run(ctx, self, { scsiDiskUuid }) {
      const lun = lunOf(ctx, self, scsiDiskUuid)
      if (lun._typeName !== 'HostScsiDisk') throw fault('NotFound', {})
      changeLun(ctx, self, lun as HostScsiDisk, members)
    },
  }
}
