"""What the stories share: a client, the other doors, and lines of JSON that say what came of each step."""

import os
import traceback

import requests
from com.vmware.vapi.std.errors_client import Error, Unsupported
from lines import same, tell
from vmware.vapi.bindings.stub import ApiInterfaceStub
from vmware.vapi.lib.connect import get_requests_connector
from vmware.vapi.security.client.security_context_filter import LegacySecurityContextFilter
from vmware.vapi.security.session import create_session_security_context
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory
from vmware.vapi.vsphere.client import create_vsphere_client


def record_operations():
    """Tells of every operation that the SDK calls and that does something; once each."""
    invoke, told = ApiInterfaceStub.invoke, set()

    def recorded(stub, ctx, method_id, input_value):
        result = invoke(stub, ctx, method_id, input_value)
        name = f"{stub.get_identifier().get_name()}/{method_id.get_name()}"
        missing = not result.success() and "does not implement" in str(result.error)
        if name not in told and not missing:
            told.add(name)
            tell(operation=name)
        return result

    ApiInterfaceStub.invoke = recorded


class Doors:
    """The same server through the SDK (JSON-RPC), and through `/api`, `/rest` and VI JSON with plain HTTP."""

    def __init__(self):
        record_operations()
        self.server = os.environ["VSPHERE_SERVER"]
        self.client = create_vsphere_client(
            self.server, os.environ["VSPHERE_USER"], os.environ["VSPHERE_PASSWORD"], session=trusting()
        )
        self.http = trusting()
        self.http.headers["vmware-api-session-id"] = self.client.get_session_id()

    def stub(self, service):
        """A service that the SDK's client has no attribute for."""
        context = create_session_security_context(self.client.get_session_id())
        connector = get_requests_connector(
            session=self.http,
            url=self.url("/api"),
            provider_filter_chain=[LegacySecurityContextFilter(security_context=context)],
        )
        return service(StubConfigurationFactory.new_std_configuration(connector))

    def url(self, path):
        return f"https://{self.server}{path}"

    def api(self, path):
        """A GET on `/api`: its body, or the error's type."""
        answer = self.http.get(self.url("/api" + path))
        return answer.json() if answer.ok else answer.json()["error_type"]

    def rest(self, path, body=None):
        """A GET, or with a body a POST, on `/rest`: its value, or the error's type."""
        url = self.url("/rest" + path)
        answer = self.http.get(url) if body is None else self.http.post(url, json=body)
        if not answer.ok:
            return answer.json()["value"]["error_type"]
        return answer.json()["value"] if answer.content else None

    def vim(self, kind, moid, member):
        """A property over VI JSON."""
        answer = self.http.get(self.url(f"/sdk/vim25/8.0.3.0/{kind}/{moid}/{member}"))
        return answer.json() if answer.ok else answer.json()["_typeName"]

    def refuses(self, what, kind, call, id=None):
        """The SDK makes the answer an exception of its own class, with its messages."""
        try:
            call()
        except Error as error:
            messages = [message.id for message in error.messages]
            tell(same=f"{what}: error", values={"sdk": type(error).__name__, "expected": kind.__name__})
            if id is not None:
                tell(same=f"{what}: message", values={"sdk": messages[:1], "expected": [id]})
        else:
            tell(same=f"{what}: error", values={"sdk": "none", "expected": kind.__name__})


def trusting():
    session = requests.Session()
    session.trust_env = False
    session.verify = os.environ["FAUXSPHERE_CA_FILE"]
    return session


def run(stories, doors):
    """Each story by itself; one that needs what is not implemented yet, or that breaks, says so and ends."""
    for story in stories:
        try:
            story(doors)
        except Unsupported as error:
            message = (error.messages or [None])[0]
            if message is not None and "does not implement" in message.default_message:
                tell(missing="/".join(message.args))
            else:
                tell(broken=story.__name__, why=traceback.format_exc())
        except Exception:
            tell(broken=story.__name__, why=traceback.format_exc())
