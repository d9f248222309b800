import type { IdentityVersion } from '#vsphere/core/identity.js'

/** What a release of the appliance says of itself beside version and build. */
interface Release {
  /** With the number of the patch, as the appliance counts. */
  readonly version: string
  readonly product: string
  /** Both empty for a release that is no update or patch (documented for system.version). */
  readonly summary: string
  readonly releaseDate: string
}

const SERVER = 'VMware vCenter Server'
const APPLIANCE = 'VMware vCenter Server Appliance'

/**
 * Versions and dates: release notes of vCenter Server 6.0, 6.5, 6.7, 7.0 Update 3 (build 18700403; 7.0.3.00100 is Update
 * 3a with build 18778458), 8.0 Update 3 (build 24022515). 6.5.0.5100 is the first that patches of 6.5 apply to. The wording
 * of `summary` is recorded from 8.0.2 (rest-wire 2.3); 7.0 dropped "Appliance" from the name.
 */
export const APPLIANCE_RELEASES: Readonly<Record<IdentityVersion, Release>> = {
  '6.0': { version: '6.0.0.5100', product: APPLIANCE, summary: '', releaseDate: '' },
  '6.5': { version: '6.5.0.5100', product: APPLIANCE, summary: '', releaseDate: '' },
  '6.7': { version: '6.7.0.10000', product: APPLIANCE, summary: '', releaseDate: '' },
  '7.0.3': {
    version: '7.0.3.00000',
    product: SERVER,
    summary: 'Patch for VMware vCenter Server 7.0',
    releaseDate: 'October 5, 2021',
  },
  '8.0.3': {
    version: '8.0.3.00000',
    product: SERVER,
    summary: 'Patch for VMware vCenter Server 8.0',
    releaseDate: 'June 25, 2024',
  },
}

export const APPLIANCE_TYPE = 'vCenter Server with an embedded Platform Services Controller'
