"""Libraries and their items; storage policies."""

from com.vmware.cis.tagging_client import Category, CategoryModel, Tag
from com.vmware.content.library_client import Item, ItemModel, StorageBacking
from com.vmware.content_client import LibraryModel
from com.vmware.vapi.std.errors_client import NotFound
from com.vmware.vapi.std_client import DynamicID
from teller import same


def libraries(doors):
    content = doors.client.content
    store = doors.client.vcenter.Datastore.list()[0].datastore
    spec = LibraryModel(
        name="sdk",
        type=LibraryModel.LibraryType.LOCAL,
        storage_backings=[StorageBacking(type=StorageBacking.Type.DATASTORE, datastore_id=store)],
    )
    library = content.LocalLibrary.create(spec)
    same(
        "a library",
        sdk=content.Library.get(library).name,
        local=content.LocalLibrary.get(library).name,
        api=doors.api(f"/content/library/{library}")["name"],
        rest=doors.rest(f"/com/vmware/content/library/id:{library}")["name"],
    )
    same("libraries", sdk=content.Library.list(), local=content.LocalLibrary.list(), api=doors.api("/content/library"))
    content.Library.update(library, LibraryModel(name="of the SDK"))
    same("a library's new name", api=doors.api(f"/content/library/{library}")["name"], expected="of the SDK")
    item = content.library.Item.create(ItemModel(library_id=library, name="thing", type="iso"))
    same(
        "an item",
        sdk=content.library.Item.get(item).name,
        api=doors.api(f"/content/library/item/{item}")["name"],
    )
    same(
        "items",
        sdk=content.library.Item.list(library),
        found=content.library.Item.find(Item.FindSpec(name="thing")),
        api=doors.api(f"/content/library/item?library_id={library}"),
    )
    tag(doors, item)
    same("files of an item", sdk=len(content.library.item.File.list(item)), expected=0)
    content.library.Item.update(item, ItemModel(description="A thing."))
    same("an item's text", api=doors.api(f"/content/library/item/{item}")["description"], expected="A thing.")
    content.library.Item.delete(item)
    content.LocalLibrary.delete(library)
    doors.refuses("a library that is gone", NotFound, lambda: content.Library.get(library))


def tag(doors, item):
    """Items carry tags like what is in the inventory."""
    tagging = doors.client.tagging
    spec = Category.CreateSpec("Kind", "", CategoryModel.Cardinality.SINGLE, {"com.vmware.content.library.Item"})
    category = tagging.Category.create(spec)
    iso = tagging.Tag.create(Tag.CreateSpec("iso", "", category))
    tagged = DynamicID(type="com.vmware.content.library.Item", id=item)
    tagging.TagAssociation.attach(iso, tagged)
    same("an item's tags", sdk=tagging.TagAssociation.list_attached_tags(tagged), expected=[iso])
    tagging.Category.delete(category)


def types(doors):
    content = doors.client.content
    same("types of items", sdk=len(content.Type.list()) > 0, expected=True)
    content.SubscribedLibrary.list()
    content.Configuration.get()


def policies(doors):
    storage = doors.client.vcenter.storage
    same(
        "storage policies",
        sdk=[one.policy for one in storage.Policies.list()],
        api=[one["policy"] for one in doors.api("/vcenter/storage/policies")],
        rest=[one["policy"] for one in doors.rest("/vcenter/storage/policies")],
    )


STORIES = [libraries, types, policies]
