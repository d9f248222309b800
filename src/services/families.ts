import type { Family } from '#vsphere/core/behaviour.js'
import { taggingFamily } from './tagging/family.js'

/** What services keep in the world beside vim25's families: indexes, scheduled work, what watches commits. */
export const serviceFamilies: readonly Family[] = [taggingFamily]
