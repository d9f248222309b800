import { data } from '#vim25/data.js'
import type { VirtualDevice } from '#vim25/generated/types.js'
import { isTrue, wholeNumber } from './elements.js'
import type { OvfItem } from './envelope.js'
import { RESOURCE } from './resource-types.js'

/** A device that is on no storage controller; `ignored`: every VM has it anyway; undefined: there is no such device. */
export function otherDevice(item: OvfItem, key: number): VirtualDevice | 'ignored' | undefined {
  const subTypes = item.subTypes.map((each) => each.toLowerCase())
  const one = { deviceName: '', useAutoDetect: true }
  switch (item.resourceType) {
    case RESOURCE.floppy:
      return data('VirtualFloppy', {
        key,
        backing: data('VirtualFloppyRemoteDeviceBackingInfo', { deviceName: '', useAutoDetect: false }),
      })
    case RESOURCE.serial:
      return data('VirtualSerialPort', {
        key,
        yieldOnPoll: option(item, 'yieldOnPoll') !== 'false',
        backing: data('VirtualSerialPortDeviceBackingInfo', one),
      })
    case RESOURCE.parallel:
      return data('VirtualParallelPort', { key, backing: data('VirtualParallelPortDeviceBackingInfo', one) })
    case RESOURCE.graphics:
      return videoCard(item, key)
    case RESOURCE.sound:
      return soundCard(subTypes, key)
    case RESOURCE.other:
      if (subTypes.includes('vmware.vmci')) return 'ignored'
      return subTypes.some((each) => each.includes('soundcard') || each === 'ensoniq1371')
        ? soundCard(subTypes, key)
        : undefined
    default:
      return undefined
  }
}

const option = ({ config }: OvfItem, key: string) => config.find((each) => each.key === key)?.value

/** Every VM has one; what the descriptor says changes it. */
function videoCard(item: OvfItem, key: number): VirtualDevice {
  const number = (name: string) => wholeNumber(option(item, name) ?? '')
  const flag = (name: string) => {
    const value = option(item, name)
    return value === undefined ? undefined : isTrue(value)
  }
  return data('VirtualMachineVideoCard', {
    key,
    videoRamSizeInKB: number('videoRamSizeInKB'),
    numDisplays: number('numDisplays'),
    useAutoDetect: flag('useAutoDetect'),
    enable3DSupport: flag('enable3DSupport'),
    use3dRenderer: option(item, 'use3dRenderer'),
    graphicsMemorySizeInKB: number('graphicsMemorySizeInKB'),
  })
}

function soundCard(subTypes: readonly string[], key: number): VirtualDevice {
  const backing = data('VirtualSoundCardDeviceBackingInfo', { deviceName: '', useAutoDetect: true })
  return subTypes.some((each) => each.includes('hdaudio'))
    ? data('VirtualHdAudioCard', { key, backing })
    : data('VirtualEnsoniq1371', { key, backing })
}
