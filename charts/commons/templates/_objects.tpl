{{/* Name, namespace and labels of an object of the release itself; `.` has `root`, `name` and, of a part, its `component`. */}}
{{- define "commons.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "commons.selector" (dict "root" .root "name" (.component | default .name)) | nindent 2 }}
  {{- include "commons-service.family" .root | nindent 2 }}
{{- end }}

{{- define "commons.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* A value of a Secret: what the cluster has under this name, else `made`. */}}
{{- define "commons.kept" -}}
{{- $found := lookup "v1" "Secret" .root.Release.Namespace .secret | default dict -}}
{{- dig "data" .key (b64enc .made) $found | b64dec -}}
{{- end }}

{{/*
A Secret with `values` that outlives the release: data on a disk that is still there could not be opened without it.
*/}}
{{- define "commons.secret" -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "commons.metadata" . | nindent 2 }}
  annotations:
    helm.sh/resource-policy: keep
type: Opaque
stringData:
  {{- range $key, $value := .values }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
