package main

import (
	"encoding/json"
	"errors"

	"k8s.io/pod-security-admission/admission"
	admissionapi "k8s.io/pod-security-admission/admission/api"
	"k8s.io/pod-security-admission/admission/api/load"
	configscheme "k8s.io/pod-security-admission/admission/api/scheme"
	"k8s.io/pod-security-admission/admission/api/validation"
)

type configAnswer struct {
	ID              json.RawMessage   `json:"id,omitempty"`
	Stage           string            `json:"stage"`
	Error           string            `json:"error,omitempty"`
	WebhookError    string            `json:"webhookError,omitempty"`
	ValidationError string            `json:"validationError,omitempty"`
	Defaults        map[string]string `json:"defaults,omitempty"`
	Exemptions      *exemptions       `json:"exemptions,omitempty"`
}

type exemptions struct {
	Namespaces     []string `json:"namespaces"`
	RuntimeClasses []string `json:"runtimeClasses"`
	Usernames      []string `json:"usernames"`
}

// config answers {content}: how far the webhook gets with a configuration file.
func (w *worker) config() (any, error) {
	content, err := w.in.content("content")
	if err != nil {
		return nil, err
	}
	answer := configAnswer{ID: w.id(), Stage: "ok"}
	configuration, err := load.LoadFromData(content)
	if err != nil {
		answer.fail("load", "", errors.New(naming(configscheme.Scheme, configScheme, err.Error())))
		return answer, nil
	}
	answer.show(configuration)
	invalid := validation.ValidatePodSecurityConfiguration(configuration).ToAggregate()
	if err := (&admission.Admission{Configuration: configuration}).CompleteConfiguration(); err != nil {
		answer.fail("complete", "configuration error: ", err)
		if invalid != nil {
			answer.ValidationError = invalid.Error()
		}
	} else if invalid != nil {
		answer.fail("validate", "invalid configuration: ", invalid)
	}
	return answer, nil
}

func (a *configAnswer) fail(stage, prefix string, err error) {
	a.Stage = stage
	a.Error = err.Error()
	a.WebhookError = prefix + err.Error()
}

func (a *configAnswer) show(c *admissionapi.PodSecurityConfiguration) {
	a.Defaults = map[string]string{
		"enforce": c.Defaults.Enforce, "enforce-version": c.Defaults.EnforceVersion,
		"audit": c.Defaults.Audit, "audit-version": c.Defaults.AuditVersion,
		"warn": c.Defaults.Warn, "warn-version": c.Defaults.WarnVersion,
	}
	a.Exemptions = &exemptions{
		Namespaces:     append([]string{}, c.Exemptions.Namespaces...),
		RuntimeClasses: append([]string{}, c.Exemptions.RuntimeClasses...),
		Usernames:      append([]string{}, c.Exemptions.Usernames...),
	}
}
