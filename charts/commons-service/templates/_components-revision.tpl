{{- define "commons-service.components-revision" -}}c52834066340{{- end -}}
