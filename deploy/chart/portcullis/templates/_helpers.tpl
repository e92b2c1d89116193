{{- define "portcullis.name" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | toString | trunc 52 | trimSuffix "-" -}}
{{- else if and .Values.nameOverride (not (contains (toString .Values.nameOverride) .Release.Name)) -}}
{{- printf "%s-%s" .Release.Name (toString .Values.nameOverride) | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "portcullis.selector" -}}
app.kubernetes.io/name: {{ default "portcullis" .Values.nameOverride | toString | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "portcullis.labels" -}}
{{ include "portcullis.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- range $key, $value := .Values.extraLabels }}
{{ $key }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{- /* What every object has below its name. Or a list: root, more annotations, more labels. */ -}}
{{- define "portcullis.meta" -}}
{{- $root := . -}}
{{- $annotations := dict -}}
{{- $labels := dict -}}
{{- if kindIs "slice" . -}}
{{- $root = index . 0 -}}
{{- $annotations = index . 1 -}}
{{- $labels = index . 2 -}}
{{- end -}}
labels:
  {{- include "portcullis.labels" $root | nindent 2 }}
  {{- range $key, $value := $labels }}
  {{ $key }}: {{ $value | toString | quote }}
  {{- end }}
{{- with merge (dict) $annotations $root.Values.commonAnnotations }}
annotations:
  {{- range $key, $value := . }}
  {{ $key }}: {{ $value | toString | quote }}
  {{- end }}
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

{{- /* Numbers among names: 2024 is a name too, and large ones must not become 2.024e+07. */ -}}
{{- define "portcullis.text" -}}
{{- if kindIs "float64" . -}}{{- . | int64 | toString | quote -}}{{- else -}}{{- . | toString | quote -}}{{- end -}}
{{- end }}

{{- /* PEM of a value that is PEM or base64 of it. The list: where it stands, the value. */ -}}
{{- define "portcullis.pem" -}}
{{- $text := index . 1 | trim -}}
{{- if not (contains "-----BEGIN" $text) -}}
{{- $text = $text | replace "\n" "" | replace " " "" | b64dec | trim -}}
{{- end -}}
{{- if not (and (contains "-----BEGIN CERTIFICATE-----" $text) (contains "-----END CERTIFICATE-----" $text)) -}}
{{- fail (printf "%s: neither PEM of a certificate nor base64 of it" (index . 0)) -}}
{{- end -}}
{{- if contains "PRIVATE KEY-----" $text -}}
{{- fail (printf "%s: holds a private key; give certificates alone" (index . 0)) -}}
{{- end -}}
{{- $text -}}
{{- end }}

{{- /* Authorities that the chart knows of, as PEM: empty with certificates that others register. */ -}}
{{- define "portcullis.authorities" -}}
{{- $certificates := .Values.certificates -}}
{{- if eq $certificates.source "secret" -}}
{{- $bundle := required "certificates.secret.caBundle: the authority of the Secret's certificate (--set-file certificates.secret.caBundle=ca.crt); without it the API server trusts no replica" $certificates.secret.caBundle -}}
{{- include "portcullis.pem" (list "certificates.secret.caBundle" $bundle) }}
{{ end -}}
{{- with $certificates.alsoTrust -}}
{{- if eq $certificates.source "cert-manager" -}}
{{- fail "certificates.alsoTrust: cert-manager's injector writes the caBundle alone; see docs/operations.md, \"Changing where certificates come from\"" -}}
{{- end -}}
{{- include "portcullis.pem" (list "certificates.alsoTrust" .) }}
{{ end -}}
{{- end }}

{{- /* "true" if replicas write rules or caBundle into webhook configurations. */ -}}
{{- define "portcullis.registers" -}}
{{- if or (eq .Values.webhooks.registration "when-ready") (eq .Values.certificates.source "self-managed") -}}true{{- end -}}
{{- end }}

{{- /* "true" if there is a webhook by which replicas see whether the API server reaches them. */ -}}
{{- define "portcullis.probes" -}}
{{- if and (include "portcullis.registers" .) (semverCompare ">=1.28.0-0" .Capabilities.KubeVersion.Version) -}}true{{- end -}}
{{- end }}

{{- /* Seconds of 2160h, 30m, 90s; a dict with value and name. */ -}}
{{- define "portcullis.seconds" -}}
{{- $text := toString .value -}}
{{- $number := regexFind "^[0-9]+" $text | atoi -}}
{{- if hasSuffix "ms" $text -}}{{- div $number 1000 -}}
{{- else if hasSuffix "h" $text -}}{{- mul $number 3600 -}}
{{- else if hasSuffix "m" $text -}}{{- mul $number 60 -}}
{{- else -}}{{- $number -}}{{- end -}}
{{- end }}

{{- /* Mebibytes of a Kubernetes or JVM size; empty where it is written otherwise. */ -}}
{{- define "portcullis.mebibytes" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9]+" $text | atoi -}}
{{- if regexMatch "^[0-9]+(Gi|[gG])$" $text -}}{{- mul $number 1024 -}}
{{- else if regexMatch "^[0-9]+(Mi|[mM])$" $text -}}{{- $number -}}
{{- else if regexMatch "^[0-9]+(Ki|[kK])$" $text -}}{{- div $number 1024 -}}
{{- else if regexMatch "^[0-9]+$" $text -}}{{- div $number 1048576 -}}{{- end -}}
{{- end }}

{{- /* What is wrong with a heap of this size, if anything is. A list: root, size as the JVM writes it. */ -}}
{{- define "portcullis.heapProblem" -}}
{{- $limit := dig "limits" "memory" "" (index . 0).Values.resources -}}
{{- $heapSize := include "portcullis.mebibytes" (index . 1) -}}
{{- $limitSize := include "portcullis.mebibytes" $limit -}}
{{- if and $heapSize $limitSize -}}
{{- $needed := add (atoi $heapSize) 128 -}}
{{- if gt $needed (atoi $limitSize | int64) -}}
{{- printf "a heap of %s needs resources.limits.memory of %dMi at least, it is %s" (index . 1) $needed $limit -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- /* The options that win over the image's. */ -}}
{{- define "portcullis.javaOptions" -}}
{{- $options := list -}}
{{- with .Values.jvm.maxHeap -}}
{{- $options = append $options (printf "-Xmx%s" .) -}}
{{- with include "portcullis.heapProblem" (list $ .) -}}{{- fail (printf "jvm.maxHeap: %s" .) -}}{{- end -}}
{{- end -}}
{{- range regexSplit "\\s+" (trim .Values.javaOptions) -1 -}}{{- if . -}}{{- $options = append $options . -}}{{- end -}}{{- end -}}
{{- if regexMatch "-XX:\\+Use[A-Za-z0-9]+GC" .Values.javaOptions -}}
{{- if not (contains "-XX:+UseSerialGC" .Values.javaOptions) -}}{{- $options = prepend $options "-XX:-UseSerialGC" -}}{{- end -}}
{{- end -}}
{{- if $options -}}{{- toYaml $options -}}{{- end -}}
{{- end }}
