{{/* The secrets by which a service and its sidecar know each other: those of the release where it has them, else new ones. */}}
{{- define "commons-service.tokens" -}}
{{- if .values.tokens.create -}}
{{- range $which := list "app" "api" }}
{{- $object := printf "%s-%s-token" $.name $which }}
---
apiVersion: v1
kind: Secret
metadata:
  {{- include "commons-service.metadata" (merge (dict "object" $object) $) | nindent 2 }}
type: Opaque
data:
  token: {{ include "commons-service.kept-or-random" (dict "root" $.root "secret" $object "key" "token" "length" 48) | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* A value of a Secret, in base64: what the cluster has under this name, else `length` random letters and digits. */}}
{{- define "commons-service.kept-or-random" -}}
{{- $found := lookup "v1" "Secret" .root.Release.Namespace .secret | default dict -}}
{{- dig "data" .key "" $found | default (randAlphaNum (int .length) | b64enc) -}}
{{- end }}
