import type { Descriptions } from './description.js'

export const virtualMachineDescriptions: Descriptions = {}
