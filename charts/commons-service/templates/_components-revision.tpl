{{- define "commons-service.components-revision" -}}42873e221680{{- end -}}
