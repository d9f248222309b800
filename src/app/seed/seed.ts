/** A seed after parameters and repetition, as seeds/seed.schema.json describes it; every list and most members may be absent. */
export interface Seed {
  readonly description?: string
  /** What the world claims to be: a vCenter Server (default), or one ESXi host on its own. */
  readonly product?: 'vcenter' | 'esxi'
  readonly world?: SeedWorld
  readonly datacenters?: readonly SeedDatacenter[]
}

/** What exists before vCenter knows it. */
export interface SeedWorld {
  readonly exports?: readonly SeedExport[]
  readonly subnets?: readonly SeedSubnet[]
  readonly machines?: readonly SeedMachine[]
}

export interface SeedExport {
  readonly server: string
  readonly path: string
  readonly capacityGB: number
}

export interface SeedSubnet {
  readonly network: string
  readonly netmask: string
  readonly gateway?: string
  readonly first: string
  readonly last: string
  readonly domain?: string
}

export interface SeedMachine {
  readonly name: string
  readonly cpu?: {
    readonly model?: string
    readonly vendor?: 'intel' | 'amd'
    readonly evcMode?: string
    readonly mhz?: number
    readonly packages?: number
    readonly cores?: number
    readonly hyperThreading?: boolean
  }
  readonly memoryGB: number
  readonly nics?: readonly {
    readonly driver?: string
    readonly speedMb?: number
    readonly linkUp?: boolean
  }[]
  readonly disks?: readonly { readonly capacityGB: number; readonly ssd?: boolean }[]
  readonly esxi: SeedEsxi
}

export interface SeedEsxi {
  /** Default: the newest that the vCenter Server manages. */
  readonly version?: string
  readonly hostName: string
  /** Default: one that nobody has. */
  readonly address?: string
  readonly netmask?: string
  readonly gateway?: string
  readonly password?: string
}

export interface SeedDatacenter {
  readonly name: string
  /** Path below the root folder, made where it is missing. */
  readonly folder?: string
  /** Path below each of the datacenter's four folders, in which everything but pods and standard networks is. */
  readonly subfolder?: string
  readonly folders?: readonly {
    readonly kind: 'vm' | 'host' | 'datastore' | 'network'
    readonly path: string
  }[]
  readonly datastores?: readonly SeedDatastore[]
  readonly clusters?: readonly SeedCluster[]
  readonly hosts?: readonly SeedHost[]
  readonly switches?: readonly SeedDistributedSwitch[]
  /** Datastore clusters, empty ones. */
  readonly pods?: readonly { readonly name: string }[]
  /** Networks that NSX looks after; all hosts of the datacenter have them. */
  readonly opaqueNetworks?: readonly SeedOpaqueNetwork[]
  readonly vms?: readonly SeedVm[]
}

export interface SeedOpaqueNetwork {
  readonly name: string
  /** That of a distributed port group of NSX, which shows the same. */
  readonly logicalSwitch?: string
}

export interface SeedDatastore {
  readonly name: string
  /** An NFS export; or a local VMFS volume that each host that lists it shares. */
  readonly nfs?: { readonly server: string; readonly path: string }
  readonly vmfs?: { readonly capacityGB: number }
  readonly files?: readonly SeedFile[]
}

export interface SeedFile {
  readonly path: string
  readonly sizeMB: number
  readonly image?: { readonly kind: 'esxi' | 'esxi-installer'; readonly version?: string }
}

export interface SeedCluster {
  readonly name: string
  readonly folder?: string
  readonly ha?: {
    readonly enabled?: boolean
    readonly admissionControl?: boolean
    readonly failoverLevel?: number
    readonly options?: Readonly<Record<string, string>>
  }
  readonly drs?: {
    readonly enabled?: boolean
    readonly behavior?: 'manual' | 'partiallyAutomated' | 'fullyAutomated'
  }
  readonly hosts?: readonly SeedHost[]
  readonly pools?: readonly SeedPool[]
  readonly vApps?: readonly SeedVApp[]
  readonly vms?: readonly SeedVm[]
}

