import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, ObjectContent, UpdateSet } from '#vim25/generated/types.js'
import { PC } from '#vsphere/property-collector/test-world.js'
import { createFaultLab } from '../contract/faults/lab.js'
import { ROWS } from './notified.js'

/** `a`, `a.b`, `a.b["c.d"]`, `a.b["c.d"].e` of the last. */
function depths(path: string): readonly string[] {
  const steps = path.match(/^\w+|\.\w+|\[[^\]]*\]/g) ?? []
  return steps.map((_, at) => steps.slice(0, at + 1).join(''))
}

/** Without the number of calls: nobody is told that somebody asked. */
const uncounted = (val: unknown) =>
  typeof val === 'object' && val !== null && 'callCount' in val ? { ...val, callCount: 0 } : val

const changesIn = (update: UpdateSet | undefined) =>
  (update?.filterSet ?? []).flatMap(({ objectSet }) =>
    (objectSet ?? []).flatMap(({ changeSet }) => changeSet ?? []),
  )

const CASES = ROWS.map((row) => [row.what, row] as const)

describe('who waits is told of', () => {
  it.each(CASES)('%s, at every depth', async (_what, { watch, act }) => {
    const lab = createFaultLab()
    const [id, path] = watch(lab)
    const obj = lab.sandbox.inventory.read.ref(id)
    const spec = (paths: readonly string[] | 'all') =>
      data('PropertyFilterSpec', {
        propSet: [
          data(
            'PropertySpec',
            paths === 'all' ? { type: obj.type, all: true } : { type: obj.type, pathSet: paths },
          ),
        ],
        objectSet: [data('ObjectSpec', { obj })],
      })
    const read = (name: string) => {
      const [content] = lab.call(...PC, 'RetrieveProperties', { specSet: [spec([name])] }) as ObjectContent[]
      return content?.propSet?.[0]?.val
    }

    const waits = [...depths(path), 'all'].flatMap((name) =>
      [true, false].map((partialUpdates) => {
        const { value: collector } = lab.call(...PC, 'CreatePropertyCollector') as ManagedObjectReference
        const ask = (method: string, args: object) => lab.call('PropertyCollector', collector, method, args)
        ask('CreateFilter', { spec: spec(name === 'all' ? name : [name]), partialUpdates })
        const { version } = ask('CheckForUpdates', {}) as UpdateSet
        const wait = { name, partialUpdates, ask, told: undefined as UpdateSet | undefined }
        ;(ask('WaitForUpdatesEx', { version }) as Promise<UpdateSet>).then(
          (update) => {
            wait.told = update
          },
          () => {},
        )
        return wait
      }),
    )
    await act(lab)
    await new Promise(setImmediate)
    const deaf = waits.filter(({ told }) => told === undefined)
    expect(deaf.map(({ name, partialUpdates }) => [name, partialUpdates])).toEqual([])

    for (const { name, partialUpdates, ask, told } of waits) {
      const changes = changesIn(told)
      // What the call changed after that is another report.
      const { version = '' } = told ?? {}
      changes.push(...changesIn(ask('CheckForUpdates', { version }) as UpdateSet | undefined))
      const names = changes.map((change) => change.name)
      if (name === 'all') expect(names.map((changed) => depths(changed)[0])).toContain(depths(path)[0])
      else if (partialUpdates) expect(names.filter((changed) => !changed.startsWith(name))).toEqual([])
      else {
        expect(new Set(names)).toEqual(new Set([name]))
        expect(uncounted(changes.at(-1)?.val)).toEqual(uncounted(read(name)))
      }
    }
  })
})
