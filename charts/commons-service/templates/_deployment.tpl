{{- define "commons-service.deployment" -}}
{{- $values := .values -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
spec:
  {{- if eq $values.scaling.kind "none" }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 300
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      {{- include "commons-service.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "commons-service.labels" . | nindent 8 }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        {{- include "commons-service.dapr-annotations" . | nindent 8 }}
        commons/components: {{ include "commons-service.components-revision" . | quote }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ .name }}
      {{- /* The sidecar reads Secrets by it. */}}
      automountServiceAccountToken: true
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ include "commons-service.grace-seconds" . }}
      {{- include "commons-service.pod-common" . | nindent 6 }}
      {{- with $values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if $values.topologySpread.enabled }}
      topologySpreadConstraints:
        {{- range $key := $values.topologySpread.keys }}
        - maxSkew: 1
          topologyKey: {{ $key }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "commons-service.selector" $ | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      {{- end }}
      {{- include "commons-service.wait" . | nindent 6 }}
      containers:
        - name: {{ .name }}
          {{- include "commons-service.container-common" . | nindent 10 }}
          ports:
            - name: http
              containerPort: {{ $values.port }}
          {{- range $kind := list "startup" "liveness" "readiness" }}
          {{ $kind }}Probe:
            {{- include "commons-service.probe" (index $values.probes $kind) | nindent 12 }}
          {{- end }}
{{- end }}

{{- define "commons-service.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
periodSeconds: {{ .periodSeconds }}
timeoutSeconds: {{ .timeoutSeconds }}
failureThreshold: {{ .failureThreshold }}
{{- end }}
