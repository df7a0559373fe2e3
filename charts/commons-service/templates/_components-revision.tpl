{{- define "commons-service.components-revision" -}}60cf22515a3c{{- end -}}
