"""What programs with pyVmomi do every day, held against what the other doors show. The seed is `smp-ft-nested`."""

from threading import Thread

from lines import Doors, run, same
from pyVim.connect import Connect, Disconnect, SmartConnection
from pyVim.task import WaitForTask, WaitForTasks
from pyVmomi import SoapStubAdapter, vim, vmodl
from session import connect, done, find, ids, ref, refused, trusting, within


def connecting(doors, si):
    """The newest version that both sides know, an older one on demand, and logins that fail."""
    about = si.RetrieveContent().about
    same("the version", pyvmomi=about.apiVersion, vim=doors.vim(SERVICE, "content")["about"]["apiVersion"])
    same("the one agreed on", pyvmomi=si._stub.version, expected="vim.version.v8_0_3_0")
    old = connect(doors, preferredApiVersions=["vim.version.v7_0_3_2", "vim.version.version6"])
    same("an older one", pyvmomi=old._stub.version, expected="vim.version.v7_0_3_2")
    same("two sessions", pyvmomi=len(set(key(one) for one in (old, si))), expected=2)
    Disconnect(old)
    refused("an empty password", vim.fault.InvalidLogin, lambda: connect(doors, pwd=""), INVALID_LOGIN)
    where = {"host": doors.host, "port": doors.port, "sslContext": trusting(doors)}
    plain = Connect(user=doors.user, pwd=doors.password, version="vim.version.version9", **where)
    same("without negotiation", pyvmomi=plain._stub.version, expected="vim.version.version9")
    manager = plain.RetrieveContent().sessionManager
    mine = manager.currentSession.key
    same("who is logged in", pyvmomi=manager.currentSession.userName, expected="VSPHERE.LOCAL\\Administrator")
    doors.vim(ref(manager), "TerminateSession", sessionId=[mine])
    refused("a session that was ended", vim.fault.NotAuthenticated, lambda: plain.RetrieveContent().rootFolder.name)
    with SmartConnection(user=doors.user, pwd=doors.password, **where) as short:
        same("a session for a block", pyvmomi=short.CurrentTime() is not None, expected=True)
    stub = SoapStubAdapter(host=doors.host, port=doors.port, sslContext=trusting(doors), version="vim.version.v8_0_3_0")
    nobody = vim.ServiceInstance("ServiceInstance", stub).RetrieveContent()
    same("content needs no login", pyvmomi=nobody.about.instanceUuid, vim=about.instanceUuid)
    refused("the rest does", vim.fault.NotAuthenticated, lambda: nobody.rootFolder.childEntity)


def key(si):
    return si.RetrieveContent().sessionManager.currentSession.key


def views(doors, si):
    """Views of each kind list what the Automation API lists."""
    content = si.RetrieveContent()
    mine = within(doors, si)
    make = content.viewManager.CreateContainerView
    for kind, path, id in VIEWS:
        view = make(content.rootFolder, [kind], True)
        same(f"every {id}", pyvmomi=ids(view.view), api=sorted(one[id] for one in doors.api(f"/vcenter/{path}")))
        view.Destroy()
    everything = make(content.rootFolder, [], True)
    same("every entity", pyvmomi=len(everything.view), vim=len(mine.vim(ref(everything), "view")))
    same("views are their session's", vim=doors.vim(ref(everything), "view"), expected="ManagedObjectNotFound")
    everything.Destroy()
    vms = make(content.rootFolder, [vim.VirtualMachine], True).view
    chosen = content.viewManager.CreateListView(vms[:2])
    same("objects of a list that are unknown", pyvmomi=list(chosen.ModifyListView(add=[GONE])), expected=[GONE])
    chosen.ModifyListView(add=[vms[2]], remove=[vms[0]])
    same("a list", pyvmomi=ids(chosen.view), expected=ids(vms[1:3]))
    chosen.Destroy()
    inventory = content.viewManager.CreateInventoryView()
    inventory.OpenInventoryViewFolder([content.rootFolder])
    found = mine.vim(ref(inventory), "view")
    same("an opened folder", pyvmomi=ids(inventory.view), vim=sorted(one["value"] for one in found))
    inventory.Destroy()
    index = content.searchIndex
    vm = index.FindByInventoryPath("Lab/vm/smp-ft-demo")
    same("by its path", pyvmomi=vm._moId, api=doors.api("/vcenter/vm?names=smp-ft-demo")[0]["vm"])
    same("by its UUID", pyvmomi=index.FindByUuid(None, vm.config.instanceUuid, True, True), expected=vm)
    same(
        "by a host's name",
        pyvmomi=index.FindByDnsName(None, "vesxi-01.lab.local", False).name,
        expected="vesxi-01.lab.local",
    )
    same("nothing", pyvmomi=index.FindByInventoryPath("Lab/vm/nobody"), expected=None)
    refused(
        "a VM that is not there", vmodl.fault.ManagedObjectNotFound, lambda: vim.VirtualMachine("vm-404", si._stub).name
    )


