package main

import (
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

type verdict struct {
	Allowed bool   `json:"allowed"`
	Reason  string `json:"reason"`
	Detail  string `json:"detail"`
}

type verdictAnswer struct {
	ID json.RawMessage `json:"id,omitempty"`
	verdict
}

type verdictsAnswer struct {
	ID      json.RawMessage `json:"id,omitempty"`
	Results []verdict       `json:"results"`
}

// evaluate answers {pod, level, version} or {pod, at: ["level:version", ...]}.
func (w *worker) evaluate() (any, error) {
	raw, err := w.in.bytes("pod")
	if err != nil {
		return nil, err
	}
	at, several, err := w.policies()
	if err != nil {
		return nil, err
	}
	pod, err := decodePod(raw)
	if err != nil {
		return nil, err
	}
	if !several {
		return verdictAnswer{w.id(), w.judge(pod, at[0])}, nil
	}
	answer := verdictsAnswer{w.id(), make([]verdict, len(at))}
	for i := range at {
		answer.Results[i] = w.judge(pod, at[i])
	}
	return answer, nil
}

func (w *worker) policies() (at []api.LevelVersion, several bool, err error) {
	raw, several := w.in["at"]
	if !several {
		level, err := w.in.text("level")
		if err != nil {
			return nil, false, err
		}
		version, err := w.in.text("version")
		if err != nil {
			return nil, false, err
		}
		one, err := levelVersion(level, version)
		return []api.LevelVersion{one}, false, err
	}
	var names []string
	if err := utiljson.Unmarshal(raw, &names); err != nil {
		return nil, true, err
	}
	for _, name := range names {
		one, err := parseLevelVersion(name)
		if err != nil {
			return nil, true, err
		}
		at = append(at, one)
	}
	return at, true, nil
}

func (w *worker) judge(pod *corev1.Pod, at api.LevelVersion) verdict {
	result := policy.AggregateCheckResults(w.evaluator.EvaluatePod(at, &pod.ObjectMeta, &pod.Spec))
	if result.Allowed {
		return verdict{Allowed: true}
	}
	return verdict{Reason: result.ForbiddenReason(), Detail: result.ForbiddenDetail()}
}

// parseLevelVersion reads "restricted:latest".
func parseLevelVersion(text string) (api.LevelVersion, error) {
	level, version, _ := strings.Cut(text, ":")
	return levelVersion(level, version)
}

func levelVersion(level, version string) (at api.LevelVersion, err error) {
	if at.Level, err = api.ParseLevel(level); err != nil {
		return at, fmt.Errorf("level %q: %w", level, err)
	}
	if at.Version, err = api.ParseVersion(version); err != nil {
		return at, fmt.Errorf("version %q: %w", version, err)
	}
	return at, nil
}
