import { recordKind } from '#inventory/entity.js'
import { patch } from '#vim25/data.js'
import type { OptionValue } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import type { Context } from '../core/context.js'
import { changedOptions, changedOptionsId } from './options.js'

/**
 * What an installation keeps of its own settings while no vCenter manages it (its network and datastores are kept by
 * their families); record `installedSettings:<machine>`.
 */
interface InstalledSettings {
  /** Installation.uuid: another installation on the machine starts afresh. */
  readonly installation: string
  readonly inMaintenanceMode: boolean
  /** Advanced options that differ from a fresh host's. */
  readonly changed: readonly OptionValue[]
}

const installedSettings = recordKind<InstalledSettings>('installedSettings')
const installedId = (machine: string) => `installedSettings:${machine}`

/** A host object with its link to the machine has been made: it is as an earlier membership left it. */
export function joinSettings(ctx: Context, host: string): void {
  const { tx } = ctx
  const machine = machineOfHost(tx, host)
  if (machine === undefined) return
  const kept = tx.find(installedSettings, installedId(machine))
  if (!kept || kept.installation !== tx.find(machines, machine)?.esxi?.uuid) return
  const { inMaintenanceMode, changed } = kept
  if (inMaintenanceMode)
    tx.update('HostSystem', host, ({ runtime }) => ({ runtime: patch(runtime, { inMaintenanceMode }) }))
  if (changed.length > 0) tx.create(changedOptions, changedOptionsId(host), { host, changed })
}

/** Before a host object goes: its settings stay with the installation. */
export function leaveSettings(ctx: Context, host: string): void {
  const { tx } = ctx
  const machine = machineOfHost(tx, host)
  const esxi = machine === undefined ? undefined : tx.find(machines, machine)?.esxi
  const options = tx.find(changedOptions, changedOptionsId(host))
  if (machine !== undefined && esxi) {
    const kept = {
      installation: esxi.uuid,
      inMaintenanceMode: tx.get('HostSystem', host).runtime.inMaintenanceMode,
      changed: options?.changed ?? [],
    }
    const id = installedId(machine)
    if (tx.find(installedSettings, id)) tx.set(installedSettings, id, kept)
    else tx.create(installedSettings, id, kept)
  }
  if (options) tx.remove(changedOptionsId(host))
}
