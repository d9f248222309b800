import type { Family } from '../core/behaviour.js'
import { dvsDerivations } from './derive.js'

/** Distributed switches: one switch over many hosts, its port groups, its ports and who is connected to them. */
export const dvsFamily: Family = {
  name: 'dvs',
  derivations: dvsDerivations,
}
