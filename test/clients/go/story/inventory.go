package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/vmware/govmomi/fault"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/session/keepalive"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// sessions: logged in and out, kept alive, ended by somebody else, and logins that fail.
func sessions(ctx context.Context, c *vim25.Client, d *doors) error {
	same("the version", values{"govmomi": c.ServiceContent.About.ApiVersion, "client": c.Version, "vim": d.vim(vim25.ServiceInstance, "content", "about", "apiVersion")})
	asJSON := usesJSON(c)
	own, err := newClient(ctx, d, asJSON)
	if err != nil {
		return err
	}
	manager := session.NewManager(own)
	var invalid *types.InvalidLogin
	refusal := manager.Login(ctx, url.UserPassword("nobody", ""))
	_, refused := fault.As(refusal, &invalid)
	same("a login without a password", values{"govmomi": refused, "expected": true})
	message := "Cannot complete login due to an incorrect user name or password."
	same("its message", values{"govmomi": strings.Contains(fmt.Sprint(refusal), message), "expected": true})

	kept := make(chan bool, 1)
	own.RoundTripper = keepalive.NewHandlerSOAP(own.RoundTripper, 10*time.Millisecond, func() error {
		_, err := methods.GetCurrentTime(ctx, own.Client)
		select {
		case kept <- err == nil:
		default:
		}
		return err
	})
	if err := manager.Login(ctx, d.user); err != nil {
		return err
	}
	same("kept alive", values{"govmomi": <-kept, "expected": true})
	mine, err := manager.UserSession(ctx)
	if err != nil {
		return err
	}
	same("who is logged in", values{"govmomi": mine.UserName, "expected": "VSPHERE.LOCAL\\Administrator"})
	active, err := manager.SessionIsActive(ctx)
	if err != nil {
		return err
	}
	same("an active session", values{"govmomi": active, "expected": true})
	list := d.vim(*c.ServiceContent.SessionManager, "sessionList")
	same("in the list", values{"vim": slices.Contains(each(list, "key"), mine.Key), "expected": true})
	if err := manager.Logout(ctx); err != nil {
		return err
	}
	_, err = find.NewFinder(own).DatacenterList(ctx, "*")
	same("after the logout", values{"govmomi": fault.Is(err, &types.NotAuthenticated{}), "expected": true})

	other, err := connect(ctx, d, asJSON)
	if err != nil {
		return err
	}
	theirs, err := session.NewManager(other).UserSession(ctx)
	if err != nil {
		return err
	}
	if err := session.NewManager(c).TerminateSession(ctx, []string{theirs.Key}); err != nil {
		return err
	}
	gone, err := session.NewManager(other).UserSession(ctx)
	if err != nil {
		return err
	}
	same("a session that was ended", values{"govmomi": gone == nil, "expected": true})
	return nil
}

// finding: the finder's paths, lists and errors.
func finding(ctx context.Context, c *vim25.Client, d *doors) error {
	finder := find.NewFinder(c)
	lab, err := finder.DefaultDatacenter(ctx)
	if err != nil {
		return err
	}
	finder.SetDatacenter(lab)
	same("the datacenter", values{"govmomi": lab.Reference().Value, "api": each(d.api("/vcenter/datacenter"), "datacenter")[0]})
	vms, err := finder.VirtualMachineList(ctx, "*")
	if err != nil {
		return err
	}
	same("every VM", values{"govmomi": names(vms), "api": sorted(each(d.api("/vcenter/vm"), "name"))})
	some, err := finder.VirtualMachineList(ctx, "vesxi-*")
	if err != nil {
		return err
	}
	same("some", values{"govmomi": names(some), "expected": []string{"vesxi-01", "vesxi-02", "vesxi-03"}})
	vm, err := finder.VirtualMachine(ctx, "/Lab/vm/smp-ft-demo")
	if err != nil {
		return err
	}
	path, err := find.InventoryPath(ctx, c, vm.Reference())
	if err != nil {
		return err
	}
	same("a path", values{"govmomi": path, "finder": vm.InventoryPath, "expected": "/Lab/vm/smp-ft-demo"})
	hosts, err := finder.HostSystemList(ctx, "Nested-FT/*")
	if err != nil {
		return err
	}
	same("hosts of a cluster", values{"govmomi": names(hosts), "expected": []string{"vesxi-01.lab.local", "vesxi-02.lab.local", "vesxi-03.lab.local"}})
	pool, err := finder.ResourcePool(ctx, "Nested-FT/Resources")
	if err != nil {
		return err
	}
	owner, err := pool.Owner(ctx)
	if err != nil {
		return err
	}
	same("a pool's owner", values{"govmomi": owner.Reference().Value, "vim": d.vim(pool.Reference(), "owner", "value")})
	for _, name := range []string{"nfs-shared", "nfs-heartbeat"} {
		datastore, err := finder.Datastore(ctx, name)
		if err != nil {
			return err
		}
		same("datastore "+name, values{"govmomi": datastore.Reference().Value, "api": each(d.api("/vcenter/datastore?names="+name), "datastore")[0]})
	}
	network, err := finder.Network(ctx, "VM Network")
	if err != nil {
		return err
	}
	same("a network", values{"govmomi": network.Reference().Value, "api": each(d.api("/vcenter/network?names=VM%20Network"), "network")[0]})
	_, err = finder.VirtualMachine(ctx, "nobody")
	var missing *find.NotFoundError
	same("no VM", values{"govmomi": errors.As(err, &missing), "expected": true})
	_, err = finder.VirtualMachine(ctx, "vesxi-*")
	var several *find.MultipleFoundError
	same("too many", values{"govmomi": errors.As(err, &several), "expected": true})
	return nil
}

