"""The lab of William Lam's post, from the bare physical host to a failover and back, with nothing but pyVmomi.

Source: "How to configure SMP Fault Tolerance using Nested ESXi in vSphere 6". The seed is `physical-lab`.
"""

from pyVmomi import vim, vmodl
from lines import Doors, run, same
from session import connect, done, find, ref, refused

GB = 1024 * 1024
NODES = (1, 2, 3)


def add(device, file=None):
    operation = vim.vm.device.VirtualDeviceSpec.Operation.add
    return vim.vm.device.VirtualDeviceSpec(operation=operation, fileOperation=file, device=device)


def disk(capacity):
    backing = vim.vm.device.VirtualDisk.FlatVer2BackingInfo(
        fileName="[nfs-shared]", diskMode="persistent", thinProvisioned=True
    )
    return add(vim.vm.device.VirtualDisk(key=-2, controllerKey=-1, capacityInKB=capacity, backing=backing), "create")


def vmxnet3(key):
    backing = vim.vm.device.VirtualEthernetCard.NetworkBackingInfo(deviceName="VM Network")
    return add(vim.vm.device.VirtualVmxnet3(key=key, backing=backing))


def machine(name, memory, capacity, *devices, **more):
    scsi = add(vim.vm.device.ParaVirtualSCSIController(key=-1, busNumber=0, sharedBus="noSharing"))
    return vim.vm.ConfigSpec(
        name=name,
        numCPUs=4,
        memoryMB=memory,
        files=vim.vm.FileInfo(vmPathName="[nfs-shared]"),
        deviceChange=[scsi, disk(capacity), vmxnet3(-3), *devices],
        **more,
    )


class Lab:
    """What the steps find and make."""

    def __init__(self, doors):
        self.doors = doors
        self.content = connect(doors).RetrieveContent()
        self.datacenter = find(self.content, vim.Datacenter, "Lab")
        self.physical = find(self.content, vim.ClusterComputeResource, "Physical")
        self.nested, self.hosts = {}, {}


def nested_esxi(lab):
    """Step 1: at least two vCPUs, enough memory, nested HV, VMXNET3, and the installer in the drive."""
    folder, pool = lab.datacenter.vmFolder, lab.physical.resourcePool
    for n in NODES:
        installer = vim.vm.device.VirtualCdrom.IsoBackingInfo(fileName="[nfs-shared] iso/ESXi-8.0.3.iso")
        connected = vim.vm.device.VirtualDevice.ConnectInfo(startConnected=True, allowGuestControl=True, connected=True)
        drive = vim.vm.device.VirtualCdrom(key=-5, controllerKey=200, backing=installer, connectable=connected)
        guestinfo = {"hostname": f"vesxi-0{n}.lab.local", "ipaddress": f"192.168.10.2{n}"}
        spec = machine(
            f"vesxi-0{n}",
            16384,
            40 * GB,
            vmxnet3(-4),
            add(drive),
            guestId="vmkernel8Guest",
            firmware="efi",
            nestedHVEnabled=True,
            extraConfig=[
                vim.option.OptionValue(key=f"guestinfo.{key}", value=value) for key, value in guestinfo.items()
            ],
        )
        vm = lab.nested[n] = done(folder.CreateVM_Task(spec, pool))
        if n == 1:
            refused(
                "a second VM of the name",
                vim.fault.DuplicateName,
                lambda: done(folder.CreateVM_Task(spec, pool)),
                "The name 'vesxi-01' already exists.",
                object=vm,
            )
        done(vm.PowerOn())
        guest = lab.doors.vim(ref(vm), "guest")
        same(f"ESXi {n} is up", pyvmomi=vm.guest.hostName, vim=guest["hostName"], expected=f"vesxi-0{n}.lab.local")
    same(
        "the nested hosts",
        pyvmomi=sorted(one.name for one in folder.childEntity),
        api=sorted(one["name"] for one in lab.doors.api("/vcenter/vm")),
    )


def cluster(lab):
    """Step 2: a cluster with HA and DRS; a host is added once its certificate is known."""
    spec = vim.cluster.ConfigSpecEx(
        dasConfig=vim.cluster.DasConfigInfo(enabled=True), drsConfig=vim.cluster.DrsConfigInfo(enabled=True)
    )
    lab.cluster = lab.datacenter.hostFolder.CreateClusterEx("Nested-FT", spec)
    for n in NODES:
        name = f"vesxi-0{n}.lab.local"
        connection = vim.host.ConnectSpec(hostName=name, userName="root", password="VMware1!", force=False)
        try:
            done(lab.cluster.AddHost_Task(connection, True))
        except vim.fault.SSLVerifyFault as fault:
            connection.sslThumbprint = fault.thumbprint
            same(f"{name}: certificate", pyvmomi=fault.selfSigned, expected=True)
        lab.hosts[n] = done(lab.cluster.AddHost_Task(connection, True))
        if n == 1:
            refused(
                "the same host again",
                vim.fault.DuplicateName,
                lambda: done(lab.cluster.AddHost_Task(connection, True)),
            )
        for export in ("nfs-shared", "nfs-heartbeat"):
            mount = vim.host.NasVolume.Specification(
                remoteHost="nas-01.lab.local", remotePath=f"/exports/{export}", localPath=export, accessMode="readWrite"
            )
            lab.hosts[n].configManager.datastoreSystem.CreateNasDatastore(mount)
    same(
        "hosts",
        pyvmomi=sorted(one.name for one in lab.cluster.host),
        api=sorted(one["name"] for one in lab.doors.api(f"/vcenter/host?clusters={lab.cluster._moId}")),
        expected=[f"vesxi-0{n}.lab.local" for n in NODES],
    )
    das = lab.doors.vim(ref(lab.cluster), "configurationEx")["dasConfig"]
    same("HA", pyvmomi=lab.cluster.configurationEx.dasConfig.enabled, vim=das["enabled"], expected=True)


