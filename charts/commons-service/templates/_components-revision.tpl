{{- define "commons-service.components-revision" -}}c9613064741d{{- end -}}
