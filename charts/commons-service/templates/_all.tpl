{{/*
A service, whole. A chart's values are laid over the release's for all services (global.service), and those over the
library's own. Templates get `name`, `values` and `root`, which is Helm's own context.
*/}}
{{- define "commons-service.all" -}}
{{- $defaults := omit (index .Values "commons-service") "global" -}}
{{- $everyone := dig "service" dict (.Values.global | default dict) -}}
{{- $own := omit .Values "commons-service" "global" -}}
{{- $values := mustMergeOverwrite (mustDeepCopy $defaults) (mustDeepCopy $everyone) (mustDeepCopy $own) -}}
{{- $service := dict "name" .Chart.Name "values" $values "root" . -}}
{{- include "commons-service.demand" $service -}}
{{- range $part := list "deployment" "service" "service-account" "tokens" "secret-reader" "autoscaler" "disruption-budget" "network-policy" "service-monitor" "migration" }}
{{- with include (printf "commons-service.%s" $part) $service | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end }}
