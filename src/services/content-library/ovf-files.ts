import { HASHES, type HashName } from '#store/blobs.js'

/** The files that an OVF descriptor refers to (its References section), by their names. */
export function ovfReferences(text: string): readonly string[] {
  const [, references = ''] =
    /<(?:[\w.-]+:)?References\b[^>]*>([\s\S]*?)<\/(?:[\w.-]+:)?References>/.exec(text) ?? []
  const found = references.matchAll(/<(?:[\w.-]+:)?File\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return [...found]
    .map(([, double, single]) => unescaped(double ?? single ?? ''))
    .filter((href) => href !== '')
}

export interface ManifestEntry {
  readonly name: string
  readonly hash: HashName
  readonly checksum: string
}

/** The lines `SHA256(disk.vmdk)= 1f…` of a manifest; others say nothing. */
export function manifestEntries(text: string): readonly ManifestEntry[] {
  return [...text.matchAll(/^(\w+)\s*\((.+?)\)\s*=\s*([0-9a-f]+)\s*$/gim)].flatMap(
    ([, algorithm = '', name = '', checksum = '']) => {
      const hash = HASHES.find((each) => each === algorithm.toLowerCase())
      return hash ? [{ name, hash, checksum }] : []
    },
  )
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (all, name: string) => ENTITIES[name] ?? all)
