{{- define "commons-service.components-revision" -}}465667cd969d{{- end -}}
