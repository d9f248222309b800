# Resource pools and what they give

govc pool.create DC0_C0/Resources/gold
api vcenter/resource-pool?names=gold 0.resource_pool = {/DC0/host/DC0_C0/Resources/gold}
govc pool.create -cpu.limit 2000 -cpu.shares high -mem.reservation 64 DC0_C0/Resources/gold/inner
vim /DC0/host/DC0_C0/Resources/gold/inner config.cpuAllocation.limit = 2000
vim /DC0/host/DC0_C0/Resources/gold/inner config.memoryAllocation.reservation = 64
api vcenter/resource-pool/{/DC0/host/DC0_C0/Resources/gold/inner} cpu_allocation.shares.level = HIGH
govc pool.change -cpu.limit 3000 -mem.shares low DC0_C0/Resources/gold/inner
vim /DC0/host/DC0_C0/Resources/gold/inner config.cpuAllocation.limit = 3000
api vcenter/resource-pool/{/DC0/host/DC0_C0/Resources/gold/inner} memory_allocation.shares.level = LOW
govc pool.change -name silver DC0_C0/Resources/gold/inner
vim /DC0/host/DC0_C0/Resources/gold/silver name = silver
govc pool.info DC0_C0/Resources/gold/silver
> CPU Limit: 3000MHz
> Mem Shares: low
govc pool.info */Resources
> Path: /DC0/host/DC0_H0/Resources
govc vm.create -m 64 -on=false -net "VM Network" -pool DC0_C0/Resources/gold/silver tenant
vim /DC0/vm/tenant resourcePool = {/DC0/host/DC0_C0/Resources/gold/silver}
govc pool.destroy -children DC0_C0/Resources/gold
vim /DC0/host/DC0_C0/Resources/gold/silver is gone
vim /DC0/vm/tenant resourcePool = {/DC0/host/DC0_C0/Resources/gold}
govc pool.destroy DC0_C0/Resources/gold
api vcenter/resource-pool?names=gold =
vim /DC0/vm/tenant resourcePool = {/DC0/host/DC0_C0/Resources}
