import type { Descriptions } from './description.js'

export const inventoryDescriptions: Descriptions = {}
