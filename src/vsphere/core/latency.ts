import type { Random } from '#ports/random.js'

/** How long answers are held back beyond what the work takes, in milliseconds: a slow server, or a slow network. */
export interface LatencyRule {
  /** Every method of vim25. */
  readonly ms?: number | undefined
  /** By name: methods (`PowerOnVM_Task`) are held back, tasks (`PowerOn`, `PowerOnVM`) take longer. Added to `ms`. */
  readonly methods?: Readonly<Record<string, number>> | undefined
  /** How widely it is spread, as a part of the delay: 0.5 varies a lot, 0 not at all. */
  readonly jitter?: number | undefined
}

export interface Latency {
  /** Milliseconds before a method is carried out. */
  ofCall(method: string): number
  /** Milliseconds that a task of a method takes longer. */
  ofTask(method: string, vmodlName: string): number
}

export function createLatency(rule: LatencyRule, random: Random): Latency {
  const { ms = 0, jitter = 0 } = rule
  const methods = new Map(Object.entries(rule.methods ?? {}))
  let calls = 0
  const varied = (delay: number) => {
    if (delay <= 0 || jitter <= 0) return Math.max(0, delay)
    return Math.max(0, Math.round(delay * (1 + jitter * normal(random, calls++))))
  }
  return {
    ofCall: (method) => varied(ms + (methods.get(method) ?? 0)),
    ofTask(method, vmodlName) {
      const short = method.replace(/_Task$/, '')
      const own = `${vmodlName.charAt(0).toUpperCase()}${vmodlName.slice(1)}`
      return varied((short === method ? undefined : methods.get(short)) ?? methods.get(own) ?? 0)
    },
  }
}

/** Normally distributed around 0 with a spread of 1 (Box and Muller). */
function normal(random: Random, turn: number): number {
  const uniform = (which: string) => (random.integer(2 ** 32, 'latency', which, turn) + 1) / (2 ** 32 + 1)
  return Math.sqrt(-2 * Math.log(uniform('radius'))) * Math.cos(2 * Math.PI * uniform('angle'))
}
