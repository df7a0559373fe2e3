{{/*
What Dapr's injector reads. A replica that ends: its sidecar stops taking events at once (block-shutdown-duration) and
serves the app for as long as that takes to end; only then it shuts down itself.
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
  "dapr.io/block-shutdown-duration" (printf "%ss" (include "commons-service.end-seconds" .))
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

{{/* How long a service may take to end, from the first signal on: out of the Service, requests, events, and what is closed last. */}}
{{- define "commons-service.end-seconds" -}}
{{- $drain := .values.drain -}}
{{- add $drain.leaveSeconds $drain.seconds (div (add $drain.seconds 1) 2) 2 -}}
{{- end }}

{{/* How long the pod may take: the service, its sidecar, and a little more, so that nothing is killed that was about to end. */}}
{{- define "commons-service.grace-seconds" -}}
{{- add (include "commons-service.end-seconds" . | int) .values.drain.sidecarSeconds 3 -}}
{{- end }}
