import { VERSIONS } from '#vim25/schema.js'
import type { Identity } from '#vsphere/core/identity.js'

/** The oldest release that the file names (soap-wire 1.3). */
const OLDEST_LISTED = VERSIONS.indexOf('4.0')

/** `/sdk/vimServiceVersions.xml`: what this server speaks, newest first, for clients that look before they call. */
export function versionsFile({ release }: Identity): string {
  const [newest, ...prior] = VERSIONS.slice(OLDEST_LISTED, release + 1).reverse()
  const versions = prior.map((version) => `<version>${version}</version>`).join('')
  return `<?xml version="1.0" encoding="UTF-8" ?><namespaces version="1.0"><namespace><name>urn:vim25</name><version>${newest}</version><priorVersions>${versions}</priorVersions></namespace></namespaces>\n`
}
