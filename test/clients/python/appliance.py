"""The appliance that vCenter runs on."""

from com.vmware.appliance_client import Timesync
from com.vmware.vapi.std.errors_client import NotFound
from teller import same


def health(doors):
    system = doors.client.appliance.health.System
    same("health", sdk=system.get(), api=doors.api("/appliance/health/system"), rest=doors.rest("/appliance/health/system"))
    for part in ("Load", "Mem", "Storage", "Swap", "Databasestorage", "Applmgmt", "Softwarepackages"):
        getattr(doors.client.appliance.health, part).get()
    system.lastcheck()


def system(doors):
    appliance = doors.client.appliance
    same("version", sdk=appliance.system.Version.get().version, api=doors.api("/appliance/system/version")["version"])
    appliance.system.Uptime.get()
    same("time zone", sdk=appliance.system.time.Timezone.get(), api=doors.api("/appliance/system/time/timezone"))


def settings(doors):
    appliance = doors.client.appliance
    for on in (True, False):
        appliance.access.Ssh.set(enabled=on)
        same(f"SSH {on}", sdk=appliance.access.Ssh.get(), api=doors.api("/appliance/access/ssh"), expected=on)
    for on in (False, True):
        appliance.access.Consolecli.set(enabled=on)
        same(f"console {on}", sdk=appliance.access.Consolecli.get(), api=doors.api("/appliance/access/consolecli"))
    appliance.Ntp.set(["ntp.lab.local"])
    same("NTP", sdk=appliance.Ntp.get(), api=doors.api("/appliance/ntp"), expected=["ntp.lab.local"])
    appliance.Timesync.set(Timesync.TimeSyncMode.NTP)
    same("time", sdk=appliance.Timesync.get(), api=doors.api("/appliance/timesync"), expected="NTP")


def services(doors):
    services = doors.client.appliance.Services
    same("services", sdk=sorted(services.list()), api=sorted(doors.api("/appliance/services")))
    doors.refuses(
        "a service that is not there", NotFound, lambda: services.get("toto"), "com.vmware.appliance.service.not_found"
    )


def networking(doors):
    networking = doors.client.appliance.networking
    same(
        "interfaces",
        sdk=[one.name for one in networking.Interfaces.list()],
        api=[one["name"] for one in doors.api("/appliance/networking/interfaces")],
    )
    same("host name", sdk=networking.dns.Hostname.get(), api=doors.api("/appliance/networking/dns/hostname"))
    networking.dns.Servers.get()
    networking.dns.Domains.list()


STORIES = [health, system, settings, services, networking]
