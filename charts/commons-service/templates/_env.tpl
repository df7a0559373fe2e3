{{/*
The environment of a service: what follows from where it runs, then its own, in the order of names. A value may be a
template over the chart's values; what comes out empty is left out. Migrations have no sidecar, and so no tokens.
*/}}
{{- define "commons-service.env" -}}
{{- $values := .values -}}
{{- $leaveMs := mul (include "commons-service.leave-seconds" .) 1000 -}}
{{- $drainMs := mul $values.drain.seconds 1000 -}}
{{- $given := dict "NODE_ENV" "production" "APP_HOST" "0.0.0.0" "APP_PORT" $values.port "SHUTDOWN_LIMIT_MS" $drainMs -}}
{{- if not .isMigration -}}
{{- $_ := set $given "SHUTDOWN_LEAVE_MS" $leaveMs -}}
{{- end -}}
{{- with $values.tracing.endpoint -}}
{{- $_ := set $given "OTEL_EXPORTER_OTLP_ENDPOINT" . -}}
{{- $_ := set $given "OTEL_TRACES_SAMPLER_ARG" $values.tracing.ratio -}}
{{- end -}}
{{- $secret := dict -}}
{{- if $values.hasDatabase -}}
{{- $_ := set $secret "MONGODB_URI" $values.mongodb -}}
{{- end -}}
{{- if not .isMigration -}}
{{- $_ := set $secret "DAPR_API_TOKEN" (dict "name" (printf "%s-api-token" .name) "key" "token") -}}
{{- if not $values.isEdge -}}
{{- $_ := set $secret "APP_API_TOKEN" (dict "name" (printf "%s-app-token" .name) "key" "token") -}}
{{- end -}}
{{- end -}}
{{- range $name, $from := mustMergeOverwrite $secret $values.secretEnv }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $from.name }}
      key: {{ $from.key }}
{{- end }}
{{- range $name, $value := mustMergeOverwrite $given $values.env }}
{{- with tpl (toString $value) $.root }}
- name: {{ $name }}
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
