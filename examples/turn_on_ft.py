"""Turns on Fault Tolerance for the VM smp-ft-demo and fails its host, with nothing but Python's standard library.

    npx fauxsphere exec -- python3 examples/turn_on_ft.py
"""

import base64
import json
import os
import ssl
import time
import urllib.error
import urllib.request


class Fault(Exception):
    """What the server refuses, as its own data object: type in `_typeName`, sentence in `faultstring`."""

    def __init__(self, fault):
        sentence = fault.get("faultstring") or fault.get("localizedMessage") or fault.get("messages")
        super().__init__(f"{fault.get('_typeName') or fault.get('error_type')}: {sentence}")
        self.fault = fault


class VCenter:
    """The vSphere Web Services API as JSON: GET a property, POST a method."""

    def __init__(self, url, user, password, ca_file=None, release="8.0.3.0"):
        self.url = url
        self.release = release
        self.tls = ssl.create_default_context(cafile=ca_file or None) if url.startswith("https:") else None
        login = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.token = self._request("POST", "/api/session", headers={"Authorization": f"Basic {login}"})

    def get(self, ref, name):
        """A property of an object; None where it is not set."""
        return self._request("GET", self._path(ref, name))

    def call(self, ref, method, **arguments):
        """The result of a method; raises Fault."""
        return self._request("POST", self._path(ref, method), arguments)

    def run(self, ref, method, **arguments):
        """The result of a method that makes a task, when the task has ended; raises Fault."""
        task = self.call(ref, method, **arguments)
        while (info := self.get(task, "info"))["state"] in ("queued", "running"):
            time.sleep(0.5)
        if info["state"] == "error":
            raise Fault({**info["error"]["fault"], "localizedMessage": info["error"].get("localizedMessage")})
        return info.get("result")

    def find(self, path):
        """The object at an inventory path such as Lab/vm/smp-ft-demo."""
        return self.call({"type": "SearchIndex", "value": "SearchIndex"}, "FindByInventoryPath", inventoryPath=path)

    def close(self):
        self._request("DELETE", "/api/session")

    def _path(self, ref, member):
        return f"/sdk/vim25/{self.release}/{ref['type']}/{ref['value']}/{member}"

    def _request(self, verb, path, body=None, headers=None):
        request = urllib.request.Request(self.url + path, method=verb, headers=headers or {})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if getattr(self, "token", None):
            request.add_header("vmware-api-session-id", self.token)
        try:
            with urllib.request.urlopen(request, context=self.tls) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise Fault(json.load(error)) from None
        return json.loads(text) if text else None


def main():
    vc = VCenter(
        os.environ.get("FAUXSPHERE_URL", "https://127.0.0.1:8989"),
        os.environ.get("VSPHERE_USER", "administrator@vsphere.local"),
        os.environ.get("VSPHERE_PASSWORD", "VMware1!"),
        os.environ.get("FAUXSPHERE_CA_FILE"),
    )

    def host_of(vm):
        return vc.get(vc.get(vm, "runtime")["host"], "name")

    vm = vc.find("Lab/vm/smp-ft-demo")
    print(f"smp-ft-demo is {vm['value']} on {host_of(vm)}")

    secondary = vc.run(vm, "CreateSecondaryVMEx_Task")["vm"]
    print(f"It is {vc.get(vm, 'runtime')['faultToleranceState']}, with {secondary['value']} on {host_of(secondary)}")

    try:
        vc.run(vm, "CreateSecondaryVMEx_Task")
    except Fault as fault:
        print(f"A second time: {fault}")

    nested = host_of(vm).split(".")[0]
    vc.run(vc.find(f"Lab/vm/{nested}"), "PowerOffVM_Task")
    role = vc.get(secondary, "config")["ftInfo"]["role"]
    print(f"{nested} has failed, {secondary['value']} is now the {'primary' if role == 1 else 'secondary'}")
    vc.close()


if __name__ == "__main__":
    main()
