import { data } from '#vim25/data.js'
import type { VirtualDeviceOption } from '#vim25/generated/types.js'
import { poolShares } from '../../resource-pool/allocation.js'
import { classOf, placesOn } from '../devices/classes.js'
import { bool, choice, int, long } from './option-types.js'

const removable = data('VirtualDeviceConnectOption', {
  startConnected: bool(true, true),
  allowGuestControl: bool(true, true),
})

/** What all device options say; from the table of device classes. */
function common(type: string, connectable = false) {
  const kind = classOf(type)
  return {
    type,
    connectOption: connectable ? removable : undefined,
    controllerType: kind?.on[0],
    autoAssignController: bool(true, true),
    deprecated: false,
    plugAndPlay: kind?.hot ?? false,
    hotRemoveSupported: kind?.hot ?? false,
    numaSupported: false,
  }
}

const SCSI = [
  ['ParaVirtualSCSIController', 'ParaVirtualSCSIControllerOption'],
  ['VirtualLsiLogicController', 'VirtualLsiLogicControllerOption'],
  ['VirtualLsiLogicSASController', 'VirtualLsiLogicSASControllerOption'],
  ['VirtualBusLogicController', 'VirtualBusLogicControllerOption'],
] as const

const CARDS = [
  ['VirtualE1000', 'VirtualE1000Option', 4],
  ['VirtualE1000e', 'VirtualE1000eOption', 8],
  ['VirtualPCNet32', 'VirtualPCNet32Option', 4],
  ['VirtualVmxnet2', 'VirtualVmxnet2Option', 4],
  ['VirtualVmxnet3', 'VirtualVmxnet3Option', 7],
] as const

const cardOption = (type: (typeof CARDS)[number][0], option: (typeof CARDS)[number][1]) => {
  const members = {
    ...common(type, true),
    supportedOUI: choice('00:50:56'),
    macType: choice('Assigned', 'Manual', 'Generated'),
    wakeOnLanEnabled: bool(true, true),
    vmDirectPathGen2Supported: type === 'VirtualVmxnet3',
    uptCompatibilityEnabled: bool(type === 'VirtualVmxnet3', type === 'VirtualVmxnet3'),
  }
  return option === 'VirtualPCNet32Option'
    ? data(option, { ...members, supportsMorphing: true })
    : data(option, members)
}

