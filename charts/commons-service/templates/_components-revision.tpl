{{- define "commons-service.components-revision" -}}8cd4ebe1650a{{- end -}}
