import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { VirtualNicManagerNetConfig } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { candidatesFor, managerInfo } from './derive.js'
import { connectedHost, networkOf } from './hosts.js'
import { multiSelectAllowed, nicTypesOf, ownedByVsan } from './nic-types.js'
import { invalid, refused, usesIpV6 } from './rules.js'
import { selectedFor, selectionsOf, setSelections, withoutDevice, withSelected } from './selections.js'
import { updateVnic } from './vnic-operations.js'

export const nicManagerOperations = operations('HostVirtualNicManager', {
  QueryNetConfig(ctx, self, { nicType }) {
    const host = connectedHost(ctx.tx, self)
    requireNicType(ctx.tx, host, nicType)
    return netConfigOf(ctx.tx, host, nicType)
  },

  SelectVnicForNicType(ctx, self, { nicType, device }) {
    const host = connectedHost(ctx.tx, self)
    requireSelectable(ctx.tx, host, nicType)
    select(ctx, host, nicType, device, multiSelectAllowed(nicType))
  },

  DeselectVnicForNicType(ctx, self, { nicType, device }) {
    const host = connectedHost(ctx.tx, self)
    requireSelectable(ctx.tx, host, nicType)
    const selected = selectedFor(ctx.tx, host, nicType)
    if (!selected.includes(device)) throw invalid('device')
    if (nicType === 'management' && selected.length === 1)
      throw refused(`Without ${device}, the host would be disconnected from vCenter Server.`)
    setSelections(ctx, host, withoutDevice(selectionsOf(ctx.tx, host), device, nicType))
  },
})

/** The older interface to the vMotion selection: one adapter (fact sheet F.3). */
export const vmotionOperations = operations('HostVMotionSystem', {
  SelectVnic(ctx, self, { device }) {
    select(ctx, connectedHost(ctx.tx, self), 'vmotion', device, false)
  },

  DeselectVnic(ctx, self) {
    const host = connectedHost(ctx.tx, self)
    setSelections(ctx, host, { ...selectionsOf(ctx.tx, host), vmotion: [] })
  },

  UpdateIpConfig(ctx, self, { ipConfig }) {
    const host = connectedHost(ctx.tx, self)
    const [device] = selectedFor(ctx.tx, host, 'vmotion')
    const vnic = networkOf(ctx.tx, host).vnic?.find((nic) => nic.device === device)
    if (!vnic) throw fault('NotFound', {})
    // Unlike UpdateVirtualNic, this one has no InvalidState to say it with.
    if (usesIpV6(ipConfig) && !networkOf(ctx.tx, host).ipV6Enabled)
      throw refused('IPv6 is not enabled on this host.')
    updateVnic(ctx, host, vnic, { _typeName: 'HostVirtualNicSpec', ip: ipConfig })
  },
})

function versionOf(read: Reader, host: string): string {
  return read.get('HostSystem', host).config?.product.version ?? ''
}

function requireNicType(read: Reader, host: string, nicType: string): void {
  if (!nicTypesOf(versionOf(read, host)).includes(nicType)) throw invalid('nicType')
}

function requireSelectable(read: Reader, host: string, nicType: string): void {
  requireNicType(read, host, nicType)
  const { capability } = read.get('HostSystem', host)
  if (ownedByVsan(nicType) && !capability?.vsanNicMgmtSupported) throw invalid('nicType')
}

function netConfigOf(read: Reader, host: string, nicType: string): VirtualNicManagerNetConfig | undefined {
  const vnics = networkOf(read, host).vnic ?? []
  const info = managerInfo(vnics, selectionsOf(read, host), versionOf(read, host))
  return info.netConfig?.find((config) => config.nicType === nicType)
}

/** InvalidArgument for a device that is no candidate; where one only may carry the service, the others lose it. */
function select(ctx: Context, host: string, nicType: string, device: string, several: boolean): void {
  const candidates = candidatesFor(networkOf(ctx.tx, host).vnic ?? [], nicType)
  if (!candidates.some((vnic) => vnic.device === device)) throw invalid('device')
  setSelections(ctx, host, withSelected(selectionsOf(ctx.tx, host), nicType, device, several))
}