def waiting(doors, si):
    """WaitForUpdatesEx tells what another door changes, when it is already waiting and when it comes after."""
    content = si.RetrieveContent()
    collector = content.propertyCollector.CreatePropertyCollector()
    vm = find(content, vim.VirtualMachine, "smp-ft-demo")
    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    through = vim.PropertyCollector.TraversalSpec(name="view", type=vim.view.ContainerView, path="view", skip=False)
    watched = vim.PropertyCollector.FilterSpec(
        objectSet=[vim.PropertyCollector.ObjectSpec(obj=view, skip=True, selectSet=[through])],
        propSet=[vim.PropertyCollector.PropertySpec(type=vim.VirtualMachine, pathSet=["name", "runtime.powerState"])],
    )
    collector.CreateFilter(watched, partialUpdates=True)
    first = collector.WaitForUpdatesEx("", vim.PropertyCollector.WaitOptions(maxWaitSeconds=20))
    same(
        "at first",
        pyvmomi=ids(one.obj for one in objects(first)),
        api=sorted(one["vm"] for one in doors.api("/vcenter/vm")),
    )
    nothing = collector.WaitForUpdatesEx(first.version, vim.PropertyCollector.WaitOptions(maxWaitSeconds=0))
    same("nothing new", pyvmomi=nothing, expected=None)

    other = Thread(target=doors.api, args=(f"/vcenter/vm/{vm._moId}/power?action=stop", None, "POST"))
    other.start()
    seen, version = {}, first.version
    while seen.get("runtime.powerState") != "poweredOff":
        update = collector.WaitForUpdatesEx(version, vim.PropertyCollector.WaitOptions(maxWaitSeconds=20))
        version = update.version
        for one in objects(update):
            seen.update({change.name: change.val for change in one.changeSet if one.obj == vm})
    other.join()
    same("what another door changed", pyvmomi=seen, expected={"runtime.powerState": "poweredOff"})

    doors.vim(ref(vm), "Rename_Task", newName="renamed")
    update = collector.WaitForUpdatesEx(version, None)
    same(
        "a name",
        pyvmomi=[(one.kind, change.name, change.val) for one in objects(update) for change in one.changeSet],
        expected=[("modify", "name", "renamed")],
    )
    doors.vim(ref(vm), "Rename_Task", newName="smp-ft-demo")
    doors.api(f"/vcenter/vm/{vm._moId}/power?action=start", None, "POST")
    made = doors.vim(ref(vm.parent), "CreateVM_Task", config=SMALL, pool=pool(content))
    new = doors.vim((made["type"], made["value"]), "info")["result"]["value"]
    kinds = entered(collector, collector.WaitForUpdatesEx(update.version, None), new)
    same("a VM that came", pyvmomi=kinds, expected=["enter"])
    refused(
        "a version that is none", vmodl.query.InvalidCollectorVersion, lambda: collector.CheckForUpdates("nonsense")
    )
    last = collector.CheckForUpdates(update.version)
    doors.api(f"/vcenter/vm/{new}", method="DELETE")
    kinds = entered(collector, collector.WaitForUpdatesEx(last.version, None), new)
    same("a VM that went", pyvmomi=kinds, expected=["leave"])
    collector.Destroy()
    view.Destroy()


