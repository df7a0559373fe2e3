{{- define "commons-service.components-revision" -}}f4aefbca023a{{- end -}}
