import { recordKind } from '#inventory/entity.js'
import { vapiError } from '#vapi/error.js'
import { unboxed } from '#vim25/any.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'

/** Bytes of entropy that clients have given to a host; record `entropyPool:<host>`. */
interface EntropyPool {
  readonly available: number
}

const pools = recordKind<EntropyPool>('entropyPool')
const poolId = (host: string) => `entropyPool:${host}`

/** Bytes, and seconds in which a client is to call again; the real values are not on record (deviation 86). */
const LIMITS = { capacity: 65_536, low_watermark: 16_384, inactive_source_timeout: 3600 } as const

/** The sources of entropy that a host uses are bits of this option; by default it chooses itself, among its own. */
const OPTION = 'VMkernel.Boot.entropySources'
const EXTERNAL = 8

/** Entropy for a host from outside, for hosts that are told to take it. */
export const externalPool = service('com.vmware.vcenter.host.entropy.external_pool', {
  get(call, { host }) {
    requireObject(call, 'HostSystem', host)
    if (!takesEntropy(call, host)) return { status: 'DISABLED' }
    return { status: 'ENABLED', ...LIMITS, currently_available: availableIn(call, host) }
  },

  add(call, { host, spec }) {
    requireObject(call, 'HostSystem', host)
    if (!takesEntropy(call, host))
      throw vapiError(
        'ERROR',
        'com.vmware.api.vcenter.host.entropy.disabled',
        "Host '{0}' takes no entropy from outside.",
        [host],
      )
    const bytes = Buffer.from(spec.data, 'base64').length
    const available = Math.min(LIMITS.capacity, availableIn(call, host) + bytes)
    call.transact(({ tx }) => {
      if (tx.find(pools, poolId(host))) tx.set(pools, poolId(host), { available })
      else tx.create(pools, poolId(host), { available })
    })
    return { ...LIMITS, currently_available: available }
  },
})

function takesEntropy({ read }: ServiceCall, host: string): boolean {
  const option = read.get('HostSystem', host).config?.option?.find(({ key }) => key === OPTION)
  return (Number(unboxed(option?.value) ?? 0) & EXTERNAL) !== 0
}

const availableIn = ({ read }: ServiceCall, host: string) => read.find(pools, poolId(host))?.available ?? 0