def objects(update):
    return [one for filter in update.filterSet for one in filter.objectSet]


def entered(collector, update, moid):
    return [one.kind for one in objects(update) if one.obj._moId == moid]


def pool(content):
    cluster = find(content, vim.ClusterComputeResource, "Nested-FT")
    return reference(cluster.resourcePool)


def events(doors, si):
    """What happened to a VM: asked for at once, and page by page."""
    content = si.RetrieveContent()
    manager, vm = content.eventManager, find(content, vim.VirtualMachine, "smp-ft-demo")
    recursion = vim.event.EventFilterSpec.RecursionOption.self
    spec = vim.event.EventFilterSpec(entity=vim.event.EventFilterSpec.ByEntity(entity=vm, recursion=recursion))
    manager.LogUserEvent(vm, "noted by hand")
    told = manager.QueryEvents(spec)
    entity = {"_typeName": "EventFilterSpecByEntity", "entity": reference(vm), "recursion": "self"}
    asked = {"_typeName": "EventFilterSpec", "entity": entity}
    over_json = doors.vim(ref(manager), "QueryEvents", filter=asked)
    same(
        "events of a VM",
        pyvmomi=[[one.key, one._wsdlName, one.fullFormattedMessage] for one in told],
        vim=[[one["key"], one["_typeName"], one["fullFormattedMessage"]] for one in over_json],
    )
    same(
        "one by hand",
        pyvmomi=[one.userName for one in told if isinstance(one, vim.event.GeneralUserEvent)],
        expected=["VSPHERE.LOCAL\\Administrator"],
    )
    collector = manager.CreateCollectorForEvents(vim.event.EventFilterSpec())
    collector.SetCollectorPageSize(10)
    same(
        "a page",
        pyvmomi=len(collector.latestPage),
        vim=len(within(doors, si).vim(ref(collector), "latestPage")),
        expected=10,
    )
    collector.RewindCollector()
    forward = []
    while page := collector.ReadNextEvents(7):
        forward += [one.key for one in page]
    same("from the first on", pyvmomi=forward, expected=sorted(forward))
    same(
        "as many as there are",
        pyvmomi=len(forward),
        vim=len(doors.vim(ref(manager), "QueryEvents", filter={"_typeName": "EventFilterSpec"})),
    )
    collector.ResetCollector()
    back = []
    while page := collector.ReadPreviousEvents(9):
        back += [one.key for one in page]
    same("and from the last back", pyvmomi=sorted(back), expected=forward[: len(back)])
    collector.DestroyCollector()
    same(
        "a collector that is gone",
        vim=within(doors, si).vim(ref(collector), "latestPage"),
        expected="ManagedObjectNotFound",
    )
    same("the latest event", pyvmomi=manager.latestEvent.key, vim=doors.vim(ref(manager), "latestEvent")["key"])


def reference(one):
    type, value = ref(one)
    return {"_typeName": "ManagedObjectReference", "type": type, "value": value}


