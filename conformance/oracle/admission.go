package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/common/expfmt"
	admissionv1 "k8s.io/api/admission/v1"
	"k8s.io/pod-security-admission/api"
)

var reviewKind = admissionv1.SchemeGroupVersion.WithKind("AdmissionReview")

type admissionAnswer struct {
	ID       json.RawMessage                `json:"id,omitempty"`
	Response *admissionv1.AdmissionResponse `json:"response"`
}

// refused is a review that the webhook answers with an HTTP error.
type refused struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Status int             `json:"status"`
	Error  string          `json:"error"`
}

// admission answers {review, timeout} with {setup} or {config, namespaces, pods},
// following the webhook's HandleValidate from the request's body on.
func (w *worker) admission() (any, error) {
	in, err := w.chosenSetup()
	if err != nil {
		return nil, err
	}
	ctx, cancel, err := w.deadline()
	if err != nil {
		return nil, err
	}
	defer cancel()
	body, err := w.in.bytes("review")
	if err != nil {
		return nil, err
	}
	object, kind, err := decoder.Decode(body, &reviewKind, nil)
	if err != nil {
		return refused{w.id(), http.StatusBadRequest, "unable to decode the request"}, nil
	}
	if *kind != reviewKind {
		return refused{w.id(), http.StatusBadRequest, "unexpected AdmissionReview kind: " + kind.String()}, nil
	}
	request := object.(*admissionv1.AdmissionReview).Request
	_ = request.UID // The webhook logs the request before it looks at it: no request, no answer.

	shared := in.admission.Validate(ctx, api.RequestAttributes(request, decoder))
	response := shared.DeepCopy()
	response.UID = request.UID
	for key, value := range response.AuditAnnotations {
		response.AuditAnnotations[key] = naming(scheme, webhookScheme, value)
	}
	return admissionAnswer{w.id(), response}, nil
}

func (w *worker) chosenSetup() (*setup, error) {
	name, err := w.in.text("setup")
	if err != nil || name == "" {
		return w.newSetup()
	}
	chosen, ok := w.setups[name]
	if !ok {
		return nil, fmt.Errorf("no set-up is named %q", name)
	}
	return chosen, nil
}

// deadline is the URL's timeout parameter: what is no duration is ignored.
func (w *worker) deadline() (context.Context, context.CancelFunc, error) {
	text, err := w.in.text("timeout")
	if err != nil {
		return nil, nil, err
	}
	timeout, err := time.ParseDuration(text)
	if err != nil {
		return context.Background(), func() {}, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	return ctx, cancel, nil
}

type metricsAnswer struct {
	ID      json.RawMessage `json:"id,omitempty"`
	Metrics string          `json:"metrics"`
}

// metrics answers {setup} with the counters after all earlier lines.
func (w *worker) metrics() (any, error) {
	if _, ok := w.in["setup"]; !ok {
		return nil, errors.New(`"setup" must name the set-up`)
	}
	chosen, err := w.chosenSetup()
	if err != nil {
		return nil, err
	}
	families, err := chosen.registry.Gather()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	for _, family := range families {
		if _, err := expfmt.MetricFamilyToText(&text, family); err != nil {
			return nil, err
		}
	}
	return metricsAnswer{w.id(), text.String()}, nil
}
