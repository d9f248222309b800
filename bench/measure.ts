import { load } from './load.js'
import type { Request } from './requests.js'
import { invoke, RELEASE, type Ref } from './requests.js'
import { type BenchServer, call, now } from './server.js'

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Answers per second over four connections, the median of three runs; throws if any answer is not 2xx. */
export async function perSecond(server: BenchServer, request: Request, seconds = 2): Promise<number> {
  const runs: number[] = []
  for (let run = 0; run < 3; run++) {
    const { answers, seconds: took } = await load(server, request, { connections: 4, seconds })
    runs.push(answers / took)
  }
  return median(runs)
}

/** Milliseconds of something done one after the other, the median. */
export async function milliseconds(times: number, act: (n: number) => Promise<void>): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const began = now()
    await act(n)
    took.push(now() - began)
  }
  return median(took)
}

/** From sending a change to the answer of a WaitForUpdatesEx that was waiting for it. */
export async function changeToWaiter(server: BenchServer, vm: Ref, times = 50): Promise<number> {
  await invoke(server, 'PropertyCollector', 'propertyCollector', 'CreateFilter', {
    spec: {
      _typeName: 'PropertyFilterSpec',
      propSet: [{ _typeName: 'PropertySpec', type: 'VirtualMachine', pathSet: ['name'] }],
      objectSet: [{ _typeName: 'ObjectSpec', obj: vm }],
    },
    partialUpdates: false,
  })
  const wait = (version: string) =>
    invoke<{ version: string }>(server, 'PropertyCollector', 'propertyCollector', 'WaitForUpdatesEx', {
      version,
    })
  let { version } = await wait('')
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const waiting = wait(version)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const began = now()
    const changed = invoke(server, 'VirtualMachine', vm.value, 'Rename_Task', { newName: `bench-${n}` })
    version = (await waiting).version
    took.push(now() - began)
    await changed
  }
  return median(took)
}

/** Power off and on again, each with its task read to its end. */
export async function powerCycle(server: BenchServer, vm: Ref): Promise<void> {
  for (const method of ['PowerOffVM_Task', 'PowerOnVM_Task']) {
    const task = await invoke<Ref>(server, 'VirtualMachine', vm.value, method)
    const { body } = await call(
      `${server.url}${RELEASE}/Task/${task.value}/info`,
      'GET',
      undefined,
      server.token,
    )
    const { state } = JSON.parse(body) as { state: string }
    if (state !== 'success') throw new Error(`${method} ended as ${state}: ${body}`)
  }
}