def tasks(doors, si):
    """Tasks one after the other and together; the task manager keeps them."""
    content = si.RetrieveContent()
    vm = find(content, vim.VirtualMachine, "smp-ft-demo")
    seen = []
    task = vm.ReconfigVM_Task(
        vim.vm.ConfigSpec(annotation="by pyVmomi", extraConfig=[option("guestinfo.story", "told")])
    )
    state = WaitForTask(task, onProgressUpdate=lambda task, progress: seen.append(progress))
    same(
        "a task",
        pyvmomi=[state, task.info.descriptionId],
        vim=[doors.vim(ref(task), "info")[name] for name in ("state", "descriptionId")],
    )
    same("its progress", pyvmomi=seen[-1:], expected=["completed"])
    config = doors.vim(ref(vm), "config")
    same("a note", pyvmomi=vm.config.annotation, vim=config["annotation"], expected="by pyVmomi")
    values = {one.key: one.value for one in vm.config.extraConfig}
    told = {one["key"]: one["value"]["_value"] for one in config["extraConfig"]}
    same("an option", pyvmomi=values["guestinfo.story"], vim=told["guestinfo.story"], expected="told")
    others = [find(content, vim.VirtualMachine, f"vesxi-0{n}") for n in (2, 3)]
    WaitForTasks([one.ReconfigVM_Task(vim.vm.ConfigSpec(annotation="both")) for one in others])
    same(
        "two at once",
        pyvmomi=[one.config.annotation for one in others],
        vim=[doors.vim(ref(one), "config")["annotation"] for one in others],
    )
    recent = doors.vim(ref(content.taskManager), "recentTask")
    same("recent tasks", pyvmomi=ids(content.taskManager.recentTask), vim=sorted(one["value"] for one in recent))
    by = vim.TaskFilterSpec.ByEntity(entity=vm, recursion=vim.TaskFilterSpec.RecursionOption.self)
    history = content.taskManager.CreateCollectorForTasks(vim.TaskFilterSpec(entity=by))
    names = [one.descriptionId for one in history.ReadNextTasks(100)]
    same("the task in the history", pyvmomi="VirtualMachine.reconfigure" in names, expected=True)
    history.DestroyCollector()
    state = vm.runtime.powerState
    refused(
        "power on what is on",
        vim.fault.InvalidPowerState,
        lambda: done(vm.PowerOn()),
        "The attempted operation cannot be performed in the current state (Powered on).",
        existingState=state,
        requestedState="poweredOn",
    )
    refused(
        "a spec without sense",
        vmodl.fault.InvalidArgument,
        lambda: done(vm.ReconfigVM_Task(vim.vm.ConfigSpec(numCPUs=-1))),
    )
    first = find(content, vim.VirtualMachine, "vesxi-01")
    refused("a name that is taken", vim.fault.DuplicateName, lambda: done(vm.Rename("vesxi-01")), object=first)


def option(key, value):
    return vim.option.OptionValue(key=key, value=value)


def clones(doors, si):
    """A clone, a template of it, a VM from the template; and their end."""
    content = si.RetrieveContent()
    vm = find(content, vim.VirtualMachine, "smp-ft-demo")
    spec = vim.vm.CloneSpec(location=vim.vm.RelocateSpec(), powerOn=False, template=False)
    copy = done(vm.Clone(folder=vm.parent, name="copy", spec=spec))
    told = doors.api(f"/vcenter/vm/{copy._moId}")
    same(
        "a clone",
        pyvmomi=[copy.name, copy.config.hardware.numCPU, copy.config.hardware.memoryMB],
        api=[told["name"], told["cpu"]["count"], told["memory"]["size_MiB"]],
    )
    same("an identity of its own", pyvmomi=copy.config.instanceUuid != vm.config.instanceUuid, expected=True)
    refused(
        "a clone of a name that is taken",
        vim.fault.DuplicateName,
        lambda: done(vm.Clone(vm.parent, "copy", spec)),
        name="copy",
    )
    copy.MarkAsTemplate()
    same("a template", pyvmomi=copy.config.template, vim=doors.vim(ref(copy), "config")["template"], expected=True)
    refused("a template does not run", vmodl.fault.NotSupported, lambda: done(copy.PowerOn()))
    place = vim.vm.RelocateSpec(pool=find(content, vim.ClusterComputeResource, "Nested-FT").resourcePool)
    running = done(
        copy.Clone(copy.parent, "from-template", vim.vm.CloneSpec(location=place, powerOn=True, template=False))
    )
    power = doors.api(f"/vcenter/vm/{running._moId}/power")["state"]
    same("a VM from it", pyvmomi=running.runtime.powerState, api={"POWERED_ON": "poweredOn"}.get(power, power))
    done(running.PowerOff())
    for one in (running, copy):
        done(one.Destroy())
        same(f"{one._moId} is gone", api=doors.api(f"/vcenter/vm/{one._moId}"), expected="NOT_FOUND")


