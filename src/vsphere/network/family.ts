import type { Family } from '../core/behaviour.js'
import { hostsByNetwork } from './networks.js'

export const networkFamily: Family = { name: 'network', indexes: [hostsByNetwork] }
