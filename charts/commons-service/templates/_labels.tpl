{{/* What selects the pods of a service. */}}
{{- define "commons-service.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "commons-service.labels" -}}
{{ include "commons-service.selector" . }}
{{ include "commons-service.family" .root }}
{{- end }}

{{/* What all objects of the platform carry; `.` is Helm's own context. */}}
{{- define "commons-service.family" -}}
app.kubernetes.io/part-of: commons
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Name, namespace and labels of an object; `object` is its name where it is not the service's. */}}
{{- define "commons-service.metadata" -}}
name: {{ .object | default .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "commons-service.labels" . | nindent 2 }}
{{- end }}
