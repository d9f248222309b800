package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/event"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/task"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

// switchPower asks another door to stop or start a VM.
func switchPower(d *doors, vm types.ManagedObjectReference, action string) {
	d.ask("POST", "/api/vcenter/vm/"+vm.Value+"/power?action="+action, nil)
}

// waiting: told of what another door changes, for one property and for all VMs of a view.
func waiting(ctx context.Context, c *vim25.Client, d *doors) error {
	vm, err := demo(ctx, c)
	if err != nil {
		return err
	}
	seen := []string{}
	err = property.Wait(ctx, property.DefaultCollector(c), vm.Reference(), []string{"runtime.powerState"}, func(changes []types.PropertyChange) bool {
		for _, one := range changes {
			seen = append(seen, fmt.Sprint(one.Val))
		}
		switch len(seen) {
		case 1:
			go switchPower(d, vm.Reference(), "stop")
		case 2:
			go switchPower(d, vm.Reference(), "start")
		}
		return len(seen) == 3
	})
	if err != nil {
		return err
	}
	same("power, as it changed", values{"govmomi": seen, "expected": []string{"poweredOn", "poweredOff", "poweredOn"}})

	v, err := view.NewManager(c).CreateContainerView(ctx, c.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
	if err != nil {
		return err
	}
	filter := new(property.WaitFilter).Add(v.Reference(), "VirtualMachine", []string{"name"}, v.TraversalSpec())
	news := []string{}
	err = property.WaitForUpdates(ctx, property.DefaultCollector(c), filter, func(updates []types.ObjectUpdate) bool {
		if len(news) == 0 && len(updates) > 1 {
			go d.call(vm.Reference(), "Rename_Task", map[string]any{"newName": "renamed"})
			return false
		}
		for _, one := range updates {
			for _, change := range one.ChangeSet {
				news = append(news, fmt.Sprintf("%s %s", one.Kind, change.Val))
			}
		}
		if len(news) == 1 {
			go d.call(vm.Reference(), "Rename_Task", map[string]any{"newName": "smp-ft-demo"})
		}
		return len(news) == 2
	})
	if err != nil {
		return err
	}
	same("names, as they changed", values{"govmomi": news, "expected": []string{"modify renamed", "modify smp-ft-demo"}})

	stopped, stop := context.WithCancel(ctx)
	err = property.Wait(stopped, property.DefaultCollector(c), vm.Reference(), []string{"name"}, func([]types.PropertyChange) bool {
		stop()
		return false
	})
	same("a wait that is given up", values{"govmomi": err == nil || errors.Is(err, context.Canceled), "expected": true})
	return v.Destroy(ctx)
}

// events: page by page, and followed while they happen.
func events(ctx context.Context, c *vim25.Client, d *doors) error {
	vm, err := demo(ctx, c)
	if err != nil {
		return err
	}
	manager := event.NewManager(c)
	about := types.EventFilterSpec{Entity: &types.EventFilterSpecByEntity{Entity: vm.Reference(), Recursion: types.EventFilterSpecRecursionOptionSelf}}
	asked, err := manager.QueryEvents(ctx, about)
	if err != nil {
		return err
	}
	collector, err := manager.CreateCollectorForEvents(ctx, about)
	if err != nil {
		return err
	}
	read := []int32{}
	for {
		page, err := collector.ReadNextEvents(ctx, 3)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for _, one := range page {
			read = append(read, one.GetEvent().Key)
		}
	}
	queried := []int32{}
	for _, one := range asked {
		queried = append(queried, one.GetEvent().Key)
	}
	slices.Sort(queried)
	same("events of a VM", values{"query": queried, "collector": read})
	if err := collector.Destroy(ctx); err != nil {
		return err
	}

	followed := []string{}
	enough := errors.New("enough")
	following, stop := context.WithCancel(ctx)
	defer stop()
	err = manager.Events(following, []types.ManagedObjectReference{vm.Reference()}, 10, true, false, func(_ types.ManagedObjectReference, page []types.BaseEvent) error {
		first := len(followed) == 0
		for _, one := range page {
			category, err := manager.EventCategory(ctx, one)
			if err != nil {
				return err
			}
			if first || len(followed) > 1 {
				continue
			}
			if text := one.GetEvent().FullFormattedMessage; text == "User logged event: told by govmomi" || text == "told by govmomi" {
				followed = append(followed, category)
				stop()
			}
		}
		if first {
			followed = append(followed, "page")
			go func() { _ = manager.LogUserEvent(ctx, vm.Reference(), "told by govmomi") }()
		}
		return nil
	})
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, enough) {
		return err
	}
	same("followed", values{"govmomi": followed, "expected": []string{"page", "user"}})
	return nil
}

// tasks: of an entity while they run, and in the history.
func tasks(ctx context.Context, c *vim25.Client, d *doors) error {
	vm, err := demo(ctx, c)
	if err != nil {
		return err
	}
	ref := vm.Reference()
	v, err := view.NewManager(c).CreateTaskView(ctx, &ref)
	if err != nil {
		return err
	}
	collecting, stop := context.WithCancel(ctx)
	defer stop()
	begun, found := false, false
	err = v.Collect(collecting, func(infos []types.TaskInfo) {
		for _, info := range infos {
			if info.DescriptionId == "VirtualMachine.reconfigure" && info.State == types.TaskInfoStateSuccess {
				found = true
				stop()
			}
		}
		if !begun {
			begun = true
			go d.call(ref, "ReconfigVM_Task", map[string]any{"spec": map[string]any{"_typeName": "VirtualMachineConfigSpec", "annotation": "watched"}})
		}
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	same("a task that another door began", values{"govmomi": found, "expected": true})
	if err := v.Destroy(ctx); err != nil {
		return err
	}
	history, err := task.NewManager(c).CreateCollectorForTasks(ctx, types.TaskFilterSpec{Entity: &types.TaskFilterSpecByEntity{Entity: ref, Recursion: types.TaskFilterSpecRecursionOptionSelf}})
	if err != nil {
		return err
	}
	page, err := history.ReadNextTasks(ctx, 100)
	if err != nil {
		return err
	}
	failed := slices.ContainsFunc(page, func(info types.TaskInfo) bool {
		return info.State == types.TaskInfoStateError && info.DescriptionId == "VirtualMachine.powerOn"
	})
	same("a task that failed, in the history", values{"govmomi": failed, "expected": true})
	latest, err := history.LatestPage(ctx)
	if err != nil {
		return err
	}
	same("the latest page", values{"govmomi": len(latest) > 0, "expected": true})
	if err := history.Destroy(ctx); err != nil {
		return err
	}
	info, err := object.NewTask(c, page[0].Task).WaitForResult(ctx)
	if err != nil && info == nil {
		return err
	}
	same("a task again", values{"govmomi": info.Key, "history": page[0].Key})
	return nil
}
