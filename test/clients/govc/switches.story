# Distributed switches, their hosts and port groups

govc dvs.create -product-version 8.0.3 -mtu 9000 -num-uplinks 2 backbone
vim /DC0/network/backbone config.maxMtu = 9000
vim /DC0/network/backbone config.productInfo.version = 8.0.3
govc dvs.create backbone
! The name 'backbone' already exists.
govc dvs.add -dvs backbone -pnic vmnic1 DC0_C0_H0 DC0_C0_H1
vim /DC0/network/backbone summary.hostMember = {/DC0/host/DC0_C0/DC0_C0_H0} {/DC0/host/DC0_C0/DC0_C0_H1}
govc dvs.change -mtu 1500 -discovery-protocol lldp backbone
vim /DC0/network/backbone config.maxMtu = 1500
vim /DC0/network/backbone config.linkDiscoveryProtocolConfig.protocol = lldp
govc dvs.portgroup.add -dvs backbone -type earlyBinding -nports 16 -vlan 20 tenants
vim /DC0/network/tenants config.numPorts = 16
vim /DC0/network/tenants config.defaultPortConfig.vlan.vlanId = 20
api vcenter/network?names=tenants 0.type = DISTRIBUTED_PORTGROUP
govc dvs.portgroup.change -vlan 21 -nports 32 tenants
vim /DC0/network/tenants config.numPorts = 32
vim /DC0/network/tenants config.defaultPortConfig.vlan.vlanId = 21
govc dvs.portgroup.info -pg tenants backbone
> VlanId: 21
> PortgroupKey: {/DC0/network/tenants}
govc vm.create -m 64 -on=true -net tenants -disk 1G -host DC0_C0_H0 -pool DC0_C0/Resources lodger
vim /DC0/network/tenants vm = {/DC0/vm/lodger}
govc object.destroy /DC0/network/tenants
! in use
govc vm.destroy lodger
govc object.destroy /DC0/network/tenants
vim /DC0/network/tenants is gone
api vcenter/network?names=tenants =
govc object.destroy /DC0/network/backbone
vim /DC0/network/backbone is gone
