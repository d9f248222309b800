package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// doors are the same server by plain HTTP, with a session of their own: the Automation API and VI JSON.
type doors struct {
	url, ca, token string
	user           *url.Userinfo
	client         *http.Client
}

func openDoors() (*doors, error) {
	ca := os.Getenv("FAUXSPHERE_CA_FILE")
	pem, err := os.ReadFile(ca)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	d := &doors{
		url:    os.Getenv("FAUXSPHERE_URL"),
		ca:     ca,
		user:   url.UserPassword(os.Getenv("VSPHERE_USER"), os.Getenv("VSPHERE_PASSWORD")),
		client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}},
	}
	request, err := http.NewRequest("POST", d.url+"/api/session", nil)
	if err != nil {
		return nil, err
	}
	password, _ := d.user.Password()
	request.SetBasicAuth(d.user.Username(), password)
	return d, d.send(request, &d.token)
}

func (d *doors) send(request *http.Request, result any) error {
	request.Header.Set("vmware-api-session-id", d.token)
	request.Header.Set("content-type", "application/json")
	answer, err := d.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || len(text) == 0 {
		return err
	}
	return json.Unmarshal(text, result)
}

// ask is what a request is answered with; a refusal, too.
func (d *doors) ask(method, path string, body any) any {
	text, err := json.Marshal(body)
	if err != nil {
		return err.Error()
	}
	request, err := http.NewRequest(method, d.url+path, bytes.NewReader(text))
	if err != nil {
		return err.Error()
	}
	var result any
	if err := d.send(request, &result); err != nil {
		return err.Error()
	}
	return result
}

// api is a GET on the Automation API; with names, what they lead to in the answer.
func (d *doors) api(path string, names ...string) any {
	return within(d.ask("GET", "/api"+path, nil), names)
}

// vim is a property over VI JSON; with names, what they lead to in it.
func (d *doors) vim(on types.ManagedObjectReference, property string, names ...string) any {
	return within(d.ask("GET", fmt.Sprintf("/sdk/vim25/8.0.3.0/%s/%s/%s", on.Type, on.Value, property), nil), names)
}

func (d *doors) call(on types.ManagedObjectReference, method string, arguments any) any {
	return d.ask("POST", fmt.Sprintf("/sdk/vim25/8.0.3.0/%s/%s/%s", on.Type, on.Value, method), arguments)
}

func within(value any, names []string) any {
	for _, name := range names {
		members, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = members[name]
	}
	return value
}

// each is a member of each of a list of objects.
func each(list any, name string) []string {
	found := []string{}
	members, _ := list.([]any)
	for _, one := range members {
		found = append(found, fmt.Sprint(within(one, []string{name})))
	}
	return found
}

// connect is a client that is logged in.
func connect(ctx context.Context, d *doors, asJSON bool) (*vim25.Client, error) {
	c, err := newClient(ctx, d, asJSON)
	if err != nil {
		return nil, err
	}
	return c, session.NewManager(c).Login(ctx, d.user)
}

func newClient(ctx context.Context, d *doors, asJSON bool) (*vim25.Client, error) {
	at, err := soap.ParseURL(d.url)
	if err != nil {
		return nil, err
	}
	s := soap.NewClient(at, false)
	if err := s.SetRootCAs(d.ca); err != nil {
		return nil, err
	}
	s.UseJSON(asJSON)
	if err := s.UseServiceVersion(); err != nil {
		return nil, err
	}
	return vim25.NewClient(ctx, s)
}

// usesJSON tells the protocol of a client.
func usesJSON(c *vim25.Client) bool {
	text, _ := json.Marshal(c.Client)
	var kept struct {
		UseJSON bool `json:"useJSON"`
	}
	_ = json.Unmarshal(text, &kept)
	return kept.UseJSON
}
