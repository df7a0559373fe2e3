{{- define "commons-service.disruption-budget" -}}
{{- $least := ternary .values.replicas .values.scaling.min (eq .values.scaling.kind "none") -}}
{{- if and .values.disruptionBudget.enabled (gt (int $least) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
spec:
  maxUnavailable: {{ .values.disruptionBudget.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "commons-service.selector" . | nindent 6 }}
{{- end }}
{{- end }}
