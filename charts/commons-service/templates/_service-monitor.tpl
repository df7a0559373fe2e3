{{- define "commons-service.service-monitor" -}}
{{- if .values.serviceMonitor.enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
    {{- with .values.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- include "commons-service.selector" . | nindent 6 }}
  endpoints:
    - port: http
      path: /metrics
      interval: {{ .values.serviceMonitor.interval }}
{{- end }}
{{- end }}
