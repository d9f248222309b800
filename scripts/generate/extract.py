"""Prints the type tables of an installed or unpacked pyVmomi as JSON on stdout.

Usage: extract.py PACKAGE_DIR TABLE_MODULE...

The table modules are Python programs that call CreateDataType & co. They are run against recording
functions instead of pyVmomi's own, so what they declare is taken as it is, without parsing source text
and without importing the rest of the package.
"""

import importlib
import json
import sys
import types

package_dir, modules = sys.argv[1], sys.argv[2:]
recorded = {"data": [], "managed": [], "enum": [], "version": [], "parent": []}


class Ignored:
    """Stands for everything of pyVmomi that the tables touch and that declares no type."""

    def __call__(self, *_args, **_kwargs):
        return self

    def __getattr__(self, _name):
        return self


class Recorder(types.ModuleType):
    F_LINK, F_LINKABLE, F_OPTIONAL, F_SECRET = 1, 2, 4, 8

    def CreateDataType(self, *args):
        recorded["data"].append(args)

    def CreateManagedType(self, *args):
        recorded["managed"].append(args)

    def CreateEnumType(self, *args):
        recorded["enum"].append(args)

    def AddVersion(self, *args):
        recorded["version"].append(args)

    def AddVersionParent(self, *args):
        recorded["parent"].append(args)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Ignored()


package = types.ModuleType("tables")
package.__path__ = [package_dir]
sys.modules["tables"] = package
sys.modules["tables.VmomiSupport"] = Recorder("tables.VmomiSupport")
# Older packages import their support module by other names.
sys.modules["pyVmomi"] = package
sys.modules["pyVmomi.VmomiSupport"] = sys.modules["VmomiSupport"] = sys.modules["tables.VmomiSupport"]
sys.dont_write_bytecode = True
for module in modules:
    importlib.import_module("tables." + module)
json.dump(recorded, sys.stdout)
