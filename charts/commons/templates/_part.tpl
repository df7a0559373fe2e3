{{/*
What stands behind the services in the cluster, for development: a StatefulSet, its Service, and who may reach it.
`.` has `root`, `name`, `values`, `user` (the image's), `ports` (by name), `container` (what is different in it, as YAML),
`data` (where its disk is) and `volumes` (further ones, as YAML); `replicas` is 1 where it is left out.
*/}}
{{- define "commons.part" -}}
{{- $selector := include "commons.selector" . -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "commons.metadata" . | nindent 2 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- $selector | nindent 4 }}
  ports:
    {{- range $name, $port := .ports }}
    - name: {{ $name }}
      port: {{ $port }}
    {{- end }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "commons.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- $selector | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: commons
        {{- /* A scaler asks the broker how long its queues are. */}}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: keda
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "commons.metadata" . | nindent 2 }}
spec:
  serviceName: {{ .name }}
  replicas: {{ .replicas | default 1 }}
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- $selector | nindent 6 }}
  template:
    metadata:
      labels:
        {{- $selector | nindent 8 }}
        app.kubernetes.io/part-of: commons
      {{- with .revision }}
      annotations:
        commons/configuration: {{ . | quote }}
      {{- end }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 60
      securityContext:
        runAsNonRoot: true
        runAsUser: {{ .user }}
        runAsGroup: {{ .user }}
        fsGroup: {{ .user }}
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: {{ .name }}
          image: {{ .values.image }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          ports:
            {{- range $name, $port := .ports }}
            - name: {{ $name }}
              containerPort: {{ $port }}
            {{- end }}
          resources:
            {{- toYaml .values.resources | nindent 12 }}
          {{- .container | nindent 10 }}
      volumes:
        - name: tmp
          emptyDir: {}
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .values.storage.className }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .values.storage.size }}
{{- end }}

{{- define "commons.port-probes" -}}
startupProbe:
  tcpSocket: { port: {{ . }} }
  periodSeconds: 2
  failureThreshold: 90
readinessProbe:
  tcpSocket: { port: {{ . }} }
  periodSeconds: 5
livenessProbe:
  tcpSocket: { port: {{ . }} }
  periodSeconds: 20
  failureThreshold: 6
{{- end }}
