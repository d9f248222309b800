import type { Structure } from './types.js'

/**
 * The order in which a vCenter writes the fields of a structure. Recorded bodies (rest-wire 1.4) are in the order of a Java
 * hash map: by String.hashCode spread over 16 buckets, twice as many whenever three quarters are taken; in one bucket the
 * order of definition. The test holds the recorded orders against it.
 */
export function wireOrder(names: readonly string[]): readonly string[] {
  let buckets = 16
  while (names.length > buckets * 0.75) buckets *= 2
  const bucketOf = (name: string) => {
    const hash = javaHash(name)
    return (hash ^ (hash >>> 16)) & (buckets - 1)
  }
  return names
    .map((name) => ({ name, bucket: bucketOf(name) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ name }) => name)
}

/** Fields that come last in their bucket although they are defined first: the one recorded body that says so. */
const LATE: Readonly<Record<string, string>> = { 'com.vmware.vcenter.VM.info': 'guest_OS' }

/** java.lang.String.hashCode, as an unsigned number. */
function javaHash(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) >>> 0
  return hash
}

const orders = new WeakMap<Structure, readonly (readonly string[])[]>()

/** The fields of a structure that a release has, in the order of the wire; made once per structure and release. */
export function fieldOrder(structure: Structure, release: number): readonly string[] {
  let perRelease = orders.get(structure) as (readonly string[])[] | undefined
  if (!perRelease) {
    perRelease = []
    orders.set(structure, perRelease)
  }
  perRelease[release] ??= wireOrder(
    structure.fields
      .filter((field) => field.since <= release)
      .map((field) => field.name)
      .sort((a, b) => Number(a === LATE[structure.name]) - Number(b === LATE[structure.name])),
  )
  return perRelease[release]
}
