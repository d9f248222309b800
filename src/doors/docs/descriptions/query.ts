import type { Descriptions } from './description.js'

export const queryDescriptions: Descriptions = {}
