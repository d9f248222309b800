import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The modules that are there once these are, without those that are imported when they are needed. */
async function loadedWith(...entries: readonly string[]): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    entryPoints: [...entries],
    bundle: true,
    packages: 'external',
    conditions: ['source'],
    platform: 'node',
    format: 'esm',
    outdir: 'dist',
    write: false,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'silent',
  })
  const loaded = new Set<string>()
  const visit = (path: string) => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { path: next, kind, external } of metafile.inputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) visit(next)
  }
  for (const entry of entries) visit(entry)
  return loaded
}

it('a start loads the language of vim25 and leaves that of the Automation API to its first request', async () => {
  const loaded = await loadedWith('src/app/doors.ts', 'src/app/world.ts', 'src/app/http.ts')
  expect(loaded).toContain('src/vim25/generated/schema-data.ts')
  expect([...loaded].filter((path) => /^src\/vapi\/(generated|schema)/.test(path))).toEqual([])
})
