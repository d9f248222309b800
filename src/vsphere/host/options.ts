import { recordKind } from '#inventory/entity.js'
import { boxedLong, boxedString, unboxed } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionValue } from '#vim25/generated/types.js'

/** Advanced options of a fresh host, sorted by key; FT and Migrate are recorded on 8.0.3 (fact sheet A.3). */
const OPTIONS: readonly (readonly [string, string | number])[] = [
  ['Annotations.WelcomeMessage', ''],
  ['BufferCache.SoftMaxDirty', 15],
  ['Config.Etc.issue', ''],
  ['Config.Etc.motd', ''],
  ['Config.GlobalSettings.guest.commands.sharedPolicyRefCount', 0],
  ['Config.HostAgent.log.level', 'info'],
  ['Config.HostAgent.plugins.solo.enableMob', 'false'],
  ['Config.HostAgent.vmacore.soap.sessionTimeout', 30],
  ['Cpu.UseMwait', 2],
  ['DataMover.HardwareAcceleratedInit', 1],
  ['DataMover.HardwareAcceleratedMove', 1],
  ['Disk.MaxLUN', 1024],
  ['Disk.UseDeviceReset', 1],
  ['Disk.UseLunReset', 1],
  ['FSS.RootRP', 1],
  ['FT.BindToVmknic', 0],
  ['FT.FTCptDiskWriteTimeout', 3000],
  ['FT.FTCptEpochList', '5,10,20,100'],
  ['FT.FTCptLogTimeout', 8000],
  ['FT.FTCptMinInterval', 4],
  ['FT.FTCptNumConnections', 2],
  ['FT.FTCptStartTimeout', 90000],
  ['FT.FTCptStatsInterval', 30],
  ['FT.Vmknic', ''],
  ['Mem.MemMinFreePct', 0],
  ['Mem.ShareForceSalting', 2],
  ['Migrate.BindToVmknic', 3],
  ['Migrate.Enabled', 1],
  ['Migrate.VMotionStreamDisable', 0],
  ['Migrate.Vmknic', ''],
  ['Misc.HeartbeatInterval', 1000],
  ['NFS.MaxVolumes', 32],
  ['Net.FollowHardwareMac', 1],
  ['Net.MaxNetifTxQueueLen', 2000],
  ['Net.TcpipHeapMax', 1536],
  ['Net.TcpipHeapSize', 0],
  ['Numa.RebalanceEnable', 1],
  ['Power.CpuPolicy', 'Balanced'],
  ['ScratchConfig.ConfiguredScratchLocation', ''],
  ['Security.AccountLockFailures', 5],
  ['Security.AccountUnlockTime', 900],
  ['Security.PasswordQualityControl', 'retry=3 min=disabled,disabled,disabled,7,7'],
  ['Syslog.global.defaultRotate', 8],
  ['Syslog.global.defaultSize', 1024],
  ['Syslog.global.logDir', '[] /scratch/log'],
  ['Syslog.global.logHost', ''],
  ['UserVars.DcuiTimeOut', 600],
  ['UserVars.ESXiShellInteractiveTimeOut', 0],
  ['UserVars.ESXiShellTimeOut', 0],
  ['UserVars.HostClientCEIPOptIn', 0],
  ['UserVars.SuppressShellWarning', 0],
  ['VMFS3.HardwareAcceleratedLocking', 1],
  ['VMkernel.Boot.entropySources', 0],
  ['Vpx.Vpxa.config.log.level', 'info'],
]

/** HostConfigInfo.option and OptionManager.setting of a fresh host, one value for all. */
export const OPTION_VALUES: readonly OptionValue[] = Object.freeze(
  OPTIONS.map(([key, value]) => optionValue(key, value)),
)

/** An option with its value boxed as hosts give it: text or a 64-bit number. */
export function optionValue(key: string, value: string | number): OptionValue {
  return data('OptionValue', {
    key,
    value: typeof value === 'string' ? boxedString(value) : boxedLong(value),
  })
}

/** Options that differ from a fresh host's; record `hostOptions:<host moid>`. */
export interface ChangedOptions {
  readonly host: string
  readonly changed: readonly OptionValue[]
}

export const changedOptions = recordKind<ChangedOptions>('hostOptions')
export const changedOptionsId = (host: string) => `hostOptions:${host}`

const known = new Map<string, readonly OptionValue[]>()

/** The options of a fresh host with some replaced, sorted by key; the same array for the same replacements. */
export function optionsWith(changes: readonly OptionValue[]): readonly OptionValue[] {
  const key = JSON.stringify(changes.map((change) => [change.key, String(unboxed(change.value))]))
  let options = known.get(key)
  if (!options) {
    const byKey = new Map(OPTION_VALUES.map((value) => [value.key, value]))
    for (const change of changes) byKey.set(change.key, change)
    options = Object.freeze([...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)))
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, options)
  }
  return options
}

const MOST_KNOWN = 1000
