{{- define "portcullis.name" -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{- define "portcullis.selector" -}}
app.kubernetes.io/name: portcullis
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "portcullis.labels" -}}
{{ include "portcullis.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.extraLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "portcullis.serviceAccount" -}}
{{- default (include "portcullis.name" .) .Values.serviceAccount.name -}}
{{- end }}

{{- define "portcullis.secret" -}}
{{- if eq .Values.certificates.source "secret" -}}
{{- required "certificates.secret.name: name the Secret that holds the certificate" .Values.certificates.secret.name -}}
{{- else -}}
{{- include "portcullis.name" . -}}-tls
{{- end -}}
{{- end }}

{{- define "portcullis.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end }}

{{- define "portcullis.client" -}}
clientConfig:
  service:
    namespace: {{ .Release.Namespace }}
    name: {{ include "portcullis.name" . }}
    port: {{ .Values.service.port }}
    path: {{ .path }}
  {{- if and (eq .Values.certificates.source "secret") .Values.certificates.secret.caBundle }}
  caBundle: {{ .Values.certificates.secret.caBundle }}
  {{- end }}
{{- end }}

{{- define "portcullis.matching" -}}
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        - {{ .Release.Namespace }}
        {{- range .Values.webhooks.excludedNamespaces }}
        - {{ . }}
        {{- end }}
    {{- with .webhook.namespaceExpressions }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- with .webhook.objectSelector }}
objectSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .webhook.matchConditions }}
matchConditions:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "portcullis.registrationMeta" -}}
labels:
  {{- include "portcullis.labels" . | nindent 2 }}
{{- if eq .Values.certificates.source "cert-manager" }}
annotations:
  cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "portcullis.name" . }}
{{- end }}
{{- end }}
