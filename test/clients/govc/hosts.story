# Hosts: connected and not, in maintenance, their switches, VMkernel adapters, options and services
seed smp-ft-nested

govc host.info -host vesxi-03.lab.local
> Path: /Lab/host/Nested-FT/vesxi-03.lab.local
> State: connected
govc host.disconnect vesxi-03.lab.local
vim /Lab/host/Nested-FT/vesxi-03.lab.local runtime.connectionState = disconnected
api vcenter/host?names=vesxi-03.lab.local 0.connection_state = DISCONNECTED
govc host.reconnect vesxi-03.lab.local
api vcenter/host?names=vesxi-03.lab.local 0.connection_state = CONNECTED
govc host.maintenance.enter vesxi-03.lab.local
vim /Lab/host/Nested-FT/vesxi-03.lab.local runtime.inMaintenanceMode = true
govc host.remove vesxi-03.lab.local
vim /Lab/host/Nested-FT/vesxi-03.lab.local is gone
api vcenter/host?names=vesxi-03.lab.local =
govc host.add -hostname vesxi-03.lab.local -username root -password VMware1!
! Authenticity of the host's SSL certificate is not verified.
as thumbprint after thumbprint=
govc host.add -hostname vesxi-03.lab.local -username root -password wrong -thumbprint {thumbprint}
! incorrect user name or password
govc host.add -hostname vesxi-03.lab.local -username root -password VMware1! -thumbprint {thumbprint}
vim /Lab/host/vesxi-03.lab.local/vesxi-03.lab.local runtime.connectionState = connected
api vcenter/host?names=vesxi-03.lab.local 0.connection_state = CONNECTED
govc cluster.mv -cluster Nested-FT vesxi-03.lab.local
api vcenter/host?clusters={/Lab/host/Nested-FT}&names=vesxi-03.lab.local 0.connection_state = CONNECTED
govc host.maintenance.exit vesxi-03.lab.local
vim /Lab/host/Nested-FT/vesxi-03.lab.local runtime.inMaintenanceMode = false

# Networks of a host.
govc host.vswitch.add -host vesxi-01.lab.local -mtu 9000 -ports 256 vSwitch5
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.network.vswitch["key-vim.host.VirtualSwitch-vSwitch5"].mtu = 9000
govc host.vswitch.info -host vesxi-01.lab.local
> Name: vSwitch5
> MTU: 9000
govc host.portgroup.add -host vesxi-01.lab.local -vswitch vSwitch5 -vlan 12 backup
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.network.portgroup["key-vim.host.PortGroup-backup"].spec.vlanId = 12
api vcenter/network?names=backup 0.type = STANDARD_PORTGROUP
govc host.portgroup.change -host vesxi-01.lab.local -vlan-id 13 backup
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.network.portgroup["key-vim.host.PortGroup-backup"].spec.vlanId = 13
govc host.portgroup.info -host vesxi-01.lab.local
> VLAN ID: 13
govc host.vnic.info -host vesxi-01.lab.local
> Network label: FT and vMotion
> Enabled services: faultToleranceLogging, vmotion
govc host.vnic.service -host vesxi-01.lab.local -enable=false vmotion vmk1
vim /Lab/host/Nested-FT/vesxi-01.lab.local summary.config.vmotionEnabled = false
govc host.vnic.service -host vesxi-01.lab.local vmotion vmk1
vim /Lab/host/Nested-FT/vesxi-01.lab.local summary.config.vmotionEnabled = true
govc host.vnic.change -host vesxi-01.lab.local -mtu 9000 vmk1
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.network.vnic["key-vim.host.VirtualNic-vmk1"].spec.mtu = 9000
govc host.vnic.hint -json -host vesxi-01.lab.local vmnic0
> "device": "vmnic0"
govc host.portgroup.remove -host vesxi-01.lab.local backup
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.network.portgroup !~ backup
api vcenter/network?names=backup =
govc host.vswitch.remove -host vesxi-01.lab.local vSwitch5
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.network.vswitch !~ vSwitch5

# What is set on a host, and what it has.
govc host.option.set -host vesxi-01.lab.local Mem.ShareForceSalting 1
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.option ~ Mem.ShareForceSalting 1
govc host.option.ls -host vesxi-01.lab.local Mem.ShareForceSalting
> Mem.ShareForceSalting: 1
govc host.service -host vesxi-01.lab.local start TSM-SSH
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.service.service["TSM-SSH"].running = true
govc host.service -host vesxi-01.lab.local enable TSM-SSH
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.service.service["TSM-SSH"].policy = on
govc host.service -host vesxi-01.lab.local status TSM-SSH
> Running
govc host.service -host vesxi-01.lab.local stop TSM-SSH
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.service.service["TSM-SSH"].running = false
govc host.service.ls -host vesxi-01.lab.local
> TSM-SSH on Stopped SSH
govc host.date.change -host vesxi-01.lab.local -server ntp.lab.local
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.dateTimeInfo.ntpConfig.server = ntp.lab.local
govc host.date.info -host vesxi-01.lab.local
> NTP servers: ntp.lab.local
govc host.storage.info -host vesxi-01.lab.local
> disk
soap only: the client reads bytes below zero, as in names of disks, from XML alone
govc host.storage.info -host vesxi-01.lab.local -t hba
> vmhba0
soap only: as above
govc host.account.create -host vesxi-01.lab.local -id backup -password Secret1! -description nightly
govc host.account.update -host vesxi-01.lab.local -id backup -description weekly
govc host.account.create -host vesxi-01.lab.local -id backup -password Secret1!
! already exists
govc host.account.remove -host vesxi-01.lab.local -id backup
govc host.account.remove -host vesxi-01.lab.local -id backup
! The user or group named 'backup' does not exist.
govc logs.ls -host vesxi-01.lab.local
> hostd
govc logs -host vesxi-01.lab.local -log hostd -n 2
govc host.autostart.configure -host vesxi-01.lab.local -enabled -start-delay 30
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.autoStart.defaults.startDelay = 30
govc host.autostart.add -host vesxi-01.lab.local smp-ft-demo
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.autoStart.powerInfo ~ powerOn
govc host.autostart.info -host vesxi-01.lab.local
> smp-ft-demo powerOn
govc host.autostart.remove -host vesxi-01.lab.local smp-ft-demo
vim /Lab/host/Nested-FT/vesxi-01.lab.local config.autoStart.powerInfo ~ none
govc host.esxcli -host vesxi-01.lab.local network vm list
> smp-ft-demo
soap only: esxcli travels in types that the client does not write as JSON
govc host.esxcli -host vesxi-01.lab.local system version get
> VMware ESXi
soap only: as above
govc firewall.ruleset.find -host vesxi-01.lab.local -direction inbound -port 22
> sshServer
soap only: as above
govc host.cert.info -host vesxi-01.lab.local
> Certificate Status: good
govc host.tpm.info
> vesxi-01.lab.local
govc host.shutdown -f vesxi-03.lab.local
vim /Lab/host/Nested-FT/vesxi-03.lab.local runtime.connectionState = notResponding
api vcenter/vm?names=vesxi-03 0.power_state = POWERED_OFF
