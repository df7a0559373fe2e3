{{- define "commons-service.autoscaler" -}}
{{- if eq .values.scaling.kind "hpa" }}{{ include "commons-service.hpa" . }}{{ end }}
{{- if eq .values.scaling.kind "keda" }}{{ include "commons-service.keda" . }}{{ end }}
{{- end }}

{{- define "commons-service.hpa" -}}
{{- $scaling := .values.scaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .name }}
  minReplicas: {{ $scaling.min }}
  maxReplicas: {{ $scaling.max }}
  metrics:
    - type: ContainerResource
      containerResource:
        name: cpu
        container: {{ .name }}
        target:
          type: Utilization
          averageUtilization: {{ $scaling.cpuPercent }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 300
{{- end }}

{{/* A queue's name is Dapr's: the app-id, then the topic. */}}
{{- define "commons-service.keda" -}}
{{- $scaling := .values.scaling -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    name: {{ .name }}
    envSourceContainerName: {{ .name }}
  minReplicaCount: {{ $scaling.min }}
  maxReplicaCount: {{ $scaling.max }}
  cooldownPeriod: 300
  triggers:
    - type: cpu
      metricType: Utilization
      metadata:
        containerName: {{ .name }}
        value: {{ $scaling.cpuPercent | quote }}
    {{- range $topic := $scaling.topics }}
    - type: rabbitmq
      metadata:
        protocol: amqp
        queueName: {{ $.name }}-{{ $topic }}
        mode: QueueLength
        value: {{ $scaling.queueLength | quote }}
      authenticationRef:
        name: {{ $.name }}-queues
    {{- end }}
{{- if $scaling.topics }}
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  {{- include "commons-service.metadata" (merge (dict "object" (printf "%s-queues" .name)) .) | nindent 2 }}
spec:
  secretTargetRef:
    - parameter: host
      name: {{ .values.rabbitmq.name }}
      key: {{ .values.rabbitmq.key }}
{{- end }}
{{- end }}
