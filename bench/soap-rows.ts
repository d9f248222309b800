import { load } from './load.js'
import { median, milliseconds } from './measure.js'
import type { Request } from './requests.js'
import type { SoapServer } from './soap.js'
import {
  currentTime,
  soapChangeToWaiter,
  soapClone,
  soapPowerCycle,
  soapRetrieve,
  soapVmView,
} from './soap-calls.js'

/** A server in a process of its own, logged in over SOAP. */
export interface MeasuredServer extends SoapServer {
  /** From spawn to the answer of Login, in milliseconds. */
  readonly startMs: number
  memoryMB(): number
  stop(): Promise<void>
}

/** A figure; rates are answers per second, the more the better, the others milliseconds. */
export interface Figure {
  readonly what: string
  readonly unit: '/s' | 'ms'
  readonly value: number
}

/** How long each load runs, and how often a thing is done; a slow server's lists need their time. */
const SECONDS = 3
const TIMES = 50

/** Measures a server with 1,000 VMs. */
export async function soapFigures(server: SoapServer): Promise<readonly Figure[]> {
  const { view, vms } = await soapVmView(server)
  const [vm] = vms
  if (!vm || vms.length !== 1_000) throw new Error(`The view shows ${vms.length} VMs, not 1,000.`)
  const two = ['name', 'runtime.powerState']
  const rate = async (what: string, request: Request, seconds = SECONDS): Promise<Figure> => {
    const { answers, seconds: took } = await load(server, request, { connections: 4, seconds })
    return { what, unit: '/s', value: answers / took }
  }
  const time = async (what: string, measure: () => Promise<number>): Promise<Figure> => ({
    what,
    unit: 'ms',
    value: await measure(),
  })
  return [
    await rate('CurrentTime', currentTime(server)),
    await rate('one VM, two properties', soapRetrieve(server, vm, two)),
    await rate('one VM, whole', soapRetrieve(server, vm, 'all')),
    await rate('1,000 VMs x two properties', soapRetrieve(server, view, two)),
    await rate('1,000 VMs, whole', soapRetrieve(server, view, 'all'), 2 * SECONDS),
    await time('change to waiter', async () => median(await soapChangeToWaiter(server, vm, TIMES))),
    await time('power cycle with task', () => milliseconds(TIMES, () => soapPowerCycle(server, vm))),
    await time('clone with task', () => milliseconds(TIMES, (n) => soapClone(server, vm, `clone-${n}`))),
  ]
}
