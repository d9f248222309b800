# The life of virtual machines: made, started, changed, cloned, moved, given away and taken back

govc vm.create -m 512 -c 2 -g otherLinux64Guest -net "VM Network" -net.adapter vmxnet3 -disk 2GB -on=false -pool DC0_C0/Resources shop
vim /DC0/vm/shop config.hardware.memoryMB = 512
api vcenter/vm?names=shop 0.power_state = POWERED_OFF
api vcenter/vm/{/DC0/vm/shop} guest_OS = OTHER_LINUX_64
govc vm.create -on=false -net "VM Network" -pool DC0_C0/Resources shop
! already exists
govc vm.info shop
> Memory: 512MB
> CPU: 2 vCPU(s)
> Power state: poweredOff
govc vm.power -on shop
> Powering on VirtualMachine:{/DC0/vm/shop}... OK
api vcenter/vm/{/DC0/vm/shop}/power state = POWERED_ON
govc vm.power -suspend shop
vim /DC0/vm/shop runtime.powerState = suspended
govc vm.power -on shop
govc vm.power -reset shop
govc vm.power -s shop
! VMware Tools is not running
govc vm.power -off shop
api vcenter/vm/{/DC0/vm/shop}/power state = POWERED_OFF
govc vm.power -off shop
! The attempted operation cannot be performed in the current state

govc vm.change -vm shop -c 4 -m 1024 -annotation "the shop" -e guestinfo.colour=blue
vim /DC0/vm/shop config.annotation = the shop
vim /DC0/vm/shop config.extraConfig ~ guestinfo.colour blue
api vcenter/vm/{/DC0/vm/shop}/hardware/cpu count = 4
api vcenter/vm/{/DC0/vm/shop}/hardware/memory size_MiB = 1024
govc vm.change -vm shop -cpu.limit 1000 -mem.reservation 100 -nested-hv-enabled -memory-hot-add-enabled
vim /DC0/vm/shop config.cpuAllocation.limit = 1000
api vcenter/vm/{/DC0/vm/shop}/hardware/memory hot_add_enabled = true
govc vm.option.info -vm shop otherLinux64Guest
> otherLinux64Guest
govc vm.question -vm shop
> No pending question
govc vm.upgrade -vm shop
> already upgraded
govc vm.rdm.ls -vm shop

# Disks and network adapters.
govc vm.disk.create -vm shop -name shop/data -size 1G
api vcenter/vm/{/DC0/vm/shop}/hardware/disk/2001 capacity = 1073741824
govc vm.disk.change -vm shop -disk.name disk-1000-0 -size 4G
api vcenter/vm/{/DC0/vm/shop}/hardware/disk/2000 capacity = 4294967296
govc device.remove -vm shop -keep disk-1000-1
api vcenter/vm/{/DC0/vm/shop}/hardware/disk/2001 is 404
govc vm.disk.attach -vm shop -disk shop/data.vmdk -link=false
vim /DC0/vm/shop config.hardware.device[2001].backing.fileName = [LocalDS_0] shop/data.vmdk
govc vm.network.add -vm shop -net DC0_DVPG0 -net.adapter e1000e
api vcenter/vm/{/DC0/vm/shop}/hardware/ethernet/4001 backing.network = {/DC0/network/DC0_DVPG0}
govc vm.network.change -vm shop -net "VM Network" -net.address 00:50:56:aa:bb:cc ethernet-1
vim /DC0/vm/shop config.hardware.device[4001].macAddress = 00:50:56:aa:bb:cc
api vcenter/vm/{/DC0/vm/shop}/hardware/ethernet/4001 backing.network = {/DC0/network/VM Network}

# Clones, templates, customizations.
govc vm.clone -vm shop -pool DC0_C0/Resources -on=false -c 1 branch
api vcenter/vm/{/DC0/vm/branch}/hardware/cpu count = 1
govc vm.clone -vm shop -pool DC0_C0/Resources -template golden
vim /DC0/vm/golden config.template = true
govc vm.clone -vm golden -pool DC0_C0/Resources -on=true third
api vcenter/vm?names=third 0.power_state = POWERED_ON
govc vm.markastemplate branch
vim /DC0/vm/branch config.template = true
api vcenter/vm?names=branch =
govc vm.markasvm -pool DC0_C0/Resources branch
api vcenter/vm?names=branch 0.power_state = POWERED_OFF
govc vm.instantclone -vm third -pool DC0_C0/Resources fourth
vim /DC0/vm/fourth runtime.powerState = poweredOn
govc vm.customize -vm branch -type Linux
! network adapters
govc device.remove -vm branch ethernet-1
api vcenter/vm/{/DC0/vm/branch}/hardware/ethernet/4001 is 404
govc vm.customize -vm branch -ip 10.0.0.9 -netmask 255.255.255.0 -name branch-host
govc events -n 4 /DC0/vm/branch
> ustomiz
govc vm.console third
> vmrc://clone:
govc vm.console -wss third
> wss://

# To another host, off the list and back.
govc vm.migrate -host DC0_C0_H1 third
! vMotion interface
govc host.vnic.service -host DC0_C0_H0 vmotion vmk0
govc host.vnic.service -host DC0_C0_H1 vmotion vmk0
govc host.vnic.service -host DC0_C0_H2 vmotion vmk0
govc vm.migrate -host DC0_C0_H1 third
vim /DC0/vm/third runtime.host = {/DC0/host/DC0_C0/DC0_C0_H1}
govc vm.migrate -host DC0_C0_H2 third
api vcenter/vm?hosts={/DC0/host/DC0_C0/DC0_C0_H2}&names=third 0.vm = {/DC0/vm/third}
govc vm.unregister branch
vim /DC0/vm/branch is gone
govc vm.register -pool DC0_C0/Resources branch/branch.vmx
api vcenter/vm?names=branch 0.power_state = POWERED_OFF
govc vm.destroy third branch
vim /DC0/vm/third is gone
api vcenter/vm?names=third&names=branch =
