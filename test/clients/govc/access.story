# Who may do what, what was done, and what the vCenter is set to

govc role.create tester VirtualMachine.Interact.PowerOn
vim AuthorizationManager:AuthorizationManager roleList ~ tester
govc role.update -a tester VirtualMachine.Interact.PowerOff
govc role.ls tester
> VirtualMachine.Interact.PowerOff
govc role.update -name starter tester
vim AuthorizationManager:AuthorizationManager roleList ~ starter
govc permissions.set -principal VSPHERE.LOCAL\\joe -role starter /DC0/vm
vim /DC0/vm permission ~ VSPHERE.LOCAL\joe
govc permissions.ls /DC0/vm
> starter /DC0/vm VSPHERE.LOCAL\joe
govc role.usage starter
> VSPHERE.LOCAL\joe
govc permissions.remove -principal VSPHERE.LOCAL\\joe /DC0/vm
vim /DC0/vm permission =
govc role.remove starter
vim AuthorizationManager:AuthorizationManager roleList !~ starter

# Custom attributes.
govc fields.add -type VirtualMachine owner
vim CustomFieldsManager:CustomFieldsManager field ~ owner
govc fields.add project
govc fields.set owner joe /DC0/vm/DC0_H0_VM0
vim /DC0/vm/DC0_H0_VM0 customValue ~ joe
govc fields.info /DC0/vm/DC0_H0_VM0
> owner joe
govc fields.rename project team
vim CustomFieldsManager:CustomFieldsManager field ~ team
govc fields.rm team
vim CustomFieldsManager:CustomFieldsManager field !~ team
govc fields.ls
> owner VirtualMachine

# Settings, licences, extensions.
govc option.set VirtualCenter.InstanceName story
vim OptionManager:VpxSettings setting ~ VirtualCenter.InstanceName story
govc option.ls VirtualCenter.InstanceName
> VirtualCenter.InstanceName: story
govc license.add 00000-00000-00000-00000-00001
vim LicenseManager:LicenseManager licenses ~ 00000-00000-00000-00000-00001
govc license.ls
> 00000-00000-00000-00000-00001
govc license.assigned.ls
> DC0_C0_H0
govc license.label.set 00000-00000-00000-00000-00001 team core
vim LicenseManager:LicenseManager licenses ~ team core
govc license.assign -host DC0_H0 00000-00000-00000-00000-00001
govc license.decode 00000-00000-00000-00000-00001
> Edition:
govc license.assign -host DC0_H0 00000-00000-00000-00000-00000
govc license.remove 00000-00000-00000-00000-00001
vim LicenseManager:LicenseManager licenses !~ 00000-00000-00000-00000-00001
govc extension.register
< {"description":{"label":"Story","summary":"A story's extension"},"key":"com.example.story","company":"Example","version":"1.0","lastHeartbeatTime":"2026-01-01T00:00:00Z"}
vim ExtensionManager:ExtensionManager extensionList ~ com.example.story
govc extension.info com.example.story
> Company: Example
govc extension.unregister com.example.story
vim ExtensionManager:ExtensionManager extensionList !~ com.example.story

# Sessions, and what was done.
govc session.ls
> VSPHERE.LOCAL\Administrator
govc session.login -l
govc session.login -clone
> cst-VCT-
govc session.login -r -X GET /rest/vcenter/datacenter
> DC0
govc vm.power -off DC0_H0_VM0
govc events -n 20 /DC0/vm/DC0_H0_VM0
> DC0_H0_VM0 on DC0_H0 in DC0 is powered off
govc events -type VmPoweredOffEvent -l
> VmPoweredOffEvent
govc tasks -n 2 /DC0/vm/DC0_H0_VM0
> PowerOffVM
govc session.logout
govc about
> VMware vCenter Server
