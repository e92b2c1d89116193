{{- /* Arguments of portcullis serve. */ -}}
{{- define "portcullis.args" -}}
- serve
- --config=/etc/portcullis/podsecurity.yaml
- --port={{ .Values.service.targetPort }}
- --metrics-port={{ .Values.metrics.port }}
- --shutdown-grace={{ .Values.shutdownGrace }}
- --log-format={{ .Values.logFormat }}
{{- if .Values.hardenConfig }}
- --harden-config=/etc/portcullis/hardening.yaml
{{- end }}
{{- if eq .Values.certificates.source "self-managed" }}
- --certificate-secret={{ include "portcullis.secret" . }}
- --certificate-lifetime={{ .Values.certificates.lifetime }}
{{- with .Values.certificates.renewBefore }}
- --certificate-renew-before={{ . }}
{{- end }}
{{- else }}
- --tls-cert-file=/etc/portcullis-tls/tls.crt
- --tls-private-key-file=/etc/portcullis-tls/tls.key
{{- end }}
{{- if include "portcullis.registers" . }}
- --certificate-lease={{ include "portcullis.name" . }}
- --certificate-service={{ include "portcullis.name" . }}
- --webhook-configuration={{ include "portcullis.name" . }}-enforcing
- --webhook-configuration={{ include "portcullis.name" . }}-advisory
{{- if .Values.webhooks.mutating.enabled }}
- --mutating-webhook-configuration={{ include "portcullis.name" . }}-hardening
{{- end }}
{{- if include "portcullis.probes" . }}
- --probe-webhook-configuration={{ include "portcullis.name" . }}-probe
{{- end }}
{{- if include "portcullis.authorities" . }}
- --ca-bundle-file=/etc/portcullis/ca-bundle.crt
{{- end }}
{{- end }}
{{- if .Values.clientCaConfigMap }}
- --client-ca-file=/etc/portcullis-client-ca/ca.crt
{{- end }}
{{- with include "portcullis.trustedPorts" . }}
- --trusted-ports={{ . }}
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /*
Different nodes always, where a node that takes no pods does not count; of one template, or a rollout would be in its own
way. Zones if they have room. Older API servers do not know how to leave nodes out.
*/ -}}
{{- define "portcullis.spread" -}}
{{- $new := semverCompare ">=1.27.0-0" .Capabilities.KubeVersion.Version }}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" $new }}
  {{- if $new }}
  nodeTaintsPolicy: Honor
  matchLabelKeys: [pod-template-hash]
  {{- end }}
  labelSelector:
    matchLabels:
      {{- include "portcullis.selector" . | nindent 6 }}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  {{- if $new }}
  matchLabelKeys: [pod-template-hash]
  {{- end }}
  labelSelector:
    matchLabels:
      {{- include "portcullis.selector" . | nindent 6 }}
{{- end }}

{{/*
Ports that only those whom a NetworkPolicy lets in can reach; it does not hold on the node's network.
*/}}
{{- define "portcullis.trustedPorts" -}}
{{- $ports := list -}}
{{- if and .Values.networkPolicy.enabled (not .Values.hostNetwork) -}}
{{- if .Values.networkPolicy.from -}}{{- $ports = append $ports "webhook" -}}{{- end -}}
{{- if .Values.networkPolicy.metricsFrom -}}{{- $ports = append $ports "metrics" -}}{{- end -}}
{{- end -}}
{{- join "," $ports -}}
{{- end }}
