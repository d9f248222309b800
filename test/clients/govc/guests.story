# Guests with VMware Tools: their addresses, their power, Tools put into the drive
seed smp-ft-nested

govc vm.ip vesxi-01
> 192.168.10.21
vim /Lab/vm/vesxi-01 guest.ipAddress = 192.168.10.21
api vcenter/vm/{/Lab/vm/vesxi-01}/guest/identity ip_address = 192.168.10.21
govc vm.ip -n ethernet-0 vesxi-01
> 192.168.10.21
govc vm.info -waitip vesxi-01
> IP address: 192.168.10.21
govc vm.power -s vesxi-03
api vcenter/vm?names=vesxi-03 0.power_state = POWERED_OFF
vim /Lab/host/Nested-FT/vesxi-03.lab.local runtime.connectionState = notResponding
govc vm.power -on vesxi-03
vim /Lab/host/Nested-FT/vesxi-03.lab.local runtime.connectionState = connected
govc vm.power -r vesxi-03
vim /Lab/vm/vesxi-03 guest.toolsRunningStatus = guestToolsRunning

# A guest without Tools: nothing to wait for, unless Tools come with a disc.
govc vm.ip -wait 1s smp-ft-demo
vim /Lab/vm/smp-ft-demo guest.ipAddress =
govc vm.power -off smp-ft-demo
govc device.cdrom.add -vm smp-ft-demo
govc vm.power -on smp-ft-demo
govc vm.guest.tools -mount smp-ft-demo
vim /Lab/vm/smp-ft-demo runtime.toolsInstallerMounted = true
govc vm.guest.tools -unmount smp-ft-demo
vim /Lab/vm/smp-ft-demo runtime.toolsInstallerMounted = false
