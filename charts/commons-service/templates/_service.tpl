{{/* For metrics, for the ingress, and for those who reach the port past the sidecars; Dapr makes a Service of its own for sidecars. */}}
{{- define "commons-service.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "commons-service.metadata" . | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "commons-service.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .values.port }}
      targetPort: http
      appProtocol: http
{{- end }}
