import type { FaultLab } from './lab.js'

/** A situation in which a method is refused. */
export interface FaultCase {
  /** `Type.Method`, by the type that declares it. */
  readonly method: string
  /** Type of the fault: one that the method declares, a subtype of one, or one beyond the list (deviation 20). */
  readonly fault: string
  /** The situation, to be read after "when". */
  readonly when: string
  /** Brings the situation about, and says how to call. */
  given(lab: FaultLab): Given
}

export interface Given {
  /** Moid of the object that is called. */
  readonly on: string
  readonly args?: object
  /** All members of the fault. */
  readonly members?: object
  /** Types of the events that the refusal leaves behind, beside the task's. */
  readonly events?: readonly string[]
  /** The caller is not logged in. */
  readonly anonymous?: boolean
}
