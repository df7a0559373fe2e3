{{- define "commons-service.components-revision" -}}4e7c982e2c1c{{- end -}}
