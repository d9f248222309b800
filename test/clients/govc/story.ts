/**
 * Stories are written as text, in the words of whoever uses govc:
 *
 *     # What it is about; further lines of this kind are headings and remarks.
 *     seed physical-lab                                  instead of vcsim
 *
 *     govc vm.create -m 512 -on=false v1                 a command as it is typed, quotes as in a shell
 *     < text                                             what it is given to read; several lines are several lines
 *     > Memory:  512MB                                   what it prints, somewhere; one run of spaces is like another
 *     ! already exists                                   it fails, and says so
 *     as id                                              what it printed is {id} from here on
 *     as id after key=                                   the same of the word that follows this text
 *     soap only: the client cannot ask for this in JSON  why a command is left out where VI JSON is spoken
 *     vim /DC0/vm/v1 config.hardware.memoryMB = 512      what another door of vim25 says then: of an object by its path
 *     vim OptionManager:VpxSettings setting ~ foo        or by type and moid; ~ is "has", !~ "has not"
 *     vim /DC0/vm/v1 is gone
 *     api vcenter/vm?names=v1 0.power_state = POWERED_ON what the Automation API says; the second word leads into the answer
 *     api x/{id}?action=list ~ vm-7                      the same of an action, which is a POST
 *     http folder/a.txt?dcPath=DC0&dsName=d = milk       what is at this address, for whoever is logged in
 *     pass 60                                            seconds that go by before the next command
 *     api vcenter/vm/{/DC0/vm/v1} is 404                 {/path} is the moid of what is there, {files} a folder of the story
 */
export interface Story {
  readonly title: string
  readonly seed: string
  readonly steps: readonly Step[]
}

/** A command and what must be so after it. */
export interface Step {
  readonly line: number
  readonly words: readonly string[]
  readonly input: readonly string[]
  readonly prints: readonly string[]
  /** What it says as it fails; undefined for one that succeeds. */
  readonly fails?: string
  /** The name under which what it printed is kept, or the word of it that comes after a text. */
  readonly keep?: { readonly as: string; readonly after?: string }
  readonly soapOnly: boolean
  /** Seconds that go by after it. */
  readonly pass: number
  readonly readings: readonly Reading[]
}

/** What one of the other doors must say: nothing is there, or a text that is, has or has not what is expected. */
export interface Reading {
  readonly line: number
  readonly door: 'vim' | 'api' | 'http'
  /** An inventory path, `Type:moid`, a path below `/api`, or any path. */
  readonly of: string
  /** Where in the object or answer; empty for all of it. */
  readonly where: string
  readonly must: 'be' | 'have' | 'lack' | 'answer' | 'be gone'
  readonly expected: string
}

type Draft = { -readonly [K in keyof Step]: Step[K] extends readonly (infer T)[] ? T[] : Step[K] }

/** Throws an error that names the line for what is not written as above. */
export function readStory(text: string): Story {
  const steps: Draft[] = []
  const lines = text.split('\n').map((line) => line.trim())
  let seed = 'vcsim'
  for (const [at, line] of lines.entries()) {
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? []
    const last = steps.at(-1)
    if (word === '' || word === '#') continue
    else if (word === 'seed' && !last) seed = rest
    else if (word === 'govc')
      steps.push({
        line: at + 1,
        words: [...wordsOf(rest)],
        input: [],
        prints: [],
        soapOnly: false,
        pass: 0,
        readings: [],
      })
    else if (!last || !add(last, word, rest, at + 1))
      throw new Error(`line ${at + 1} is none of a story: ${line}`)
  }
  return { title: lines[0]?.replace(/^# /, '') ?? '', seed, steps }
}

function add(step: Draft, word: string, rest: string, line: number): boolean {
  const reading =
    word === 'vim' || word === 'api' || word === 'http' ? readingOf(word, rest, line) : undefined
  if (reading) step.readings.push(reading)
  else if (word === '<') step.input.push(rest)
  else if (word === '>') step.prints.push(rest)
  else if (word === '!') step.fails = rest
  else if (word === 'as') step.keep = keepOf(rest)
  else if (word === 'pass') step.pass = Number(rest)
  else if (word === 'soap' && rest.startsWith('only: ')) step.soapOnly = true
  else return false
  return true
}

function keepOf(text: string) {
  const [as = '', after] = text.split(' after ')
  return after === undefined ? { as } : { as, after }
}

const MUST = { '=': 'be', '~': 'have', '!~': 'lack' } as const

function readingOf(door: Reading['door'], text: string, line: number): Reading | undefined {
  const [, of = '', end] = /^((?:\{[^}]*\}|"[^"]*"|\S)+) is (gone|\d+)$/.exec(text) ?? []
  if (end !== undefined)
    return {
      line,
      door,
      of: plain(of),
      where: '',
      must: end === 'gone' ? 'be gone' : 'answer',
      expected: end,
    }
  const [, from, where = '', must, expected = ''] =
    /^((?:\{[^}]*\}|"[^"]*"|\S)+)(?: +((?:\["[^"]*"\]|[^\s=~!])+))? +(=|!?~) *(.*)$/.exec(text) ?? []
  if (from === undefined) return undefined
  return { line, door, of: plain(from), where, must: MUST[must as keyof typeof MUST], expected }
}

const plain = (word: string) => word.replaceAll('"', '')

/** Words as a shell takes them apart: quotes of both kinds, a backslash before what is meant as it is. */
export const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) => double ?? single ?? escaped),
  )
