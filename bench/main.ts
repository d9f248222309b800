import { createFauxsphere } from '#index.js'
import { changeToWaiter, median, milliseconds, perSecond, powerCycle } from './measure.js'
import { api, property, retrieve, vmView } from './requests.js'
import { now, startServer } from './server.js'
import { sized } from './sizes.js'
import { soapLogin } from './soap.js'
import { soapFigures } from './soap-rows.js'
import { machine, rate, table } from './table.js'

/** One line of the table; `reach` is what the product wants to reach. */
interface Row {
  readonly what: string
  readonly value: string
  readonly reach: string
}

const rows: Row[] = []
const row = (what: string, value: string, reach = '') => {
  rows.push({ what, value, reach })
  process.stderr.write(`${what}: ${value}\n`)
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
const ms = (value: number) => `${value.toFixed(2)} ms`

async function starts(): Promise<void> {
  for (const [name, seed, set, reach] of [
    ['default (smp-ft-nested)', 'smp-ft-nested', {}, '0.60 s, 110 MB'],
    ['1,000 VMs', 'vcsim', sized(1_000), '0.90 s'],
    ['10,000 VMs', 'vcsim', sized(10_000), '2.50 s, 420 MB'],
  ] as const) {
    const took: number[] = []
    const memory: number[] = []
    for (let run = 0; run < 3; run++) {
      const server = await startServer(seed, set)
      took.push(server.startMs)
      memory.push(server.memoryMB())
      await server.stop()
    }
    row(`start to first answer, ${name}`, `${seconds(median(took))}, ${median(memory)} MB`, reach)
  }
}

async function answers(): Promise<void> {
  const server = await startServer('vcsim', sized(1_000))
  const { view, vms } = await vmView(server)
  const [vm] = vms
  if (!vm || vms.length !== 1_000) throw new Error(`The view shows ${vms.length} VMs, not 1,000.`)
  row('VI JSON property GET', rate(await perSecond(server, property(vm, 'name'))), '6,600/s')
  row(
    'one VM, two properties',
    rate(await perSecond(server, retrieve(vm, ['name', 'runtime.powerState']))),
    '6,600/s',
  )
  row('one VM, whole', rate(await perSecond(server, retrieve(vm, 'all'))), '4,700/s')
  row(
    '1,000 VMs x two properties',
    rate(await perSecond(server, retrieve(view, ['name', 'runtime.powerState']))),
    '270/s',
  )
  row('1,000 VMs, whole', rate(await perSecond(server, retrieve(view, 'all'), 4)), '16/s')
  row('1,000 VM summaries (/api)', rate(await perSecond(server, api('/vcenter/vm'))), '2,000/s')
  row('one VM (/api)', rate(await perSecond(server, api(`/vcenter/vm/${vm.value}`))), '8,000/s')
  row('change to waiter', ms(await changeToWaiter(server, vm)), '2 ms')
  row('power cycle with task', ms(await milliseconds(100, () => powerCycle(server, vm))))
  row('memory after that', `${server.memoryMB()} MB`)
  await server.stop()
}

async function soapAnswers(): Promise<void> {
  const server = await startServer('vcsim', sized(1_000))
  for (const { what, unit, value } of await soapFigures(await soapLogin(server.url)))
    row(`SOAP: ${what}`, unit === '/s' ? rate(value) : ms(value))
  await server.stop()
}

async function states(): Promise<void> {
  const vc = await createFauxsphere({ seed: 'vcsim', set: sized(10_000), tls: false })
  // Each time something has changed before: to put back what never left costs nothing.
  const change = () =>
    vc.sandbox.transact({}, ({ tx }) => {
      const [vm = ''] = tx.ids('VirtualMachine')
      tx.set('VirtualMachine', vm, { name: `changed-${tx.next('bench')}` })
    })
  const time = async (act: () => unknown) => {
    const took: number[] = []
    for (let run = 0; run < 20; run++) {
      change()
      const began = now()
      await act()
      took.push(now() - began)
    }
    return median(took)
  }
  row('snapshot at 10,000 VMs', ms(await time(() => vc.snapshot())), '5 ms')
  const snapshot = vc.snapshot()
  row('restore at 10,000 VMs', ms(await time(() => vc.restore(snapshot))), '5 ms')
  row('reset at 10,000 VMs', ms(await time(() => vc.reset())), '5 ms')
  await vc.close()
}

/** What a server reads of the Automation API before it can answer anything of it; once, as a start does. */
async function language(): Promise<void> {
  const [{ buildIndex }, { apiRoutes }] = await Promise.all([
    import('#vapi/schema-text.js'),
    import('#vapi/api-routes.js'),
  ])
  const began = now()
  buildIndex()
  const routes = [...apiRoutes()].length
  row(`index and ${routes} routes of the Automation API`, ms(now() - began), '30 ms')
}

if (process.argv.includes('--peer')) {
  const { compare } = await import('./compare.js')
  const compared = await compare((line) => process.stderr.write(`${line}\n`))
  process.stdout.write(`\n${machine()}\n\n${compared}\n`)
} else {
  await language()
  await starts()
  await answers()
  await soapAnswers()
  await states()
  const lines = rows.map(({ what, value, reach }) => [what, value, reach])
  process.stdout.write(`\n${machine()}\n\n${table(['what', 'median', 'reach'], lines)}\n`)
}
