import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault, type VimFault } from '#vim25/fault.js'
import { hardwareOf, machineOfHost } from '#world/hardware.js'

const required = data('VirtualMachineFeatureRequirement', {
  key: 'hv.capable',
  featureName: 'hv.capable',
  value: 'Bool:Min:1',
})

/**
 * A host without usable hardware virtualization runs no VM: a nested ESXi whose own VM has nested HV off. The real fault
 * is not documented; this one names what is missing (deviation 12).
 */
export function virtualizationProblem(read: Reader, vm: string, host: string): VimFault | undefined {
  const machine = machineOfHost(read, host)
  if (machine === undefined || hardwareOf(read, machine).hv) return undefined
  return fault('FeatureRequirementsNotMet', {
    featureRequirement: [required],
    vm: read.ref(vm),
    host: read.ref(host),
  })
}
