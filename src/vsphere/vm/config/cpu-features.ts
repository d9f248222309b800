import { unboxed } from '#vim25/any.js'
import type { HostCpuIdInfo, VirtualMachineCpuIdInfoSpec } from '#vim25/generated/types.js'
import { badArgument } from './faults.js'

const REGISTERS = ['eax', 'ebx', 'ecx', 'edx'] as const

/** 32 bits, with or without colons: a value, or what is to be done with the host's bit (HostCpuIdInfo's documentation). */
const MASK = /^[-01xXrRhHtT?]{32}$/

const keyOf = ({ level, vendor }: HostCpuIdInfo) => `${level}/${vendor ?? ''}`

/**
 * The masks by CPUID level (and vendor) after the updates of a spec, in order; a level that is added again is replaced
 * (deviation 49).
 * Throws InvalidArgument for a mask that is none and for removing a level that has no mask.
 */
export function cpuFeatureMask(
  before: readonly HostCpuIdInfo[] | undefined,
  updates: readonly VirtualMachineCpuIdInfoSpec[],
): readonly HostCpuIdInfo[] | undefined {
  const masks = new Map((before ?? []).map((info) => [keyOf(info), info]))
  updates.forEach(({ operation, removeKey, info }, index) => {
    const at = `cpuFeatureMask[${index}]`
    if (operation === 'remove') {
      const level = Number(unboxed(removeKey))
      const found = [...masks].filter(([, mask]) => mask.level === level)
      if (found.length === 0) throw badArgument(`${at}.removeKey`)
      for (const [key] of found) masks.delete(key)
      return
    }
    if (!info) throw badArgument(`${at}.info`)
    for (const register of REGISTERS) {
      const mask = info[register]
      if (mask && !MASK.test(mask.replaceAll(':', ''))) throw badArgument(`${at}.info.${register}`)
    }
    if (operation === 'edit' && !masks.has(keyOf(info))) throw badArgument(`${at}.info.level`)
    masks.set(keyOf(info), info)
  })
  return masks.size > 0 ? Object.freeze([...masks.values()]) : undefined
}
