"""Datacenters, hosts, clusters, pools, datastores, folders and networks."""

from com.vmware.vapi.std.errors_client import NotFound
from com.vmware.vcenter_client import Cluster, Datacenter, Folder, Host, Network, ResourcePool
from teller import same


def session(doors):
    same(
        "who is logged in",
        sdk=doors.client.session_svc.get().user,
        api=doors.api("/session")["user"],
        rest=doors.rest("/com/vmware/cis/session?~action=get", {})["user"],
    )


def hello(doors):
    from com.vmware.vcenter_client import System

    spec = System.HelloSpec(api_releases={"8.0.3.0"})
    same("hello", sdk=doors.client.vcenter.System.hello(spec).api_release, expected="8.0.3.0")


def clusters(doors):
    cluster = doors.client.vcenter.Cluster
    listed = cluster.list(Cluster.FilterSpec(names={"Nested-FT"}))
    same(
        "clusters",
        sdk=sorted(one.cluster for one in cluster.list()),
        api=sorted(one["cluster"] for one in doors.api("/vcenter/cluster")),
        rest=sorted(one["cluster"] for one in doors.rest("/vcenter/cluster")),
    )
    moid = listed[0].cluster
    same(
        "a cluster's pool",
        sdk=cluster.get(moid).resource_pool,
        api=doors.api(f"/vcenter/cluster/{moid}")["resource_pool"],
        vim=doors.vim("ClusterComputeResource", moid, "resourcePool")["value"],
    )
    doors.refuses("a cluster that is not there", NotFound, lambda: cluster.get("domain-c404"))


def datacenters(doors):
    datacenter = doors.client.vcenter.Datacenter
    root = doors.client.vcenter.Folder.list(Folder.FilterSpec(type=Folder.Type.DATACENTER))[0].folder
    made = datacenter.create(Datacenter.CreateSpec(name="SDK", folder=root))
    same(
        "a new datacenter",
        sdk=datacenter.get(made).name,
        api=doors.api(f"/vcenter/datacenter/{made}")["name"],
        rest=doors.rest(f"/vcenter/datacenter/{made}")["name"],
        vim=doors.vim("Datacenter", made, "name"),
    )
    same(
        "its folder for VMs",
        sdk=datacenter.get(made).vm_folder,
        vim=doors.vim("Datacenter", made, "vmFolder")["value"],
    )
    datacenter.delete(made)
    same("it is gone", api=doors.api(f"/vcenter/datacenter/{made}"), expected="NOT_FOUND")
    doors.refuses(
        "a datacenter that is not there",
        NotFound,
        lambda: datacenter.get(made),
        "com.vmware.api.vcenter.datacenter.not_found",
    )
    same("datacenters", sdk=[one.name for one in datacenter.list()], expected=["Lab"])


def places(doors):
    vcenter = doors.client.vcenter
    for name, listed, key in [
        ("folder", vcenter.Folder.list(), "folder"),
        ("network", vcenter.Network.list(), "network"),
        ("datastore", vcenter.Datastore.list(), "datastore"),
        ("host", vcenter.Host.list(), "host"),
    ]:
        same(
            f"{name}s",
            sdk=[getattr(one, key) for one in listed],
            api=[one[key] for one in doors.api(f"/vcenter/{name}")],
            rest=[one[key] for one in doors.rest(f"/vcenter/{name}")],
        )
    store = vcenter.Datastore.list()[0]
    same(
        "a datastore's name",
        sdk=vcenter.Datastore.get(store.datastore).name,
        vim=doors.vim("Datastore", store.datastore, "name"),
    )
    same(
        "port groups",
        sdk=len(vcenter.Network.list(Network.FilterSpec(types={Network.Type.STANDARD_PORTGROUP}))),
        api=len(doors.api("/vcenter/network?types=STANDARD_PORTGROUP")),
    )
    doors.refuses("a datastore that is not there", NotFound, lambda: vcenter.Datastore.get("datastore-404"))


def hosts(doors):
    host = doors.client.vcenter.Host
    one = host.list(Host.FilterSpec(names={"vesxi-03.lab.local"}))[0].host
    host.disconnect(one)
    same(
        "a host that is disconnected",
        api=doors.api("/vcenter/host?connection_states=DISCONNECTED")[0]["host"],
        vim=one if doors.vim("HostSystem", one, "runtime")["connectionState"] == "disconnected" else None,
    )
    host.connect(one)
    same(
        "a host that is connected again",
        sdk=len(host.list(Host.FilterSpec(connection_states={Host.ConnectionState.CONNECTED}))),
        expected=4,
    )
    doors.refuses("a host that is not there", NotFound, lambda: host.connect("host-404"))


def pools(doors):
    pool = doors.client.vcenter.ResourcePool
    cluster = doors.client.vcenter.Cluster.list(Cluster.FilterSpec(names={"Nested-FT"}))[0].cluster
    parent = doors.client.vcenter.Cluster.get(cluster).resource_pool
    made = pool.create(ResourcePool.CreateSpec(name="sdk-pool", parent=parent))
    pool.update(made, ResourcePool.UpdateSpec(name="pool of the SDK"))
    same(
        "a pool that is renamed",
        sdk=pool.get(made).name,
        api=doors.api(f"/vcenter/resource-pool/{made}")["name"],
        vim=doors.vim("ResourcePool", made, "name"),
    )
    same(
        "pools by name",
        sdk=[one.resource_pool for one in pool.list(ResourcePool.FilterSpec(names={"pool of the SDK"}))],
        rest=[one["resource_pool"] for one in doors.rest("/vcenter/resource-pool?filter.names=pool+of+the+SDK")],
    )
    pool.delete(made)
    same("the pool is gone", vim=doors.vim("ResourcePool", made, "name"), expected="ManagedObjectNotFound")
    doors.refuses(
        "a pool without a parent",
        NotFound,
        lambda: pool.create(ResourcePool.CreateSpec(name="x", parent="resgroup-404")),
    )


STORIES = [session, hello, clusters, datacenters, places, hosts, pools]
