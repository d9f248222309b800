import type { Descriptions } from './description.js'

export const hostDescriptions: Descriptions = {}
