"""VM templates in a library: made, deployed, checked out, checked in, rolled back."""

from com.vmware.content.library_client import StorageBacking
from com.vmware.content_client import LibraryModel
from com.vmware.vapi.std.errors_client import AlreadyExists, InvalidArgument, NotFound, UnableToAllocateResource
from com.vmware.vcenter.vm_template.library_items_client import CheckOuts, Versions
from com.vmware.vcenter.vm_template_client import LibraryItems
from machines import create, place
from teller import same


def library(doors, name):
    backing = StorageBacking(type=StorageBacking.Type.DATASTORE, datastore_id=place(doors).datastore)
    spec = LibraryModel(name=name, type=LibraryModel.LibraryType.LOCAL, storage_backings=[backing])
    return doors.client.content.LocalLibrary.create(spec)


def templates(doors):
    vcenter, content = doors.client.vcenter, doors.client.content
    items = vcenter.vm_template.LibraryItems
    checkouts, versions = vcenter.vm_template.library_items.CheckOuts, vcenter.vm_template.library_items.Versions
    at, where = library(doors, "templates"), place(doors)
    source = create(doors, "golden")

    folder, cluster = where.folder, where.cluster
    spec = LibraryItems.CreateSpec(
        source_vm=source,
        name="base",
        library=at,
        placement=LibraryItems.CreatePlacementSpec(folder=folder, cluster=cluster),
    )
    item = items.create(spec)
    path = f"/vcenter/vm-template/library-items/{item}"
    first = items.get(item).vm_template
    same(
        "a template",
        sdk=items.get(item).vm_template,
        api=doors.api(path)["vm_template"],
        rest=doors.rest(path)["vm_template"],
    )
    same("a template's machine", vim=doors.vim("VirtualMachine", first, "config")["template"], expected=True)
    same("what its item is", sdk=content.library.Item.get(item).type, expected="vm-template")
    doors.refuses("a name that is taken", AlreadyExists, lambda: items.create(spec))
    spec.source_vm, spec.name = first, "copy"
    doors.refuses(
        "a template of a template",
        InvalidArgument,
        lambda: items.create(spec),
        "com.vmware.vdcs.vmtx-main.invalid_source_vm_template_not_supported",
    )

    disk = next(iter(items.get(item).disks))
    vm = items.deploy(
        item,
        LibraryItems.DeploySpec(
            name="web",
            placement=LibraryItems.DeployPlacementSpec(folder=folder, cluster=cluster),
            hardware_customization=LibraryItems.HardwareCustomizationSpec(
                cpu_update=LibraryItems.CpuUpdateSpec(num_cpus=1),
                disks_to_update={disk: LibraryItems.DiskUpdateSpec(capacity=2 << 30)},
            ),
        ),
    )
    same("a deployed disk", sdk=vcenter.VM.get(vm).disks[disk].capacity, expected=2 << 30)
    same(
        "a deployed VM's processors",
        sdk=vcenter.VM.get(vm).cpu.count,
        vim=doors.vim("VirtualMachine", vm, "config")["hardware"]["numCPU"],
    )

    out = CheckOuts.CheckOutSpec(name="next", placement=CheckOuts.PlacementSpec(folder=folder, cluster=cluster))
    work = checkouts.check_out(item, out)
    same("who checked it out", sdk=checkouts.get(item, work).user, api=doors.api(f"{path}/check-outs/{work}")["user"])
    same(
        "what is checked out",
        sdk=[one.vm for one in checkouts.list(item)],
        item=[work] if vcenter.vm.LibraryItem.get(work).check_out.library_item == item else [],
        rest=[one["vm"] for one in doors.rest(f"{path}/check-outs")],
    )
    out.name = "another"
    doors.refuses("a second check-out", UnableToAllocateResource, lambda: checkouts.check_out(item, out))
    newer = checkouts.check_in(item, work, CheckOuts.CheckInSpec(message="Newer."))
    same(
        "versions",
        sdk=[one.vm_template for one in versions.list(item)],
        api=[one["vm_template"] for one in doors.api(f"{path}/versions")],
        expected=[work, first],
    )
    same("the latest version", sdk=versions.get(item, newer).vm_template, expected=work)
    latest = versions.rollback(item, versions.list(item)[1].version, Versions.RollbackSpec(message="Back."))
    same("the version after a rollback", sdk=versions.get(item, latest).vm_template, expected=first)
    versions.delete(item, newer)
    checkouts.delete(item, checkouts.check_out(item, out))
    same("what is left", sdk=len(versions.list(item)) + len(checkouts.list(item)), expected=1)

    vcenter.VM.delete(vm)
    vcenter.VM.delete(source)
    content.library.Item.delete(item)
    content.LocalLibrary.delete(at)
    doors.refuses("a template that is gone", NotFound, lambda: items.get(item))
    same("its machine", vim=doors.vim("VirtualMachine", first, "config"), expected="ManagedObjectNotFound")


STORIES = [templates]
