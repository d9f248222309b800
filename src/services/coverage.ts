import { legacyPath } from '#vapi/legacy-path.js'
import { releaseIndex } from '#vapi/release.js'
import { operations } from '#vapi/schema.js'
import { managedType, typeNames, versionIndex } from '#vim25/schema.js'
import { theServices } from './services.js'
import { theRegistry } from './world-registry.js'

/**
 * What a door does with an operation that exists: answers it, answers UNSUPPORTED (VI JSON: the fault NotImplemented),
 * or has no form for it, as the real one.
 */
export type State = 'implemented' | 'unsupported' | 'absent'

/** The doors of the Automation API, by their paths. */
export const DOORS = ['/api', '/rest', 'json-rpc'] as const
export type DoorName = (typeof DOORS)[number]

export interface OperationCoverage {
  /** `com.vmware.vcenter.VM` */
  readonly service: string
  /** `list`; `clone$task` */
  readonly operation: string
  readonly doors: Readonly<Record<DoorName, State>>
}

/** Every operation that the Automation API of a release (`8.0.3.0`) has, by service. */
export function operationCoverage(release: string): readonly OperationCoverage[] {
  const newest = releaseIndex(release)
  const done = new Set(theServices().implemented)
  return [...operations()]
    .filter(({ since }) => since <= newest)
    .map((operation) => {
      const { service, id, rest } = operation
      const state = done.has(`${service}/${id}`) ? 'implemented' : 'unsupported'
      return {
        service,
        operation: id,
        doors: {
          '/api': rest ? state : 'absent',
          '/rest': legacyPath(operation).length > 0 ? state : 'absent',
          'json-rpc': state,
        },
      }
    })
}

export interface MethodCoverage {
  readonly type: string
  readonly method: string
  readonly implemented: boolean
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Every vim25 method of a release (`8.0.3.0`) by the type that declares it, and implementations for a subtype under
 * that.
 */
export function methodCoverage(release: string): readonly MethodCoverage[] {
  const newest = versionIndex(release) ?? -1
  const done = new Set(theRegistry().implemented)
  return typeNames('managed')
    .filter((type) => (managedType(type)?.since ?? 0) <= newest)
    .flatMap((type) =>
      [...(managedType(type)?.methods.values() ?? [])]
        .filter(
          ({ name, owner, since }) => since <= newest && (owner === type || done.has(`${type}.${name}`)),
        )
        .map(({ name }) => ({ type, method: name, implemented: done.has(`${type}.${name}`) })),
    )
    .sort((a, b) => compare(a.type, b.type) || compare(a.method, b.method))
}

/** What a server of a release does, as `fauxsphere coverage --json` and `/docs/coverage.json` tell it. */
export interface Coverage {
  readonly release: string
  readonly automation: readonly OperationCoverage[]
  readonly viJson: readonly MethodCoverage[]
}

export const coverageOf = (release: string): Coverage => ({
  release,
  automation: operationCoverage(release),
  viJson: methodCoverage(release),
})

/** One line per part: how much of how much. */
export function totals({ release, automation, viJson }: Coverage): readonly string[] {
  const counts = DOORS.map((door) => {
    const there = automation.filter(({ doors }) => doors[door] !== 'absent')
    const done = there.filter(({ doors }) => doors[door] === 'implemented')
    return `${door} ${done.length} of ${there.length}`
  })
  const methods = viJson.filter(({ implemented }) => implemented)
  return [
    `Automation API ${release}, operations implemented: ${counts.join(', ')}.`,
    `VI JSON ${release}, methods implemented: ${methods.length} of ${viJson.length}.`,
  ]
}

/** Items by what names their group, both in the order in which they come. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const own = groups.get(key(item))
    if (own) own.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
