{{- define "commons-service.components-revision" -}}6666b68a8b62{{- end -}}
