{{- define "commons-service.components-revision" -}}b5dbb3fef555{{- end -}}
