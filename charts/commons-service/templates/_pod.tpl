{{/* What the pod of a service and that of its migrations have in common. */}}
{{- define "commons-service.pod-common" -}}
{{- $values := .values -}}
securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
{{- end }}

{{/* What their containers have in common. */}}
{{- define "commons-service.container-common" -}}
{{- $values := .values -}}
image: {{ include "commons-service.image" . }}
imagePullPolicy: {{ $values.image.pullPolicy }}
securityContext:
  {{- include "commons-service.container-security" . | nindent 2 }}
env:
  {{- include "commons-service.env" . | nindent 2 }}
resources:
  {{- toYaml $values.resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- end }}

{{- define "commons-service.container-security" -}}
runAsUser: {{ .values.runAsUser }}
runAsGroup: {{ .values.runAsUser }}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "commons-service.image" -}}
{{- $image := .values.image -}}
{{- $name := printf "%s:%s" ($image.name | default .name) ($image.tag | default .root.Chart.AppVersion) -}}
{{- join "/" (compact (list $image.registry $image.repository $name)) -}}
{{- end }}
