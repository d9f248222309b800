import { median } from './measure.js'
import { buildPeer } from './peer.js'
import { now, startServer } from './server.js'
import { sized } from './sizes.js'
import { soapLogin } from './soap.js'
import { type Figure, type MeasuredServer, soapFigures } from './soap-rows.js'
import { milliseconds, rate, table } from './table.js'

/** How many times better than the peer each figure is to be; 1 where nothing else is said. */
const REACH: Readonly<Record<string, number>> = {
  'start, 1,000 VMs': 40,
  'one VM, whole': 10,
  '1,000 VMs x two properties': 10,
  '1,000 VMs, whole': 20,
  'change to waiter': 5,
}

/** A start is measured so often; the median counts. */
const STARTS = { 'default model': 5, '1,000 VMs': 3, '10,000 VMs': 1 } as const

type Start = (set: Readonly<Record<string, number>>) => Promise<MeasuredServer>

const own: Start = async (set) => {
  const began = now()
  const server = await startServer('vcsim', set)
  const { url, cookie } = await soapLogin(server.url)
  return { ...server, url, cookie, startMs: now() - began }
}

/**
 * Measures Fauxsphere and govmomi's simulator one after the other on this machine, both over SOAP with the same client,
 * and gives both figures and what is better by how much. It takes about ten minutes, most of them the peer's starts.
 */
export async function compare(say: (line: string) => void): Promise<string> {
  const peer = buildPeer()
  try {
    const [mine, theirs] = [await all(own, say), await all(peer.start, say)]
    const rows = mine.map((figure, at) => row(figure, theirs[at]))
    return table(['what', 'Fauxsphere', "govmomi's simulator", 'ratio', 'reach'], rows)
  } finally {
    peer.remove()
  }
}

type AnyFigure = Omit<Figure, 'unit'> & { readonly unit: Figure['unit'] | 'MB' }

async function all(start: Start, say: (line: string) => void): Promise<readonly AnyFigure[]> {
  const figures: AnyFigure[] = []
  const add = (...more: readonly AnyFigure[]) => {
    figures.push(...more)
    for (const figure of more) say(`${figure.what}: ${shown(figure)}`)
  }
  for (const [size, set] of [
    ['default model', {}],
    ['1,000 VMs', sized(1_000)],
    ['10,000 VMs', sized(10_000)],
  ] as const) {
    const took: number[] = []
    const memory: number[] = []
    for (let run = 0; run < STARTS[size]; run++) {
      const server = await start(set)
      took.push(server.startMs)
      memory.push(server.memoryMB())
      await server.stop()
    }
    add({ what: `start, ${size}`, unit: 'ms', value: median(took) })
    add({ what: `memory, ${size}`, unit: 'MB', value: median(memory) })
  }
  const server = await start(sized(1_000))
  add(...(await soapFigures(server)))
  await server.stop()
  return figures
}

function row(mine: AnyFigure, theirs: AnyFigure | undefined): readonly string[] {
  if (theirs?.what !== mine.what) throw new Error(`'${mine.what}' was not measured on both.`)
  const ratio = mine.unit === '/s' ? mine.value / theirs.value : theirs.value / mine.value
  return [mine.what, shown(mine), shown(theirs), `${ratio.toFixed(1)}x`, `${REACH[mine.what] ?? 1}x`]
}

const shown = ({ unit, value }: AnyFigure): string =>
  unit === '/s' ? rate(value) : unit === 'MB' ? `${value} MB` : milliseconds(value)
