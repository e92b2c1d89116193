{{- /*
Seconds before its end at which a certificate should have been renewed long ago: half of what is left when that happens,
a week at most.
*/ -}}
{{- define "portcullis.certificateAlert" -}}
{{- $certificates := .Values.certificates -}}
{{- $renew := 1209600 -}}
{{- if eq $certificates.source "self-managed" -}}
{{- $renew = div (include "portcullis.seconds" (dict "value" $certificates.lifetime) | atoi) 3 -}}
{{- with $certificates.renewBefore -}}{{- $renew = include "portcullis.seconds" (dict "value" .) | atoi -}}{{- end -}}
{{- else if eq $certificates.source "cert-manager" -}}
{{- with $certificates.certManager.duration -}}{{- $renew = div (include "portcullis.seconds" (dict "value" .) | atoi) 3 -}}{{- end -}}
{{- with $certificates.certManager.renewBefore -}}{{- $renew = include "portcullis.seconds" (dict "value" .) | atoi -}}{{- end -}}
{{- end -}}
{{- min 604800 (div $renew 2) -}}
{{- end }}

{{- define "portcullis.alerts" -}}
{{- $name := include "portcullis.name" . }}
{{- $deployment := printf "namespace=%q,deployment=%q" .Release.Namespace $name }}
{{- $webhooks := prepend .Values.webhooks.alsoNames .Values.webhooks.name | uniq | join "|" | replace "." "[.]" }}
{{- $certificate := include "portcullis.certificateAlert" . | int64 }}
{{- $fail := eq .Values.webhooks.enforcing.failurePolicy "Fail" }}
groups:
  - name: portcullis
    rules:
      - alert: PortcullisAbsent
        expr: absent(portcullis_namespaces)
        for: 2m
        labels: {severity: critical}
        annotations:
          summary: No replica of Portcullis is scraped
          description: {{ ternary "With failurePolicy Fail no pod can be created while none answers." "With failurePolicy Ignore pods are created unjudged while none answers." $fail }} See docs/operations.md, "Break glass".
      - alert: PortcullisNoReplicaReady
        # From kube-state-metrics.
        expr: kube_deployment_status_replicas_available{ {{- $deployment -}} } == 0
        for: 1m
        labels: {severity: critical}
        annotations:
          summary: No replica of Portcullis is ready
          description: {{ ternary "Pods cannot be created outside of the excluded namespaces." "Pods are created unjudged." $fail }} Look at the pods and events of namespace {{ .Release.Namespace }}; in an emergency kubectl delete validatingwebhookconfiguration {{ $name }}-enforcing.
      - alert: PortcullisReplicasMissing
        expr: kube_deployment_status_replicas_available{ {{- $deployment -}} } < kube_deployment_spec_replicas{ {{- $deployment -}} }
        for: 15m
        labels: {severity: warning}
        annotations:
          summary: Fewer replicas of Portcullis are ready than there should be
          description: The next one that is lost may be the last. Look at the pods and events of namespace {{ .Release.Namespace }}.
      - alert: PortcullisCallsFail
        # The API server's own count, so it also sees what never reaches a replica.
        expr: sum by (name, error_type) (rate(apiserver_admission_webhook_rejection_count{name=~{{ printf "%s|harden[.]portcullis[.]dev" $webhooks | quote }},error_type!="no_error"}[5m])) > 0
        for: 1m
        labels: {severity: critical}
        annotations:
          summary: The API server refuses requests because it cannot call Portcullis
          description: The refused requests' messages say why. Look at ready replicas, then at the certificate, then at the network between both.
      - alert: PortcullisBypassed
        expr: sum by (name) (rate(apiserver_admission_webhook_fail_open_count{name=~{{ printf "%s|harden[.]portcullis[.]dev" $webhooks | quote }}}[5m])) > 0
        for: 5m
        labels: {severity: warning}
        annotations:
          summary: The API server lets requests pass because it cannot call Portcullis
          description: A webhook with failurePolicy Ignore is not reached. Nobody judged, warned or hardened meanwhile.
      {{- if include "portcullis.probes" . }}
      - alert: PortcullisNotReached
        # Not every replica tries it.
        expr: max(portcullis_api_server_probe_successful) == 0
        for: 3m
        labels: {severity: critical}
        annotations:
          summary: The API server does not get through to Portcullis
          description: Its call was tried and failed. The log of the replicas says why; look at the network between both, the Service and the certificate.
      {{- end }}
      - alert: PortcullisNotTrusted
        expr: portcullis_certificate_trusted == 0
        for: 1m
        labels: {severity: critical}
        annotations:
          summary: A webhook configuration does not trust the certificate that a replica shows
          description: The API server refuses every call to that replica. See docs/operations.md, "Damage and repair".
      - alert: PortcullisNotRegistered
        expr: max by (configuration) (portcullis_webhook_registered) == 0
        for: 10m
        labels: {severity: warning}
        annotations:
          summary: A webhook configuration is missing or has no rules
          description: Nothing is judged by it. Was the glass broken? helm upgrade registers it again.
      {{- if eq .Values.certificates.source "self-managed" }}
      - alert: PortcullisCertificateStoreFails
        expr: portcullis_certificate_store_successful == 0
        for: 10m
        labels: {severity: warning}
        annotations:
          summary: The certificate's Secret cannot be read or kept in order
          description: The certificate in force stays. The log of the replica says why; see docs/operations.md, "Damage and repair".
      {{- end }}
      - alert: PortcullisHandshakesFail
        # Failed ones beside more good requests are somebody else's who knocks at the port.
        expr: |-
          (sum by (instance) (increase(portcullis_rejected_requests_total{kind="handshake"}[5m])) > 3)
            unless (sum by (instance) (increase(portcullis_requests_total[5m]))
              >= sum by (instance) (increase(portcullis_rejected_requests_total{kind="handshake"}[5m])))
        labels: {severity: critical}
        annotations:
          summary: TLS handshakes with a replica fail, and hardly a request arrives
          description: The API server does not trust the certificate, or a client certificate is demanded that it does not show. See docs/operations.md, "Damage and repair".
      - alert: PortcullisNamespacesStale
        expr: portcullis_namespace_cache_age_seconds > 600
        for: 5m
        labels: {severity: warning}
        annotations:
          summary: Portcullis has not heard of namespaces for 10 minutes
          description: Decisions go on from what it knew then. The API server is away, or its watch is broken.
      - alert: PortcullisReloadFailed
        expr: portcullis_last_reload_successful == 0
        for: 1m
        labels: {severity: warning}
        annotations:
          summary: A changed file was refused; the one before stays in force
          description: The log of the pod names the file and what is wrong with it.
      - alert: PortcullisCertificateEnds
        # Half of the time that is left when a certificate is renewed, a week at most: by then it should have been.
        expr: portcullis_certificate_expiry_timestamp_seconds - time() < {{ $certificate }}
        for: {{ min 900 (div $certificate 4) }}s
        labels: {severity: critical}
        annotations:
          summary: The serving certificate ends soon and was not renewed
          description: Self-managed certificates are renewed long before; look for renewal errors in the log.
      - alert: PortcullisRejectsRequests
        expr: sum by (kind) (rate(portcullis_rejected_requests_total{kind!="handshake"}[5m])) > 1
        for: 10m
        labels: {severity: warning}
        annotations:
          summary: Requests are turned away before they are judged
          description: The label kind says why; overload means that replicas are missing.
      - alert: PortcullisFailsToJudge
        expr: sum(rate(pod_security_errors_total{fatal="true"}[5m])) > 0
        for: 10m
        labels: {severity: warning}
        annotations:
          summary: Pods are refused because they cannot be judged
          description: A namespace cannot be looked up, or an object cannot be decoded.
      - alert: PortcullisSlow
        expr: histogram_quantile(0.99, sum by (le) (rate(portcullis_request_duration_seconds_bucket[5m]))) > 0.25
        for: 10m
        labels: {severity: warning}
        annotations:
          summary: One review in a hundred takes longer than 250 ms
          description: Look at CPU throttling first, then at namespace look-ups that miss the cache.
{{- end }}
