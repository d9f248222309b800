import { vapiError } from '#vapi/error.js'
import { service } from '../core/service.js'

const MOST_RELEASES = 128
const LONGEST_RELEASE = 64

export const system = service('com.vmware.vcenter.system', {
  /** The first release of the client's list that this server speaks, or nothing (rest-wire 2.3). */
  hello({ sandbox }, { spec: { api_releases } }) {
    if (api_releases.length === 0 || api_releases.length > MOST_RELEASES)
      throw invalid(
        `api_releases has ${api_releases.length} entries; between 1 and ${MOST_RELEASES} are allowed.`,
      )
    const long = api_releases.find((release) => release.length > LONGEST_RELEASE)
    if (long !== undefined)
      throw invalid(`api_releases has an entry of ${long.length} characters; ${LONGEST_RELEASE} are allowed.`)
    const { releases } = sandbox.services.identity
    return { api_release: api_releases.find((release) => releases.includes(release)) ?? '' }
  },
})

const invalid = (text: string) =>
  vapiError('INVALID_ARGUMENT', 'vapi.data.invalid', "Invalid value at 'api_releases': {0}", [text])
