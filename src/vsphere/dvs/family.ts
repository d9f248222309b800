import type { Family } from '../core/behaviour.js'
import { dvsDerivations } from './derive.js'
import { hostsByPort, portgroupsBySwitch, switchesByHost, switchesByUuid, vmsByPort } from './ports.js'

/** Distributed switches: one switch over many hosts, its port groups, its ports and who is connected to them. */
export const dvsFamily: Family = {
  name: 'dvs',
  indexes: [vmsByPort, hostsByPort, portgroupsBySwitch, switchesByUuid, switchesByHost],
  derivations: dvsDerivations,
}
