{{- define "commons-service.components-revision" -}}ae47c6c9130b{{- end -}}
