import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'

/** Only a running VM with memory hot-add says how far it can grow: to sixteen times its size, in steps of 128 MB, or 256 from 3 GB on. */
export function hotPlug(
  running: boolean,
  enabled: boolean,
  memoryMB: number,
): Pick<VirtualMachineConfigInfo, 'hotPlugMemoryLimit' | 'hotPlugMemoryIncrementSize'> {
  return running && enabled
    ? { hotPlugMemoryLimit: memoryMB * 16, hotPlugMemoryIncrementSize: memoryMB < 3072 ? 128 : 256 }
    : { hotPlugMemoryLimit: undefined, hotPlugMemoryIncrementSize: undefined }
}
