import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionValue, VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { isTrue } from './elements.js'
import type { OvfHardware, OvfOption } from './envelope.js'
import { type Problems, problem } from './problems.js'

type Settings = Partial<VirtualMachineConfigSpec>

/** The members of a ConfigSpec that vmw:Config elements of a hardware section set. Tells of required ones that are unknown. */
export function settingsOf({ config, line }: OvfHardware, problems: Problems): Settings {
  const values = new Map(config.map(({ key, value }) => [key, value]))
  for (const { key } of config)
    if (!KNOWN.has(key))
      problems.tell('warning', problem('OvfUnsupportedElement', { lineNumber: line, name: `Config ${key}` }))
  const text = (key: string) => values.get(key)
  const flag = (key: string) => {
    const value = values.get(key)
    return value === undefined ? undefined : isTrue(value)
  }
  const some = <T extends object>(members: T): T | undefined =>
    Object.values(members).some((value) => value !== undefined) ? members : undefined
  const tools = some({
    afterPowerOn: flag('tools.afterPowerOn'),
    afterResume: flag('tools.afterResume'),
    beforeGuestStandby: flag('tools.beforeGuestStandby'),
    beforeGuestShutdown: flag('tools.beforeGuestShutdown'),
    beforeGuestReboot: flag('tools.beforeGuestReboot'),
    toolsUpgradePolicy: text('tools.toolsUpgradePolicy'),
    syncTimeWithHostAllowed: flag('tools.syncTimeWithHostAllowed'),
    syncTimeWithHost: flag('tools.syncTimeWithHost'),
  })
  const power = some({
    powerOffType: text('powerOpInfo.powerOffType'),
    suspendType: text('powerOpInfo.suspendType'),
    resetType: text('powerOpInfo.resetType'),
    standbyAction: text('powerOpInfo.standbyAction'),
  })
  const boot = some({ efiSecureBootEnabled: flag('bootOptions.efiSecureBootEnabled') })
  const flags = some({ vbsEnabled: flag('flags.vbsEnabled'), vvtdEnabled: flag('flags.vvtdEnabled') })
  return {
    firmware: text('firmware'),
    nestedHVEnabled: flag('nestedHVEnabled'),
    cpuHotAddEnabled: flag('cpuHotAddEnabled'),
    cpuHotRemoveEnabled: flag('cpuHotRemoveEnabled'),
    memoryHotAddEnabled: flag('memoryHotAddEnabled'),
    virtualICH7MPresent: flag('virtualICH7MPresent'),
    virtualSMCPresent: flag('virtualSMCPresent'),
    vPMCEnabled: flag('vPMCEnabled'),
    tools: tools && data('ToolsConfigInfo', tools),
    powerOpInfo: power && data('VirtualMachineDefaultPowerOpInfo', power),
    bootOptions: boot && data('VirtualMachineBootOptions', boot),
    flags: flags && data('VirtualMachineFlagInfo', flags),
  }
}

/** What the settings above read, and what has no effect here. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['firmware', 'nestedHVEnabled', 'cpuHotAddEnabled', 'cpuHotRemoveEnabled', 'memoryHotAddEnabled'],
  ...['virtualICH7MPresent', 'virtualSMCPresent', 'vPMCEnabled', 'flags.vbsEnabled', 'flags.vvtdEnabled'],
  ...['afterPowerOn', 'afterResume', 'beforeGuestStandby', 'beforeGuestShutdown', 'beforeGuestReboot'].map(
    (key) => `tools.${key}`,
  ),
  ...['toolsUpgradePolicy', 'syncTimeWithHostAllowed', 'syncTimeWithHost'].map((key) => `tools.${key}`),
  ...['powerOffType', 'suspendType', 'resetType', 'standbyAction'].map((key) => `powerOpInfo.${key}`),
  'bootOptions.efiSecureBootEnabled',
  ...['cpuAllocation.shares.shares', 'cpuAllocation.shares.level', 'sevEnabled', 'simultaneousThreads'],
  ...['fixedPassthruHotPlugEnabled', 'sgxInfo.epcSize', 'sgxInfo.flcMode', 'sgxInfo.lePubKeyHash'],
])

/** vmw:ExtraConfig as options; values that are files of the package belong to no option. */
export function extraConfigOf(options: readonly OvfOption[]): readonly OptionValue[] {
  return options
    .filter(({ value }) => !/^(ovf:)?\/file\//.test(value))
    .map(({ key, value }) => data('OptionValue', { key, value: boxedString(value) }))
}
