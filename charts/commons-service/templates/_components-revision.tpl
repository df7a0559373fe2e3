{{- define "commons-service.components-revision" -}}211c00d143df{{- end -}}
