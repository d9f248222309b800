// Command story does with govmomi what programs do every day, and prints lines of JSON: what several doors say of one
// thing. With the argument "json" govmomi speaks VI JSON in place of SOAP.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/vmware/govmomi/vim25"
)

// A story is told within a session, and ends early with an error.
type story struct {
	name string
	tell func(ctx context.Context, c *vim25.Client, d *doors) error
}

var stories = []story{
	{"sessions", sessions},
	{"finding", finding},
	{"viewing", viewing},
	{"machines", machines},
	{"faults", faults},
	{"waiting", waiting},
	{"events", events},
	{"tasks", tasks},
}

// values are what doors say of one thing, by door.
type values map[string]any

func tell(line map[string]any) {
	text, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}

// same tells what doors say of one thing, or what a door says and what is expected.
func same(what string, told values) {
	tell(map[string]any{"same": what, "values": told})
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Second)
	defer cancel()
	asJSON := len(os.Args) > 1 && os.Args[1] == "json"
	if err := run(ctx, asJSON); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, asJSON bool) error {
	d, err := openDoors()
	if err != nil {
		return err
	}
	c, err := connect(ctx, d, asJSON)
	if err != nil {
		return err
	}
	for _, one := range stories {
		if err := one.tell(ctx, c, d); err != nil {
			tell(map[string]any{"broken": one.name, "why": fmt.Sprintf("%T: %v", errors.Unwrap(err), err)})
		}
	}
	return nil
}
