import type { Descriptions } from './description.js'

export const accessDescriptions: Descriptions = {}
