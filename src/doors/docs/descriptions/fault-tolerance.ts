import type { Descriptions } from './description.js'

export const faultToleranceDescriptions: Descriptions = {}
