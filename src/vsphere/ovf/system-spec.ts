import { data } from '#vim25/data.js'
import type {
  OvfCreateImportSpecParams,
  OvfFileItem,
  ResourceAllocationInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { guestOs } from '../vm/guest-os.js'
import { versionKey, versionNumber } from '../vm/hardware-version.js'
import { type DeviceWishes, devicesOf } from './devices.js'
import type { OvfDisk, OvfEnvelope, OvfHardware, OvfItem, OvfSystem } from './envelope.js'
import { guestIdFor } from './guest-id.js'
import { type Problems, problem } from './problems.js'
import { effectiveValue, isIn, propertyInfos } from './properties.js'
import { RESOURCE } from './resource-types.js'
import { extraConfigOf, settingsOf } from './settings.js'
import { unitOf } from './units.js'
import { vAppSpec } from './v-app.js'

export interface SystemWishes
  extends Pick<DeviceWishes, 'path' | 'provisioning' | 'diskDatastore' | 'network'> {
  readonly envelope: OvfEnvelope
  readonly name: string
  /** The datastore that the VM goes to, by name. */
  readonly datastore: string
  /** The newest hardware there. */
  readonly newest: number
  readonly configuration: string | undefined
  readonly params: Pick<OvfCreateImportSpecParams, 'propertyMapping' | 'ipAllocationPolicy' | 'ipProtocol'>
}

export interface SystemSpec {
  readonly configSpec: VirtualMachineConfigSpec
  readonly files: readonly OvfFileItem[]
}

/** A virtual system as the ConfigSpec that makes it; undefined without any hardware that could be made. */
export function systemSpec(
  system: OvfSystem,
  wishes: SystemWishes,
  problems: Problems,
): SystemSpec | undefined {
  const { configuration } = wishes
  const found = chosenHardware(system, wishes.newest, problems)
  if (!found) return undefined
  const { hardware, version } = found
  const items = hardware.items.filter((item) => isIn(item.configurations, configuration))
  const { guestId, mapped } = guestIdFor(system.operatingSystem, wishes.newest)
  if (mapped)
    problems.tell(
      'warning',
      problem('OvfMappedOsId', {
        ovfId: system.operatingSystem?.id ?? 0,
        ovfDescription: system.operatingSystem?.osType ?? system.operatingSystem?.description ?? '',
        targetDescription: guestOs(guestId)?.fullName ?? guestId,
      }),
    )
  const values = wishes.params.propertyMapping ?? []
  const properties = propertyInfos(system.products, { configuration, values }, problems)
  const capacity = ({ capacityProperty: property }: OvfDisk) => {
    const info = property && properties.find(({ id }) => id === property.name)
    const units = Number(info && effectiveValue(info))
    return property && units > 0 ? units * property.unit : undefined
  }
  const devices = devicesOf(items, { ...wishes, guestId, hardware: version, capacity }, problems)
  const configSpec = data('VirtualMachineConfigSpec', {
    ...settingsOf(hardware, problems),
    name: wishes.name,
    version: versionKey(version),
    guestId,
    annotation: system.annotation,
    files: data('VirtualMachineFileInfo', { vmPathName: `[${wishes.datastore}]` }),
    ...sizes(items),
    deviceChange: [...devices.changes],
    extraConfig: [...extraConfigOf(hardware.extraConfig)],
    vAppConfig: vAppSpec(system, properties, wishes.params),
  })
  return { configSpec, files: devices.files }
}

/** The hardware section with the newest family that the host runs. */
function chosenHardware(
  { hardware }: OvfSystem,
  newest: number,
  problems: Problems,
): { readonly hardware: OvfHardware; readonly version: number } | undefined {
  let best: { readonly hardware: OvfHardware; readonly version: number } | undefined
  for (const each of hardware) {
    const families = each.families.length === 0 ? [versionKey(newest)] : each.families
    for (const family of families) {
      const version = versionNumber(family)
      if (version !== undefined && version <= newest && version > (best?.version ?? 0))
        best = { hardware: each, version }
    }
  }
  const [first] = hardware
  if (!best && first)
    problems.tell(
      'error',
      problem('OvfNoSupportedHardwareFamily', { lineNumber: first.line, version: first.families.join(', ') }),
    )
  return best
}

function sizes(items: readonly OvfItem[]): Partial<VirtualMachineConfigSpec> {
  const last = (type: number) => items.findLast(({ resourceType }) => resourceType === type)
  const cpu = last(RESOURCE.processor)
  const memory = last(RESOURCE.memory)
  const bytes = (memory?.quantity ?? 0) * (unitOf(memory?.units) ?? MB)
  const memoryScale = (unitOf(memory?.units) ?? MB) / MB
  const mhz = (unitOf(cpu?.units) ?? 1e6) / 1e6
  return {
    numCPUs: cpu?.quantity ?? 1,
    numCoresPerSocket: cpu?.coresPerSocket,
    memoryMB: memory?.quantity === undefined ? 32 : Math.max(4, Math.ceil(bytes / MB)),
    cpuAllocation: allocation(cpu, mhz),
    memoryAllocation: allocation(memory, memoryScale),
  }
}

const MB = 2 ** 20

/** What an item reserves, with its limit and weight; undefined when it says nothing. */
function allocation(item: OvfItem | undefined, scale: number): ResourceAllocationInfo | undefined {
  const { reservation, limit, weight } = item ?? {}
  if (reservation === undefined && limit === undefined && weight === undefined) return undefined
  return data('ResourceAllocationInfo', {
    reservation: reservation === undefined ? undefined : Math.ceil(reservation * scale),
    limit: limit === undefined ? undefined : Math.ceil(limit * scale),
    shares: weight === undefined ? undefined : data('SharesInfo', { shares: weight, level: 'custom' }),
  })
}
