{{/*
Sidecars of the platform reach this one's; the service's own port is for metrics, for the callers that are named, and, at
the edge, for the outside. What goes out: names, the platform, Dapr, and ports of what is outside of the cluster.
*/}}
{{- define "commons-service.network-policy" -}}
{{- $policy := .values.networkPolicy -}}
{{- if $policy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "commons-service.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: commons
      ports:
        - port: 50002
    {{- with $policy.metricsFrom }}
    - from:
        {{- toYaml . | nindent 8 }}
      ports:
        - port: http
        - port: 9090
    {{- end }}
    {{- if or .values.isEdge $policy.publicFrom }}
    - ports:
        - port: http
      {{- with $policy.publicFrom }}
      from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: commons
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- with $policy.callers }}
    - from:
        {{- range . }}
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ . }}
        {{- end }}
      ports:
        - port: http
    {{- end }}
  egress:
    - ports:
        - { port: 53, protocol: UDP }
        - { port: 53, protocol: TCP }
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: commons
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ .values.dapr.namespace }}
    {{- with $policy.externalPorts }}
    - ports:
        {{- range . }}
        - port: {{ . }}
        {{- end }}
    {{- end }}
    {{- with $policy.egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}
