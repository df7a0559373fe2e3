{{/*
What Dapr's injector reads. A replica that ends: its sidecar takes no more events at once, but calls, until those who call have heard of the
other replicas (block-shutdown-duration). Then it sends its callers there and ends, while the app still serves what is in hand.
*/}}
{{- define "commons-service.dapr-annotations" -}}
{{- $values := .values -}}
{{- $dapr := $values.dapr -}}
{{- $given := dict
  "dapr.io/enabled" "true"
  "dapr.io/app-id" .name
  "dapr.io/app-port" $values.port
  "dapr.io/app-protocol" "http"
  "dapr.io/config" ($dapr.config | default .name)
  "dapr.io/app-token-secret" (printf "%s-app-token" .name)
  "dapr.io/api-token-secret" (printf "%s-api-token" .name)
  "dapr.io/disable-builtin-k8s-secret-store" "true"
  "dapr.io/enable-app-health-check" "true"
  "dapr.io/app-health-check-path" "/healthz"
  "dapr.io/app-health-probe-interval" $dapr.appHealth.intervalSeconds
  "dapr.io/app-health-probe-timeout" $dapr.appHealth.timeoutMs
  "dapr.io/app-health-threshold" $dapr.appHealth.threshold
  "dapr.io/max-body-size" $dapr.maxBodySize
  "dapr.io/log-as-json" "true"
  "dapr.io/log-level" $dapr.logLevel
  "dapr.io/block-shutdown-duration" (printf "%ds" (int $values.drain.leaveSeconds))
  "dapr.io/graceful-shutdown-seconds" $values.drain.sidecarSeconds
  "dapr.io/sidecar-seccomp-profile-type" "RuntimeDefault"
  "dapr.io/sidecar-cpu-request" $dapr.resources.requests.cpu
  "dapr.io/sidecar-memory-request" $dapr.resources.requests.memory
  "dapr.io/sidecar-cpu-limit" $dapr.resources.limits.cpu
  "dapr.io/sidecar-memory-limit" $dapr.resources.limits.memory -}}
{{- range $name, $value := mustMergeOverwrite $given $dapr.annotations }}
{{- if ne (toString $value) "" }}
{{ $name }}: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* How long a service serves on that is told to end: until its sidecar has ended, through which it is asked. */}}
{{- define "commons-service.leave-seconds" -}}
{{- add .values.drain.leaveSeconds .values.drain.sidecarSeconds -}}
{{- end }}

{{/* How long the pod may take: the service, what it closes last, and a little more, so that nothing is killed that was about to end. */}}
{{- define "commons-service.grace-seconds" -}}
{{- add (include "commons-service.leave-seconds" . | int) .values.drain.seconds 3 -}}
{{- end }}
