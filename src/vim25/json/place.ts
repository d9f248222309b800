/** Where a value stands in what a client sent; written out only when something is wrong there. */
export interface Place {
  readonly up: Place | undefined
  /** Name of a member, or index of an element. */
  readonly step: string | number
  readonly depth: number
}

/** Objects and arrays inside each other, at most; nothing in vim25 comes near. */
export const DEEPEST = 256

export function below(up: Place | undefined, step: string | number): Place {
  return { up, step, depth: (up?.depth ?? 0) + 1 }
}

/** `spec.deviceChange[2].device` */
export function pathOf(place: Place | undefined): string {
  if (!place) return ''
  const up = pathOf(place.up)
  if (typeof place.step === 'number') return `${up}[${place.step}]`
  return up === '' ? place.step : `${up}.${place.step}`
}
