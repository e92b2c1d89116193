package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"sigs.k8s.io/yaml"
)

// object is a Namespace or Pod as it goes over the wire.
type object struct {
	namespace, name string
	json            []byte
}

// cluster is all there is; nothing changes it.
type cluster struct {
	namespaces, pods []object
	version          int
}

const prefix = "pod-security.kubernetes.io/"

// fixed are the namespaces that the recorded requests name.
var fixed = []struct {
	name   string
	labels map[string]string
}{
	{"default", nil},
	{"privileged-ns", nil},
	{"restricted-ns", map[string]string{prefix + "enforce": "restricted", prefix + "audit": "restricted", prefix + "warn": "restricted"}},
	{"shop", map[string]string{prefix + "enforce": "baseline", prefix + "warn": "restricted"}},
	{"cap", map[string]string{prefix + "enforce": "baseline", prefix + "warn": "restricted"}},
}

// mixed are the labels of the namespaces that are made up, in turn.
var mixed = []map[string]string{
	nil,
	{prefix + "enforce": "baseline"},
	{prefix + "enforce": "baseline", prefix + "warn": "restricted", prefix + "audit": "restricted"},
	{prefix + "enforce": "restricted", prefix + "enforce-version": "v1.30"},
}

func newCluster(namespaces, pods int, dir string) (*cluster, error) {
	c := &cluster{version: 1000}
	for _, one := range fixed {
		if err := c.makeUp(one.name, one.labels, pods); err != nil {
			return nil, err
		}
	}
	for i := range namespaces {
		if err := c.makeUp(fmt.Sprintf("team-%05d", i), mixed[i%len(mixed)], pods); err != nil {
			return nil, err
		}
	}
	if dir == "" {
		return c, nil
	}
	return c, c.loadAll(dir)
}

func (c *cluster) makeUp(name string, labels map[string]string, pods int) error {
	all := map[string]string{"kubernetes.io/metadata.name": name}
	for key, value := range labels {
		all[key] = value
	}
	if err := c.add(map[string]any{"kind": "Namespace", "metadata": map[string]any{"name": name, "labels": all}}); err != nil {
		return err
	}
	for i := range pods {
		if err := c.add(madeUpPod(name, i)); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) loadAll(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".yaml", ".yml", ".json":
			if err := c.load(path); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		return nil
	})
}

var separator = regexp.MustCompile(`(?m)^---.*$`)

func (c *cluster) load(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, document := range separator.Split(string(text), -1) {
		var fields map[string]any
		if err := yaml.Unmarshal([]byte(document), &fields); err != nil {
			return err
		}
		if fields == nil {
			continue
		}
		if err := c.add(fields); err != nil {
			return err
		}
	}
	return nil
}

// add gives the object what an API server gives it, and keeps it.
func (c *cluster) add(fields map[string]any) error {
	metadata, ok := fields["metadata"].(map[string]any)
	if !ok {
		return fmt.Errorf("an object has no metadata")
	}
	c.version++
	metadata["resourceVersion"] = strconv.Itoa(c.version)
	metadata["uid"] = fmt.Sprintf("00000000-0000-4000-8000-%012d", c.version)
	metadata["creationTimestamp"] = "2026-11-01T10:00:00Z"
	fields["apiVersion"] = "v1"
	o := object{}
	o.name, _ = metadata["name"].(string)
	o.namespace, _ = metadata["namespace"].(string)

	var list *[]object
	switch kind := fields["kind"]; kind {
	case "Namespace":
		fields["spec"] = map[string]any{"finalizers": []string{"kubernetes"}}
		fields["status"] = map[string]any{"phase": "Active"}
		list = &c.namespaces
	case "Pod":
		list = &c.pods
	default:
		return fmt.Errorf("kind %v is neither Namespace nor Pod", kind)
	}
	var err error
	if o.json, err = json.Marshal(fields); err == nil {
		*list = append(*list, o)
	}
	return err
}
