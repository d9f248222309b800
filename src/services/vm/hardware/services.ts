import type { ServiceTable } from '../../core/service.js'
import { boot } from './boot.js'
import { bootDevice } from './boot-device.js'
import { cdrom } from './cdrom.js'
import { cpu } from './cpu.js'
import { disk } from './disk.js'
import { ethernet } from './ethernet.js'
import { floppy } from './floppy.js'
import { hardware } from './hardware.js'
import { memory } from './memory.js'
import { nvme } from './nvme.js'
import { parallel } from './parallel.js'
import { sata } from './sata.js'
import { scsi } from './scsi.js'
import { serial } from './serial.js'

/** com.vmware.vcenter.vm.hardware and all below it. */
export const hardwareServices: readonly ServiceTable[] = [
  hardware,
  cpu,
  memory,
  boot,
  bootDevice,
  disk,
  cdrom,
  floppy,
  ethernet,
  serial,
  parallel,
  scsi,
  sata,
  nvme,
]
