import type { Descriptions } from './description.js'

export const hostNetworkDescriptions: Descriptions = {}
