package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func serve(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	extra := "kind: Namespace\nmetadata: {name: extra}\n---\nkind: Pod\nmetadata: {name: p, namespace: extra}\nspec: {}\n"
	if err := os.WriteFile(filepath.Join(dir, "extra.yaml"), []byte(extra), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := newCluster(4, 3, dir)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newHandler(c, time.Millisecond))
	t.Cleanup(server.Close)
	return server.URL
}

type answer struct {
	Kind, Message string
	Code          int
	Metadata      struct {
		Name, Continue, ResourceVersion string
		RemainingItemCount              int
		Labels                          map[string]string
	}
	Items []answer
}

func get(t *testing.T, url string) answer {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%s: %v in %s", url, err, body)
	}
	return a
}

func TestListsComeInPages(t *testing.T) {
	url := serve(t)
	var names []string
	next := ""
	for {
		page := get(t, url+"/api/v1/namespaces?limit=4&continue="+next)
		for _, item := range page.Items {
			names = append(names, item.Metadata.Name)
		}
		if next = page.Metadata.Continue; next == "" {
			break
		}
	}
	want := "default privileged-ns restricted-ns shop cap team-00000 team-00001 team-00002 team-00003 extra"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if all := get(t, url+"/api/v1/pods"); len(all.Items) != 28 || all.Kind != "PodList" {
		t.Errorf("%s of %d, want 28 pods", all.Kind, len(all.Items))
	}
	if some := get(t, url+"/api/v1/namespaces/extra/pods"); len(some.Items) != 1 {
		t.Errorf("%d pods in extra", len(some.Items))
	}
}

func TestGetFindsOrSaysNot(t *testing.T) {
	url := serve(t)
	if a := get(t, url+"/api/v1/namespaces/restricted-ns"); a.Metadata.Labels["pod-security.kubernetes.io/enforce"] != "restricted" {
		t.Errorf("got %+v", a)
	}
	if a := get(t, url+"/api/v1/namespaces/x"); a.Kind != "Status" || a.Code != 404 || a.Message != `namespaces "x" not found` {
		t.Errorf("got %+v", a)
	}
	if a := get(t, url+"/api/v1/pods?fieldSelector=spec.nodeName%3Da"); a.Code != 400 {
		t.Errorf("got %+v", a)
	}
}

func TestWatchSendsTheStateAndThenBookmarks(t *testing.T) {
	url := serve(t)
	response, err := http.Get(url + "/api/v1/namespaces?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&timeoutSeconds=60")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var seen []string
	lines := bufio.NewScanner(response.Body)
	for len(seen) < 12 && lines.Scan() {
		var event struct{ Type string }
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			t.Fatal(err)
		}
		seen = append(seen, event.Type)
	}
	want := strings.Repeat("ADDED ", 10) + "BOOKMARK BOOKMARK"
	if got := strings.Join(seen, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