def snapshots(doors, si):
    """A tree of snapshots: made, gone back to, and removed with what hangs below."""
    content = si.RetrieveContent()
    vm = find(content, vim.VirtualMachine, "smp-ft-demo")
    done(vm.PowerOff())
    made = {}
    for name in ("base", "update", "tools"):
        done(vm.ReconfigVM_Task(vim.vm.ConfigSpec(annotation=f"at {name}")))
        made[name] = done(vm.CreateSnapshot(name, f"before {name}", False, False))
    tree(doors, vm, "a chain", ["base", ["update", ["tools", []]]])
    done(made["base"].RevertToSnapshot_Task())
    same(
        "back at the base",
        pyvmomi=vm.config.annotation,
        vim=doors.vim(ref(vm), "config")["annotation"],
        expected="at base",
    )
    current = doors.vim(ref(vm), "snapshot")["currentSnapshot"]["value"]
    same("the current one", pyvmomi=vm.snapshot.currentSnapshot._moId, vim=current, expected=made["base"]._moId)
    done(vm.CreateSnapshot("branch", None, False, False))
    tree(doors, vm, "a branch", ["base", ["update", ["tools", []], "branch", []]])
    made["update"].RenameSnapshot(name="patches", description="renamed")
    tree(doors, vm, "a new name", ["base", ["patches", ["tools", []], "branch", []]])
    done(made["update"].RemoveSnapshot_Task(removeChildren=True))
    tree(doors, vm, "without it and its children", ["base", ["branch", []]])
    refused("one that is gone", vmodl.fault.ManagedObjectNotFound, lambda: done(made["tools"].RevertToSnapshot_Task()))
    done(made["base"].RemoveSnapshot_Task(removeChildren=False))
    tree(doors, vm, "its child stays", ["branch", []])
    done(vm.RevertToCurrentSnapshot_Task())
    done(vm.RemoveAllSnapshots_Task())
    same("none is left", pyvmomi=vm.snapshot, vim=doors.vim(ref(vm), "snapshot"), expected=None)
    done(vm.PowerOn())


def tree(doors, vm, what, expected):
    def pyvmomi(nodes):
        return [part for one in nodes for part in (one.name, pyvmomi(one.childSnapshotList))]

    def over_json(nodes):
        return [part for one in nodes for part in (one["name"], over_json(one.get("childSnapshotList", [])))]

    told = over_json(doors.vim(ref(vm), "snapshot")["rootSnapshotList"])
    same(what, pyvmomi=pyvmomi(vm.snapshot.rootSnapshotList), vim=told, expected=expected)


SERVICE = ("ServiceInstance", "ServiceInstance")
INVALID_LOGIN = "Cannot complete login due to an incorrect user name or password."
GONE = vim.VirtualMachine("vm-404")
SMALL = {
    "_typeName": "VirtualMachineConfigSpec",
    "name": "entered",
    "guestId": "otherLinux64Guest",
    "files": {"_typeName": "VirtualMachineFileInfo", "vmPathName": "[nfs-shared]"},
}
VIEWS = [
    (vim.VirtualMachine, "vm", "vm"),
    (vim.HostSystem, "host", "host"),
    (vim.ClusterComputeResource, "cluster", "cluster"),
    (vim.Datastore, "datastore", "datastore"),
    (vim.Network, "network", "network"),
    (vim.Datacenter, "datacenter", "datacenter"),
    (vim.ResourcePool, "resource-pool", "resource_pool"),
]

doors = Doors()
run([connecting, views, waiting, events, tasks, clones, snapshots], doors, connect(doors))
