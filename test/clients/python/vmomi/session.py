"""pyVmomi's session with the server of the environment."""

import ssl
from http.cookies import SimpleCookie

from pyVim.connect import SmartConnect
from pyVim.task import WaitForTask
from lines import same, tell


def connect(doors, **options):
    asked = {"user": doors.user, "pwd": doors.password, **options}
    return SmartConnect(host=doors.host, port=doors.port, sslContext=trusting(doors), **asked)


def trusting(doors):
    return ssl.create_default_context(cafile=doors.ca_file)


def within(doors, si):
    """The other doors within pyVmomi's session."""
    return doors.within(SimpleCookie(si._stub.cookie)["vmware_soap_session"].value)


def ref(object):
    """Type and value, as the other doors name an object."""
    return object._wsdlName, object._moId


def ids(objects):
    return sorted(one._moId for one in objects)


def done(task):
    """The result of a task that ends well; raises its fault."""
    WaitForTask(task)
    return task.info.result


def refused(what, kind, call, message=None, **members):
    """The fault arrives as an exception of its own class, with its sentence and its members."""
    try:
        call()
    except kind as fault:
        same(f"{what}: fault", pyvmomi=type(fault).__name__, expected=kind.__name__)
        if message is not None:
            same(f"{what}: message", pyvmomi=fault.msg, expected=message)
        for name, value in members.items():
            same(f"{what}: {name}", pyvmomi=getattr(fault, name), expected=value)
    else:
        tell(broken=what, why=f"no {kind.__name__}")


def find(content, kind, name):
    """The object of a type with a name, as the samples of pyVmomi find it."""
    view = content.viewManager.CreateContainerView(content.rootFolder, [kind], True)
    try:
        return next(one for one in view.view if one.name == name)
    finally:
        view.Destroy()
