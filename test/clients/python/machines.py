"""A VM from its creation to its end."""

from com.vmware.vapi.std.errors_client import AlreadyInDesiredState, InvalidArgument, NotAllowedInCurrentState, NotFound
from com.vmware.vcenter.vm.hardware.adapter_client import Sata
from com.vmware.vcenter.vm.hardware_client import Boot, Cdrom, Cpu, Disk, Ethernet, Floppy, Memory, Serial
from com.vmware.vcenter.vm_client import Hardware, Power, Tools
from com.vmware.vcenter_client import VM, Cluster, Datastore, Folder, Network
from teller import same


def place(doors):
    vcenter = doors.client.vcenter
    return VM.PlacementSpec(
        folder=vcenter.Folder.list(Folder.FilterSpec(type=Folder.Type.VIRTUAL_MACHINE))[0].folder,
        cluster=vcenter.Cluster.list(Cluster.FilterSpec(names={"Nested-FT"}))[0].cluster,
        datastore=vcenter.Datastore.list(Datastore.FilterSpec(names={"nfs-shared"}))[0].datastore,
    )


def create(doors, name):
    spec = VM.CreateSpec(
        name=name,
        guest_os="OTHER_LINUX_64",
        placement=place(doors),
        cpu=Cpu.UpdateSpec(count=2),
        memory=Memory.UpdateSpec(size_mib=512),
        disks=[Disk.CreateSpec(new_vmdk=Disk.VmdkCreateSpec(name=f"{name}-1", capacity=1 << 30))],
    )
    return doors.client.vcenter.VM.create(spec)


def power(doors):
    power, vms = doors.client.vcenter.vm.Power, doors.client.vcenter.VM
    vm = vms.list(VM.FilterSpec(names={"smp-ft-demo"}))[0].vm
    at = f"/vcenter/vm/{vm}/power"

    def now(state, vim):
        same(
            f"power: {vim}",
            sdk=power.get(vm).state,
            api=doors.api(at)["state"],
            rest=doors.rest(at)["state"],
            vim=state if doors.vim("VirtualMachine", vm, "runtime")["powerState"] == vim else "another",
        )

    power.stop(vm)
    now("POWERED_OFF", "poweredOff")
    doors.refuses(
        "stop again",
        AlreadyInDesiredState,
        lambda: power.stop(vm),
        "com.vmware.api.vcenter.vm.power.already_powered_off",
    )
    doors.refuses("reset when off", NotAllowedInCurrentState, lambda: power.reset(vm))
    power.start(vm)
    now("POWERED_ON", "poweredOn")
    power.suspend(vm)
    now("SUSPENDED", "suspended")
    power.start(vm)
    power.reset(vm)
    now("POWERED_ON", "poweredOn")
    doors.refuses("a VM that is not there", NotFound, lambda: power.get("vm-404"), "com.vmware.api.vcenter.vm.not_found")
    same(
        "running VMs",
        sdk=[one.vm for one in vms.list(VM.FilterSpec(power_states={Power.State.POWERED_ON}))],
        api=[one["vm"] for one in doors.api("/vcenter/vm?power_states=POWERED_ON")],
        rest=[one["vm"] for one in doors.rest("/vcenter/vm?filter.power_states=POWERED_ON")],
    )


def guest(doors):
    guest = doors.client.vcenter.vm.guest
    vm = doors.client.vcenter.VM.list(VM.FilterSpec(names={"vesxi-01"}))[0].vm
    at = f"/vcenter/vm/{vm}"
    same("tools", sdk=doors.client.vcenter.vm.Tools.get(vm).run_state, api=doors.api(f"{at}/tools")["run_state"])
    same("guest", sdk=guest.Identity.get(vm).host_name, api=doors.api(f"{at}/guest/identity")["host_name"])
    same("guest's power", sdk=guest.Power.get(vm).state, api=doors.api(f"{at}/guest/power")["state"])
    guest.Networking.get(vm)
    guest.networking.Interfaces.list(vm)
    guest.networking.Routes.list(vm)


def lifecycle(doors):
    vms = doors.client.vcenter.VM
    vm = create(doors, "sdk-vm")
    same(
        "a new VM",
        sdk=[vms.get(vm).name, vms.get(vm).cpu.count, vms.get(vm).memory.size_mib],
        api=[
            doors.api(f"/vcenter/vm/{vm}")["name"],
            doors.api(f"/vcenter/vm/{vm}")["cpu"]["count"],
            doors.api(f"/vcenter/vm/{vm}")["memory"]["size_MiB"],
        ],
        rest=[doors.rest("/vcenter/vm?filter.names=sdk-vm")[0][key] for key in ("name", "cpu_count", "memory_size_MiB")],
        vim=[
            doors.vim("VirtualMachine", vm, "name"),
            doors.vim("VirtualMachine", vm, "config")["hardware"]["numCPU"],
            doors.vim("VirtualMachine", vm, "config")["hardware"]["memoryMB"],
        ],
    )
    copy = vms.clone(VM.CloneSpec(source=vm, name="sdk-copy", placement=VM.ClonePlacementSpec()))
    same("its clone", sdk=vms.get(copy).name, vim=doors.vim("VirtualMachine", copy, "name"))
    vms.delete(copy)
    vms.delete(vm)
    same("it is gone", api=doors.api(f"/vcenter/vm/{vm}"), expected="NOT_FOUND")
    doors.refuses("a VM of nothing", InvalidArgument, lambda: vms.create(VM.CreateSpec(guest_os="NO_SUCH_SYSTEM")))


