{{- define "commons-service.components-revision" -}}aea4794e63a0{{- end -}}
