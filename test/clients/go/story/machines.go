package main

import (
	"context"

	"github.com/vmware/govmomi/fault"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// done waits for a task that was asked for.
func done(ctx context.Context, task *object.Task, err error) (*types.TaskInfo, error) {
	if err != nil {
		return nil, err
	}
	return task.WaitForResult(ctx)
}

// machines: power, configuration, devices, snapshots, a clone and its end.
func machines(ctx context.Context, c *vim25.Client, d *doors) error {
	vm, err := demo(ctx, c)
	if err != nil {
		return err
	}
	power := func(what string, expected types.VirtualMachinePowerState, task *object.Task, err error) error {
		if _, err := done(ctx, task, err); err != nil {
			return err
		}
		state, err := vm.PowerState(ctx)
		same(what, values{"govmomi": state, "vim": d.vim(vm.Reference(), "runtime", "powerState"), "expected": expected})
		return err
	}
	task, err := vm.PowerOff(ctx)
	if err := power("off", types.VirtualMachinePowerStatePoweredOff, task, err); err != nil {
		return err
	}
	spec := types.VirtualMachineConfigSpec{NumCPUs: 2, Annotation: "by govmomi", ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: "guestinfo.story", Value: "told"}}}
	task, err = vm.Reconfigure(ctx, spec)
	if _, err := done(ctx, task, err); err != nil {
		return err
	}
	var config mo.VirtualMachine
	if err := vm.Properties(ctx, vm.Reference(), []string{"config"}, &config); err != nil {
		return err
	}
	same("CPUs", values{"govmomi": config.Config.Hardware.NumCPU, "api": d.api("/vcenter/vm/"+vm.Reference().Value+"/hardware/cpu", "count"), "expected": 2})
	same("a note", values{"govmomi": config.Config.Annotation, "vim": d.vim(vm.Reference(), "config", "annotation"), "expected": "by govmomi"})
	option, _ := object.OptionValueList(config.Config.ExtraConfig).GetString("guestinfo.story")
	same("an option", values{"govmomi": option, "expected": "told"})

	devices, err := vm.Device(ctx)
	if err != nil {
		return err
	}
	controller, err := devices.FindDiskController("")
	if err != nil {
		return err
	}
	disks := len(devices.SelectByType((*types.VirtualDisk)(nil)))
	disk := devices.CreateDisk(controller, types.ManagedObjectReference{}, "")
	disk.CapacityInKB = 1 << 20
	if err := vm.AddDevice(ctx, disk); err != nil {
		return err
	}
	devices, err = vm.Device(ctx)
	if err != nil {
		return err
	}
	found := devices.SelectByType((*types.VirtualDisk)(nil))
	same("disks", values{"govmomi": len(found), "api": len(each(d.api("/vcenter/vm/"+vm.Reference().Value+"/hardware/disk"), "disk")), "expected": disks + 1})
	if err := vm.RemoveDevice(ctx, false, found[len(found)-1]); err != nil {
		return err
	}
	same("without it", values{"api": len(each(d.api("/vcenter/vm/"+vm.Reference().Value+"/hardware/disk"), "disk")), "expected": disks})

	for _, name := range []string{"one", "two"} {
		task, err = vm.CreateSnapshot(ctx, name, "", false, false)
		if _, err := done(ctx, task, err); err != nil {
			return err
		}
	}
	snapshot, err := vm.FindSnapshot(ctx, "one/two")
	if err != nil {
		return err
	}
	same("a snapshot", values{"govmomi": snapshot.Value, "vim": d.vim(vm.Reference(), "snapshot", "currentSnapshot", "value")})
	task, err = vm.RevertToSnapshot(ctx, "one", true)
	if _, err := done(ctx, task, err); err != nil {
		return err
	}
	task, err = vm.RemoveAllSnapshot(ctx, nil)
	if _, err := done(ctx, task, err); err != nil {
		return err
	}
	_, err = vm.FindSnapshot(ctx, "one")
	same("none any more", values{"govmomi": err != nil, "expected": true})

	if err := cloned(ctx, c, d, vm); err != nil {
		return err
	}
	task, err = vm.PowerOn(ctx)
	return power("on", types.VirtualMachinePowerStatePoweredOn, task, err)
}

