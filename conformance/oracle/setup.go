package main

import (
	"encoding/json"
	"errors"
	"fmt"

	compmetrics "k8s.io/component-base/metrics"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/pod-security-admission/admission/api/load"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/metrics"
)

// setup is a webhook: its configuration, the cluster it sees and its counters.
type setup struct {
	admission *admission.Admission
	registry  compmetrics.KubeRegistry
}

type setupAnswer struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Setup string          `json:"setup"`
}

// setUp answers {setup, config, namespaces, pods}; later lines use it by name.
func (w *worker) setUp() (any, error) {
	name, err := w.in.text("setup")
	if err != nil {
		return nil, err
	}
	if name == "" {
		return nil, errors.New(`"setup" must name the set-up`)
	}
	made, err := w.newSetup()
	if err != nil {
		delete(w.setups, name)
		return nil, err
	}
	w.setups[name] = made
	return setupAnswer{w.id(), name}, nil
}

// newSetup wires the line's members as the webhook's server.Setup wires a cluster.
func (w *worker) newSetup() (*setup, error) {
	content, err := w.in.content("config")
	if err != nil {
		return nil, err
	}
	configuration, err := load.LoadFromData(content)
	if err != nil {
		return nil, err
	}
	cluster, err := w.newCluster()
	if err != nil {
		return nil, err
	}
	recorder := metrics.NewPrometheusRecorder(api.GetAPIVersion())
	registry := compmetrics.NewKubeRegistry()
	recorder.MustRegister(registry.MustRegister)
	a := &admission.Admission{
		Configuration:    configuration,
		Evaluator:        w.evaluator,
		Metrics:          recorder,
		PodSpecExtractor: admission.DefaultPodSpecExtractor{},
		PodLister:        cluster,
		NamespaceGetter:  admission.NamespaceGetterFromListerAndClient(cluster.namespaces, cluster.client),
	}
	if err := a.CompleteConfiguration(); err != nil {
		return nil, fmt.Errorf("configuration error: %w", err)
	}
	if err := a.ValidateConfiguration(); err != nil {
		return nil, fmt.Errorf("invalid configuration: %w", err)
	}
	return &setup{admission: a, registry: registry}, nil
}
