import type {
  VcenterVmHardwareCpuInfo,
  VcenterVmHardwareCpuUpdateSpec,
  VcenterVmHardwareMemoryInfo,
  VcenterVmHardwareMemoryUpdateSpec,
} from '#vapi/generated/types.js'
import type { VirtualMachineConfigInfo, VirtualMachineConfigSpec } from '#vim25/generated/types.js'

type Members = Omit<VirtualMachineConfigSpec, '_typeName'>

export const cpuInfo = (config: VirtualMachineConfigInfo): VcenterVmHardwareCpuInfo => ({
  hot_remove_enabled: config.cpuHotRemoveEnabled ?? false,
  count: config.hardware.numCPU,
  hot_add_enabled: config.cpuHotAddEnabled ?? false,
  cores_per_socket: config.hardware.numCoresPerSocket ?? 1,
})

export const cpuMembers = (spec: VcenterVmHardwareCpuUpdateSpec): Members => ({
  numCPUs: spec.count,
  numCoresPerSocket: spec.cores_per_socket,
  cpuHotAddEnabled: spec.hot_add_enabled,
  cpuHotRemoveEnabled: spec.hot_remove_enabled,
})

/** How far memory can grow is told only of a running VM that allows it. */
export const memoryInfo = (config: VirtualMachineConfigInfo): VcenterVmHardwareMemoryInfo => ({
  size_MiB: config.hardware.memoryMB,
  hot_add_enabled: config.memoryHotAddEnabled ?? false,
  ...(config.hotPlugMemoryIncrementSize !== undefined && {
    hot_add_increment_size_MiB: Number(config.hotPlugMemoryIncrementSize),
  }),
  ...(config.hotPlugMemoryLimit !== undefined && { hot_add_limit_MiB: Number(config.hotPlugMemoryLimit) }),
})

export const memoryMembers = (spec: VcenterVmHardwareMemoryUpdateSpec): Members => ({
  memoryMB: spec.size_MiB,
  memoryHotAddEnabled: spec.hot_add_enabled,
})
