package main

import (
	"encoding/json"
	"fmt"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/pod-security-admission/api"
)

type modes struct {
	Enforce string `json:"enforce"`
	Audit   string `json:"audit"`
	Warn    string `json:"warn"`
}

type labelsAnswer struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Policy modes           `json:"policy"`
	Errors []string        `json:"errors"`
}

// labels answers {labels, defaults}: the policy of a namespace.
func (w *worker) labels() (any, error) {
	var labels map[string]string
	if raw, ok := w.in["labels"]; ok {
		if err := utiljson.Unmarshal(raw, &labels); err != nil {
			return nil, err
		}
	}
	defaults, err := w.defaultPolicy()
	if err != nil {
		return nil, err
	}
	policy, faults := api.PolicyToEvaluate(labels, defaults)
	answer := labelsAnswer{
		ID:     w.id(),
		Policy: modes{policy.Enforce.String(), policy.Audit.String(), policy.Warn.String()},
		Errors: []string{},
	}
	for _, fault := range faults {
		answer.Errors = append(answer.Errors, fault.Error())
	}
	return answer, nil
}

// defaultPolicy is the member defaults; a mode that is not given is privileged:latest.
func (w *worker) defaultPolicy() (policy api.Policy, err error) {
	given := modes{}
	if raw, ok := w.in["defaults"]; ok {
		if err := utiljson.Unmarshal(raw, &given); err != nil {
			return policy, err
		}
	}
	for _, mode := range []struct {
		name, text string
		at         *api.LevelVersion
	}{
		{"enforce", given.Enforce, &policy.Enforce},
		{"audit", given.Audit, &policy.Audit},
		{"warn", given.Warn, &policy.Warn},
	} {
		if mode.text == "" {
			mode.text = "privileged:latest"
		}
		if *mode.at, err = parseLevelVersion(mode.text); err != nil {
			return policy, fmt.Errorf("defaults.%s: %w", mode.name, err)
		}
	}
	return policy, nil
}
