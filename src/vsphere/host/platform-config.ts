import { data } from '#vim25/data.js'
import type {
  HostConfigInfo,
  HostDiagnosticPartition,
  HostIoFilterInfo,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import type { Hardware, Installation } from '#world/machine.js'
import { featureCapabilities } from './cpu/feature-capability.js'
import { graphicsInfo, pciPassthru } from './pci.js'

const DEPLOYMENT = data('HostDeploymentInfo', { bootedFromStatelessCache: false })

/** No flash is set aside for virtual flash. */
const VIRTUAL_FLASH = data('HostVFlashManagerVFlashConfigInfo', {
  vFlashCacheConfigInfo: data('HostVFlashManagerVFlashCacheConfigInfo', {
    defaultVFlashModule: 'vfc',
    swapCacheReservationInGB: 0,
  }),
})

const GRAPHICS = data('HostGraphicsConfig', {
  hostDefaultGraphicsType: 'shared',
  sharedPassthruAssignmentPolicy: 'performance',
})

const NO_OVERRIDES = data('HostAssignableHardwareConfig', {})

/** The filters of I/O that ESXi comes with: recorded (vim25 inventory of a host). */
const IO_FILTERS: readonly HostIoFilterInfo[] = Object.freeze([
  data('HostIoFilterInfo', {
    id: 'VMW_spm_1.0.0',
    name: 'spm',
    vendor: 'VMW',
    version: '1.0.230',
    type: 'datastoreIoControl',
    summary: 'VMware Storage I/O Control',
    releaseDate: '2016-07-21',
    available: true,
  }),
  data('HostIoFilterInfo', {
    id: 'VMW_vmwarevmcrypt_1.0.0',
    name: 'vmwarevmcrypt',
    vendor: 'VMW',
    version: '1.0.0',
    type: 'encryption',
    summary: 'VMcrypt IO Filter',
    releaseDate: '2016-07-21',
    available: true,
  }),
])

const VSAN_CLUSTER = data('VsanHostConfigInfoClusterInfo', {})
const VSAN_STORAGE = data('VsanHostConfigInfoStorageInfo', { autoClaimStorage: false })
const VSAN_NETWORK = data('VsanHostConfigInfoNetworkInfo', {})
const VSAN_DOMAIN = data('VsanHostFaultDomainInfo', { name: '' })

function vsanOff(hostSystem: ManagedObjectReference) {
  return data('VsanHostConfigInfo', {
    enabled: false,
    hostSystem,
    clusterInfo: VSAN_CLUSTER,
    storageInfo: VSAN_STORAGE,
    networkInfo: VSAN_NETWORK,
    faultDomainInfo: VSAN_DOMAIN,
    vsanEsaEnabled: false,
  })
}

/** Where ESXi before 7.0 dumps its memory when it fails; later ones dump to a file. */
function dumpPartition({ disks }: Hardware, version: string): HostDiagnosticPartition | undefined {
  const [disk] = disks
  if (!disk || Number.parseFloat(version) >= 7) return undefined
  return data('HostDiagnosticPartition', {
    storageType: 'directAttached',
    diagnosticType: 'singleHost',
    slots: -15,
    id: data('HostScsiDiskPartition', { diskName: disk.canonicalName, partition: 9 }),
  })
}

/** Sums that tell whether a host profile is still what it was: of a host without any. */
const NO_SUM = '2jmj7l5rSw0yVb/vlWAYkK/YBwk='

/** Parts of HostConfigInfo that follow from the hardware alone or are the same for all hosts of a release. */
export function platformConfig(
  host: ManagedObjectReference,
  hardware: Hardware,
  { version }: Installation,
): Partial<HostConfigInfo> {
  const features = featureCapabilities(hardware)
  return {
    deploymentInfo: DEPLOYMENT,
    activeDiagnosticPartition: dumpPartition(hardware, version),
    datastorePrincipal: 'root',
    pciPassthruInfo: pciPassthru(hardware),
    // No EVC mode masks anything.
    featureCapability: features,
    maskedFeatureCapability: features,
    vFlashConfigInfo: VIRTUAL_FLASH,
    vsanHostConfig: host.value === '' ? undefined : vsanOff(host),
    scriptCheckSum: NO_SUM,
    hostConfigCheckSum: NO_SUM,
    descriptionTreeCheckSum: NO_SUM,
    graphicsInfo: graphicsInfo(hardware),
    graphicsConfig: GRAPHICS,
    ioFilterInfo: IO_FILTERS,
    assignableHardwareConfig: NO_OVERRIDES,
  }
}