/** The devices that VMs of a hardware version can have (VirtualHardwareOption.virtualDeviceOption). */
export function deviceOptions(hardware: number): readonly VirtualDeviceOption[] {
  const places = (type: string) => {
    const { count, reserved } = placesOn(type, hardware)
    return int(0, reserved === undefined ? count : count - 1)
  }
  const disks = (type: string) => int(0, places(type).max)
  const options: (VirtualDeviceOption | undefined)[] = [
    data('VirtualIDEControllerOption', {
      ...common('VirtualIDEController'),
      devices: int(0, 2),
      supportedDevice: ['VirtualDisk', 'VirtualCdrom'],
      numIDEDisks: int(0, 2),
      numIDECdroms: int(0, 2),
    }),
    data('VirtualPCIControllerOption', {
      ...common('VirtualPCIController'),
      devices: int(0, 64),
      numSCSIControllers: int(0, 4),
      numEthernetCards: int(0, 10),
      numVideoCards: int(1, 1),
      numSoundCards: int(0, 1),
      numVmiRoms: int(0, 0),
      numVmciDevices: int(1, 1),
      numPCIPassthroughDevices: int(0, 16),
      numSasSCSIControllers: int(0, 4),
      numVmxnet3EthernetCards: int(0, 10),
      numParaVirtualSCSIControllers: int(0, 4),
      numSATAControllers: int(0, hardware >= 10 ? 4 : 0),
      numNVMEControllers: int(0, hardware >= 13 ? 4 : 0),
    }),
    data('VirtualPS2ControllerOption', {
      ...common('VirtualPS2Controller'),
      devices: int(0, 2),
      numKeyboards: int(0, 1),
      numPointingDevices: int(0, 1),
    }),
    data('VirtualSIOControllerOption', {
      ...common('VirtualSIOController'),
      devices: int(0, 37),
      numFloppyDrives: int(0, 2),
      numSerialPorts: int(0, hardware >= 11 ? 32 : 4),
      numParallelPorts: int(0, 3),
    }),
    ...SCSI.map(([type, option]) =>
      data(option, {
        ...common(type),
        devices: places(type),
        supportedDevice: ['VirtualDisk', 'VirtualCdrom', 'VirtualSCSIPassthrough'],
        numSCSIDisks: disks(type),
        numSCSICdroms: disks(type),
        numSCSIPassthrough: disks(type),
        sharing: ['noSharing', 'virtualSharing', 'physicalSharing'],
        defaultSharedIndex: 0,
        hotAddRemove: bool(true, true),
        scsiCtlrUnitNumber: 7,
      }),
    ),
    hardware < 10
      ? undefined
      : data('VirtualAHCIControllerOption', {
          ...common('VirtualAHCIController'),
          devices: int(0, 30),
          supportedDevice: ['VirtualDisk', 'VirtualCdrom'],
          numSATADisks: int(0, 30),
          numSATACdroms: int(0, 30),
        }),
    hardware < 13
      ? undefined
      : data('VirtualNVMEControllerOption', {
          ...common('VirtualNVMEController'),
          devices: places('VirtualNVMEController'),
          supportedDevice: ['VirtualDisk'],
          numNVMEDisks: places('VirtualNVMEController'),
        }),
    data('VirtualUSBControllerOption', {
      ...common('VirtualUSBController'),
      devices: int(0, 20),
      autoConnectDevices: bool(false),
      ehciSupported: bool(true, true),
      supportedSpeeds: ['low', 'full', 'high'],
    }),
    hardware < 8
      ? undefined
      : data('VirtualUSBXHCIControllerOption', {
          ...common('VirtualUSBXHCIController'),
          devices: int(0, 20),
          autoConnectDevices: bool(false),
          supportedSpeeds: ['low', 'full', 'high', 'superSpeed'],
        }),
    data('VirtualDiskOption', {
      ...common('VirtualDisk'),
      // From hardware version 10 on a disk can have 62 TB, before 2 TB.
      capacityInKB: long(1024, hardware >= 10 ? 62 * 2 ** 30 : 2 ** 31, 4 * 2 ** 20),
      ioAllocationOption: data('StorageIOAllocationOption', {
        limitOption: long(-1, 2 ** 31 - 1, -1),
        sharesOption: data('SharesOption', {
          sharesOption: int(200, 4000, 1000),
          defaultLevel: poolShares('cpu', undefined).level,
        }),
      }),
    }),
    data('VirtualCdromOption', common('VirtualCdrom', true)),
    data('VirtualFloppyOption', common('VirtualFloppy', true)),
    ...CARDS.filter(([, , since]) => hardware >= since).map(([type, option]) => cardOption(type, option)),
    data('VirtualSerialPortOption', { ...common('VirtualSerialPort', true), yieldOnPoll: bool(true, true) }),
    data('VirtualParallelPortOption', common('VirtualParallelPort', true)),
    data('VirtualHdAudioCardOption', common('VirtualHdAudioCard', true)),
    data('VirtualKeyboardOption', common('VirtualKeyboard')),
    data('VirtualPointingDeviceOption', common('VirtualPointingDevice')),
    data('VirtualVideoCardOption', {
      ...common('VirtualMachineVideoCard'),
      videoRamSizeInKB: long(1024, 262_144, 4096),
      numDisplays: int(1, 10),
      useAutoDetect: bool(true),
      support3D: bool(true),
      use3dRendererSupported: bool(true),
      graphicsMemorySizeInKB: long(65_536, 8_388_608, 262_144),
      graphicsMemorySizeSupported: bool(true),
    }),
    data('VirtualMachineVMCIDeviceOption', {
      ...common('VirtualMachineVMCIDevice'),
      allowUnrestrictedCommunication: bool(true),
      filterSupported: bool(true, true),
    }),
    hardware < 14
      ? undefined
      : data('VirtualTPMOption', { ...common('VirtualTPM'), supportedFirmware: ['efi'] }),
  ]
  return options.filter((option) => option !== undefined)
}