def protected_vm(lab):
    """A running VM; Fault Tolerance has nowhere to go before step 3."""
    spec = machine("smp-ft-demo", 1024, 4 * GB, guestId="otherLinux64Guest")
    host = lab.hosts[1]
    lab.vm = done(lab.datacenter.vmFolder.CreateVM_Task(spec, lab.cluster.resourcePool, host))
    done(lab.vm.PowerOn())
    issues = ["missingFTLoggingNic", "missingVMotionNic"]
    told = lab.doors.vim(ref(host), "capability")
    same(
        "what the hosts lack",
        pyvmomi=sorted(host.capability.smpFtCompatibilityIssues),
        vim=sorted(told["smpFtCompatibilityIssues"]),
        expected=issues,
    )
    same("no SMP-FT yet", pyvmomi=host.capability.smpFtSupported, vim=told["smpFtSupported"], expected=False)
    try:
        done(lab.vm.CreateSecondaryVMEx_Task())
    except vim.fault.VmFaultToleranceIssue as fault:
        state = lab.doors.vim(ref(lab.vm), "runtime")["faultToleranceState"]
        same("no Fault Tolerance yet", pyvmomi=lab.vm.runtime.faultToleranceState, vim=state, expected="notConfigured")
        same("its fault is told", pyvmomi=fault.msg is not None and fault.msg != "", expected=True)
    else:
        raise AssertionError("Fault Tolerance without a network for it")


def vmkernel(lab):
    """Step 3: vMotion and Fault Tolerance logging on the second adapter of each host."""
    for n, host in lab.hosts.items():
        network, nics = host.configManager.networkSystem, host.configManager.virtualNicManager
        bridge = vim.host.VirtualSwitch.BondBridge(nicDevice=["vmnic1"])
        network.AddVirtualSwitch("vSwitch1", vim.host.VirtualSwitch.Specification(numPorts=128, bridge=bridge))
        group = vim.host.PortGroup.Specification(
            name="FT and vMotion", vlanId=0, vswitchName="vSwitch1", policy=vim.host.NetworkPolicy()
        )
        network.AddPortGroup(group)
        address = vim.host.IpConfig(dhcp=False, ipAddress=f"192.168.20.2{n}", subnetMask="255.255.255.0")
        adapter = network.AddVirtualNic("FT and vMotion", vim.host.VirtualNic.Specification(ip=address))
        if n == 1:
            refused("the port group again", vim.fault.AlreadyExists, lambda: network.AddPortGroup(group))
            refused(
                "no such adapter",
                vmodl.fault.InvalidArgument,
                lambda: nics.SelectVnicForNicType("vmotion", "vmk9"),
            )
        for kind in ("vmotion", "faultToleranceLogging"):
            nics.SelectVnicForNicType(kind, adapter)
        told = lab.doors.vim(ref(nics), "QueryNetConfig", nicType="faultToleranceLogging")
        config = nics.QueryNetConfig("faultToleranceLogging")
        same(f"FT logging {n}", pyvmomi=config.selectedVnic, vim=told["selectedVnic"])
        same(
            f"its adapter {n}",
            pyvmomi=config.selectedVnic,
            expected=[f"faultToleranceLogging.key-vim.host.VirtualNic-{adapter}"],
        )
        summary = lab.doors.vim(ref(host), "summary")["config"]
        same(
            f"services {n}",
            pyvmomi=[host.summary.config.vmotionEnabled, host.summary.config.faultToleranceEnabled],
            vim=[summary["vmotionEnabled"], summary["faultToleranceEnabled"]],
            expected=[True, True],
        )
        same(f"SMP-FT {n}", pyvmomi=host.capability.smpFtSupported, expected=True)


