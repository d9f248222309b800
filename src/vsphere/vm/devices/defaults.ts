import { data } from '#vim25/data.js'
import type { Description, VirtualDevice } from '#vim25/generated/types.js'

const text = (label: string, summary = label): Description => data('Description', { label, summary })

/** The devices that every VM has from its birth; keys as vCenter numbers them (rest-wire 2.3). */
export const DEFAULT_DEVICES: readonly VirtualDevice[] = Object.freeze([
  data('VirtualIDEController', { key: 200, deviceInfo: text('IDE 0'), busNumber: 0 }),
  data('VirtualIDEController', { key: 201, deviceInfo: text('IDE 1'), busNumber: 1 }),
  data('VirtualPS2Controller', {
    key: 300,
    deviceInfo: text('PS2 controller 0'),
    busNumber: 0,
    device: [600, 700],
  }),
  data('VirtualPCIController', {
    key: 100,
    deviceInfo: text('PCI controller 0'),
    busNumber: 0,
    device: [500, 12_000],
  }),
  data('VirtualSIOController', { key: 400, deviceInfo: text('SIO controller 0'), busNumber: 0 }),
  data('VirtualKeyboard', { key: 600, deviceInfo: text('Keyboard'), controllerKey: 300, unitNumber: 0 }),
  data('VirtualPointingDevice', {
    key: 700,
    deviceInfo: text('Pointing device', 'Pointing device; Device'),
    backing: data('VirtualPointingDeviceDeviceBackingInfo', {
      deviceName: '',
      useAutoDetect: false,
      hostPointingDevice: 'autodetect',
    }),
    controllerKey: 300,
    unitNumber: 1,
  }),
  data('VirtualMachineVideoCard', {
    key: 500,
    deviceInfo: text('Video card'),
    controllerKey: 100,
    unitNumber: 0,
    videoRamSizeInKB: 4096,
    numDisplays: 1,
    useAutoDetect: false,
    enable3DSupport: false,
    use3dRenderer: 'automatic',
    graphicsMemorySizeInKB: 262_144,
  }),
  data('VirtualMachineVMCIDevice', {
    key: 12_000,
    deviceInfo: text(
      'VMCI device',
      'Device on the virtual machine PCI bus that provides support for the virtual machine communication interface',
    ),
    controllerKey: 100,
    unitNumber: 17,
    id: -1,
    allowUnrestrictedCommunication: false,
    filterEnable: true,
  }),
])
