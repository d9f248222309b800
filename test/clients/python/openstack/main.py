"""What OpenStack's drivers do through oslo.vmware: a session, objects, tasks, faults. The seed is `smp-ft-nested`."""

from lines import Doors, run, same, tell
from oslo_vmware import api, exceptions, vim_util
from oslo_vmware.objects import datastore

TRIES, INTERVAL = 2, 0.05


def session(doors, **options):
    """A session; suds makes its client of the WSDL that the server sends."""
    asked = {"scheme": doors.scheme, "cacert": doors.ca_file, "insecure": False, **options}
    login = {"server_username": doors.user, "server_password": doors.password}
    return api.VMwareAPISession(
        doors.host, port=doors.port, api_retry_count=TRIES, task_poll_interval=INTERVAL, **login, **asked
    )


def found(vc, kind, name):
    objects = every(vc, kind, ["name"])
    return next(one.obj for one in objects if vim_util.propset_dict(one.propSet)["name"] == name)


def every(vc, kind, properties):
    """All objects of a type, page by page."""
    with vim_util.WithRetrieval(vc.vim, vc.invoke_api(vim_util, "get_objects", vc.vim, kind, 2, properties)) as objects:
        return list(objects)


def read(vc, ref, name):
    return vc.invoke_api(vim_util, "get_object_property", vc.vim, ref, name)


def ref(moref):
    return vim_util.get_moref_type(moref), vim_util.get_moref_value(moref)


def done(vc, method, on, **arguments):
    """The result of a task that ends well."""
    info = vc.wait_for_task(vc.invoke_api(vc.vim, method, on, **arguments))
    return getattr(info, "result", None)


def refused(what, kind, call, **details):
    try:
        call()
    except exceptions.VimException as error:
        same(f"{what}: exception", oslo=type(error).__name__, expected=kind.__name__)
        for name, value in details.items():
            same(f"{what}: {name}", oslo=text(getattr(error, name)), expected=text(value))
    else:
        tell(broken=what, why=f"no {kind.__name__}")


def text(value):
    """Of the strings that suds makes, which are none of Python's, and of what is made of them."""
    if isinstance(value, dict):
        return {name: text(one) for name, one in value.items()}
    return [text(one) for one in value] if isinstance(value, list) else str(value)


def connecting(doors, vc):
    content = vc.vim.service_content
    about = doors.vim(("ServiceInstance", "ServiceInstance"), "content")["about"]
    same("the server", oslo=content.about.fullName, vim=about["fullName"])
    same("its version", oslo=vim_util.get_vc_version(vc), vim=about["version"])
    same("an active session", oslo=vc.is_current_session_active(), expected=True)
    refused(
        "a login without a password", exceptions.VimFaultException, lambda: nobody(doors), fault_list=["InvalidLogin"]
    )


def nobody(doors):
    vc = session(doors, create_session=False)
    vc._server_password = ""
    vc._create_session()


def objects(doors, vc):
    vms = {
        ref(one.obj)[1]: vim_util.propset_dict(one.propSet)
        for one in every(vc, "VirtualMachine", ["name", "runtime.powerState"])
    }
    told = {one["vm"]: one for one in doors.api("/vcenter/vm")}
    same("VMs", oslo={vm: one["name"] for vm, one in vms.items()}, api={vm: one["name"] for vm, one in told.items()})
    power = {"POWERED_ON": "poweredOn", "POWERED_OFF": "poweredOff"}
    same(
        "power",
        oslo={vm: one["runtime.powerState"] for vm, one in vms.items()},
        api={vm: power[one["power_state"]] for vm, one in told.items()},
    )
    vm = found(vc, "VirtualMachine", "smp-ft-demo")
    properties = vc.invoke_api(
        vim_util, "get_object_properties_dict", vc.vim, vm, ["config.instanceUuid", "config.hardware.memoryMB"]
    )
    config = doors.vim(ref(vm), "config")
    same(
        "properties",
        oslo=properties,
        vim={"config.instanceUuid": config["instanceUuid"], "config.hardware.memoryMB": config["hardware"]["memoryMB"]},
    )
    devices = read(vc, vm, "config.hardware.device").VirtualDevice
    same(
        "devices",
        oslo=[type(one).__name__ for one in devices],
        vim=[one["_typeName"] for one in config["hardware"]["device"]],
    )
    cluster = found(vc, "ClusterComputeResource", "Nested-FT")
    hosts = vc.invoke_api(vim_util, "get_object_property", vc.vim, cluster, "host").ManagedObjectReference
    same(
        "hosts",
        oslo=sorted(ref(one)[1] for one in hosts),
        api=sorted(one["host"] for one in doors.api(f"/vcenter/host?clusters={ref(cluster)[1]}")),
    )
    store = found(vc, "Datastore", "nfs-shared")
    summary = datastore.get_datastore_by_ref(vc, store)
    same(
        "a datastore",
        oslo=[summary.name, summary.capacity],
        vim=[doors.vim(ref(store), "summary")[name] for name in ("name", "capacity")],
    )
    by_path = vc.invoke_api(
        vc.vim, "FindByInventoryPath", vc.vim.service_content.searchIndex, inventoryPath="Lab/vm/smp-ft-demo"
    )
    same("by its path", oslo=ref(by_path)[1], api=ref(vm)[1])
    same("a path", oslo=vim_util.get_inventory_path(vc.vim, vm), expected="/Lab/vm/smp-ft-demo")
    same(
        "host's services",
        oslo=vc.invoke_api(vim_util, "get_object_property", vc.vim, hosts[0], "summary.config.vmotionEnabled"),
        expected=True,
    )


