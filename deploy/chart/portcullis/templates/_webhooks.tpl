{{- /* Parts of webhook configurations. They are given a dict: root, webhook (its values), path, rules. */ -}}

{{- define "portcullis.registrationMeta" -}}
{{- $root := .root -}}
{{- $annotations := deepCopy $root.Values.webhooks.annotations -}}
{{- if eq $root.Values.certificates.source "cert-manager" -}}
{{- $_ := set $annotations "cert-manager.io/inject-ca-from" (printf "%s/%s" $root.Release.Namespace (include "portcullis.name" $root)) -}}
{{- end -}}
{{- if and .rules (eq $root.Values.webhooks.registration "when-ready") -}}
{{- $_ := set $annotations "portcullis.dev/rules-when-ready" (toJson .rules) -}}
{{- end -}}
{{- include "portcullis.meta" (list $root $annotations $root.Values.webhooks.labels) }}
{{- if $root.Values.webhooks.deletedWithNamespace }}
{{- with lookup "v1" "Namespace" "" $root.Release.Namespace }}
ownerReferences:
  - apiVersion: v1
    kind: Namespace
    name: {{ .metadata.name | quote }}
    uid: {{ .metadata.uid | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "portcullis.client" -}}
clientConfig:
  service:
    namespace: {{ .root.Release.Namespace | quote }}
    name: {{ include "portcullis.name" .root | quote }}
    port: {{ .root.Values.service.port }}
    path: {{ .path }}
  {{- if and (eq .root.Values.webhooks.registration "at-once") (ne .root.Values.certificates.source "self-managed") }}
  {{- with include "portcullis.authorities" .root }}
  caBundle: {{ . | b64enc }}
  {{- end }}
  {{- end }}
{{- end }}

{{- define "portcullis.matching" -}}
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        - {{ .root.Release.Namespace | quote }}
        {{- range .root.Values.webhooks.excludedNamespaces }}
        - {{ include "portcullis.text" . }}
        {{- end }}
    {{- with .webhook.namespaceExpressions }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- with .webhook.objectSelector }}
objectSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $conditions := .webhook.matchConditions }}
{{- if and .webhook.skipUnchangedPods (semverCompare ">=1.28.0-0" .root.Capabilities.KubeVersion.Version) }}
{{- $conditions = prepend $conditions (dict "name" "pod-is-new-or-changed" "expression" (include "portcullis.podChanged" . | trim)) }}
{{- end }}
{{- with $conditions }}
matchConditions:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /*
True unless it is an update of a pod itself that changes neither spec nor annotations that Pod Security reads. Without
failing on what may be absent, and bounded: a pod with more than 100 annotations is asked about.
*/ -}}
{{- define "portcullis.podChanged" -}}
{{- $relevant := "(k.startsWith('container.apparmor.security.beta.kubernetes.io/') || k.startsWith('container.seccomp.security.alpha.kubernetes.io/') || k == 'seccomp.security.alpha.kubernetes.io/pod')" }}
request.operation != 'UPDATE' ||
request.resource.resource != 'pods' ||
(has(request.subResource) && request.subResource != '') ||
object == null || oldObject == null ||
!has(object.spec) || !has(oldObject.spec) ||
object.spec != oldObject.spec ||
(has(object.metadata.annotations) &&
  (size(object.metadata.annotations) > 100 ||
    object.metadata.annotations.exists(k, {{ $relevant }} &&
      !(has(oldObject.metadata.annotations) && k in oldObject.metadata.annotations &&
        oldObject.metadata.annotations[k] == object.metadata.annotations[k])))) ||
(has(oldObject.metadata.annotations) &&
  (size(oldObject.metadata.annotations) > 100 ||
    oldObject.metadata.annotations.exists(k, {{ $relevant }} &&
      !(has(object.metadata.annotations) && k in object.metadata.annotations))))
{{- end }}

{{- /* One entry for each name: the same webhook, once while nobody changes the name. */ -}}
{{- define "portcullis.webhooks" -}}
{{- $all := . }}
{{- range $name := .names }}
- name: {{ $name }}
  admissionReviewVersions: [v1]
  sideEffects: None
  matchPolicy: Equivalent
  {{- with $all.webhook.reinvocationPolicy }}
  reinvocationPolicy: {{ . }}
  {{- end }}
  failurePolicy: {{ $all.webhook.failurePolicy }}
  timeoutSeconds: {{ $all.webhook.timeoutSeconds }}
  {{- include "portcullis.client" $all | nindent 2 }}
  {{- include "portcullis.matching" $all | nindent 2 }}
  {{- if eq $all.root.Values.webhooks.registration "at-once" }}
  rules:
    {{- toYaml $all.rules | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
