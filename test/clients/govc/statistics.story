# Statistics: what is counted, how long it is kept, and what it was

govc metric.info /DC0/vm/DC0_H0_VM0 cpu.usage.average
> Unit: %
vim PerformanceManager:PerfMgr perfCounter ~ cpu
govc metric.interval.info
> Interval: 5m
govc metric.interval.change -i 300 -level 2
vim PerformanceManager:PerfMgr historicalInterval ~ 300
govc metric.change -level 3 net.bytesRx.average
govc metric.reset net.bytesRx.average
pass 120
govc metric.ls /DC0/vm/DC0_H0_VM0
> cpu.usage.average
govc metric.sample -n 3 /DC0/vm/DC0_H0_VM0 cpu.usage.average
> cpu.usage.average
govc metric.ls /DC0/host/DC0_H0/DC0_H0
> mem.usage.average
