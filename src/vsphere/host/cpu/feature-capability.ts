import { data } from '#vim25/data.js'
import type { HostFeatureCapability } from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'
import { memo } from '../../vm/share.js'
import { ALL_FEATURES, processorOf } from './generations.js'

const known = memo<readonly HostFeatureCapability[]>()

/** HostConfigInfo.featureCapability: every feature that a host of the release knows, with what its processors have of it. */
export function featureCapabilities(hardware: Hardware): readonly HostFeatureCapability[] {
  const { evcModeKey, cpuVendor, hv, hwMmu } = hardware
  return known([evcModeKey, cpuVendor, hv, hwMmu].join(' '), () => {
    const { family, model, stepping, features } = processorOf(hardware)
    const values: Record<string, number> = {
      ...Object.fromEntries(ALL_FEATURES.map((name) => [`cpuid.${name}`, Number(features.has(name))])),
      'cpuid.family': family,
      'cpuid.model': model,
      'cpuid.stepping': stepping,
      'cpuid.numlevels': cpuVendor === 'amd' ? 16 : 27,
      'cpuid.num_ext_levels': 8,
      'hv.capable': Number(hv),
      'vt.realmode': Number(hv && cpuVendor === 'intel'),
      'misc.cpuidFaulting': Number(cpuVendor === 'intel'),
      ...PERFORMANCE_COUNTERS,
    }
    return Object.freeze(
      Object.entries(values)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) =>
          data('HostFeatureCapability', { key, featureName: key, value: String(value) }),
        ),
    )
  })
}

/** Virtual performance counters: three fixed and eight general ones of 48 bits. */
const PERFORMANCE_COUNTERS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`vpmc.fixctr.${at}`, 1])),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`vpmc.genctr.${at}`, 1])),
  'vpmc.fixedWidth': 48,
  'vpmc.genWidth': 48,
  'vpmc.numFixedCtrs': 3,
  'vpmc.numGenCtrs': 8,
  'vpmc.version': 2,
}
