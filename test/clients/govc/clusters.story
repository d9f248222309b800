# Clusters: settings of DRS and HA, rules, groups, overrides of single VMs, hosts that come and go

govc cluster.create East
vim /DC0/host/East configurationEx.drsConfig.enabled = false
api vcenter/cluster?names=East 0.drs_enabled = false
govc cluster.change -drs-enabled -drs-mode manual -ha-enabled -ha-admission-control-enabled=false East
vim /DC0/host/East configurationEx.drsConfig.defaultVmBehavior = manual
vim /DC0/host/East configurationEx.dasConfig.admissionControlEnabled = false
api vcenter/cluster?names=East 0.drs_enabled = true
api vcenter/cluster?names=East 0.ha_enabled = true

govc cluster.mv -cluster East DC0_H0
vim /DC0/host/East/DC0_H0 parent = {/DC0/host/East}
api vcenter/host?clusters={/DC0/host/East} 0.name = DC0_H0
govc cluster.add -cluster East -hostname nowhere.lab -username root -password secret -noverify
! Cannot contact the specified host (nowhere.lab).
govc cluster.usage DC0_C0
> CPU capacity: 96.0GHz
vim /DC0/host/DC0_C0 summary.totalCpu = 96000

govc cluster.group.create -cluster DC0_C0 -name web -vm DC0_C0_RP0_VM0
vim /DC0/host/DC0_C0 configurationEx.group ~ {/DC0/vm/DC0_C0_RP0_VM0}
govc cluster.group.create -cluster DC0_C0 -name racks -host DC0_C0_H0
govc cluster.group.ls -cluster DC0_C0 -l
> ClusterVmGroup web
> ClusterHostGroup racks
govc cluster.group.change -cluster DC0_C0 -name racks DC0_C0_H0 DC0_C0_H1
vim /DC0/host/DC0_C0 configurationEx.group ~ {/DC0/host/DC0_C0/DC0_C0_H1}
govc cluster.group.ls -cluster DC0_C0 -name racks
> DC0_C0_H1

govc cluster.rule.create -cluster DC0_C0 -name together -enable -affinity DC0_C0_RP0_VM0 DC0_C0_RP0_VM1
vim /DC0/host/DC0_C0 configurationEx.rule ~ together
govc cluster.rule.create -cluster DC0_C0 -name placed -enable -vm-host -vm-group web -host-affine-group racks
vim /DC0/host/DC0_C0 configurationEx.rule ~ placed
govc cluster.rule.ls -cluster DC0_C0 -l
> together (ClusterAffinityRuleSpec)
> placed (ClusterVmHostRuleInfo)
govc cluster.rule.info -cluster DC0_C0
> affineHostGroupName racks
govc cluster.rule.change -cluster DC0_C0 -name together -enable=false
vim /DC0/host/DC0_C0 configurationEx.rule ~ false together
govc cluster.rule.remove -cluster DC0_C0 -name together
vim /DC0/host/DC0_C0 configurationEx.rule !~ together
govc cluster.rule.remove -cluster DC0_C0 -name placed
vim /DC0/host/DC0_C0 configurationEx.rule =
govc cluster.group.remove -cluster DC0_C0 -name web
vim /DC0/host/DC0_C0 configurationEx.group !~ {/DC0/vm/DC0_C0_RP0_VM0}
govc cluster.group.remove -cluster DC0_C0 -name racks
vim /DC0/host/DC0_C0 configurationEx.group =

govc cluster.override.change -cluster DC0_C0 -vm DC0_C0_RP0_VM0 -drs-enabled=false -ha-restart-priority high
vim /DC0/host/DC0_C0 configurationEx.dasVmConfig ~ {/DC0/vm/DC0_C0_RP0_VM0} high
vim /DC0/host/DC0_C0 configurationEx.drsVmConfig ~ {/DC0/vm/DC0_C0_RP0_VM0} false
govc cluster.override.info -cluster DC0_C0
> HA Restart Priority: High
govc cluster.override.remove -cluster DC0_C0 -vm DC0_C0_RP0_VM0
vim /DC0/host/DC0_C0 configurationEx.dasVmConfig =

govc vm.target.info -cluster DC0_C0
> Datastore: LocalDS_0
govc vm.target.cap.ls -cluster DC0_C0
> VmotionSupported: true
govc vm.option.ls -cluster DC0_C0
> vmx-21

