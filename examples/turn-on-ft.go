// Turns on Fault Tolerance for the VM smp-ft-demo and fails its host, with nothing but Go's standard library.
//
//	npx fauxsphere exec -- go run examples/turn-on-ft.go
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

// Ref names a managed object.
type Ref struct {
	TypeName string `json:"_typeName"`
	Type     string `json:"type"`
	Value    string `json:"value"`
}

// VCenter speaks the vSphere Web Services API as JSON: GET a property, POST a method.
type VCenter struct {
	url, token string
	client     *http.Client
}

func connect(url, user, password, caFile string) (*VCenter, error) {
	vc := &VCenter{url: url, client: &http.Client{}}
	if caFile != "" {
		pem, err := os.ReadFile(caFile)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(pem)
		vc.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	}
	request, err := http.NewRequest("POST", url+"/api/session", nil)
	if err != nil {
		return nil, err
	}
	request.SetBasicAuth(user, password)
	return vc, vc.send(request, &vc.token)
}

func (vc *VCenter) send(request *http.Request, result any) error {
	request.Header.Set("vmware-api-session-id", vc.token)
	answer, err := vc.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 400 {
		var fault struct {
			TypeName    string `json:"_typeName"`
			Faultstring string `json:"faultstring"`
		}
		_ = json.Unmarshal(body, &fault)
		return fmt.Errorf("%s %s: %d %s: %s", request.Method, request.URL.Path, answer.StatusCode, fault.TypeName, fault.Faultstring)
	}
	if result == nil || len(body) == 0 {
		return nil
	}
	return json.Unmarshal(body, result)
}

func (vc *VCenter) member(verb string, on Ref, member string, arguments, result any) error {
	var body io.Reader
	if arguments != nil {
		text, err := json.Marshal(arguments)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	path := fmt.Sprintf("%s/sdk/vim25/8.0.3.0/%s/%s/%s", vc.url, on.Type, on.Value, member)
	request, err := http.NewRequest(verb, path, body)
	if err != nil {
		return err
	}
	request.Header.Set("content-type", "application/json")
	return vc.send(request, result)
}

// run calls a method that makes a task and waits for its end.
func (vc *VCenter) run(on Ref, method string) error {
	var task Ref
	if err := vc.member("POST", on, method, map[string]any{}, &task); err != nil {
		return err
	}
	for {
		var info struct {
			State string `json:"state"`
			Error struct {
				LocalizedMessage string `json:"localizedMessage"`
			} `json:"error"`
		}
		if err := vc.member("GET", task, "info", nil, &info); err != nil {
			return err
		}
		switch info.State {
		case "success":
			return nil
		case "error":
			return fmt.Errorf("%s: %s", method, info.Error.LocalizedMessage)
		}
		time.Sleep(500 * time.Millisecond)
	}
}

func (vc *VCenter) find(path string) (vm Ref, err error) {
	index := Ref{Type: "SearchIndex", Value: "SearchIndex"}
	err = vc.member("POST", index, "FindByInventoryPath", map[string]any{"inventoryPath": path}, &vm)
	return vm, err
}

func (vc *VCenter) hostOf(vm Ref) (name string, err error) {
	var runtime struct {
		Host Ref `json:"host"`
	}
	if err = vc.member("GET", vm, "runtime", nil, &runtime); err != nil {
		return "", err
	}
	return name, vc.member("GET", runtime.Host, "name", nil, &name)
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func main() {
	log.SetFlags(0)
	vc := must(connect(
		env("FAUXSPHERE_URL", "https://127.0.0.1:8989"),
		env("VSPHERE_USER", "administrator@vsphere.local"),
		env("VSPHERE_PASSWORD", "VMware1!"),
		os.Getenv("FAUXSPHERE_CA_FILE"),
	))
	vm := must(vc.find("Lab/vm/smp-ft-demo"))
	fmt.Printf("smp-ft-demo is %s on %s\n", vm.Value, must(vc.hostOf(vm)))

	if err := vc.run(vm, "CreateSecondaryVMEx_Task"); err != nil {
		log.Fatal(err)
	}
	var config struct {
		FtInfo struct {
			Role        int   `json:"role"`
			Secondaries []Ref `json:"secondaries"`
		} `json:"ftInfo"`
	}
	if err := vc.member("GET", vm, "config", nil, &config); err != nil {
		log.Fatal(err)
	}
	secondary := config.FtInfo.Secondaries[0]
	fmt.Printf("It has a secondary, %s on %s\n", secondary.Value, must(vc.hostOf(secondary)))

	nested, _, _ := strings.Cut(must(vc.hostOf(vm)), ".")
	if err := vc.run(must(vc.find("Lab/vm/"+nested)), "PowerOffVM_Task"); err != nil {
		log.Fatal(err)
	}
	if err := vc.member("GET", secondary, "config", nil, &config); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s has failed, the role of %s is %d now\n", nested, secondary.Value, config.FtInfo.Role)
}
