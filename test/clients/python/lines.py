"""What the programs of all clients share: lines of JSON that say what came of each step, and the other doors."""

import copy
import json
import os
import ssl
import traceback
import urllib.error
import urllib.parse
import urllib.request


def tell(**line):
    print(json.dumps(line, default=plain, sort_keys=True), flush=True)


def plain(value):
    """What JSON has no form for: an SDK's structures, enumerations, sets and times."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


def same(what, **values):
    """Several doors, or a door and what is expected, say the same of one thing."""
    tell(same=what, values=values)


def run(stories, *arguments):
    """Each story by itself; one that breaks says so and ends."""
    for story in stories:
        try:
            story(*arguments)
        except Exception:
            tell(broken=story.__name__, why=traceback.format_exc())


class Doors:
    """The same server by plain HTTP, with a session of its own: the Automation API and VI JSON."""

    def __init__(self):
        self.url = os.environ["FAUXSPHERE_URL"]
        parts = urllib.parse.urlsplit(self.url)
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port
        self.user, self.password = os.environ["VSPHERE_USER"], os.environ["VSPHERE_PASSWORD"]
        self.ca_file = os.environ["FAUXSPHERE_CA_FILE"]
        self.tls = ssl.create_default_context(cafile=self.ca_file)
        login = urllib.request.HTTPPasswordMgrWithPriorAuth()
        login.add_password(None, self.url, self.user, self.password, is_authenticated=True)
        opener = self._opener(urllib.request.HTTPBasicAuthHandler(login))
        with opener.open(urllib.request.Request(self.url + "/api/session", method="POST")) as answer:
            self.headers = {"vmware-api-session-id": json.load(answer), "content-type": "application/json"}

    def within(self, session):
        """The same doors, within a session that another door opened: its views and collectors are nobody else's."""
        doors = copy.copy(self)
        doors.headers = {**self.headers, "vmware-api-session-id": session}
        return doors

    def api(self, path, body=None, method=None):
        """A GET, or with a body a POST, on `/api`: the answer, or the error's type."""
        return self._ask("/api" + path, body, method, "error_type")

    def vim(self, ref, member, **arguments):
        """A property over VI JSON, or the result of a method: the value, or the fault's type. `ref` is type and value."""
        method = "GET" if member[0].islower() else "POST"
        body = arguments if method == "POST" else None
        return self._ask("/sdk/vim25/8.0.3.0/%s/%s/%s" % (*ref, member), body, method, "_typeName")

    def _ask(self, path, body, method, error):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, self.headers, method=method)
        try:
            with self._opener().open(request) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refused:
            return json.load(refused)[error]
        return json.loads(text) if text else None

    def _opener(self, *handlers):
        quiet = urllib.request.ProxyHandler({})
        return urllib.request.build_opener(quiet, urllib.request.HTTPSHandler(context=self.tls), *handlers)
