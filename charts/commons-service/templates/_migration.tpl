{{/*
Brings the database up to date by the new image before an upgrade touches a replica. At the first install there may be no
MongoDB yet: then the services do it themselves at their start, as they do everywhere.
*/}}
{{- define "commons-service.migration" -}}
{{- $values := .values -}}
{{- $name := printf "%s-migrate" .name -}}
{{- if and $values.hasDatabase $values.migrations.enabled -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "commons-service.labels" (merge (dict "name" $name) .) | nindent 4 }}
  annotations:
    helm.sh/hook: pre-upgrade
    helm.sh/hook-weight: '0'
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 3
  activeDeadlineSeconds: {{ $values.migrations.timeoutSeconds }}
  template:
    metadata:
      labels:
        {{- include "commons-service.labels" (merge (dict "name" $name) .) | nindent 8 }}
      annotations:
        dapr.io/enabled: 'false'
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- include "commons-service.pod-common" . | nindent 6 }}
      containers:
        - name: migrate
          {{- include "commons-service.container-common" (merge (dict "isMigration" true) .) | nindent 10 }}
          command:
            {{- toYaml $values.migrations.command | nindent 12 }}
{{- end }}
{{- end }}
