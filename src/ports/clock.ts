/**
 * The clock port: the only place that looks at the machine's time or sets a timer.
 *
 * `now = anchor + (machine time since the anchor) × rate`: rate 1 is real time, 0 is frozen, anything else scaled.
 * A sandbox has one alarm, for the next due entry of its agenda; `advance` moves time forward and fires the alarm
 * as often as something falls due, in order.
 */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number
  readonly rate: number
  /** Sets (or, with `undefined`, clears) the one alarm. A due time that has passed fires on the next turn. */
  setAlarm(due: number | undefined, ring: () => void): void
  /** Moves time forward by `ms` (>= 0), ringing the alarm at every due time on the way. Throws RangeError. */
  advance(ms: number): void
  /** Changes how fast time runs from now on; 0 freezes it. Throws RangeError for what is no such factor. */
  setRate(rate: number): void
  /**
   * Calls back once after `ms` of the machine's time, however this clock runs: for how long a client's connection may
   * wait, which is no part of the state. Returns the way to call it off; `stop` calls off all.
   */
  after(ms: number, callback: () => void): () => void
  /** Stops all timers and sets no more; the clock can still be read. */
  stop(): void
}

export interface ClockOptions {
  /** The instant to start at; default: the machine's time. */
  readonly at?: number | undefined
  /** 1 = real (default), 0 = frozen, n = n times as fast. */
  readonly rate?: number | undefined
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The last instant that a date can name. */
const LAST_INSTANT = 8.64e15

export function createClock(options: ClockOptions = {}): Clock {
  let rate = options.rate ?? 1
  let machineAnchor = machineNow()
  let anchor = options.at ?? machineAnchor
  let alarm: { due: number; ring: () => void } | undefined
  let timer: NodeJS.Timeout | undefined
  const timeouts = new Set<NodeJS.Timeout>()
  let stopped = false

  const now = () => (rate === 0 ? anchor : anchor + Math.floor((machineNow() - machineAnchor) * rate))

  const reanchor = (at: number) => {
    anchor = at
    machineAnchor = machineNow()
  }

  const arm = () => {
    if (timer) clearTimeout(timer)
    timer = undefined
    if (!alarm || rate === 0) return
    const wait = Math.min(Math.max(0, (alarm.due - now()) / rate), LONGEST_TIMER_MS)
    timer = setTimeout(ringIfDue, wait)
    timer.unref()
  }

  const ringIfDue = () => {
    const due = alarm
    if (!due) return
    if (due.due > now()) return arm()
    alarm = undefined
    due.ring()
  }

  return {
    now,
    get rate() {
      return rate
    },
    setAlarm(due, ring) {
      // Every call of a client sets it anew, and few of them change it.
      if (stopped || (due === alarm?.due && (!alarm || ring === alarm.ring))) return
      alarm = due === undefined ? undefined : { due, ring }
      arm()
    },
    advance(ms) {
      const target = now() + ms
      if (!(ms >= 0 && target <= LAST_INSTANT))
        throw new RangeError(`advance(ms) takes a number of milliseconds from 0 up, not ${ms}.`)
      while (alarm && alarm.due <= target) {
        const { due, ring } = alarm
        alarm = undefined
        reanchor(Math.max(due, now()))
        ring()
      }
      reanchor(Math.max(target, now()))
      arm()
    },
    setRate(next) {
      if (!(next >= 0 && next < Number.POSITIVE_INFINITY))
        throw new RangeError(`setRate(rate) takes 0 (frozen), 1 (real) or another factor, not ${next}.`)
      reanchor(now())
      rate = next
      arm()
    },
    after(ms, callback) {
      if (stopped) return () => {}
      const timeout = setTimeout(
        () => {
          timeouts.delete(timeout)
          callback()
        },
        Math.min(Math.max(0, ms), LONGEST_TIMER_MS),
      )
      timeout.unref()
      timeouts.add(timeout)
      return () => {
        clearTimeout(timeout)
        timeouts.delete(timeout)
      }
    },
    stop() {
      stopped = true
      for (const timeout of timeouts) clearTimeout(timeout)
      timeouts.clear()
      if (timer) clearTimeout(timer)
      timer = undefined
      alarm = undefined
    },
  }
}

function machineNow(): number {
  return Date.now()
}

/** An instant as vim25 writes it: RFC 3339, UTC, trailing zeros of the fraction cut (soap-wire 2.7). */
export function dateTime(ms: number): string {
  if (ms !== written.ms) written = { ms, text: new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z') }
  return written.text
}

/** A busy server works for several calls in one millisecond, and each writes it down. */
let written = { ms: Number.NaN, text: '' }

/** An instant as the Automation API writes it: RFC 3339, UTC, always with milliseconds (rest-wire 1.4). */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString()
}

/** An instant as HTTP's headers write it: RFC 9110, 5.6.7. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString()
}

/** The instant, in milliseconds since the epoch, of an RFC 3339 text; NaN when it is none. */
export function instant(text: string): number {
  return Date.parse(text)
}