def turn_on(lab):
    """Step 4: the VM becomes the primary, and its secondary runs on another host."""
    same("nothing speaks against it", pyvmomi=list(lab.vm.QueryFaultToleranceCompatibilityEx()), expected=[])
    result = done(lab.vm.CreateSecondaryVMEx_Task())
    lab.secondary = result.vm
    told = lab.doors.vim(ref(lab.vm), "config")["ftInfo"]
    info = lab.vm.config.ftInfo
    same("the primary's role", pyvmomi=info.role, vim=told["role"], expected=1)
    same(
        "its secondary",
        pyvmomi=[ref(one)[1] for one in info.secondaries],
        vim=[one["value"] for one in told["secondaries"]],
    )
    states = {
        name: lab.doors.vim(ref(one), "runtime") for name, one in (("primary", lab.vm), ("secondary", lab.secondary))
    }
    for name, one in (("primary", lab.vm), ("secondary", lab.secondary)):
        state = states[name]["faultToleranceState"]
        same(f"the {name} is protected", pyvmomi=one.runtime.faultToleranceState, vim=state, expected="running")
    hosts = [states[name]["host"]["value"] for name in states]
    same("two hosts", pyvmomi=[lab.vm.runtime.host._moId, lab.secondary.runtime.host._moId], vim=hosts)
    same("which are two", pyvmomi=len(set(hosts)), expected=2)
    same("checkpointing", pyvmomi=lab.vm.config.flags.faultToleranceType, expected="checkpointing")


def wrong_turns(lab):
    """What a protected VM does not let anybody do."""
    uuid = lab.secondary.config.instanceUuid
    refused(
        "power off the secondary",
        vim.fault.InvalidOperationOnSecondaryVm,
        lambda: done(lab.secondary.PowerOff()),
        instanceUuid=uuid,
    )
    refused(
        "rename the secondary",
        vim.fault.InvalidOperationOnSecondaryVm,
        lambda: done(lab.secondary.Rename("other")),
    )
    refused(
        "a snapshot with memory",
        vmodl.fault.NotSupported,
        lambda: done(lab.vm.CreateSnapshot("no", None, True, False)),
    )
    refused(
        "Fault Tolerance twice",
        vim.fault.VmFaultToleranceOpIssuesList,
        lambda: done(lab.vm.CreateSecondaryVMEx_Task()),
    )
    refused(
        "more memory",
        vim.fault.FaultToleranceCannotEditMem,
        lambda: done(lab.vm.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=2048))),
    )
    same("still protected", pyvmomi=lab.vm.runtime.faultToleranceState, expected="running")


def failover(lab):
    """The nested host below the primary loses power: its secondary takes over, and a third host gets a new one."""
    failed = lab.vm.runtime.host
    failing = lab.nested[next(n for n, host in lab.hosts.items() if host == failed)]
    survivor = lab.secondary.runtime.host
    done(failing.PowerOff())
    told = lab.doors.vim(ref(failed), "runtime")["connectionState"]
    same("the host", pyvmomi=failed.runtime.connectionState, vim=told, expected="notResponding")
    same(
        "the host over REST",
        pyvmomi=failed.runtime.powerState,
        api={"NOT_RESPONDING": failed.runtime.powerState}.get(
            lab.doors.api(f"/vcenter/host?hosts={failed._moId}")[0]["connection_state"]
        ),
    )
    info = lab.doors.vim(ref(lab.secondary), "config")["ftInfo"]
    same("the secondary is the primary", pyvmomi=lab.secondary.config.ftInfo.role, vim=info["role"], expected=1)
    same("where it was", pyvmomi=lab.secondary.runtime.host._moId, expected=survivor._moId)
    same("protected again", pyvmomi=lab.secondary.runtime.faultToleranceState, expected="running")
    kinds = ["VmPrimaryFailoverEvent", "VmSecondaryStartedEvent"]
    events = lab.content.eventManager.QueryEvents(
        vim.event.EventFilterSpec(eventTypeId=[f"vim.event.{kind}" for kind in kinds])
    )
    same("the events of it", pyvmomi=sorted({type(one).__name__.rpartition(".")[2] for one in events}), expected=kinds)
    done(failing.PowerOn())
    state = lab.doors.vim(ref(failed), "runtime")["dasHostState"]["state"]
    same("the host is back", pyvmomi=failed.runtime.dasHostState.state, vim=state, expected="connectedToMaster")


def turn_off(lab):
    """Without Fault Tolerance one VM is left, and it may do what it likes."""
    primary = lab.secondary
    others = [one for one in primary.config.ftInfo.secondaries]
    done(primary.TurnOffFaultToleranceForVM_Task())
    told = lab.doors.vim(ref(primary), "runtime")["faultToleranceState"]
    same("no Fault Tolerance", pyvmomi=primary.runtime.faultToleranceState, vim=told, expected="notConfigured")
    for one in others:
        same("its secondary is gone", vim=lab.doors.vim(ref(one), "name"), expected="ManagedObjectNotFound")
    done(primary.CreateSnapshot("free", None, False, False))
    same("a snapshot", pyvmomi=primary.snapshot.rootSnapshotList[0].name, api=snapshot_name(lab, primary))
    same("one VM of the name", api=len(lab.doors.api("/vcenter/vm?names=smp-ft-demo")), expected=1)


def snapshot_name(lab, vm):
    return lab.doors.vim(ref(vm), "snapshot")["rootSnapshotList"][0]["name"]


run([nested_esxi, cluster, protected_vm, vmkernel, turn_on, wrong_turns, failover, turn_off], Lab(Doors()))
