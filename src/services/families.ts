import type { Family } from '#vsphere/core/behaviour.js'
import { applianceFamily } from './appliance/family.js'
import { blobFamily } from './blobs/family.js'
import { contentLibraryFamily } from './content-library/family.js'
import { ovfServiceFamily } from './ovf/family.js'
import { taggingFamily } from './tagging/family.js'
import { vmTemplateFamily } from './vm-template/family.js'

/** What services keep in the world beside vim25's families: indexes, scheduled work, what watches commits. */
export const serviceFamilies: readonly Family[] = [
  applianceFamily,
  taggingFamily,
  contentLibraryFamily,
  ovfServiceFamily,
  vmTemplateFamily,
  blobFamily,
]
