{{- define "commons-service.components-revision" -}}6a7f6da4c227{{- end -}}
