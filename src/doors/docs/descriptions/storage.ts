import type { Descriptions } from './description.js'

export const storageDescriptions: Descriptions = {}
