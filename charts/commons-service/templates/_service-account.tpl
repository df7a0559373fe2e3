{{- define "commons-service.service-account" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
  {{- with .values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}

{{/* Lets the sidecar read the Secrets that the service asks its secret store for, by name, and no others. */}}
{{- define "commons-service.secret-reader" -}}
{{- with .values.secrets -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "commons-service.metadata" (merge (dict "object" (printf "%s-secrets" $.name)) $) | nindent 2 }}
rules:
  - apiGroups: ['']
    resources: [secrets]
    resourceNames:
      {{- toYaml . | nindent 6 }}
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "commons-service.metadata" (merge (dict "object" (printf "%s-secrets" $.name)) $) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $.name }}-secrets
subjects:
  - kind: ServiceAccount
    name: {{ $.name }}
    namespace: {{ $.root.Release.Namespace }}
{{- end }}
{{- end }}
