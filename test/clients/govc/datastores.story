# Datastores: mounted and removed, their files sent, moved and fetched, virtual disks on them

govc datastore.info LocalDS_0
> Path: /DC0/datastore/LocalDS_0
> Capacity: 4096.0 GB
vim /DC0/datastore/LocalDS_0 summary.capacity = 4398046511104
govc datastore.mkdir -p notes/old
govc datastore.upload {files}/disc.iso notes/disc.iso
http folder/notes/disc.iso?dcPath=DC0&dsName=LocalDS_0 ~ a disc that no one reads
govc datastore.upload - notes/today.txt
< milk
< bread
http folder/notes/today.txt?dcPath=DC0&dsName=LocalDS_0 ~ bread
govc datastore.ls notes
> disc.iso
> today.txt
govc datastore.ls -l -R
> 11B
govc datastore.download notes/today.txt -
> milk bread
govc datastore.download notes/disc.iso {files}/back.iso
govc datastore.upload {files}/back.iso notes/again.iso
govc datastore.tail -n 1 notes/today.txt
> bread
govc datastore.cp notes/today.txt notes/copy.txt
http folder/notes/copy.txt?dcPath=DC0&dsName=LocalDS_0 ~ bread
govc datastore.mv notes/copy.txt notes/old/moved.txt
http folder/notes/copy.txt?dcPath=DC0&dsName=LocalDS_0 is 404
http folder/notes/old/moved.txt?dcPath=DC0&dsName=LocalDS_0 ~ bread
govc datastore.ls notes/old
> moved.txt
govc datastore.download notes/old/moved.txt -
> milk bread
govc datastore.rm notes/old/moved.txt
http folder/notes/old/moved.txt?dcPath=DC0&dsName=LocalDS_0 is 404
govc datastore.download notes/old/moved.txt -
! 404
govc datastore.rm notes
http folder/notes/today.txt?dcPath=DC0&dsName=LocalDS_0 is 404
govc datastore.ls notes
! not found

# Virtual disks by themselves.
govc datastore.mkdir disks
govc datastore.disk.create -ds LocalDS_0 -size 1G disks/one.vmdk
http folder/disks/one.vmdk?dcPath=DC0&dsName=LocalDS_0 is 200
govc datastore.disk.inflate -ds LocalDS_0 disks/one.vmdk
govc datastore.disk.shrink -ds LocalDS_0 disks/one.vmdk
govc datastore.disk.extend -ds LocalDS_0 -size 2G disks/one.vmdk
govc vm.create -m 64 -on=false -net "VM Network" -pool DC0_C0/Resources -disk disks/one.vmdk -link=false lodger
api vcenter/vm/{/DC0/vm/lodger}/hardware/disk/2000 capacity = 2147483648
vim /DC0/vm/lodger config.hardware.device[2000].backing.fileName = [LocalDS_0] disks/one.vmdk

# Datastores that come and go.
govc datastore.create -type nfs -name shared -remote-host nas.lab -remote-path /exports/1 DC0_C0_H0 DC0_C0_H1
api vcenter/datastore?names=shared 0.type = NFS
vim /DC0/datastore/shared summary.multipleHostAccess = true
vim /DC0/host/DC0_C0/DC0_C0_H1 datastore ~ {/DC0/datastore/shared}
govc datastore.maintenance.enter -ds shared
vim /DC0/datastore/shared summary.maintenanceMode = inMaintenance
govc datastore.maintenance.exit -ds shared
vim /DC0/datastore/shared summary.maintenanceMode = normal
govc datastore.remove -ds shared DC0_C0_H1
vim /DC0/host/DC0_C0/DC0_C0_H1 datastore !~ {/DC0/datastore/shared}
govc datastore.remove -ds shared DC0_C0_H0
vim /DC0/datastore/shared is gone
api vcenter/datastore?names=shared =
