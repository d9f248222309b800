"""Every property of every object that can be reached from the service's content, decoded by pyVmomi."""

from collections import deque
from datetime import datetime

from lines import Doors, same, tell
from pyVmomi import VmomiSupport, vim, vmodl
from session import connect

PAGE = 100


def main():
    doors = Doors()
    si = connect(doors)
    content = si.RetrieveContent()
    read, wrong, seen, pending = {}, [], set(), deque()

    def visit(value, path):
        """Finds the objects that a value refers to, and members of enumerations that are none."""
        if isinstance(value, VmomiSupport.ManagedObject):
            if value not in seen:
                seen.add(value)
                pending.append(value)
        elif isinstance(value, VmomiSupport.Enum):
            if value not in type(value).values:
                wrong.append(f"{path}: {value!r} is no {type(value).__name__}")
        elif isinstance(value, list):
            for one in value:
                visit(one, path)
        elif isinstance(value, VmomiSupport.DataObject):
            for member in value._GetPropertyList():
                visit(getattr(value, member.name), f"{path}.{member.name}")

    visit([si, content], "content")
    while pending:
        page = [pending.popleft() for _ in range(min(PAGE, len(pending)))]
        for answer in retrieved(content.propertyCollector, page):
            read[answer.obj] = {one.name: one.val for one in answer.propSet}
            wrong += [f"{answer.obj}: {one.path}: {one.fault}" for one in answer.missingSet]
            for one in answer.propSet:
                visit(one.val, f"{answer.obj}.{one.name}")
    wrong += [f"{one} is not there" for one in seen - set(read)]

    samples = {type(one): one for one in read}
    for one in samples.values():
        for member in one._GetPropertyList():
            if VmomiSupport.IsChildVersion(si._stub.version, member.version):
                fetch(one, member.name, read[one], wrong)
    kinds = {}
    for one in read:
        kinds.setdefault(one._wsdlName, []).append(one._moId)
    tell(
        whole=sum(len(members) for members in read.values()),
        objects={kind: sorted(moids) for kind, moids in kinds.items()},
        wrong=wrong,
    )
    over_json(doors, content, read)


def retrieved(collector, objects):
    """Whole objects, page by page; a manager that has no properties is asked with the rest."""
    spec = vim.PropertyCollector.FilterSpec(
        objectSet=[vim.PropertyCollector.ObjectSpec(obj=one) for one in objects],
        propSet=[vim.PropertyCollector.PropertySpec(type=kind, all=True) for kind in {type(one) for one in objects}],
    )
    answer = collector.RetrievePropertiesEx([spec], vim.PropertyCollector.RetrieveOptions(maxObjects=PAGE // 3))
    while answer is not None:
        yield from answer.objects
        answer = collector.ContinueRetrievePropertiesEx(answer.token) if answer.token else None


def fetch(one, name, whole, wrong):
    """The same property by itself: pyVmomi's Fetch."""
    try:
        value = getattr(one, name)
    except vmodl.MethodFault as fault:
        wrong.append(f"{one}.{name}: {fault}")
        return
    if text(value) != text(whole.get(name)) and value != []:
        wrong.append(f"{one}.{name} is another when it is fetched: {text(value)[:200]} {text(whole.get(name))[:200]}")


def text(value):
    """Everything in a value; references by name, and sessions, which count the calls, by their keys."""
    if isinstance(value, vim.UserSession):
        return value.key
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    if isinstance(value, VmomiSupport.DataObject):
        return (
            f"{type(value).__name__}({', '.join(text(getattr(value, one.name)) for one in value._GetPropertyList())})"
        )
    return value.isoformat() if isinstance(value, datetime) else repr(value)


def over_json(doors, content, read):
    """pyVmomi's own JSON of a whole VM and host has the members that VI JSON sends."""
    for kind, name in ((vim.VirtualMachine, "config"), (vim.HostSystem, "config"), (vim.Datastore, "info")):
        for one in [one for one in read if isinstance(one, kind)][:1]:
            value = doors.vim((one._wsdlName, one._moId), name)
            same(f"{name} of a {kind.__name__}", pyvmomi=sorted(members(read[one][name])), vim=sorted(members(value)))


def members(value):
    if isinstance(value, dict):
        return {name for name, one in value.items() if name != "_typeName" and one != []}
    values = {one.name: getattr(value, one.name) for one in value._GetPropertyList()}
    return {name for name, one in values.items() if one is not None and not (isinstance(one, list) and len(one) == 0)}


main()