func cloned(ctx context.Context, c *vim25.Client, d *doors, vm *object.VirtualMachine) error {
	folder, err := find.NewFinder(c).Folder(ctx, "/Lab/vm")
	if err != nil {
		return err
	}
	task, err := vm.Clone(ctx, folder, "go-copy", types.VirtualMachineCloneSpec{})
	info, err := done(ctx, task, err)
	if err != nil {
		return err
	}
	made, _ := info.Result.(types.ManagedObjectReference)
	copy := object.NewVirtualMachine(c, made)
	same("a clone", values{"govmomi": made.Value, "api": each(d.api("/vcenter/vm?names=go-copy"), "vm")[0]})
	task, err = copy.Rename(ctx, "go-renamed")
	if _, err := done(ctx, task, err); err != nil {
		return err
	}
	same("its name", values{"api": d.api("/vcenter/vm/"+made.Value, "name"), "expected": "go-renamed"})
	_, err = vm.Clone(ctx, folder, "go-renamed", types.VirtualMachineCloneSpec{})
	if err == nil {
		task, err = vm.Clone(ctx, folder, "go-renamed", types.VirtualMachineCloneSpec{})
		_, err = done(ctx, task, err)
	}
	var duplicate *types.DuplicateName
	_, refused := fault.As(err, &duplicate)
	same("its name again", values{"govmomi": refused && duplicate.Object == made, "expected": true})
	task, err = copy.Destroy(ctx)
	if _, err := done(ctx, task, err); err != nil {
		return err
	}
	same("its end", values{"api": d.api("/vcenter/vm/"+made.Value, "error_type"), "expected": "NOT_FOUND"})
	return nil
}

// faults: typed, with their members and messages, from methods and from tasks.
func faults(ctx context.Context, c *vim25.Client, d *doors) error {
	vm, err := demo(ctx, c)
	if err != nil {
		return err
	}
	task, err := vm.PowerOn(ctx)
	_, err = done(ctx, task, err)
	var state *types.InvalidPowerState
	message, refused := fault.As(err, &state)
	same("power on what is on", values{"govmomi": refused, "expected": true})
	same("its message", values{"govmomi": message, "expected": "The attempted operation cannot be performed in the current state (Powered on)."})
	if refused {
		same("its members", values{"govmomi": []any{state.RequestedState, state.ExistingState}, "expected": []any{"poweredOn", d.vim(vm.Reference(), "runtime", "powerState")}})
	}
	nested, err := find.NewFinder(c).VirtualMachine(ctx, "/Lab/vm/vesxi-03")
	if err != nil {
		return err
	}
	for range 2 {
		task, err = nested.PowerOff(ctx)
		_, err = done(ctx, task, err)
	}
	same("power off what is off", values{"govmomi": fault.IsAlreadyPoweredOffError(err), "expected": true})
	task, err = nested.PowerOn(ctx)
	if _, err := done(ctx, task, err); err != nil {
		return err
	}
	same("a fault of nothing", values{"govmomi": fault.IsTransientError(err), "expected": false})
	task, err = vm.Reconfigure(ctx, types.VirtualMachineConfigSpec{NumCPUs: -1})
	_, err = done(ctx, task, err)
	same("a spec without sense", values{"govmomi": fault.Is(err, &types.InvalidArgument{}), "expected": true})
	nobody := object.NewVirtualMachine(c, types.ManagedObjectReference{Type: "VirtualMachine", Value: "vm-404"})
	_, err = nobody.PowerOff(ctx)
	var missing *types.ManagedObjectNotFound
	_, refused = fault.As(err, &missing)
	same("a VM that is not there", values{"govmomi": refused && missing.Obj == nobody.Reference(), "expected": true})
	_, err = object.NewFolder(c, c.ServiceContent.RootFolder).CreateDatacenter(ctx, "Lab")
	var duplicate *types.DuplicateName
	_, refused = fault.As(err, &duplicate)
	same("a datacenter again", values{"govmomi": refused && duplicate.Name == "Lab", "expected": true})
	return nil
}
