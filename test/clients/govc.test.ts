import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { prepareGo } from './go.js'
import { readStory, wordsOf } from './govc/story.js'
import { tell, WIRES } from './govc/tell.js'

const STORIES = fileURLToPath(new URL('./govc/', import.meta.url))

/** Distinct commands that the stories run to their good end, on each wire; it only grows. */
const COMMANDS = 230

const go = prepareGo()
const files = mkdtempSync(join(tmpdir(), 'fauxsphere-govc-'))
afterAll(() => rmSync(files, { recursive: true, force: true }))

/** A folder for one story, with a file to send. */
function folderFor(story: string): string {
  const folder = join(files, story)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'disc.iso'), 'a disc that no one reads\n'.repeat(40))
  return folder
}

describe('stories', () => {
  it('are taken apart as a shell would', () => {
    expect(wordsOf(`vm.info -x 'a b' c"d e"f g\\ h`)).toEqual(['vm.info', '-x', 'a b', 'cd ef', 'g h'])
  })

  it('name the line that is none', () => {
    expect(() => readStory('# title\ngovc about\nsays nothing')).toThrow('line 3')
  })
})

describe.skipIf(go === undefined)('govc', () => {
  const done = new Map(WIRES.map((wire) => [wire, new Set<string>()]))
  const stories = readdirSync(STORIES)
    .filter((name) => name.endsWith('.story'))
    .map((name) => ({ name, story: readStory(readFileSync(join(STORIES, name), 'utf8')) }))

  it.each(stories)('$name: $story.title', { timeout: 120_000 }, async ({ name, story }) => {
    if (!go) return
    const told = await Promise.all(
      WIRES.map((wire) => tell(go, story, wire, folderFor(`${name} ${wire.replace(' ', '-')}`))),
    )
    for (const [at, wire] of WIRES.entries()) {
      expect(told[at]?.problems, `${name} over ${wire}`).toEqual([])
      for (const command of told[at]?.commands ?? []) done.get(wire)?.add(command)
    }
  })

  it(`does at least ${COMMANDS} different things on each wire`, () => {
    for (const [wire, commands] of done)
      expect(commands.size, `${wire}: ${[...commands].sort().join(' ')}`).toBeGreaterThanOrEqual(COMMANDS)
  })
})
