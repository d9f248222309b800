/*
 * An OVF descriptor as data (DMTF DSP0243 1.0-2.1 and vMware's extensions). `line` is where an element begins, as problems
 * tell it.
 */

export interface OvfEnvelope {
  readonly files: readonly OvfFileReference[]
  readonly disks: readonly OvfDisk[]
  readonly networks: readonly OvfNetwork[]
  readonly configurations: readonly OvfConfiguration[]
  readonly storageGroups: readonly OvfStorageGroup[]
  readonly content: OvfContent
}

/** References/File */
export interface OvfFileReference {
  readonly id: string
  readonly href: string
  readonly size?: number | undefined
  readonly compression?: string | undefined
  readonly chunkSize?: number | undefined
  readonly line: number
}

/** DiskSection/Disk */
export interface OvfDisk {
  readonly id: string
  /** None: an empty disk. */
  readonly file?: OvfFileReference | undefined
  readonly parent?: string | undefined
  /** In bytes; undefined when a property says it (`${name}`). */
  readonly capacity?: number | undefined
  /** The property of `${name}`, and the bytes of one of its units. */
  readonly capacityProperty?: { readonly name: string; readonly unit: number } | undefined
  readonly populated?: number | undefined
  readonly format?: string | undefined
  readonly line: number
}

export interface OvfNetwork {
  readonly name: string
  readonly description: string
  readonly line: number
}

/** vmw:StorageGroupSection: what is to lie together. */
export interface OvfStorageGroup {
  readonly id: string
  readonly name: string
}

/** DeploymentOptionSection/Configuration */
export interface OvfConfiguration {
  readonly id: string
  readonly label: string
  readonly description: string
  readonly isDefault: boolean
}

export type OvfContent = OvfSystem | OvfCollection

interface OvfEntity {
  readonly id: string
  readonly name?: string | undefined
  readonly products: readonly OvfProduct[]
  readonly eulas: readonly string[]
  readonly annotation?: string | undefined
  readonly ipAssignment?: OvfIpAssignment | undefined
  readonly line: number
}

export interface OvfSystem extends OvfEntity {
  readonly kind: 'system'
  readonly operatingSystem?: OvfOperatingSystem | undefined
  readonly hardware: readonly OvfHardware[]
  /** The group that the machine's own files and its other disks are in. */
  readonly storageGroup?: string | undefined
  /** InstallSection: the first boot installs. */
  readonly install?: { readonly stopDelay: number } | undefined
}

export interface OvfCollection extends OvfEntity {
  readonly kind: 'collection'
  readonly children: readonly OvfContent[]
  readonly startup: readonly OvfStartup[]
}

/** StartupSection/Item */
export interface OvfStartup {
  readonly id: string
  readonly order: number
  readonly startDelay: number
  readonly stopDelay: number
  readonly waitingForGuest: boolean
  readonly startAction: string
  readonly stopAction: string
}

export interface OvfIpAssignment {
  readonly schemes: readonly string[]
  readonly protocols: readonly string[]
}

export interface OvfOperatingSystem {
  /** CIM_OperatingSystem.OsType */
  readonly id: number
  /** vmw:osType, a vim25 guest identifier. */
  readonly osType?: string | undefined
  readonly description: string
  readonly line: number
}

export interface OvfProduct {
  readonly class: string
  readonly instance: string
  readonly name: string
  readonly vendor: string
  readonly version: string
  readonly fullVersion: string
  readonly productUrl: string
  readonly vendorUrl: string
  readonly appUrl: string
  readonly properties: readonly OvfProperty[]
}

export interface OvfProperty {
  readonly key: string
  /** As the descriptor has it: `string`, `uint16`, `boolean` ... */
  readonly type: string
  readonly qualifiers: string
  readonly userConfigurable: boolean
  readonly password: boolean
  readonly value: string
  /** By deployment option. */
  readonly values: ReadonlyMap<string, string>
  /** Only there with these deployment options; empty: with all. */
  readonly configurations: readonly string[]
  readonly label: string
  readonly description: string
  readonly category: string
  readonly line: number
}

export interface OvfHardware {
  /** `vmx-13`, `vmx-14` ...: any of them will do. */
  readonly families: readonly string[]
  readonly transport: readonly string[]
  readonly items: readonly OvfItem[]
  readonly config: readonly OvfOption[]
  readonly extraConfig: readonly OvfOption[]
  readonly line: number
}

/** vmw:Config and vmw:ExtraConfig */
export interface OvfOption {
  readonly key: string
  readonly value: string
  readonly required: boolean
}

/** One CIM_ResourceAllocationSettingData. */
export interface OvfItem {
  readonly instanceId: string
  /** CIM_ResourceAllocationSettingData.ResourceType; see resource-types.ts. */
  readonly resourceType: number
  readonly subTypes: readonly string[]
  readonly name: string
  readonly parent?: string | undefined
  readonly address?: string | undefined
  readonly addressOnParent?: string | undefined
  readonly units?: string | undefined
  readonly quantity?: number | undefined
  readonly reservation?: number | undefined
  readonly limit?: number | undefined
  readonly weight?: number | undefined
  readonly coresPerSocket?: number | undefined
  readonly hostResource: readonly string[]
  readonly connection: readonly string[]
  readonly automaticAllocation: boolean
  readonly config: readonly OvfOption[]
  /** Of a disk. */
  readonly storageGroup?: string | undefined
  /** Only there with these deployment options; empty: with all. */
  readonly configurations: readonly string[]
  readonly required: boolean
  readonly line: number
}

/** The virtual machines of an envelope, in its order. */
export function systemsOf(content: OvfContent): readonly OvfSystem[] {
  return content.kind === 'system' ? [content] : content.children.flatMap(systemsOf)
}
