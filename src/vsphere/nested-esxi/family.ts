import { machinesByAddress, machinesByVm } from '#world/machine.js'
import { finishBoot, finishInstallation } from '#world/nested.js'
import { guestsByAddress } from '#world/subnet.js'
import type { Family } from '../core/behaviour.js'
import { reportAnswering, reportFailure } from './guest.js'

/** What vCenter sees of a VM that is itself an ESXi host: its guest's address and name, and why it does not come up. */
export const nestedEsxiFamily: Family = {
  name: 'nested-esxi',
  indexes: [machinesByAddress, machinesByVm, guestsByAddress],
  work: {
    'world.installed': finishInstallation,
    'world.booted': finishBoot,
    'world.machineUp': reportAnswering,
    'world.bootFailed': reportFailure,
  },
}
