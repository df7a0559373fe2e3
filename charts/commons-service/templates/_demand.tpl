{{/* Says in words what the cluster lacks, in place of an error about an unknown kind. */}}
{{- define "commons-service.demand" -}}
{{- $has := .root.Capabilities.APIVersions -}}
{{- if .values.dapr.check }}{{ include "commons-service.demand-dapr" . }}{{ end -}}
{{- if and (eq .values.scaling.kind "keda") (not ($has.Has "keda.sh/v1alpha1/ScaledObject")) -}}
{{- fail (printf "\n\n%s is to be scaled by KEDA, which this cluster does not have: install it (https://keda.sh), or set scaling.kind to hpa or none.\n" .name) -}}
{{- end -}}
{{- if and .values.serviceMonitor.enabled (not ($has.Has "monitoring.coreos.com/v1/ServiceMonitor")) -}}
{{- fail (printf "\n\n%s is to have a ServiceMonitor, which this cluster does not know: install the Prometheus operator, or set serviceMonitor.enabled to false.\n" .name) -}}
{{- end -}}
{{- end }}

{{/* Dapr, and with mTLS: access lists rest on it. */}}
{{- define "commons-service.demand-dapr" -}}
{{- $namespace := .values.dapr.namespace -}}
{{- range $kind := list "Component" "Configuration" "Resiliency" }}
{{- if not ($.root.Capabilities.APIVersions.Has (printf "dapr.io/v1alpha1/%s" $kind)) }}
{{- fail (printf "\n\nThis cluster does not know Dapr's %s, so Dapr 1.18 is not installed on it. Install it first:\n\n  helm install dapr dapr --repo https://dapr.github.io/helm-charts --version 1.18 --namespace %s --create-namespace --wait\n\nWhere the chart is rendered without a cluster, set global.service.dapr.check to false.\n" $kind $namespace) }}
{{- end }}
{{- end }}
{{- $control := lookup "dapr.io/v1alpha1" "Configuration" $namespace "daprsystem" | default dict }}
{{- if not (dig "spec" "mtls" "enabled" true $control) }}
{{- fail "\n\nDapr runs without mTLS here: nobody could tell who calls, and the access lists would be for nothing. Install Dapr with global.mtls.enabled=true.\n" }}
{{- end }}
{{- end }}
