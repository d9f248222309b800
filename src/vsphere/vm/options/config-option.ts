import { data } from '#vim25/data.js'
import type {
  VirtualMachineConfigOption,
  VirtualMachineConfigOptionDescriptor,
} from '#vim25/generated/types.js'
import { RESOURCE_OPTION } from '../../resource-pool/options.js'
import { CAPABILITY } from '../defaults.js'
import { DEFAULT_DEVICES } from '../devices/defaults.js'
import { HARDWARE_VERSIONS, limitsOf, versionKey } from '../hardware-version.js'
import { deviceOptions } from './device-options.js'
import { guestDescriptors } from './guest-descriptors.js'
import { bool, int, long } from './option-types.js'

/** What a hardware version is called after the release that brought it. */
const NAMES: Readonly<Record<number, string>> = {
  3: 'ESX Server 2.x',
  4: 'ESX/ESXi 3.x',
  7: 'ESX/ESXi 4.x',
  8: 'ESXi 5.0',
  9: 'ESXi 5.1',
  10: 'ESXi 5.5',
  11: 'ESXi 6.0',
  13: 'ESXi 6.5',
  14: 'ESXi 6.7',
  15: 'ESXi 6.7 U2',
  17: 'ESXi 7.0',
  18: 'ESXi 7.0 U1',
  19: 'ESXi 7.0 U2',
  20: 'ESXi 8.0',
  21: 'ESXi 8.0 U2',
  22: 'ESXi 9.0',
}

const description = (hardware: number) => `${NAMES[hardware] ?? 'ESXi'} virtual machine`

/** The hardware versions that a host with this newest one has to offer. */
export function descriptors(newest: number): readonly VirtualMachineConfigOptionDescriptor[] {
  return HARDWARE_VERSIONS.filter((hardware) => hardware <= newest).map((hardware) =>
    data('VirtualMachineConfigOptionDescriptor', {
      key: versionKey(hardware),
      description: description(hardware),
      createSupported: hardware > 3,
      defaultConfigOption: hardware === newest,
      runSupported: true,
      upgradeSupported: hardware < newest,
    }),
  )
}

const options = new Map<number, VirtualMachineConfigOption>()

/** All that a VM of this hardware version can be. */
export function configOption(hardware: number): VirtualMachineConfigOption {
  let option = options.get(hardware)
  if (!option) {
    option = make(hardware)
    options.set(hardware, option)
  }
  return option
}

function make(hardware: number): VirtualMachineConfigOption {
  const most = limitsOf(hardware)
  const guestOSDescriptor = guestDescriptors(hardware)
  return data('VirtualMachineConfigOption', {
    version: versionKey(hardware),
    description: description(hardware),
    guestOSDescriptor,
    guestOSDefaultIndex: Math.max(
      0,
      guestOSDescriptor.findIndex(({ id }) => id === 'windows9Server64Guest'),
    ),
    hardwareOptions: data('VirtualHardwareOption', {
      hwVersion: hardware,
      virtualDeviceOption: deviceOptions(hardware),
      deviceListReadonly: false,
      numCPU: Array.from({ length: most.vcpus }, (_each, at) => at + 1),
      numCoresPerSocket: int(1, Math.min(most.vcpus, 256)),
      autoCoresPerSocket: bool(hardware >= 20, hardware >= 20),
      numCpuReadonly: false,
      memoryMB: long(4, most.memoryMB, 32),
      numPCIControllers: int(1, 1),
      numIDEControllers: int(2, 2),
      numUSBControllers: int(0, 1),
      numUSBXHCIControllers: int(0, hardware >= 8 ? 1 : 0),
      numSIOControllers: int(1, 1),
      numPS2Controllers: int(1, 1),
      licensingLimit: [],
      numSupportedWwnPorts: int(0, 16),
      numSupportedWwnNodes: int(0, 16),
      resourceConfigOption: RESOURCE_OPTION,
      numNVDIMMControllers: int(0, hardware >= 14 ? 1 : 0),
      numTPMDevices: int(0, hardware >= 14 ? 1 : 0),
      numWDTDevices: int(0, hardware >= 17 ? 1 : 0),
      numPrecisionClockDevices: int(0, hardware >= 17 ? 1 : 0),
    }),
    capabilities: CAPABILITY,
    datastore: data('DatastoreOption', {}),
    defaultDevice: DEFAULT_DEVICES,
    supportedMonitorType: ['release', 'debug', 'stats'],
    supportedOvfEnvironmentTransport: ['iso', 'com.vmware.guestInfo'],
    supportedOvfInstallTransport: ['iso'],
  })
}
