import type { XmlElement } from '#xml/element.js'
import { fault, type VimFault } from '../fault.js'

/** What was being read, from a value outwards: the real thing lists it under what it found wrong (soap-wire 8.2). */
export interface Trail {
  /** Lines of one block: what was being read, and where it begins if that is known. */
  readonly lines: readonly string[]
  readonly up: Trail | undefined
}

/** What is read inside `up`; with the element that it begins with, the place is named. */
export function within(up: Trail | undefined, what: string, element?: XmlElement): Trail {
  return { lines: element ? [what, placeOf(element)] : [what], up }
}

/** Where an element begins, as expat counts: lines from 1, columns from 0. */
const placeOf = ({ line, column }: XmlElement) => `at line ${line}, column ${column - 1}`

/** The outermost block: the request, whose method and object may not be known yet. */
export function request(method?: string, type?: string): Trail {
  const lines =
    method === undefined
      ? ['while parsing HTTP request before method was determined', 'at line 1, column 0']
      : [
          `while parsing HTTP request for method ${method}`,
          `on object of type ${type}`,
          'at line 1, column 0',
        ]
  return { lines, up: undefined }
}

/** The fault for what cannot be read: what is wrong, and the trail to it, innermost first. */
export function refused(what: string, trail: Trail): VimFault {
  return fault('InvalidRequest', {}, refusalText(what, trail))
}

/** Its text: blocks separated by empty lines, after a line break. */
export function refusalText(what: string, trail: Trail): string {
  const blocks = [what]
  for (let at: Trail | undefined = trail; at; at = at.up) blocks.push(at.lines.join('\n'))
  return `\n${blocks.join('\n\n')}`
}

const LONGEST = 100

/** A name or value of a client as a message shows it. */
export const shown = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
