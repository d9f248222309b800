"""Categories, tags, and what they are on; tasks."""

from com.vmware.cis.tagging_client import Category, CategoryModel, Tag
from com.vmware.cis_client import Tasks
from com.vmware.vapi.std.errors_client import AlreadyExists, InvalidArgument, NotFound
from com.vmware.vapi.std.introspection_client import Operation, Service
from com.vmware.vapi.std_client import DynamicID
from teller import same


def tagging(doors):
    category, tag, association = (
        doors.client.tagging.Category,
        doors.client.tagging.Tag,
        doors.client.tagging.TagAssociation,
    )
    spec = Category.CreateSpec(
        name="Tier",
        description="",
        cardinality=CategoryModel.Cardinality.SINGLE,
        associable_types={"VirtualMachine"},
    )
    tier = category.create(spec)
    doors.refuses("a second category of a name", AlreadyExists, lambda: category.create(spec))
    category.update(tier, Category.UpdateSpec(description="How good it is."))
    same(
        "a category",
        sdk=category.get(tier).description,
        api=doors.api(f"/cis/tagging/category/{tier}")["description"],
        rest=doors.rest(f"/com/vmware/cis/tagging/category/id:{tier}")["description"],
    )
    category.add_to_used_by(tier, "story")
    same("categories in use", sdk=category.list_used_categories("story"), expected=[tier])
    category.remove_from_used_by(tier, "story")
    category.revoke_propagating_permissions(tier)
    gold = tag.create(Tag.CreateSpec(name="gold", description="", category_id=tier))
    iron = tag.create(Tag.CreateSpec(name="iron", description="", category_id=tier))
    tag.update(iron, Tag.UpdateSpec(name="steel"))
    same("a tag", sdk=tag.get(iron).name, api=doors.api(f"/cis/tagging/tag/{iron}")["name"])
    same(
        "tags",
        sdk=tag.list_tags_for_category(tier),
        list=tag.list(),
        api=doors.api("/cis/tagging/tag"),
        rest=doors.rest("/com/vmware/cis/tagging/tag"),
    )
    tag.add_to_used_by(gold, "story")
    same("tags in use", sdk=tag.list_used_tags("story"), expected=[gold])
    tag.remove_from_used_by(gold, "story")
    tag.revoke_propagating_permissions(gold)

    vm = DynamicID(type="VirtualMachine", id=doors.client.vcenter.VM.list()[0].vm)
    on = {"object_id": {"type": vm.type, "id": vm.id}}
    attached = "/com/vmware/cis/tagging/tag-association?~action=list-attached-tags"
    same("what could be attached", sdk=association.list_attachable_tags(vm), expected=[gold, iron])
    association.attach(gold, vm)
    same("what is attached", sdk=association.list_attached_tags(vm), rest=doors.rest(attached, on), expected=[gold])
    doors.refuses("a second tag of a category", InvalidArgument, lambda: association.attach(iron, vm))
    batch = association.attach_multiple_tags_to_object(vm, [gold, iron])
    same("a batch that fails in part", sdk=[batch.success, len(batch.error_messages)], expected=[False, 1])
    same("objects of a tag", sdk=[one.id for one in association.list_attached_objects(gold)], expected=[vm.id])
    same(
        "objects of tags",
        sdk=[len(one.object_ids) for one in association.list_attached_objects_on_tags([gold, iron])],
        expected=[1, 0],
    )
    association.detach(gold, vm)
    same("what is detached", rest=doors.rest(attached, on), expected=[])
    same("many objects", sdk=association.attach_tag_to_multiple_objects(iron, [vm]).success, expected=True)
    same(
        "tags of objects",
        sdk=[one.tag_ids for one in association.list_attached_tags_on_objects([vm])],
        expected=[[iron]],
    )
    same("off many", sdk=association.detach_tag_from_multiple_objects(iron, [vm]).success, expected=True)
    same("many off one", sdk=association.detach_multiple_tags_from_object(vm, [iron]).success, expected=True)
    tag.delete(gold)
    doors.refuses("a tag that is gone", NotFound, lambda: tag.get(gold), "cis.tagging.objectNotFound.error")
    category.delete(tier)
    same("all are gone", sdk=category.list(), api=doors.api("/cis/tagging/tag"), expected=[])


def tasks(doors):
    tasks = doors.stub(Tasks)
    service = "com.vmware.vim25.VirtualMachine"
    listed = tasks.list(Tasks.FilterSpec(services={service}))
    same("tasks", sdk=len(listed) > 0, expected=True)
    for task in sorted(listed)[:1]:
        same(
            "a task",
            sdk=[tasks.get(task).status, tasks.get(task).target.id],
            api=[doors.api(f"/cis/tasks/{task}")[name] for name in ("status",)]
            + [doors.api(f"/cis/tasks/{task}")["target"]["id"]],
        )
    doors.refuses("a task that is not there", NotFound, lambda: tasks.cancel("task-404"))
    doors.refuses("a list of everything", InvalidArgument, lambda: tasks.list())


def metadata(doors):
    """What generic clients ask before they call anything."""
    services, operations = doors.stub(Service), doors.stub(Operation)
    same("services", sdk=services.list() >= {"com.vmware.vcenter.VM", "com.vmware.cis.tagging.tag"}, expected=True)
    same(
        "operations",
        sdk=sorted(services.get("com.vmware.vcenter.vm.power").operations),
        list=sorted(operations.list("com.vmware.vcenter.vm.power")),
        api=sorted(doors.api("/vapi/std/introspection/service/com.vmware.vcenter.vm.power")["operations"]),
    )
    told = operations.get("com.vmware.vcenter.VM", "list")
    same("an operation", sdk=told.output_definition.type, expected="LIST")


STORIES = [tagging, tasks, metadata]