def hardware(doors):
    hardware = doors.client.vcenter.vm.hardware
    vm = create(doors, "sdk-hardware")
    at = f"/vcenter/vm/{vm}/hardware"
    config = lambda: doors.vim("VirtualMachine", vm, "config")["hardware"]
    hardware.Cpu.update(vm, Cpu.UpdateSpec(count=4))
    same("CPUs", sdk=hardware.Cpu.get(vm).count, api=doors.api(f"{at}/cpu")["count"], vim=config()["numCPU"])
    hardware.Memory.update(vm, Memory.UpdateSpec(size_mib=1024))
    same("memory", sdk=hardware.Memory.get(vm).size_mib, rest=doors.rest(f"{at}/memory")["size_MiB"], vim=config()["memoryMB"])
    hardware.Boot.update(vm, Boot.UpdateSpec(delay=5000))
    same("boot", sdk=hardware.Boot.get(vm).delay, api=doors.api(f"{at}/boot")["delay"], expected=5000)

    disk = hardware.Disk.create(vm, Disk.CreateSpec(new_vmdk=Disk.VmdkCreateSpec(capacity=1 << 30)))
    same("disks", sdk=[one.disk for one in hardware.Disk.list(vm)], api=[one["disk"] for one in doors.api(f"{at}/disk")])
    same("a disk", sdk=hardware.Disk.get(vm, disk).capacity, rest=doors.rest(f"{at}/disk/{disk}")["capacity"])
    hardware.Disk.delete(vm, disk)
    doors.refuses("a disk that is gone", NotFound, lambda: hardware.Disk.get(vm, disk))

    network = doors.client.vcenter.Network.list(Network.FilterSpec(names={"VM Network"}))[0].network
    backing = Ethernet.BackingSpec(type=Ethernet.BackingType.STANDARD_PORTGROUP, network=network)
    nic = hardware.Ethernet.create(vm, Ethernet.CreateSpec(backing=backing))
    hardware.Ethernet.update(vm, nic, Ethernet.UpdateSpec(start_connected=True))
    same(
        "a network adapter",
        sdk=hardware.Ethernet.get(vm, nic).backing.network,
        api=doors.api(f"{at}/ethernet/{nic}")["backing"]["network"],
    )
    same("network adapters", sdk=[one.nic for one in hardware.Ethernet.list(vm)], expected=[nic])
    hardware.Ethernet.delete(vm, nic)

    sata = hardware.adapter.Sata.create(vm, Sata.CreateSpec())
    same("SATA adapters", sdk=[one.adapter for one in hardware.adapter.Sata.list(vm)], expected=[sata])
    cdrom = hardware.Cdrom.create(
        vm, Cdrom.CreateSpec(backing=Cdrom.BackingSpec(type=Cdrom.BackingType.CLIENT_DEVICE))
    )
    same("CD drives", sdk=[one.cdrom for one in hardware.Cdrom.list(vm)], api=[one["cdrom"] for one in doors.api(f"{at}/cdrom")])
    hardware.Cdrom.get(vm, cdrom)
    hardware.Cdrom.delete(vm, cdrom)
    hardware.adapter.Sata.delete(vm, sata)
    floppy = hardware.Floppy.create(
        vm, Floppy.CreateSpec(backing=Floppy.BackingSpec(type=Floppy.BackingType.CLIENT_DEVICE))
    )
    same("floppy drives", sdk=[one.floppy for one in hardware.Floppy.list(vm)], expected=[floppy])
    hardware.Floppy.delete(vm, floppy)
    serial = hardware.Serial.create(
        vm,
        Serial.CreateSpec(backing=Serial.BackingSpec(type=Serial.BackingType.NETWORK_SERVER, network_location="telnet://:9000")),
    )
    same("serial ports", sdk=[one.port for one in hardware.Serial.list(vm)], expected=[serial])
    hardware.Serial.delete(vm, serial)
    scsi = hardware.adapter.Scsi.list(vm)
    same(
        "SCSI adapters",
        sdk=[one.adapter for one in scsi],
        api=[one["adapter"] for one in doors.api(f"{at}/adapter/scsi")],
    )
    doors.client.vcenter.vm.Hardware.get(vm)
    doors.client.vcenter.vm.Hardware.update(vm, Hardware.UpdateSpec(upgrade_policy="AFTER_CLEAN_SHUTDOWN"))
    same(
        "the upgrade policy",
        sdk=doors.client.vcenter.vm.Hardware.get(vm).upgrade_policy,
        api=doors.api(at)["upgrade_policy"],
        expected="AFTER_CLEAN_SHUTDOWN",
    )
    doors.client.vcenter.VM.delete(vm)


def tools(doors):
    tools = doors.client.vcenter.vm.Tools
    vm = doors.client.vcenter.VM.list(VM.FilterSpec(names={"smp-ft-demo"}))[0].vm
    tools.update(vm, Tools.UpdateSpec(upgrade_policy="UPGRADE_AT_POWER_CYCLE"))
    same("the tools' policy", sdk=tools.get(vm).upgrade_policy, api=doors.api(f"/vcenter/vm/{vm}/tools")["upgrade_policy"])


STORIES = [power, guest, tools, lifecycle, hardware]
