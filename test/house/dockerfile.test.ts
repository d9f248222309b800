import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const manifest = JSON.parse(read('package.json')) as {
  engines: { node: string }
  bin: { fauxsphere: string }
}

/** Lines of the Dockerfile, those that go on below joined. */
const lines = read('Dockerfile').replace(/\\\n/g, ' ').split('\n')
const ignored = read('.dockerignore').split('\n').filter(Boolean)

describe('Dockerfile', () => {
  it('begins with a Node that the package works with, pinned by its major version', () => {
    const bases = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? [])
    expect(bases.length).toBeGreaterThan(0)
    for (const base of bases) {
      const major = Number(/^node:(\d+)-slim$/.exec(base)?.[1])
      expect(major, base).toBeGreaterThan(Number(/(\d+)/.exec(manifest.engines.node)?.[1]))
    }
  })

  it('starts the command of the package', () => {
    expect(lines).toContain(`ENTRYPOINT ["node", "${manifest.bin.fauxsphere}"]`)
  })

  it('keeps back nothing that the build reads', () => {
    const inputs =
      /const INPUTS = \[([^\]]*)\]/.exec(read('scripts/build.mjs'))?.[1]?.match(/[\w./-]+/g) ?? []
    expect(inputs.length).toBeGreaterThan(4)
    for (const input of [...inputs, 'package-lock.json', 'README.md']) {
      expect(existsSync(new URL(input, root)), input).toBe(true)
      expect(ignored).not.toContain(input.split('/')[0])
    }
  })
})