def tasks(doors, vc):
    vm = found(vc, "VirtualMachine", "smp-ft-demo")
    make = vc.vim.client.factory.create
    spec = make("ns0:VirtualMachineConfigSpec")
    spec.annotation = "by oslo.vmware"
    option = make("ns0:OptionValue")
    option.key, option.value = "guestinfo.story", "told"
    spec.extraConfig = [option]
    done(vc, "ReconfigVM_Task", vm, spec=spec)
    config = doors.vim(ref(vm), "config")
    same("a note", oslo=read(vc, vm, "config.annotation"), vim=config["annotation"], expected="by oslo.vmware")
    values = {one["key"]: one["value"]["_value"] for one in config["extraConfig"]}
    same("an option", vim=values["guestinfo.story"], expected="told")
    done(vc, "PowerOffVM_Task", vm)
    same(
        "off",
        oslo=read(vc, vm, "runtime.powerState"),
        api={"POWERED_OFF": "poweredOff"}.get(doors.api(f"/vcenter/vm/{ref(vm)[1]}/power")["state"]),
    )
    refused("off again", exceptions.InvalidPowerStateException, lambda: done(vc, "PowerOffVM_Task", vm))
    snapshot = done(vc, "CreateSnapshot_Task", vm, name="base", description="", memory=False, quiesce=False)
    same("a snapshot", oslo=ref(snapshot)[1], vim=doors.vim(ref(vm), "snapshot")["currentSnapshot"]["value"])
    clone = make("ns0:VirtualMachineCloneSpec")
    clone.location, clone.powerOn, clone.template = make("ns0:VirtualMachineRelocateSpec"), False, False
    clone.location.datastore = found(vc, "Datastore", "nfs-shared")  # suds leaves out an object without members
    folder = read(vc, vm, "parent")
    copy = done(vc, "CloneVM_Task", vm, folder=folder, name="volume", spec=clone)
    same("a clone", oslo=read(vc, copy, "name"), api=doors.api(f"/vcenter/vm/{ref(copy)[1]}")["name"])
    refused(
        "its name again",
        exceptions.DuplicateName,
        lambda: done(vc, "CloneVM_Task", vm, folder=folder, name="volume", spec=clone),
    )
    done(vc, "Destroy_Task", copy)
    same("its end", api=doors.api(f"/vcenter/vm/{ref(copy)[1]}"), expected="NOT_FOUND")
    refused("what is gone", exceptions.ManagedObjectNotFoundException, lambda: read(vc, copy, "name"))
    done(vc, "RemoveAllSnapshots_Task", vm)
    done(vc, "PowerOnVM_Task", vm)


def files(doors, vc):
    """Folders and files of a datastore, as the drivers for images and volumes use them."""
    manager, center = vc.vim.service_content.fileManager, found(vc, "Datacenter", "Lab")
    at = datastore.DatastorePath("nfs-shared", "images")

    def make():
        vc.invoke_api(vc.vim, "MakeDirectory", manager, name=str(at), datacenter=center, createParentDirectories=True)

    make()
    refused("a folder again", exceptions.FileAlreadyExistsException, make, details={"file": str(at)})
    browser = read(vc, found(vc, "Datastore", "nfs-shared"), "browser")
    result = done(vc, "SearchDatastore_Task", browser, datastorePath="[nfs-shared]")
    same("the folder is there", oslo="images" in [one.path for one in result.file], expected=True)
    done(vc, "DeleteDatastoreFile_Task", manager, name=str(at), datacenter=center)
    refused(
        "a folder that is gone",
        exceptions.FileNotFoundException,
        lambda: done(vc, "DeleteDatastoreFile_Task", manager, name=str(at), datacenter=center),
    )


def ended_session(doors, vc):
    """Somebody ends the session: the next call logs in again."""
    manager = ("SessionManager", "SessionManager")
    before = vc._session_id
    doors.vim(manager, "TerminateSession", sessionId=[before])
    same("not active any more", oslo=vc.is_current_session_active(), expected=False)
    vms = every(vc, "VirtualMachine", ["name"])
    same("VMs, after another login", oslo=len(vms), api=len(doors.api("/vcenter/vm")))
    keys = [one["key"] for one in doors.vim(manager, "sessionList")]
    same("another session", oslo=vc._session_id != before, vim=vc._session_id in keys)
    vc.logout()
    same("logged out", vim=len(doors.vim(manager, "sessionList")), expected=len(keys) - 1)


doors = Doors()
run([connecting, objects, tasks, files, ended_session], doors, session(doors))