export interface SeedPool {
  readonly name: string
  readonly memory?: {
    readonly reservationMB?: number
    readonly limitMB?: number
    readonly expandable?: boolean
  }
  readonly cpu?: {
    readonly reservationMHz?: number
    readonly limitMHz?: number
    readonly expandable?: boolean
  }
  readonly vms?: readonly SeedVm[]
}

export interface SeedVApp {
  readonly name: string
  readonly vms?: readonly SeedVm[]
}

export interface SeedHost {
  /** A machine of `world.machines`, a VM of this file whose disk holds ESXi, or the machine itself. */
  readonly machine: string | SeedMachine
  /** All of the datacenter when left out. */
  readonly datastores?: readonly string[]
  readonly switches?: readonly SeedSwitch[]
  readonly portGroups?: readonly SeedPortGroup[]
  readonly vmkernel?: readonly SeedVmkernel[]
  /** nicType -> devices; vmk0 serves management. */
  readonly services?: Readonly<Record<string, readonly string[]>>
  readonly maintenance?: boolean
  readonly vms?: readonly SeedVm[]
}

export interface SeedSwitch {
  readonly name: string
  /** pNIC devices: vmnic1 ... */
  readonly nics?: readonly string[]
}

export interface SeedPortGroup {
  readonly name: string
  readonly switch?: string
  readonly vlan?: number
  readonly promiscuous?: boolean
  readonly forgedTransmits?: boolean
  readonly macChanges?: boolean
}

export interface SeedVmkernel {
  readonly portGroup: string
  readonly address: string
  readonly netmask: string
}

export interface SeedDistributedSwitch {
  readonly name: string
  /** Default: the newest that the vCenter makes. */
  readonly version?: string
  readonly mtu?: number
  /** How many uplinks each member has; default 4. */
  readonly uplinks?: number
  /** Name of the port group of its uplinks; default: its own with `-DVUplinks-` and a number. */
  readonly uplinkGroup?: string
  readonly portGroups?: readonly SeedDistributedPortGroup[]
  /** All hosts of the datacenter are members unless some are named. */
  readonly hosts?: readonly string[]
  /** Physical NICs that every member gives the switch. */
  readonly nics?: readonly string[]
}

export interface SeedDistributedPortGroup {
  readonly name: string
  readonly vlan?: number
  /** VLANs to carry instead of one, as first and last. */
  readonly trunk?: readonly (readonly [first: number, last: number])[]
  /** Default 8. */
  readonly ports?: number
  /** Default static. */
  readonly binding?: 'static' | 'ephemeral'
  /** Static binding: more ports come when all are taken; default true. */
  readonly elastic?: boolean
  /** NSX looks after it. */
  readonly nsx?: boolean
  readonly logicalSwitch?: string
}

export interface SeedVm {
  readonly name: string
  readonly folder?: string
  readonly cluster?: string
  readonly host?: string
  /** A pool or a vApp of its cluster. */
  readonly pool?: string
  /** Default: the datacenter's first. */
  readonly datastore?: string
  /** Default: otherGuest, or that of the ESXi on its disk. */
  readonly guestId?: string
  readonly version?: string
  readonly firmware?: 'bios' | 'efi'
  readonly cpus?: number
  readonly coresPerSocket?: number
  readonly memoryMB?: number
  readonly nestedHV?: boolean
  readonly disks?: readonly {
    readonly sizeGB: number
    readonly thin?: boolean
    readonly image?: { readonly kind: 'esxi'; readonly version?: string }
  }[]
  readonly nics?: readonly { readonly type?: 'vmxnet3' | 'e1000' | 'e1000e'; readonly network: string }[]
  readonly cdrom?: string
  readonly extraConfig?: Readonly<Record<string, string>>
  readonly power?: 'on' | 'off' | boolean
  readonly template?: boolean
}
