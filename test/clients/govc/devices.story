# The devices of a virtual machine: added, connected, changed, listed, removed

govc vm.create -m 64 -on=false -net "VM Network" -disk 1G -pool DC0_C0/Resources box
govc datastore.upload {files}/disc.iso iso/disc.iso
govc device.ls -vm box
> lsilogic-1000
> ethernet-0
govc device.info -vm box disk-*
> File: [LocalDS_0] box/box.vmdk
govc device.info -json -vm box ethernet-0
> "type": "VirtualE1000"

govc device.cdrom.add -vm box
> cdrom-3000
api vcenter/vm/{/DC0/vm/box}/hardware/cdrom/3000 type = IDE
govc device.cdrom.insert -vm box -device cdrom-3000 iso/disc.iso
api vcenter/vm/{/DC0/vm/box}/hardware/cdrom/3000 backing.iso_file = [LocalDS_0] iso/disc.iso
govc device.cdrom.insert -vm box -device cdrom-3000 iso/none.iso
! Its backing does not exist
govc device.cdrom.eject -vm box
api vcenter/vm/{/DC0/vm/box}/hardware/cdrom/3000 backing.type = HOST_DEVICE
govc device.disconnect -vm box cdrom-3000
vim /DC0/vm/box config.hardware.device[3000].connectable.connected = false
govc device.floppy.add -vm box
> floppy-8000
api vcenter/vm/{/DC0/vm/box}/hardware/floppy/8000 label = Floppy drive 1
govc datastore.upload {files}/disc.iso iso/floppy.img
govc device.floppy.insert -vm box iso/floppy.img
api vcenter/vm/{/DC0/vm/box}/hardware/floppy/8000 backing.image_file = [LocalDS_0] iso/floppy.img
govc device.floppy.eject -vm box
api vcenter/vm/{/DC0/vm/box}/hardware/floppy/8000 backing.type = HOST_DEVICE
govc device.scsi.add -vm box -type pvscsi
> pvscsi-1001
api vcenter/vm/{/DC0/vm/box}/hardware/adapter/scsi/1001 type = PVSCSI
govc device.sata.add -vm box
> ahci-15000
api vcenter/vm/{/DC0/vm/box}/hardware/adapter/sata/15000 type = AHCI
govc device.serial.add -vm box
> serialport-9000
govc device.serial.connect -vm box -device serialport-9000 telnet://:33233
api vcenter/vm/{/DC0/vm/box}/hardware/serial/9000 backing.network_location = telnet://:33233
govc device.serial.disconnect -vm box -device serialport-9000
vim /DC0/vm/box config.hardware.device[9000].backing !~ telnet
govc device.usb.add -vm box
> usb-7000
vim /DC0/vm/box config.hardware.device[7000].key = 7000
govc device.clock.add -vm box
vim /DC0/vm/box config.hardware.device ~ 19000
govc device.pci.ls -vm box
> System ID
govc device.boot -vm box -delay 1000 -order cdrom,disk
vim /DC0/vm/box config.bootOptions.bootDelay = 1000
api vcenter/vm/{/DC0/vm/box}/hardware/boot/device 0.type = CDROM
govc device.boot -vm box -firmware efi -secure
api vcenter/vm/{/DC0/vm/box}/hardware/boot type = EFI
govc device.ls -vm box -boot
> cdrom
govc device.remove -vm box cdrom-3000 floppy-8000
api vcenter/vm/{/DC0/vm/box}/hardware/cdrom =
vim /DC0/vm/box config.hardware.device[8000] =
govc vm.power -on box
govc device.connect -vm box ethernet-0
vim /DC0/vm/box config.hardware.device[4000].connectable.connected = true
govc device.disconnect -vm box ethernet-0
vim /DC0/vm/box config.hardware.device[4000].connectable.connected = false
api vcenter/vm/{/DC0/vm/box}/hardware/ethernet/4000 state = NOT_CONNECTED
govc device.cdrom.add -vm box
! powered on
