import { atLeast, type Identity } from '../core/identity.js'

/** What a release protects at most (fact sheet D.1, deviation 21). */
export interface FtLimits {
  readonly vcpus: number
  readonly memoryMB: number
  readonly disks: number
  /** A VMDK must be smaller than this. */
  readonly diskBytes: number
}

const SMALL: FtLimits = { vcpus: 4, memoryMB: 65_536, disks: 16, diskBytes: 2 * 2 ** 40 }

/** From 6.7: eight vCPUs and 128 GB, as HostCapability.maxVcpusPerFtVm and maxMemMBPerFtVm say. */
const LARGE: FtLimits = { ...SMALL, vcpus: 8, memoryMB: 131_072 }

export function ftLimits(identity: Identity): FtLimits {
  return atLeast(identity, '6.7') ? LARGE : SMALL
}

/** Defaults of das.maxFtVmsPerHost and das.maxFtVCpusPerHost; primaries and secondaries both count, 0 = no check. */
export const MAX_FT_VMS_PER_HOST = 4
export const MAX_FT_VCPUS_PER_HOST = 8

/** SMP-FT wants a 10 Gb/s logging network (fact sheet D.1); below is a warning (deviation 7). */
export const LOGGING_MB = 10_000

/** Legacy (record/replay) FT: chosen by an advanced setting of the VM, offered until 6.0 (fact sheet D.6). */
export const LEGACY_OPTION = 'vm.uselegacyft'

export function legacyOffered(identity: Identity): boolean {
  return !atLeast(identity, '6.5')
}
