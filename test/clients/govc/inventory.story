# Looking around, and making, moving, renaming and removing what is in the inventory

govc about
> FullName: VMware vCenter Server 8.0.3
> API type: VirtualCenter
govc about.cert
> Common Name (CN): Fauxsphere CA
govc version
> govc
govc env
> GOVC_INSECURE=1

govc ls
> /DC0/vm
> /DC0/network
govc ls -i /DC0/host
> ClusterComputeResource:{/DC0/host/DC0_C0}
> ComputeResource:{/DC0/host/DC0_H0}
govc ls -L VirtualMachine:{/DC0/vm/DC0_H0_VM0}
> /DC0/vm/DC0_H0_VM0
govc find / -type m -name *_H0_*
> /DC0/vm/DC0_H0_VM1
govc find /DC0/host -type h
> /DC0/host/DC0_C0/DC0_C0_H2
govc tree -L 2 /DC0
> LocalDS_0

# Datacenters and folders.
govc datacenter.create Berlin
vim /Berlin name = Berlin
api vcenter/datacenter?names=Berlin 0.datacenter = {/Berlin}
govc datacenter.create Berlin
! The name 'Berlin' already exists.
govc datacenter.info Berlin
> Path: /Berlin
> Hosts: 0
govc folder.create /Europe /DC0/vm/apps /DC0/vm/apps/web
api vcenter/folder?names=web&type=VIRTUAL_MACHINE 0.folder = {/DC0/vm/apps/web}
govc folder.info /DC0/vm/apps
> Types: Folder,VirtualMachine
> Children: 1
govc object.mv /Berlin /Europe
vim /Europe/Berlin parent = {/Europe}
vim /Berlin is gone
govc object.mv /DC0/vm/DC0_H0_VM0 /DC0/vm/apps
api vcenter/vm?folders={/DC0/vm/apps} 0.name = DC0_H0_VM0
govc object.rename /DC0/vm/apps/web shop
vim /DC0/vm/apps/shop name = shop
govc object.rename /DC0/vm/apps/DC0_H0_VM0 cart
api vcenter/vm?names=cart 0.vm = {/DC0/vm/apps/cart}
govc object.destroy /Europe/Berlin
vim /Europe/Berlin is gone
api vcenter/datacenter?names=Berlin =
govc object.destroy /Europe
vim /Europe is gone

# Properties.
govc object.collect -s /DC0/vm/apps/cart name runtime.powerState
> cart
> poweredOn
vim /DC0/vm/apps/cart runtime.powerState = poweredOn
govc object.collect /DC0/host/DC0_C0 summary.numHosts
> int32 3
vim /DC0/host/DC0_C0 summary.numHosts = 3
govc object.collect -type m / name
> cart
govc object.reload /DC0/vm/apps/cart
vim /DC0/vm/apps/cart name = cart
