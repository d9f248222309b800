"""Prints the Automation API's definitions out of the installed Python package vmware-vcenter as JSON on stdout.

Usage: extract.py SITE_PACKAGES

Every client module is imported with a recorder in place of the stubs' constructor, so that what the package
declares about operations and types is taken as it is. Releases and privileges are not declared: they stand in
docstrings, in a few exact phrases, and nothing else is read there.
"""

import ast
import importlib
import json
import os
import re
import sys

site_packages = sys.argv[1]
sys.dont_write_bytecode = True
sys.path.insert(0, site_packages)

from vmware.vapi.bindings import stub, type as t  # noqa: E402
from vmware.vapi.bindings.enum import Enum  # noqa: E402
from vmware.vapi.bindings.error import VapiError  # noqa: E402
from vmware.vapi.bindings.struct import VapiStruct  # noqa: E402
from vmware.vapi.data.validator import UnionValidator  # noqa: E402

recorded = {}


def record(_self, iface_name, config, operations, rest_metadata=None, is_vapi_rest=None):
    if not is_vapi_rest:
        raise Exception("%s speaks another REST than the vAPI's" % iface_name)
    if iface_name in recorded:
        raise Exception("%s is declared twice" % iface_name)
    recorded[iface_name] = (operations, rest_metadata or {})


stub.ApiInterfaceStub.__init__ = record
stub.VapiInterface.__init__ = lambda self, *_args: None


def modules():
    for folder, _, files in os.walk(os.path.join(site_packages, "com")):
        for file in files:
            if file.endswith("_client.py"):
                path = os.path.relpath(os.path.join(folder, file), site_packages)
                yield path[:-3].replace(os.sep, ".")


def text(doc):
    return re.sub(r"\s+", " ", doc or "").strip()


def first(pattern, doc):
    found = re.search(pattern, doc)
    return found.group(1) if found else None


def history(doc, subject):
    """Releases that added and deprecated what `doc` is about, as said in the exact phrases."""
    return {
        "since": first(r"This %s was added in \*\*vSphere API (\d[\d.]*\d)\*\*" % subject, doc),
        "deprecated": first(r"\.\. deprecated:: vSphere API (\d[\d.]*\d)", doc),
    }


def parameters(doc):
    """The text on each parameter, by Python name."""
    parts = re.split(r":(?:type|param|rtype|return|raise)\b", doc)
    heads = re.findall(r":(type|param|rtype|return|raise)\b", doc)
    result = {}
    for kind, part in zip(heads, parts[1:]):
        if kind == "param":
            name, _, said = part.strip().partition(":")
            result[name] = said
    return result


def head(doc):
    return re.split(r":(?:type|param|rtype|return|raise)\b", doc)[0]


# Two structures have one name; the newer one, 9.1's, gets another here. On the wire both have the first.
RENAMED = {("com.vmware.vcenter.deployment_client", "Info"): "com.vmware.vcenter.deployment.info_9_1"}


def type_name(binding):
    cls = binding.binding_class
    return RENAMED.get((cls.__module__, cls.__qualname__), binding.name)


SIMPLE = {
    t.VoidType: "void",
    t.IntegerType: "long",
    t.DoubleType: "double",
    t.StringType: "string",
    t.SecretType: "secret",
    t.BooleanType: "boolean",
    t.BlobType: "binary",
    t.OpaqueType: "opaque",
    t.AnyErrorType: "anyError",
    t.DateTimeType: "dateTime",
    t.URIType: "uri",
}


def shape(binding):
    """A binding type as JSON: a word, or a list that starts with one."""
    if type(binding) in SIMPLE:
        return SIMPLE[type(binding)]
    if isinstance(binding, t.ReferenceType):
        return shape(binding.resolved_type)
    if isinstance(binding, t.DynamicStructType):
        return ["dynamic", [type_name(each.resolved_type) for each in binding.has_fields_of_type or []]]
    if isinstance(binding, t.StructType):
        return ["structure", type_name(binding)]
    if isinstance(binding, t.EnumType):
        return ["enum", binding.name]
    if isinstance(binding, t.IdType):
        resources = binding.resource_types or []
        return ["id", [resources] if isinstance(resources, str) else resources, binding.resource_type_field_name]
    if isinstance(binding, t.MapType):
        return ["map", shape(binding.key_type), shape(binding.value_type)]
    kinds = {t.OptionalType: "optional", t.ListType: "list", t.SetType: "set"}
    return [kinds[type(binding)], shape(binding.element_type)]


def fields(binding, documented, pep_name):
    return [
        {
            "name": name,
            "type": shape(binding.get_field(name)),
            **history(documented.get(pep_name(name), ""), r"(?:attribute|parameter)"),
        }
        for name in binding.get_field_names()
    ]


def unions(validators, names):
    result = []
    for validator in validators:
        if not isinstance(validator, UnionValidator):
            continue
        discriminant, cases = validator._discriminant_name, validator._case_map
        used = {discriminant, *(field for case in cases.values() for field, _ in case)}
        if not used <= set(names):
            raise Exception("a union of unknown fields %s" % used)
        result.append([discriminant, [[value, case] for value, case in cases.items()]])
    return result


structures, enumerations, services = [], [], []
stubs, interfaces = [], {}


def value_docs(nodes, prefix=""):
    """Docstrings of class attributes (the string after an assignment) by qualified class name and attribute."""
    result = {}
    for node, following in zip(nodes, [*nodes[1:], None]):
        if isinstance(node, ast.ClassDef):
            result.update(value_docs(node.body, prefix + node.name + "."))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                result[prefix + node.targets[0].id] = text(following.value.value)
    return result


