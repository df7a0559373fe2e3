{{- define "commons-service.components-revision" -}}79365b6687f1{{- end -}}
