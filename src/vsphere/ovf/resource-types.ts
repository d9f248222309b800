/** CIM_ResourceAllocationSettingData.ResourceType: what items of virtual hardware are. */
export const RESOURCE = {
  other: 1,
  processor: 3,
  memory: 4,
  ide: 5,
  scsi: 6,
  ethernet: 10,
  floppy: 14,
  cdrom: 15,
  dvd: 16,
  disk: 17,
  /** Other storage device: SATA and NVMe controllers. */
  storage: 20,
  serial: 21,
  parallel: 22,
  usb: 23,
  graphics: 24,
  sound: 35,
  logicalDisk: 31,
} as const