def visit_enum(cls, docs):
    values = [str(value) for value in cls.get_values()]
    doc = text(cls.__doc__)
    enumerations.append({
        "name": cls.get_binding_type().name,
        **history(doc, r"(?:enumeration|class)"),
        "values": [
            {"name": value, **history(docs.get("%s.%s" % (cls.__qualname__, value), ""), "class attribute")}
            for value in values
        ],
    })


def visit_structure(cls):
    binding = cls.get_binding_type()
    documented = parameters(text(cls.__init__.__doc__))
    structures.append({
        "name": type_name(binding),
        **history(text(cls.__doc__), r"(?:class|exception)"),
        "error": isinstance(binding, t.ErrorType),
        "model": binding.is_model or False,
        "keys": list(binding.model_keys or []),
        "fields": fields(binding, documented, cls._get_pep_name),
        "unions": unions(cls._validator_list or [], binding.get_field_names()),
    })


def visit(module, owner, docs):
    for cls in vars(owner).values():
        if not isinstance(cls, type) or cls.__module__ != module.__name__:
            continue
        if issubclass(cls, stub.ApiInterfaceStub):
            stubs.append(cls)
        elif issubclass(cls, stub.VapiInterface):
            interfaces[cls._VAPI_SERVICE_ID] = (module, cls)
            visit(module, cls, docs)
        elif issubclass(cls, Enum):
            visit_enum(cls, docs)
        elif issubclass(cls, (VapiStruct, VapiError)):
            visit_structure(cls)
            visit(module, cls, docs)


def attribute(reference, module, path):
    """`structure/field` for what a docstring calls :attr:`VM.CloneSpec.source`."""
    parts = path.split(".")
    modules_ = [at for at, part in enumerate(parts) if part.endswith("_client")]
    if modules_:
        module = importlib.import_module(".".join(parts[: modules_[0] + 1]))
        parts = parts[modules_[0] + 1 :]
    cls = module
    for part in parts[:-1]:
        cls = getattr(cls, part)
    for name in cls.get_binding_type().get_field_names():
        if cls._get_pep_name(name) == parts[-1]:
            return "%s/%s" % (type_name(cls.get_binding_type()), name)
    raise Exception("%s names no field" % reference)


PRIVILEGE = re.compile(
    r"\* (?:The resource ``([\w.]+)`` referenced by the "
    r"(?:parameter ``(\w+)``|attribute :attr:`([\w.]+)`)|Method execution) requires ``([\w.]+)``\."
)


def privileges(doc, module):
    result = []
    for resource, parameter, attr, privilege in PRIVILEGE.findall(doc):
        by = parameter or (attribute(attr, module, attr) if attr else None)
        result.append({"privilege": privilege, "resource": resource or None, "by": by})
    return result


def task_result(method_source, module):
    """The third argument of the call Task(task_id, task_svc, ...): what the task yields."""
    for node in ast.walk(method_source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Task":
            code = compile(ast.Expression(node.args[2]), "<task>", "eval")
            return shape(eval(code, vars(module)))
    return None


def rest(metadata, is_task):
    if metadata is None:
        return None
    template, names = metadata._url_template, metadata._path_variables
    for parameter, variable in names.items():
        template = template.replace("{%s}" % variable, "{%s}" % parameter)
    return {
        "method": metadata.http_method,
        "path": template,
        "task": is_task,
        "query": [[name, parameter] for parameter, name in metadata.query_parameters.items()],
        "headers": [[name, parameter] for name, parameter in metadata._header_parameters.items()],
        "body": metadata.request_body_parameter,
        # Operations of the older style are described with their form on /rest.
        "classic": metadata.use_status_to_std_err_map,
    }


def method_sources(module):
    tree = ast.parse(open(module.__file__, encoding="utf-8").read())
    result = {}

    def walk(nodes, prefix):
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                walk(node.body, prefix + node.name + ".")
            elif isinstance(node, ast.FunctionDef):
                result[prefix + node.name] = node

    walk(tree.body, "")
    return result


def pep_name(canonical):
    return VapiStruct._get_pep_name.__func__(VapiStruct, canonical)


def visit_service(service, sources):
    operations, metadata = recorded[service]
    module, cls = interfaces[service]
    python_names = {id_: name for name, id_ in cls(None)._VAPI_OPERATION_IDS.items()}
    result = []
    for id_, operation in operations.items():
        is_task = id_.endswith("$task")
        name = python_names.get(id_) or pep_name(id_)
        doc = text(getattr(cls, name).__doc__)
        plain = id_[: -len("$task")] if is_task else id_
        binding = operation["input_type"]
        result.append({
            "id": id_,
            **history(head(doc), "method"),
            "input": fields(binding, parameters(doc), pep_name),
            "unions": unions(operation["input_value_validator_list"], binding.get_field_names()),
            "output": shape(operation["output_type"]),
            "taskResult": task_result(sources["%s.%s" % (cls.__qualname__, name)], module) if is_task else None,
            "errors": [error.resolved_type.name for error in operation["errors"].values()],
            "privileges": privileges(doc, module),
            "rest": rest(metadata.get(id_) or metadata.get(plain), is_task),
        })
    services.append({"id": service, **history(text(cls.__doc__), "class"), "operations": result})


by_module = {}
for name in sorted(modules()):
    module = importlib.import_module(name)
    tree = ast.parse(open(module.__file__, encoding="utf-8").read())
    visit(module, module, value_docs(tree.body))
for cls in stubs:
    cls(None)
for service in sorted(recorded):
    module = interfaces[service][0]
    if module not in by_module:
        by_module[module] = method_sources(module)
    visit_service(service, by_module[module])
json.dump({"services": services, "structures": structures, "enumerations": enumerations}, sys.stdout)
