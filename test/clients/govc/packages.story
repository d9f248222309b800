# OVF packages out of a vCenter and into it

govc export.ovf -vm DC0_H0_VM0 {files}
! current state (Powered on)
govc vm.power -off DC0_H0_VM0
govc export.ovf -vm DC0_H0_VM0 {files}
vim /DC0/vm/DC0_H0_VM0 runtime.powerState = poweredOff
govc import.spec {files}/DC0_H0_VM0/DC0_H0_VM0.ovf
> "DiskProvisioning": "flat"
govc import.ovf -name again -pool DC0_C0/Resources {files}/DC0_H0_VM0/DC0_H0_VM0.ovf
vim /DC0/vm/again config.hardware.memoryMB = 32
api vcenter/vm/{/DC0/vm/again}/hardware/disk/2000 capacity ~ 0
govc vm.power -on again
api vcenter/vm?names=again 0.power_state = POWERED_ON
govc import.ovf -name again -pool DC0_C0/Resources {files}/DC0_H0_VM0/DC0_H0_VM0.ovf
! already exists
