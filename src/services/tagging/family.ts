import type { Family } from '#vsphere/core/behaviour.js'
import {
  associationByObject,
  associationByTag,
  categoryByName,
  categoryByUser,
  tagByCategory,
  tagByName,
  tagByUser,
} from './records.js'

export const taggingFamily: Family = {
  name: 'tagging',
  indexes: [
    associationByObject,
    associationByTag,
    categoryByName,
    categoryByUser,
    tagByCategory,
    tagByName,
    tagByUser,
  ],
}
