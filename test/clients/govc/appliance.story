# The appliance: who may come in, and how it is set up

govc vcsa.access.ssh.get
> Enabled:false
govc vcsa.access.ssh.set -enabled=true
api appliance/access/ssh = true
govc vcsa.access.shell.set -enabled=true -timeout=240
api appliance/access/shell enabled = true
govc vcsa.access.shell.get
> Enabled:true
govc vcsa.access.dcui.set -enabled=false
api appliance/access/dcui = false
govc vcsa.access.dcui.get
> false
govc vcsa.access.consolecli.set -enabled=false
api appliance/access/consolecli = false
govc vcsa.access.consolecli.get
> false
govc vcsa.log.forwarding.info
govc vcsa.net.proxy.info
> HTTP proxy: Disabled
govc vcsa.shutdown.reboot -delay 10 story
api appliance/shutdown action = reboot
govc vcsa.shutdown.get
> Reason:story
govc vcsa.shutdown.cancel
api appliance/shutdown reason =