// viewing: container views with filters on properties.
func viewing(ctx context.Context, c *vim25.Client, d *doors) error {
	manager := view.NewManager(c)
	v, err := manager.CreateContainerView(ctx, c.ServiceContent.RootFolder, []string{"VirtualMachine", "HostSystem"}, true)
	if err != nil {
		return err
	}
	var vms []mo.VirtualMachine
	if err := v.Retrieve(ctx, []string{"VirtualMachine"}, []string{"name", "summary"}, &vms); err != nil {
		return err
	}
	sizes := []string{}
	for _, vm := range vms {
		sizes = append(sizes, fmt.Sprintf("%s %d", vm.Name, vm.Summary.Config.MemorySizeMB))
	}
	list, _ := d.api("/vcenter/vm").([]any)
	told := []string{}
	for _, one := range list {
		told = append(told, fmt.Sprintf("%s %v", within(one, []string{"name"}), within(one, []string{"memory_size_MiB"})))
	}
	same("memory", values{"govmomi": sorted(sizes), "api": sorted(told)})
	big, err := v.Find(ctx, []string{"VirtualMachine"}, property.Match{"summary.config.memorySizeMB": int32(16384), "name": "vesxi-*"})
	if err != nil {
		return err
	}
	same("found by properties", values{"govmomi": ids(big), "api": sorted(each(d.api("/vcenter/vm?names=vesxi-01&names=vesxi-02&names=vesxi-03"), "vm"))})
	var hosts []mo.HostSystem
	only := property.Match{"name": "vesxi-02*"}
	if err := v.RetrieveWithFilter(ctx, []string{"HostSystem"}, []string{"name", "runtime.connectionState"}, &hosts, only); err != nil {
		return err
	}
	for _, one := range hosts {
		same("the host of the filter", values{"govmomi": one.Name + " " + string(one.Runtime.ConnectionState), "expected": "vesxi-02.lab.local connected"})
	}
	same("only it", values{"govmomi": len(hosts), "expected": 1})
	any, err := v.FindAny(ctx, []string{"VirtualMachine"}, property.Match{"name": "smp-ft-demo", "config.template": true})
	if err != nil {
		return err
	}
	same("found by one of them", values{"govmomi": ids(any), "api": each(d.api("/vcenter/vm?names=smp-ft-demo"), "vm")})
	// govmomi takes no negative bytes in JSON, as the names of disks have them.
	var members []string
	if usesJSON(c) {
		members = []string{"hardware", "summary", "config.network", "config.option"}
	}
	var whole mo.HostSystem
	if err := property.DefaultCollector(c).RetrieveOne(ctx, hosts[0].Self, members, &whole); err != nil {
		return err
	}
	same("a whole host", values{"govmomi": whole.Hardware.SystemInfo.Uuid, "vim": d.vim(hosts[0].Self, "hardware", "systemInfo", "uuid")})
	if err := v.Destroy(ctx); err != nil {
		return err
	}
	_, err = v.Find(ctx, []string{"VirtualMachine"}, nil)
	same("a view that is gone", values{"govmomi": fault.Is(err, &types.ManagedObjectNotFound{}), "expected": true})
	return nil
}

// demo is the VM that the stories are about.
func demo(ctx context.Context, c *vim25.Client) (*object.VirtualMachine, error) {
	return find.NewFinder(c).VirtualMachine(ctx, "/Lab/vm/smp-ft-demo")
}

func names[T interface{ Name() string }](objects []T) []string {
	found := []string{}
	for _, one := range objects {
		found = append(found, one.Name())
	}
	return sorted(found)
}

func ids(refs []types.ManagedObjectReference) []string {
	found := []string{}
	for _, one := range refs {
		found = append(found, one.Value)
	}
	return sorted(found)
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
