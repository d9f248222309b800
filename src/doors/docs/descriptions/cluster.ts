import type { Descriptions } from './description.js'

export const clusterDescriptions: Descriptions = {}
