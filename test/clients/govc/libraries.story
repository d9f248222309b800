# Content libraries: discs, packages and templates, put in and taken out, machines made of them

govc library.create -d "what we use" -ds LocalDS_0 tools
as library
api content/library/{library} name = tools
api content/library/{library} storage_backings.0.datastore_id = {/DC0/datastore/LocalDS_0}
govc library.ls
> /tools
govc library.update -n kit tools
api content/library/{library} name = kit
govc library.info kit
> Description: what we use
govc library.import kit {files}/disc.iso
api content/library/item?library_id={library} ~ -
govc library.ls kit/*
> /kit/disc
govc library.info -l kit/disc
> Type: iso
> Cached: true
govc library.export kit/disc/disc.iso -
> a disc that no one reads
govc library.update -n floppy kit/disc
govc library.create -ds LocalDS_0 other
as other
govc library.cp kit/floppy other
govc library.ls other/*
> /other/floppy
govc library.session.ls
> /kit/floppy Update

# Templates of virtual machines.
govc library.clone -vm DC0_H0_VM0 -cluster DC0_C0 -ds LocalDS_0 kit golden
as template
api vcenter/vm-template/library-items/{template} cpu.count = 1
govc library.vmtx.info kit/golden
> Size in MB: 32
govc library.checkout -cluster DC0_C0 kit/golden repair
vim /DC0/vm/repair config.template = false
api vcenter/vm-template/library-items/{template}/check-outs/{/DC0/vm/repair} is 200
govc library.checkin -vm repair kit/golden
> checked in as content version 2
vim /DC0/vm/repair config.template = true
govc library.deploy -pool DC0_C0/Resources -ds LocalDS_0 kit/golden deployed
api vcenter/vm?names=deployed 0.memory_size_MiB = 32

# Packages.
govc vm.power -off DC0_H0_VM1
govc library.clone -vm DC0_H0_VM1 -ovf kit package
govc library.info kit/package
> Type: ovf
govc library.deploy -pool DC0_C0/Resources -ds LocalDS_0 kit/package unpacked
vim /DC0/vm/unpacked config.hardware.numCPU = 1
api vcenter/vm?names=unpacked 0.power_state = POWERED_OFF

# Published, and what goes with it.
govc library.create -pub -ds LocalDS_0 public
as public
api content/library/{public} publish_info.published = true
govc library.info -U public
> /cls/vcsp/lib/{public}/lib.json
govc library.subscriber.ls public
> Subscription ID
govc library.policy.ls
> OVF default policy
govc library.trust.ls
govc library.rm kit/floppy
govc library.ls kit/floppy
govc library.rm kit
api content/library/{library} is 404
govc library.rm public
api content/library/{public} is 404
