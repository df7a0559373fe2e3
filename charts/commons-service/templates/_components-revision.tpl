{{- define "commons-service.components-revision" -}}509cbecc7e6d{{- end -}}
