import { data } from '#vim25/data.js'
import type {
  HealthSystemRuntime,
  HostHardwareElementInfo,
  HostNumericSensorInfo,
} from '#vim25/generated/types.js'
import type { Hardware, Installation } from '#world/machine.js'
import { memo } from '../vm/share.js'
import { asOf, releaseOf } from './release.js'

const state = (summary: string) => data('ElementDescription', { label: 'Green', summary, key: 'green' })
const SENSOR = state('Sensor is operating under normal conditions')
const ELEMENT = state('Physical element is functioning as expected')

/** Sensors of a server's baseboard controller: name, reading, power of ten, unit, type (plausible readings of ours). */
const BOARD: readonly (readonly [string, number, number, string, string])[] = [
  ['System Board 1 Inlet Temp', 2100, -2, 'Degrees C', 'temperature'],
  ['System Board 1 Exhaust Temp', 3400, -2, 'Degrees C', 'temperature'],
  ['System Board 1 Fan1A', 528000, -2, 'RPM', 'fan'],
  ['System Board 1 Fan1B', 492000, -2, 'RPM', 'fan'],
  ['System Board 1 Fan2A', 528000, -2, 'RPM', 'fan'],
  ['System Board 1 Fan2B', 492000, -2, 'RPM', 'fan'],
  ['System Board 1 Fan3A', 540000, -2, 'RPM', 'fan'],
  ['System Board 1 Fan3B', 504000, -2, 'RPM', 'fan'],
  ['Power Supply 1 Current 1', 60, -2, 'Amps', 'power'],
  ['Power Supply 1 Voltage 1', 23000, -2, 'Volts', 'voltage'],
  ['Power Supply 2 Current 2', 80, -2, 'Amps', 'power'],
  ['Power Supply 2 Voltage 2', 23200, -2, 'Volts', 'voltage'],
  ['System Board 1 Pwr Consumption', 28000, -2, 'Watts', 'power'],
]

const known = memo<HealthSystemRuntime>()

/**
 * HostRuntimeInfo.healthSystemRuntime: what the sensors read and which elements are well, the same object for equal hosts.
 * A VM has no baseboard controller: there the sensors are the software's and the processors' (recorded).
 */
export function healthOf(
  hardware: Hardware,
  esxi: Pick<Installation, 'version' | 'build'>,
): HealthSystemRuntime {
  const { nested, packages, memoryBytes, disks } = hardware
  const release = releaseOf(esxi.version)
  const key = [nested, packages, memoryBytes, disks.length, esxi.version, esxi.build].join(' ')
  return known(key, () => {
    const sockets = Array.from({ length: packages }, (_, at) => at)
    const rows: (readonly [string, number, number, string, string])[] = [
      ['VMware Rollup Health State', 0, 0, '', 'system'],
      ...sockets.flatMap((at): (readonly [string, number, number, string, string])[] =>
        nested
          ? [
              [`CPU socket #${at} Level-1 Cache is 16384 B`, 0, 0, '', 'Processors'],
              [`CPU socket #${at} Level-2 Cache is 0 B`, 0, 0, '', 'Processors'],
            ]
          : [[`Processor ${at + 1} Temp`, 4200 + at * 100, -2, 'Degrees C', 'temperature']],
      ),
      ...(nested ? [] : BOARD),
      [`VMware, Inc. VMware ESXi ${esxi.version} build-${esxi.build}`, 0, 0, '', 'Software Components'],
    ]
    return data('HealthSystemRuntime', {
      systemHealthInfo: data('HostSystemHealthInfo', {
        numericSensorInfo: rows.map(
          ([name, reading, unitModifier, baseUnits, sensorType], at): HostNumericSensorInfo =>
            asOf(
              data('HostNumericSensorInfo', {
                name,
                healthState: SENSOR,
                currentReading: reading,
                unitModifier,
                baseUnits,
                rateUnits: '',
                sensorType,
                id: `0.${at}`,
                sensorNumber: at,
              }),
              release,
            ),
        ),
      }),
      hardwareStatusInfo: data('HostHardwareStatusInfo', {
        memoryStatusInfo: nested ? [] : modules(memoryBytes).map(element),
        cpuStatusInfo: sockets.map((at) => element(`CPU socket #${at}`)),
        storageStatusInfo: nested ? [] : disks.map((_, at) => storageElement(`Disk ${at} on HBA 0`)),
      }),
    })
  })
}

const element = (name: string): HostHardwareElementInfo =>
  data('HostHardwareElementInfo', { name, status: ELEMENT })

const storageElement = (name: string) =>
  data('HostStorageElementInfo', {
    name,
    status: ELEMENT,
    operationalInfo: [data('HostStorageOperationalInfo', { property: 'State', value: 'Online' })],
  })

/** Names of a server's memory modules of 32 GB, at most 32. */
function modules(memoryBytes: number): readonly string[] {
  const length = Math.max(1, Math.min(32, Math.ceil(memoryBytes / (32 * 2 ** 30))))
  return Array.from(
    { length },
    (_, at) => `System Board 1 DIMM ${at % 2 === 0 ? 'A' : 'B'}${Math.floor(at / 2) + 1}`,
  )
}
