{{- define "commons-service.components-revision" -}}352d0e22886b{{- end -}}
